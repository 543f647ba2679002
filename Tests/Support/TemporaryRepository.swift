import Foundation
public import Git

/// A real repository in a temporary folder, made by `git` itself and removed with this object.
///
/// Nothing from outside has a say: no system or user configuration, fixed names, dates one hour apart from
/// 2024-01-01T00:00:00Z on, zone UTC. The clock moves on after each command that records a date.
public final class TemporaryRepository {
  /// 2024-01-01T00:00:00Z in seconds since 1970.
  public static let start: Int64 = 1_704_067_200

  /// A folder of this test alone; other repositories and files may be put beside the repository.
  public let folder: String
  /// The work tree, or the git directory of a bare repository.
  public let path: String
  private var now = TemporaryRepository.start

  /// Makes an empty repository whose unborn branch has the given name.
  public init(bare: Bool = false, branch: String = "main") throws {
    folder =
      FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("repository-\(UUID().uuidString)").path
    path = folder + (bare ? "/repository.git" : "/repository")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try git(["init", "--quiet", "--initial-branch", branch] + (bare ? ["--bare"] : []))
  }

  deinit {
    // A folder left behind in the temporary directory harms no test.
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The date that the next recorded commit or tag gets, in seconds since 1970.
  public var clock: Int64 { now }

  /// Moves the clock on, by one hour unless told otherwise; negative values move it back.
  public func tick(seconds: Int64 = 3600) { now += seconds }

  /// Writes the files into the work tree and commits everything that changed, or nothing at all.
  ///
  /// The message is kept byte for byte. `files` are contents by path, missing folders are made; the paths in
  /// `removing` are deleted first. `author` and `committer` read `Ada Ray <ada@example.org>`; the committer is
  /// the author when nil. `at` is the author's and the committer's time in seconds since 1970, the clock's time
  /// when nil; `committedAt` is the committer's time when it differs; `zone` is the offset of both.
  @discardableResult
  public func commit(
    _ message: String, files: [String: String] = [:], removing: [String] = [],
    author: String = "Ada Ray <ada@example.org>", committer: String? = nil,
    at time: Int64? = nil, committedAt: Int64? = nil, zone: String = "+0000"
  ) throws -> ObjectID {
    for name in removing { try FileManager.default.removeItem(atPath: path + "/" + name) }
    for (name, text) in files.sorted(by: { $0.key < $1.key }) { try write(Array(text.utf8), to: name) }
    try git(["add", "--all"])
    let written = try Signature(author)
    let recorded = try Signature(committer ?? author)
    let environment = [
      "GIT_AUTHOR_NAME": written.name, "GIT_AUTHOR_EMAIL": written.email,
      "GIT_AUTHOR_DATE": "@\(time ?? now) \(zone)",
      "GIT_COMMITTER_NAME": recorded.name, "GIT_COMMITTER_EMAIL": recorded.email,
      "GIT_COMMITTER_DATE": "@\(committedAt ?? time ?? now) \(zone)",
    ]
    try git(
      ["commit", "--quiet", "--allow-empty", "--allow-empty-message", "--cleanup=verbatim", "--file=-"],
      stdin: Array(message.utf8), environment: environment)
    return try id(of: "HEAD")
  }

  /// Writes one file below the work tree.
  public func write(_ bytes: [UInt8], to name: String) throws {
    let target = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: target)
  }

  /// What `git rev-parse` says a name means.
  public func id(of name: String) throws -> ObjectID {
    let text = try git(["rev-parse", "--verify", name])
    guard let id = ObjectID(hex: text) else { throw CommandFailure("git rev-parse \(name)", 0, text) }
    return id
  }

  /// Writes any bytes as an object, without Git's checks.
  public func object(_ kind: String, _ bytes: [UInt8]) throws -> ObjectID {
    let text = try git(["hash-object", "--literally", "-t", kind, "-w", "--stdin"], stdin: bytes)
    guard let id = ObjectID(hex: text) else { throw CommandFailure("git hash-object", 0, text) }
    return id
  }

  /// Runs `git` in the repository and returns its output without the last line end.
  @discardableResult
  public func git(_ arguments: String...) throws -> String { try git(arguments) }

  /// Runs `git` in the repository and returns its output without the last line end.
  @discardableResult
  public func git(
    _ arguments: [String], stdin: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> String {
    var bytes = try gitBytes(arguments, stdin: stdin, environment: environment)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Runs any program in the repository, with the same environment as `git` gets.
  public func run(_ program: String, _ arguments: String...) throws {
    let command = HermeticCommand(folder: folder, workingDirectory: path, now: now)
    _ = try command.run(program, arguments, stdin: [], environment: [:])
  }

  /// Runs `git` in the repository and returns its output as it is; a failing command throws.
  public func gitBytes(
    _ arguments: [String], stdin: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> [UInt8] {
    let command = HermeticCommand(folder: folder, workingDirectory: path, now: now)
    let output = try command.run("git", arguments, stdin: stdin, environment: environment)
    if let verb = arguments.first(where: { !$0.hasPrefix("-") }), TemporaryRepository.dated.contains(verb) {
      tick()
    }
    return output
  }

  /// Opens the repository with the reader under test.
  public func open(verifyHashes: Bool = false) throws(OpenRefusal) -> Repository {
    try Repository(path: path, verifyHashes: verifyHashes)
  }

  /// Commands that record the current date.
  private static let dated: Set<String> = [
    "am", "cherry-pick", "commit", "commit-tree", "merge", "notes", "rebase", "revert", "tag",
  ]
}

/// A command that ended with another status than 0.
public struct CommandFailure: Error, CustomStringConvertible {
  public let command: String
  public let status: Int32
  public let complaint: String

  init(_ command: String, _ status: Int32, _ complaint: String) {
    self.command = command
    self.status = status
    self.complaint = complaint
  }

  public var description: String { "\(command) ended with \(status): \(complaint)" }
}

/// A name and an address taken from `Name <address>`.
private struct Signature {
  let name: String
  let email: String

  init(_ text: String) throws {
    guard let open = text.firstIndex(of: "<"), text.last == ">" else {
      throw CommandFailure("signature", 0, text)
    }
    name = String(text[..<open]).trimmingCharacters(in: .whitespaces)
    email = String(text[text.index(after: open)...].dropLast())
  }
}
