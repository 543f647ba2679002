import Facts
import Testing

@testable import Harvest

/// The grammar of one note, without a repository.
@Suite struct ReviewNotesTextTests {
  private func read(_ lines: String...) -> ReviewNotesText {
    ReviewNotesText(Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  private func votes(_ block: ReviewNotesBlock?) -> [String] {
    (block?.ballots ?? []).map { ballot in
      let voter = ballot.voter.map { "\($0.name) <\($0.email)>" } ?? "nobody"
      return "\(ballot.vote.label) \(ballot.vote.value) \(voter)"
    }
  }

  @Test func `reads every kind of line`() throws {
    let text = read(
      "Change-Id: I0284485a2b85cc49d46166bedea485e8716f4034", "Code-Review-1: Bo Lin <bo@example.org>",
      "Code-Review+2: Cy Orr <cy@example.org>", "Submitted-by: Ada Ray <ada@example.org>",
      "Submitted-at: Mon, 04 Mar 2024 10:20:30 +0100",
      "Reviewed-on: https://review.example.org/c/lib/+/4711", "Comments-Total: 6", "Comments-Unresolved: 1",
      "Project: lib", "Branch: refs/heads/stable-2.1")
    let block = try #require(text.blocks.first)
    #expect(text.failures.isEmpty)
    #expect(text.blocks.count == 1)
    #expect(
      votes(block) == ["Code-Review -1 Bo Lin <bo@example.org>", "Code-Review 2 Cy Orr <cy@example.org>"])
    #expect(block.submitter == Identity(name: "Ada Ray", email: "ada@example.org"))
    #expect(block.submitted?.rfc3339 == "2024-03-04T09:20:30Z")
    #expect(block.link?.host == "review.example.org")
    #expect(block.link?.number == "4711")
    #expect(block.changeID == "I0284485a2b85cc49d46166bedea485e8716f4034")
    #expect([block.comments, block.unresolvedComments] == [6, 1])
    #expect([block.project, block.branch] == ["lib", "refs/heads/stable-2.1"])
  }

  @Test func `takes a label with a number for a vote before it takes the line for a key`() {
    let block = read("Comments-Total: 2", "My-Label-2: A B <a@x>", "Verified+1: CI", "L10n+1: C <c@x>").blocks
      .first
    #expect(votes(block) == ["My-Label -2 A B <a@x>", "Verified 1 CI <>", "L10n 1 C <c@x>"])
    #expect(block?.comments == 2)
  }

  @Test(arguments: [
    ("Ada Ray <ada@example.org>", "Ada Ray <ada@example.org>"), ("<ada@example.org>", " <ada@example.org>"),
    ("Ada Ray", "Ada Ray <>"), ("Ada Ray <>", "Ada Ray <>"), ("ada@example.org", " <ada@example.org>"),
    ("Ray, Ada <ada@example.org>", "Ray, Ada <ada@example.org>"),
    ("build bot (Jenkins)", "build bot (Jenkins) <>"),
    ("Ada <3 <ada@example.org>", "Ada <3 <ada@example.org>"),
    ("Anonymous Coward #1000096", "Anonymous Coward #1000096 <>"), ("Anonymous Coward", "nobody"),
    ("Anonymous Coward <a@x>", "Anonymous Coward <a@x>"), ("", "nobody"), ("<>", "nobody"),
  ])
  func `names or addresses may be missing`(value: String, expected: String) {
    #expect(votes(read("Verified+1: \(value)").blocks.first) == ["Verified 1 \(expected)"])
  }

  @Test(arguments: [
    ("http://egit.eclipse.org/r/1112", "egit.eclipse.org", "1112"),
    ("https://git.eclipse.org/r/c/jgit/jgit/+/129181", "git.eclipse.org", "129181"),
    ("https://host/c/group/9front/+/7/2", "host", "7"), ("https://HOST:8443/r/5/", "host:8443", "5"),
    ("https://host/r/#/c/812/3/", "host", "812"), ("https://me@host/0042?tab=1#x", "host", "42"),
  ])
  func `finds host and number in every form of link`(url: String, host: String, number: String) {
    let link = read("Reviewed-on: \(url)").blocks.first?.link
    #expect(link?.host == host)
    #expect(link?.number == number)
  }

  @Test(arguments: [
    "https://host/", "https:///12", "12", "https://host/abc", "https://host/1234567890123456789", "://", "",
    "https://host/000",
  ])
  func `complains about a link without host or number`(url: String) {
    let text = read("Reviewed-on: \(url)", "Project: p")
    #expect(text.failures.map(\.line) == [1])
    #expect(text.blocks.first?.link == nil)
    #expect(text.blocks.first?.project == "p")
  }

  @Test(arguments: [
    ("Tue, 11 Sep 2018 18:51:42 -0400", "2018-09-11T22:51:42Z"),
    ("Wed, 1 Feb 2012 00:00:00 +0530", "2012-01-31T18:30:00Z"),
    ("Thu, 29 Feb 2024 23:59:60 +0000", "2024-02-29T23:59:59Z"),
    ("mon, 01 JAN 0001 00:00:00 +0000", "0001-01-01T00:00:00Z"),
  ])
  func `reads English dates with their offset`(date: String, expected: String) {
    #expect(read("Submitted-at: \(date)").blocks.first?.submitted?.rfc3339 == expected)
  }

  @Test(arguments: [
    "", "yesterday", "Tue, 30 Feb 2018 18:51:42 -0400", "Tue, 11 Sep 18 18:51:42 -0400",
    "Di, 11 Sep 2018 18:51:42 +0000", "Tue, 11 Sep 2018 24:00:00 +0000", "Tue, 11 Sep 2018 18:51:42 CEST",
    "Tue, 11 Sep 2018 18:51:42 +0060", "Tue, 11 Sep 99999 18:51:42 +0000", "Tue, 11 Sep 2018 18:51 +0000",
    "Tue, 11 Sep 2018 18:51:42", "Tue, 11 Sept 2018 18:51:42 +0000",
  ])
  func `complains about anything that is no such date`(date: String) {
    let text = read("Submitted-at: \(date)")
    #expect(text.failures.map(\.line) == [1])
    #expect(text.blocks.isEmpty)
  }

  @Test func `blank lines part the changes of one note`() {
    let text = read(
      "Verified+1: A <a@x>", "Reviewed-on: https://h/1", "", "Verified-1: B <b@x>", "Project: p")
    #expect(text.blocks.map { votes($0) } == [["Verified 1 A <a@x>"], ["Verified -1 B <b@x>"]])
    #expect(text.blocks.map(\.project) == [nil, "p"])
  }

  @Test func `without the blank line a repeated line begins the next change, with the votes before it`() {
    let text = read(
      "Verified+1: A <a@x>", "Submitted-by: A <a@x>", "Reviewed-on: https://h/1", "Verified+1: B <b@x>",
      "Submitted-by: B <b@x>", "Reviewed-on: https://h/2", "Reviewed-on: https://h/3")
    #expect(text.blocks.compactMap(\.link?.number) == ["1", "2", "3"])
    #expect(text.blocks.map { votes($0) } == [["Verified 1 A <a@x>"], ["Verified 1 B <b@x>"], []])
  }

  @Test func `other keys mean nothing, other lines are reported with their numbers`() {
    let text = read(
      "Fixes: 12", "no key here", "Verified+1: A <a@x>", "über: x", ": x", "Verified+: A", "+1: A")
    #expect(text.failures.map(\.line) == [2, 4, 5, 6, 7])
    #expect(text.blocks.count == 1)
  }

  @Test(arguments: [
    "Verified+99999: A", "Comments-Total: many", "Comments-Total: 12345678901", "Comments-Total:",
  ])
  func `numbers out of range are reported`(line: String) {
    #expect(read(line).failures.map(\.line) == [1])
  }

  @Test func `says of many bad lines how many there are`() throws {
    let name = try #require(ObjectName(hex: String(repeating: "1", count: 40)))
    let text = ReviewNotesText(Array(String(repeating: "bad\n", count: 50).utf8))
    let found = text.diagnostics(ref: "refs/notes/review", object: name)
    #expect(found.count == 20)
    #expect(
      found.last?.kind
        == .unreadableRecord(line: 20, detail: "a key and a colon were expected; and 30 more lines"))
  }

  @Test func `stops at a stated number of changes in one note`() {
    let text = ReviewNotesText(Array(String(repeating: "Project: p\n\n", count: 500).utf8))
    #expect(text.blocks.count == ReviewNotesText.blockLimit)
    #expect(text.failures.count == 1)
  }

  @Test func `any change of any byte of a note leaves it readable or reported`() {
    let note = Array(
      """
      Code-Review-1: Bo Lin <bo@example.org>
      Submitted-at: Mon, 04 Mar 2024 10:20:30 +0100
      Reviewed-on: https://review.example.org/c/lib/+/812
      Comments-Total: 6
      """.utf8)
    for place in note.indices {
      for byte: UInt8 in [0, 0x0A, 0x20, 0x2B, 0x2F, 0x30, 0x3A, 0x3C, 0x3E, 0x80, 0xFF] {
        var broken = note
        broken[place] = byte
        let text = ReviewNotesText(broken)
        #expect(text.failures.count + text.blocks.count > 0)
        let cut = ReviewNotesText(Array(note[..<place]) + [byte])
        #expect(cut.blocks.count <= 2)
      }
    }
  }
}
