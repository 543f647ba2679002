internal import Facts
internal import Git

/// Git's configuration in force for a repository, asked of `git` itself.
///
/// Only git knows all of it: files of the machine, the user, the repository and the work tree, what they include under
/// which condition, and what the environment adds.
struct GitSettings {
  /// Who writes.
  struct Author: Hashable {
    let name: String
    let email: String
  }

  private var values: [String: String] = [:]
  private let environment: (String) -> String?

  /// Variables that change what git reads.
  private static let variables = [
    "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
  ]
  /// The largest number of settings that is taken from the environment.
  private static let countLimit = 1_000

  init(of repository: Repository, world: World) throws {
    environment = world.environment
    var passed: [String: String] = [:]
    for name in Self.variables { passed[name] = world.environment(name) }
    let count = passed["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0
    for number in 0..<max(0, min(count, Self.countLimit)) {
      for name in ["GIT_CONFIG_KEY_\(number)", "GIT_CONFIG_VALUE_\(number)"] {
        passed[name] = world.environment(name)
      }
    }
    let words = ["--git-dir=\(repository.gitDirectory)", "config", "--list", "-z"]
    let outcome = world.runProgram(
      ProgramCall("git", words.map { .text($0) }, input: [], environment: passed, tellsErrors: true))
    guard case .ended(status: 0, let output) = outcome else { throw Self.failure(outcome) }
    for entry in output.split(separator: 0) {
      let parts = entry.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
      guard let key = parts.first else { continue }
      // A key without a value means true.
      let value = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : "true"
      values[String(decoding: key, as: UTF8.self)] = value
    }
  }

  private static func failure(_ outcome: ProgramOutcome) -> CommandFailure {
    switch outcome {
    case .ended(_, let errors): .other("`git config --list` failed: \(errors.firstLine)")
    case .missing: .other("there is no `git` on PATH; it is asked who you are and how you sign")
    case .killed: .other("`git config --list` did not end")
    case .failed(let reason): .other("`git config --list` could not be run: \(reason)")
    }
  }

  /// A setting that is not empty; section and key in lower case, as in `user.signingkey`.
  subscript(_ key: String) -> String? {
    guard let value = values[key], !value.isEmpty else { return nil }
    return value
  }

  /// A truth value; nil where nothing is set.
  func flag(_ key: String) -> Bool? { values[key].map { ConfigurationValue.isTrue($0) } }

  /// Whom git would name as the author of a commit, except that git's guesses from the machine are not taken.
  func author() throws -> Author {
    func told(_ variable: String, _ keys: [String], _ last: String? = nil) -> String? {
      let settings = keys.lazy.compactMap { self[$0] }.first
      let value = [environment(variable), settings, last.flatMap(environment)].compactMap { $0 }
      return value.lazy.map(\.trimmed).first { !$0.isEmpty }
    }
    guard let email = told("GIT_AUTHOR_EMAIL", ["author.email", "user.email"], "EMAIL") else {
      throw CommandFailure.other(
        "git does not know your address, so nobody could tell whose word this is; "
          + "`git config user.email you@example.org` sets it")
    }
    guard let name = told("GIT_AUTHOR_NAME", ["author.name", "user.name"]) else {
      throw CommandFailure.other(
        "git does not know your name; `git config user.name \"Your Name\"` sets it")
    }
    let isUsable = email.unicodeScalars.allSatisfy {
      $0.value > 0x20 && $0.value != 0x7F && $0 != "<" && $0 != ">"
    }
    guard isUsable else {
      throw CommandFailure.other("'\(email)' is no address; `git config user.email` sets it")
    }
    return Author(name: name, email: email)
  }
}

extension String {
  /// Without white space at both ends, as Go's `strings.TrimSpace` leaves it.
  var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}

extension [UInt8] {
  /// The first line that says something, cut to a length that a message can bear.
  var firstLine: String {
    let line = split(separator: 0x0A).first { $0.contains { $0 > 0x20 } } ?? []
    return String(decoding: line.prefix(300), as: UTF8.self).trimmed
  }
}
