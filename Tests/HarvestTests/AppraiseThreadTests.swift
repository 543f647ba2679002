import Facts
import Testing

@testable import Harvest

@Suite struct AppraiseThreadTests {
  private func comments(_ note: String) throws -> [NoteRecord<AppraiseComment>] {
    try NoteRecords(AppraiseFixture.bytes(note), read: AppraiseComment.init(line:)).records
  }

  private func comments(lines: [String]) -> [NoteRecord<AppraiseComment>] {
    NoteRecords(Array(lines.joined(separator: "\n").utf8), read: AppraiseComment.init(line:)).records
  }

  private func line(
    _ at: Int, _ author: String, parent: String = "", original: String = "", resolved: Bool? = nil
  ) -> String {
    var comment = AppraiseComment()
    comment.timestamp = "\(at)"
    comment.author = author
    comment.parent = parent
    comment.original = original
    comment.resolved = resolved
    return String(decoding: comment.line, as: UTF8.self)
  }

  private func name(_ line: String) -> String { SHA1.digest(of: Array(line.utf8)).hex }

  @Test(arguments: [("lifted", true), ("unanswered", false), ("edited", true), ("raw-line", false)])
  func `comes to git-appraise's verdict`(note: String, verdict: Bool) throws {
    #expect(CommentThreads(try comments("\(note).discuss"), naming: .canonical).resolved == verdict)
  }

  @Test func `a rejection that was lifted counts as no opinion, not as acceptance`() throws {
    let threads = CommentThreads(Array(try comments("lifted.discuss").prefix(3)), naming: .canonical)
    #expect(threads.resolved == nil)
    #expect(threads.nodes.map(\.resolved) == [nil, nil, true])
  }

  @Test func `finds answers by the stored line only when asked to`() throws {
    let records = try comments("raw-line.discuss")
    let strict = CommentThreads(records, naming: .canonical)
    #expect(strict.orphans == [1])
    let wide = CommentThreads(records, naming: .either)
    #expect(wide.orphans.isEmpty)
    #expect(wide.resolved == nil)
  }

  @Test func `an upper-case name refers to nothing, as in Go`() {
    let root = line(1_700_000_000, "bo", resolved: false)
    let reply = line(1_700_000_001, "bo", parent: name(root).uppercased(), resolved: true)
    #expect(CommentThreads(comments(lines: [root, reply]), naming: .either).orphans == [1])
  }

  @Test func `identical records are one comment`() {
    let root = line(1_700_000_000, "bo", resolved: true)
    #expect(CommentThreads(comments(lines: [root, root, " " + root]), naming: .either).nodes.count == 1)
  }

  @Test func `an answer to an edit and an edit of an edit count for nothing`() {
    let root = line(1_700_000_000, "bo", resolved: true)
    let edit = line(1_700_000_001, "bo", original: name(root), resolved: true)
    let second = line(1_700_000_002, "bo", original: name(edit), resolved: false)
    let answer = line(1_700_000_003, "ada", parent: name(edit), resolved: false)
    let threads = CommentThreads(comments(lines: [answer, second, edit, root]), naming: .canonical)
    #expect(threads.resolved == true)
    #expect(threads.orphans.isEmpty)
  }

  @Test func `of edits at the same time the later line is in force`() {
    let root = line(1_700_000_000, "bo", resolved: true)
    let one = line(1_700_000_009, "bo", original: name(root), resolved: false)
    let two = line(1_700_000_009, "cy", original: name(root), resolved: true)
    #expect(CommentThreads(comments(lines: [root, one, two]), naming: .canonical).resolved == true)
    #expect(CommentThreads(comments(lines: [root, two, one]), naming: .canonical).resolved == false)
  }

  @Test func `a rejection is lifted by the first direct answer when nobody asked for more`() {
    let root = line(1_700_000_000, "bo", resolved: false)
    let done = line(1_700_000_005, "ada", parent: name(root), resolved: true)
    let thanks = line(1_700_000_009, "bo", parent: name(root), resolved: true)
    let threads = CommentThreads(comments(lines: [thanks, done, root]), naming: .canonical)
    #expect(threads.liftedRejections().map { [$0.root, $0.by] } == [[2, 1]])
  }

  @Test func `a contested rejection is lifted by the last answer, or stands`() {
    let root = line(1_700_000_000, "bo", resolved: false)
    let done = line(1_700_000_005, "ada", parent: name(root), resolved: true)
    let no = line(1_700_000_006, "bo", parent: name(done), resolved: false)
    let now = line(1_700_000_007, "ada", parent: name(no), resolved: true)
    let again = line(1_700_000_008, "bo", parent: name(root), resolved: true)
    let standing = CommentThreads(comments(lines: [root, done, no]), naming: .canonical)
    #expect(standing.resolved == false)
    #expect(standing.liftedRejections().isEmpty)
    let lifted = CommentThreads(comments(lines: [root, done, no, now, again]), naming: .canonical)
    #expect(lifted.resolved == nil)
    #expect(lifted.liftedRejections().map { [$0.root, $0.by] } == [[0, 4]])
  }

  @Test func `records that could answer or replace themselves end up as orphans`() {
    let own = line(1_700_000_000, "bo", parent: String(repeating: "0", count: 40), resolved: false)
    let other = line(1_700_000_000, "bo", original: String(repeating: "f", count: 40), resolved: false)
    let threads = CommentThreads(comments(lines: [own, other]), naming: .either)
    #expect(threads.orphans == [0, 1])
    #expect(threads.resolved == nil)
  }

  @Test(.timeLimit(.minutes(5))) func `a chain of thirty thousand answers is only long`() {
    var lines: [String] = []
    for number in 0..<30_000 {
      lines.append(
        line(
          1_700_000_000 + number, "bo", parent: lines.last.map(name) ?? "",
          resolved: number % 2 == 0 ? nil : false))
    }
    let threads = CommentThreads(comments(lines: lines), naming: .either)
    #expect(threads.roots == [0])
    #expect(threads.resolved == false)
    #expect(threads.liftedRejections().isEmpty)
  }
}
