import Facts
import Foundation
import Git
import Support
import Testing

@testable import Harvest

/// Repositories with missing, broken, odd or far too large objects.
@Suite struct AppraiseHostileTests: AppraiseNotes {
  @Test func `keeps a review whose commit is missing, and leaves out what is no commit`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["a": "1"])
    let missing = String(repeating: "12", count: 20)
    let noCommit = try blob("content", in: fixture)
    let line = try blob(request(fixture.clock), in: fixture)
    let bad = try blob("nothing\n{}x\n", in: fixture)
    let other = try fixture.commit("No request", files: ["a": "2"])
    let lost = String(repeating: "ab", count: 20)
    let third = try fixture.commit("Lost note", files: ["a": "3"])
    _ = try writeNotes(
      [(missing, line), (noCommit, line), (other.hex, bad), (third.hex, lost)], ref: reviews, in: fixture)
    let result = try AppraiseHarvest.read(try fixture.open())
    #expect(result.traces.map(\.id.description) == ["review/121212121212"])
    #expect(result.traces.first?.standing == .appraise(.unknown))
    #expect(result.traces.first?.observations.count == 3)
    #expect(result.summary.annotated == 4)
    #expect(result.summary.missing == 1)
    #expect(result.summary.notCommits == 1)
    #expect(result.summary.withoutRequest == 2)
    #expect(result.summary.unreadableLines == 2)
    #expect(result.summary.reviews == 0)
    let found = Set(result.diagnostics)
    #expect(found.count == 5)
    #expect(found.contains(Diagnostic(.missingObject, ref: reviews, object: ObjectName(hex: missing))))
    #expect(found.contains(Diagnostic(.missingObject, ref: reviews, object: ObjectName(hex: lost))))
    #expect(found.contains(Diagnostic(.notACommit, ref: reviews, object: ObjectName(hex: noCommit))))
  }

  @Test func `a note beyond the limit is reported, not read`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("Cache", files: ["b": "1"])
    try append(request(fixture.clock), to: reviews, on: first, in: fixture)
    let large = try blob(String(repeating: comment(1, "bo") + "\n", count: 4_000), in: fixture)
    _ = try writeNotes([(first.hex, large)], ref: discuss, in: fixture)
    var limits = AppraiseLimits()
    limits.noteBytes = 100_000
    let result = try AppraiseHarvest.read(try fixture.open(), limits: limits)
    let size = Int(try fixture.git("cat-file", "-s", large)) ?? 0
    #expect(
      result.diagnostics == [
        Diagnostic(.oversized(bytes: size, limit: 100_000), ref: discuss, object: ObjectName(git: first))
      ])
    #expect(result.traces.count == 1)
    #expect(result.summary.comments == 0)
  }

  @Test func `an unknown target is not submitted, as in git-appraise, and is reported`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("Cache", files: ["b": "1"])
    try append(request(fixture.clock, target: "refs/heads/gone"), to: reviews, on: first, in: fixture)
    let gone = comment(fixture.clock, "bo", on: "123456789abc", resolved: true)
    try append(gone, to: discuss, on: first, in: fixture)
    let result = try AppraiseHarvest.read(try fixture.open())
    #expect(result.traces.first?.standing == .appraise(.accepted))
    #expect(
      result.diagnostics == [
        Diagnostic(.danglingReference(to: "refs/heads/gone")),
        Diagnostic(.danglingReference(to: "123456789abc"), ref: discuss, object: ObjectName(git: first)),
      ])
  }

  @Test func `odd names of branches and commits are looked up in vain, not believed`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("Cache", files: ["b": "1"])
    let names = [
      "../../../etc/passwd", "refs/heads/../../HEAD", "main~1", "--all", "refs/heads/main^{tree}",
      String(repeating: "x", count: 5_000), "refs/heads/a\u{0}b", "main:b",
    ]
    for name in names {
      let note = try blob(request(fixture.clock, target: name, branch: name), in: fixture)
      let text = comment(1_700_000_000, "bo", on: name)
      _ = try writeNotes([(first.hex, note)], ref: reviews, in: fixture)
      _ = try writeNotes([(first.hex, try blob(text, in: fixture))], ref: discuss, in: fixture)
      let result = try AppraiseHarvest.read(try fixture.open())
      #expect(result.traces.first?.standing == .appraise(.pending), "\(name.prefix(40))")
      let shown = String(name.unicodeScalars.prefix(64))
      #expect(
        result.diagnostics.map(\.kind) == [.danglingReference(to: shown), .danglingReference(to: shown)])
    }
    let short = try blob(request(fixture.clock, target: "main"), in: fixture)
    _ = try writeNotes([(first.hex, short)], ref: reviews, in: fixture)
    #expect(
      try AppraiseHarvest.read(try fixture.open()).traces.first?.standing
        == .appraise(.submittedWithoutAcceptance))
  }

  @Test(.timeLimit(.minutes(5))) func `one huge note and one broken one cost only themselves`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("Cache", files: ["b": "1"])
    let second = try fixture.commit("Other", files: ["b": "2"])
    let third = try fixture.commit("Third", files: ["b": "3"])
    let line = try blob(request(fixture.clock), in: fixture)
    var note = String(repeating: "not a record\n", count: 60_000)
    for number in 0..<20_000 {
      note += comment(Int64(1_700_000_000 + number), "bo", on: "abc\(number)") + "\n"
    }
    let tree = try fixture.git("rev-parse", "HEAD^{tree}")
    _ = try writeNotes([(first.hex, line), (second.hex, line), (third.hex, line)], ref: reviews, in: fixture)
    var listing: [UInt8] = []
    for (object, note) in [(first.hex, try blob(note, in: fixture)), (second.hex, tree)].sorted(by: <) {
      listing += "100644 \(object)\u{0}".utf8 + SHA1Bytes.of(note)
    }
    let notes = try fixture.object("tree", listing)
    let commit = try fixture.git("commit-tree", "-m", "Notes", notes.hex)
    try fixture.git("update-ref", discuss, commit)
    let result = try AppraiseHarvest.read(try fixture.open())
    #expect(result.traces.count == 3)
    #expect(result.summary.comments == 20_000)
    #expect(result.summary.unreadableLines == 60_000)
    // Twenty lines, twenty commits that are not there, and the tree in place of a note.
    #expect(result.diagnostics.count == 41)
    let detail = "its note is no blob"
    #expect(
      result.diagnostics.contains(
        Diagnostic(.corruptObject(detail: detail), ref: discuss, object: ObjectName(git: second))))
  }

  @Test func `a broken commit under review is reported and its review kept`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("Cache", files: ["b": "1"])
    try append(request(fixture.clock), to: reviews, on: first, in: fixture)
    let path = ".git/objects/\(first.hex.prefix(2))/\(first.hex.dropFirst(2))"
    try fixture.git("branch", "-m", "main", "old")
    try fixture.git("update-ref", "-d", "refs/heads/old")
    try FileManager.default.removeItem(atPath: fixture.path + "/" + path)
    try fixture.write(Array("broken".utf8), to: path)
    let result = try AppraiseHarvest.read(try fixture.open())
    #expect(result.traces.map(\.standing) == [.appraise(.unknown)])
    let kinds = result.diagnostics.map(\.kind)
    #expect(kinds.contains { if case .corruptObject = $0 { true } else { false } })
  }
}

/// The twenty bytes of a name in hexadecimal digits.
private enum SHA1Bytes {
  static func of(_ hex: String) -> [UInt8] {
    let digits = Array(hex.utf8).compactMap { UInt8(String(Unicode.Scalar($0)), radix: 16) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
