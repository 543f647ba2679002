internal import Git

/// A branch that changes are meant for: its full name, and where it is as far as this clone knows.
struct TargetBranch {
  let name: String
  /// Its newest commit here and at the remote, the same where there is only one.
  let tips: [ObjectID]

  /// The branch of a name, full or short; that of the remote counts too, because a clone's own may be behind.
  init(_ text: String, in repository: Repository, remote: String) throws {
    let name = text.hasPrefix("refs/") ? text : "refs/heads/" + text
    var places = [name]
    if let short = name.withoutPrefix("refs/heads/") { places.append("refs/remotes/\(remote)/\(short)") }
    let found = try places.compactMap { try repository.resolve(reference: $0) }
    let tips = try found.compactMap { try repository.peelToCommit($0) }
    guard let first = tips.first else {
      throw CommandFailure.other(
        "there is no branch \(name) here, nor one of \(remote); --target names what the change is meant for")
    }
    self.name = name
    self.tips = tips.allSatisfy { $0 == first } ? [first] : tips
  }

  /// The reference of a branch that is in this clone, its own or else the remote's; nil where neither is.
  static func place(of name: String, in repository: Repository, remote: String) throws -> String? {
    var places = [name.hasPrefix("refs/") ? name : "refs/heads/" + name]
    if let short = places[0].withoutPrefix("refs/heads/") { places.append("refs/remotes/\(remote)/\(short)") }
    return try places.first { try repository.resolve(reference: $0) != nil }
  }

  /// The branch that changes go to where nobody says so: the remote's own, else the only `main` or `master` here.
  ///
  /// `HEAD` does not tell: whoever proposes a change is on the branch that is proposed.
  static func usual(in repository: Repository, remote: String) throws -> String? {
    let prefix = "refs/remotes/\(remote)/"
    let head = try repository.references(under: prefix).first { $0.name == prefix + "HEAD" }
    if let name = head?.symbolicTarget?.withoutPrefix(prefix) { return "refs/heads/" + name }
    let names = ["refs/heads/main", "refs/heads/master"]
    let found = try names.filter { try repository.resolve(reference: $0) != nil }
    return found.count == 1 ? found[0] : nil
  }
}

extension String {
  func withoutPrefix(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

extension World {
  /// The remote that a clone fetches from; `origin` where it names none.
  func remoteName(of repository: Repository, branch: String = "") -> String {
    // A clone without a readable configuration names no remote.
    let bytes = try? readFile(repository.commonDirectory + "/config")
    return bytes.flatMap { ConfigurationValue.remote(ofBranch: branch, in: $0) }?.name ?? "origin"
  }
}
