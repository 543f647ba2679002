import Facts
import Testing

@testable import Harvest

/// Lines about people in the styles of many projects.
@Suite struct ReviewLineTests {
  /// The lines with a meaning, as `key=value`.
  private func lines(_ message: String, server: Bool = false) -> [String] {
    ReviewLines.read(ArraySlice(("x" + message).utf8).dropFirst(), ofLastLanding: server)
      .filter { TrailerMeaning(key: $0.key) != nil }.map { "\($0.key.text)=\($0.value.text)" }
  }

  @Test(arguments: [
    ("Pool\n\nReviewed-by: A\nAcked by: B\nSigned-off-by: C\n", ["Reviewed-by=A", "Acked by=B"]),
    ("Pool\n\nReviewed-by: A\n\nSigned-off-by: C\n", ["Reviewed-by=A"]),
    ("Pool\n\nApproved-by: A\n\n--HG--\nbranch : x\n", ["Approved-by=A"]),
    ("Pool\n\nSee merge request a/b!5\nApproved-by: A\n", ["Approved-by=A"]),
    ("Pool\n\nReviewers: A, B,\nC\n", ["Reviewers=A, B, C"]), ("Pool\n\n Reviewers: A\n", ["Reviewers=A"]),
    ("Pool\n\nReviewed-by: A\n B\n", ["Reviewed-by=A B"]),
    (
      "Pool\n\nReviewers: A\n\n---------\n\nCo-authored-by: B <b@x>\n",
      ["Reviewers=A", "Co-authored-by=B <b@x>"]
    ),
    (
      "Pool\n\nAuthor: A\n\nReviewers: B\n\nCloses #5 from a/b and squashes the following commits:\n\n1a2b3c4 [A] x\n",
      ["Author=A", "Reviewers=B"]
    ),
    ("Pool\n\nText\nReviewed-by: A\nmore\nand more\n", []), ("Pool\n\nReviewed-by: A\n\nThe end.\n", []),
    ("Reviewed-by: A", []), ("Pool\nReviewed-by: A", []), ("", []),
    ("Pool\n\nAcked-by: A\n\ngit-svn-id: svn://x\n", ["Acked-by=A"]),
  ])
  func `lines about people are found at the end, above what tools append`(
    message: String, expected: [String]
  ) {
    #expect(lines(message) == expected)
  }

  @Test(arguments: [
    ("Change-Id: I1\nReviewed-by: A\nReviewed-on: https://r/1\nReviewed-by: B", ["A", "B"]),
    (
      "Reviewed-on: https://r/1\nReviewed-by: A\n(cherry picked from commit 12)\nReviewed-on: https://r/2\nReviewed-by: B",
      ["B"]
    ),
    (
      "Reviewed-on: https://r/1\nReviewed-by: A\nChange-Id: I2\nReviewed-by: C\nReviewed-on: https://r/2\nReviewed-by: B",
      ["C", "B"]
    ),
    ("Reviewed-on: https://r/1\nReviewed-by: A\nReviewed-on: https://r/2\nReviewed-by: B", ["B"]),
    ("Reviewed-by: A\n(cherry picked from commit 12)", ["A"]),
  ])
  func `of a cherry-pick on a server only its own footers count`(block: String, people: [String]) {
    #expect(lines("Pool\n\n\(block)\n", server: true) == people.map { "Reviewed-by=\($0)" })
  }

  @Test(arguments: [
    ("Reviewd-by", TrailerMeaning.approval), ("Reivewed-by", .approval), ("Acked by", .approval),
    ("Aked-by", .approval), ("reported by", .input), ("Co-autored-by", .coauthor), ("Submitted by", .author),
    ("Author", .author), ("Reviewers", .reviewers), ("Merged-by", .lander),
    ("Reported-and-tested-by", .input), ("Nacked-by", nil), ("Hacked-by", nil), ("Backed-by", nil),
    ("Reposted-by", nil), ("Review-by", nil), ("Signed-of-by", nil), ("Teste-by", nil), ("Authors", nil),
    ("Rewviewedd-by", nil),
  ])
  func `one wrong letter is forgiven in keys that are known, where nothing else can be meant`(
    key: String, meaning: TrailerMeaning?
  ) {
    #expect(TrailerMeaning(key: ArraySlice(key.utf8)) == meaning)
  }

  @Test(arguments: [
    (
      "Bo Lin <bo@x>, Cy, dee; Eve Fox and Gus Orr",
      ["Bo Lin <bo@x>", " <cy>", " <dee>", "Eve Fox <>", "Gus Orr <>"]
    ),
    ("bo!, #core, #core!, cy", [" <bo>", " <cy>"]), ("re (gjb), bo (earlier version)", [" <gjb>", " <bo>"]),
    ("Bo Lin # the parser", ["Bo Lin <>"]), ("Bo Lin [v2]", ["Bo Lin <>"]), ("nobody", []), ("None, N/A", []),
    ("re ()", [" <re>"]), ("!", []), ("(", []), ("bo@x # y", [" <bo@x>"]), (" and ", []),
  ])
  func `a list of people is taken apart as projects write it`(value: String, people: [String]) {
    let found = PersonList.list(ArraySlice(value.utf8)).map { "\($0.name) <\($0.email)>" }
    #expect(found == people.map { $0 == " <cy>" && value.contains("Cy") ? " <Cy>" : $0 })
  }

