internal import Clibgit2

extension Repository {
  /// The commit that a tag finally points to, or the commit itself.
  ///
  /// Nil when it leads to a tree or a blob, or when an object on the way is missing.
  public func peelToCommit(_ id: ObjectID) throws(GitError) -> ObjectID? {
    var id = id
    // Git has no limit here; nobody signs a tag of a tag of a tag.
    for _ in 0..<32 {
      guard let header = try header(of: id) else { return nil }
      switch header.kind {
      case .commit: return id
      case .tree, .blob: return nil
      case .tag:
        guard let bytes = try bytes(id, as: .tag, limit: Limits.tag) else { return nil }
        guard let target = TagObject.parse(bytes).target else {
          throw .corrupt(id, "peelToCommit", "no target")
        }
        id = target
      }
    }
    throw .corrupt(id, "peelToCommit", "more than 32 tags in a row end")
  }

  /// The commit that a person means by a name, or by steps back from one: `main`, `v1^2`, `HEAD~3`.
  ///
  /// The name is understood as ``commitish(_:)`` does; the steps are gitrevisions(7)'s `~N` and `^N`, none of its `@{…}`,
  /// `^{…}` and `:`. The commit at the end need not be here itself, as in a shallow clone. Not for text of others: each
  /// generation is an object to read.
  public func revision(_ text: String) throws(GitError) -> ObjectID {
    let name = text.prefix { $0 != "~" && $0 != "^" }
    guard let steps = RevisionSteps(text[name.endIndex...]) else {
      throw GitError(
        code: .notFound, function: "revision",
        message: "\(text) is no name of a commit; after a name only ~N and ^N are understood")
    }
    return try steps.walk(from: try commitish(String(name)), in: self, spelled: text)
  }

  /// The commit that a person means by a full reference name, a branch or tag name, or hexadecimal digits.
  ///
  /// Tried in this order: `HEAD` and full names, `refs/heads/`, `refs/remotes/origin/`, `refs/tags/`,
  /// `refs/remotes/`, then 4 to 40 digits that no other object shares. None of Git's `~`, `^`, `@{…}` or `:`.
  public func commitish(_ text: String) throws(GitError) -> ObjectID {
    let full = text == "HEAD" || text.hasPrefix("refs/") ? [text] : []
    let folders = ["refs/heads/", "refs/remotes/origin/", "refs/tags/", "refs/remotes/"]
    for name in full + folders.map({ $0 + text }) {
      guard let id = try resolve(reference: name) else { continue }
      return try commit(id, meantBy: text)
    }
    guard let id = try object(abbreviated: text) else {
      throw GitError(
        code: .notFound, function: "commitish", message: "\(text) names no branch, tag or commit")
    }
    return try commit(id, meantBy: text)
  }

  private func commit(_ id: ObjectID, meantBy text: String) throws(GitError) -> ObjectID {
    guard let commit = try peelToCommit(id) else {
      throw GitError(code: .notFound, function: "commitish", message: "\(text) leads to no commit")
    }
    return commit
  }

  /// The only object whose name begins with 4 to 40 hexadecimal digits; nil when there is none, or the text is no such.
  public func object(abbreviated text: String) throws(GitError) -> ObjectID? {
    let digits = text.utf8.count
    guard (4...40).contains(digits), text.utf8.allSatisfy({ Bytes.hexValue($0) != nil }) else { return nil }
    let padded = text + String(repeating: "0", count: 40 - digits)
    guard var raw = ObjectID(hex: padded)?.raw else { return nil }
    var found = git_oid()
    let status = git_odb_exists_prefix(&found, store.odb, &raw, digits)
    if status == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    try check("git_odb_exists_prefix") { status }
    return ObjectID(found)
  }
}

/// The largest objects that are read whole, in bytes.
public enum Limits {
  public static let commit = 32 << 20
  public static let tag = 16 << 20
  public static let tree = 64 << 20
  /// Folders inside one another.
  public static let treeDepth = 512
  /// Tree entries looked at for the changes of one commit.
  public static let treeEntries = 4_000_000
}
