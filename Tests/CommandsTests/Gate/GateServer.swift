import Commands
import Facts
import Foundation
import Git
import Harvest
import Support
import Testing

/// A server with a policy and the real program as its hook, and a clone from which people push.
///
/// | handle | team | may approve |
/// |---|---|---|
/// | bo, al, kim | platform, the hosts | everything |
/// | cy, ed | pay | nothing |
/// | di | pay | `docs/**`, by the grant `docs-di` |
/// | renovate | a listed robot | nothing; lands `deps/**` by itself |
final class GateServer {
  let server: TemporaryRepository
  let clone: String
  /// Seconds since 1970, read once.
  let now = GatePolicyFiles.now
  private var records: [String: [ObjectID: [String]]] = [:]

  static let main = "refs/heads/main"
  static let reviews = "refs/notes/devtools/reviews"
  static let discuss = "refs/notes/devtools/discuss"
  static let zero = String(repeating: "0", count: 40)

  /// Begins with the usual policy; `files` replace or add to what the first commit holds, nil takes one away.
  init(_ files: [String: String?] = [:]) throws {
    server = try TemporaryRepository(bare: true)
    clone = server.folder + "/clone"
    var contents = GatePolicyFiles.all()
    for (name, text) in files { contents[name] = text }
    try importMain(contents)
    // Later commits are of a time at which the grants run.
    server.tick(seconds: now - 40 * 86_400 - TemporaryRepository.start)
    try server.git("clone", "--quiet", server.path, clone)
    try server.git("config", "tributary.pusherVariable", "TEST_PUSHER")
    let place = try #require(try? ProgramProcess.path())
    var world = World.system()
    world.programPath = place
    world.output = { (_) throws(FileFailure) in }
    let ending = Program.tributary.run(
      arguments: ["hook", "install", "pre-receive", "-C", server.path], world: world)
    try #require(ending == .met)
  }