  @Test func `not more people are read from a value than the limit`() {
    let many = (0..<5000).map { "p\($0)" }.joined(separator: ",")
    #expect(PersonList.list(ArraySlice(many.utf8)).count == 256)
    let addresses = (0..<5000).map { "<p\($0)@x>" }.joined(separator: ",")
    #expect(PersonList.parse(ArraySlice(addresses.utf8)).count == 256)
  }

  @Test(arguments: [
    ("Bug 12 - Fix. r=ada,#core!,bo. r?cy", true, ["ada", "bo"], ["cy"]),
    ("helpers: split (Bug 12) r=ada", false, ["ada"], []), ("No bug - Fix r=ada", false, ["ada"], []),
    ("Fix it r=ada", true, ["ada"], []),
  ])
  func `Mozilla's subjects name reviewers`(
    subject: String, hasRevision: Bool, approvers: [String], requested: [String]
  ) throws {
    let named = try #require(SubjectReviewers(ArraySlice(subject.utf8), hasRevision: hasRevision))
    #expect(named.approvers.map(\.text) == approvers)
    #expect(named.requested.map(\.text) == requested)
  }

  @Test(arguments: [
    "Fix r=ada", "Bug 12 - Set var=1", "Bug 12 - r= nothing", "Bug 12 - for?x", "r", "r=", "",
  ])
  func `other subjects do not`(subject: String) {
    #expect(SubjectReviewers(ArraySlice(subject.utf8), hasRevision: false) == nil)
  }

  @Test func `Phabricator's fields are read wherever they stand`() throws {
    let message = """
      Pool

      Summary: Uses a hash.

      Reviewers: bo, #core!,
        cy!

      Reviewed By: bo,
      cy

      Subscribers: dee

      Differential Revision: https://phab.example.org/D901
      """
    let fields = try #require(PhabricatorFields(ArraySlice(message.utf8)))
    #expect(fields.reviewers.map(\.text) == ["bo, #core!,", "cy!"])
    #expect(fields.reviewedBy.map(\.text) == ["bo,", "cy"])
    #expect(PhabricatorFields(ArraySlice("Pool\n\nReviewers: Bo <bo@x>\n".utf8)) == nil)
    #expect(PhabricatorFields(ArraySlice("Pool\n\nSee Reviewed By: x\n".utf8)) == nil)
  }

  @Test func `Bitcoin Core's block tells who said what of which commit`() {
    let message = """
      Merge a/b#5: Pool

      Text

      ACKs for top commit:
        ada:
          re-utACK 0123456789abcdef
        bo:
          Looks good. Concept ACK
        cy:
          NACK, wrong
        dee:
          Tested ACK 0123456
        eve:
          I looked at it
        flo gus:
          ACK
        hal:
          Code Review ACK

      Tree-SHA512: 12
        ivy:
          ACK
      """
    let acks = AckBlock.read(ArraySlice(message.utf8))
    #expect(
      acks.map { "\($0.nick.text) \($0.word) \($0.strength) \($0.commit.text)" } == [
        "ada utACK approval 0123456789abcdef", "bo Concept ACK concept ", "cy NACK against ",
        "dee tACK approval 0123456", "hal crACK approval ",
      ])
    #expect(AckBlock.read(ArraySlice("Merge\n\nACKs for nobody:\n  ada:\n    ACK\n".utf8)).isEmpty)
    #expect(AckBlock.read(ArraySlice("Merge\n\nACKs for top commit:".utf8)).isEmpty)
  }

  @Test func `damaged messages are read without harm`() {
    let text =
      "Bug 1 - Pool r=ada,#b!\n\nReviewers: Bo <bo@x>, \"Lin, C\" <c@x>\n\nReviewed By: re (gjb)!\nTest Plan:\n\n"
      + "ACKs for top commit:\n  ada:\n    utACK 0123456\n\nAcked by : \"x <y\n > z\n(cherry picked from commit 1)\n"
    let message = Array(text.utf8)
    for place in message.indices {
      for byte in [0x00, 0x0A, 0x20, 0x3C, 0xFF] as [UInt8] {
        var damaged = message
        damaged[place] = byte
        for part in [damaged[...], damaged[place...], damaged[..<place]] {
          _ = SubjectReviewers(MessageParts(part).subject, hasRevision: true)
          for line in ReviewLines.read(part, ofLastLanding: true) { _ = PersonList.list(line.value) }
          _ = PhabricatorFields(part)
          _ = AckBlock.read(part)
          _ = ReviewLines.mayHoldPeople(part)
        }
      }
    }
  }
}