  private func importMain(_ files: [String: String]) throws {
    var stream =
      "commit \(Self.main)\ncommitter Bo <bo@x.org> \(TemporaryRepository.start) +0000\ndata 5\nfirst\n"
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      stream += "M 100644 inline \(name)\ndata \(text.utf8.count)\n\(text)\n"
    }
    try server.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
  }

  /// The address of a handle; anything with an `@` stays as it is.
  static func email(_ who: String) -> String {
    let addresses = [
      "bo": "bo@x.org", "al": "al@x.org", "kim": "kim@x.org", "cy": "cy@y.org", "di": "di@y.org",
      "ed": "ed@y.org", "renovate": "renovate@ci.org",
    ]
    return addresses[who] ?? who
  }

  // MARK: In the clone

  @discardableResult
  func git(_ arguments: String..., stdin: String = "", as who: String? = nil) throws -> String {
    try git(arguments, stdin: Array(stdin.utf8), as: who)
  }

  @discardableResult
  func git(_ arguments: [String], stdin: [UInt8] = [], as who: String? = nil) throws -> String {
    var environment: [String: String] = [:]
    if let who {
      for role in ["AUTHOR", "COMMITTER"] {
        environment["GIT_\(role)_NAME"] = who
        environment["GIT_\(role)_EMAIL"] = Self.email(who)
      }
    }
    return try server.git(["-C", clone] + arguments, stdin: stdin, environment: environment)
  }

  func id(_ name: String) throws -> ObjectID {
    try #require(ObjectID(hex: try git("rev-parse", "--verify", name)))
  }

  /// Begins a branch at a commit, main as it is on the server unless told otherwise.
  func branch(_ name: String, at start: String = "origin/main") throws {
    try git("fetch", "--quiet", "origin")
    try git("checkout", "--quiet", "-B", name, start)
  }

  /// Commits files on the branch that is checked out; nil takes one away.
  @discardableResult
  func commit(
    _ message: String, _ files: [String: String?] = [:], by author: String = "cy", committer: String? = nil
  ) throws -> ObjectID {
    for (name, text) in files {
      let path = URL(fileURLWithPath: "\(clone)/\(name)")
      guard let text else {
        try git("rm", "--quiet", "-r", name)
        continue
      }
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: path)
    }
    try git("add", "--all")
    return try record(
      ["commit", "--quiet", "--allow-empty", "-m", message], by: author, committer: committer)
  }

  /// Runs a command of git that makes a commit, by somebody.
  @discardableResult
  func record(_ arguments: [String], by author: String, committer: String? = nil) throws -> ObjectID {
    let last = Self.email(committer ?? author)
    try server.git(
      ["-C", clone] + arguments,
      environment: [
        "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": Self.email(author), "GIT_COMMITTER_NAME": last,
        "GIT_COMMITTER_EMAIL": last,
      ])
    return try id("HEAD")
  }

  /// Writes any bytes as an object of the clone, without Git's checks.
  func object(_ kind: String, _ bytes: [UInt8]) throws -> ObjectID {
    let text = try git(["hash-object", "--literally", "-t", kind, "-w", "--stdin"], stdin: bytes)
    return try #require(ObjectID(hex: text))
  }

  /// A tree of exactly these entries in exactly this order.
  func tree(_ entries: [(mode: String, name: [UInt8], id: ObjectID)]) throws -> ObjectID {
    try object("tree", entries.flatMap { Array("\($0.mode) ".utf8) + $0.name + [0] + Self.raw($0.id) })
  }

  private static func raw(_ id: ObjectID) -> [UInt8] {
    let digits = Array(id.hex)
    return stride(from: 0, to: 40, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
  }

  /// A commit of exactly these header lines and this message.
  func rawCommit(_ headers: [String], message: String = "x\n") throws -> ObjectID {
    try object("commit", Array((headers.joined(separator: "\n") + "\n\n" + message).utf8))
  }

  /// The line of an author or committer as git writes it.
  static func ident(_ role: String, _ who: String) -> String { "\(role) X <\(email(who))> 1704100000 +0000" }

  /// A commit by Cy of a tree on the top of main, on record as approved by Al.
  func approvedCommit(tree: ObjectID, on parent: ObjectID? = nil) throws -> ObjectID {
    let commit = try rawCommit([
      "tree \(tree.hex)", "parent \(try (parent ?? id("origin/main")).hex)", Self.ident("author", "cy"),
      Self.ident("committer", "cy"),
    ])
    try approve(commit, by: "al")
    return commit
  }

  /// Commits entries of any mode in the branch that is checked out, past the work tree; then puts that right again.
  func commitEntries(_ entries: [(mode: String, id: ObjectID, name: String)], by author: String = "cy") throws
    -> ObjectID
  {
    let lines = entries.map { "\($0.mode) \($0.id.hex)\t\($0.name)\n" }.joined()
    try git("update-index", "--add", "--index-info", stdin: lines)
    let commit = try record(["commit", "--quiet", "-m", "entries"], by: author)
    try git("checkout", "--quiet", "--detach", "--force", "origin/main")
    return commit
  }

  /// A blob of the clone.
  func blob(_ text: String = "x\n") throws -> ObjectID { try object("blob", Array(text.utf8)) }

  // MARK: Records on the server

  /// Puts lines into the notes of the server behind the gate's back, as a state in which it trusts.
  func plant(_ lines: [(on: ObjectID, line: String)], ref: String) throws {
    for entry in lines { records[ref, default: [:]][entry.on, default: []].append(entry.line) }
    try server.git(["fast-import", "--quiet", "--force"], stdin: Self.notes(records[ref] ?? [:], ref))
  }

  /// The stream that makes notes anew.
  static func notes(_ records: [ObjectID: [String]], _ ref: String, on tip: String? = nil) -> [UInt8] {
    var stream = "commit \(ref)\ncommitter Ada Ray <ada@example.org> 1704100000 +0000\ndata 0\n"
    if let tip { stream += "from \(tip)\n" }
    for (object, lines) in records.sorted(by: { $0.key < $1.key }) {
      let text = lines.joined(separator: "\n") + "\n"
      stream += "M 100644 inline \(object.hex)\ndata \(text.utf8.count)\n\(text)\n"
    }
    return Array(stream.utf8)
  }

  func requestLine(by who: String = "cy", target: String = GateServer.main, age: Int64 = 7_200) -> String {
    """
    {"timestamp":"\(now - age)","reviewRef":"refs/heads/topic","targetRef":"\(target)",\
    "requester":"\(Self.email(who))","description":"x"}
    """
  }

  /// A verdict as git-appraise records it; `original` is the record that it replaces.
  func verdict(
    _ revision: ObjectID, by who: String, _ resolved: Bool = true, age: Int64 = 3_600,
    original: AppraiseComment? = nil
  ) -> AppraiseComment {
    var comment = AppraiseComment()
    comment.timestamp = "\(now - age)"
    comment.author = Self.email(who)
    comment.original = original?.id.hex ?? ""
    comment.location = AppraiseComment.Location()
    comment.location?.commit = revision.hex
    comment.resolved = resolved
    return comment
  }

  func verdictLine(_ revision: ObjectID, by who: String, _ resolved: Bool = true, age: Int64 = 3_600)
    -> String
  {
    verdict(revision, by: who, resolved, age: age).text
  }

  /// Has a review of a commit on record in which it is approved.
  func approve(
    _ revision: ObjectID, by who: String, target: String = GateServer.main, age: Int64 = 3_600,
    requester: String = "cy"
  ) throws {
    if records[Self.reviews]?[revision] == nil {
      try plant([(revision, requestLine(by: requester, target: target))], ref: Self.reviews)
    }
    try plant([(revision, verdictLine(revision, by: who, age: age))], ref: Self.discuss)
  }
}

extension AppraiseComment {
  /// The record as a line.
  var text: String { String(decoding: line, as: UTF8.self) }
}
