import Facts
import Git

extension ProposedPath {
  init(_ entry: TreeChange.Entry) {
    let (old, new) = (entry.sides.old?.mode, entry.sides.new?.mode)
    // A directory that becomes a plain file also takes everything below it away, and each of those paths is told.
    self.init(
      entry.path, isLink: new == .symbolicLink || new == .submodule,
      isSubmodule: old == .submodule || new == .submodule)
  }
}

extension ObjectFlaw {
  init(_ commit: ObjectName, _ finding: TreeInspection.Finding) {
    if case .twin(let other) = finding.flaw {
      self.init(commit: commit, path: finding.path, .twin(of: other))
    } else {
      self.init(commit: commit, path: finding.path, .malformedTree(finding.flaw.words))
    }
  }
}

extension TreeInspection.Flaw {
  /// What is wrong, to follow the path.
  fileprivate var words: String {
    switch self {
    case .reservedName: "a name that Git keeps for itself"
    case .slashInName: "a name with a slash in it"
    case .nameTooLong: "a path of more than 4096 bytes"
    case .duplicate: "a name that its directory has twice"
    case .fileAndDirectory: "a name that its directory has as a file and as a directory"
    case .unsorted: "an entry out of order"
    case .zeroPaddedMode: "a mode with a zero in front"
    case .unknownMode(let bits): "a mode that Git does not know, \(String(bits, radix: 8))"
    case .nullObject: "an entry of the null object"
    case .twin: "a name like another"
    case .foreignModules: "a .gitmodules that is no plain file"
    case .unreadable(let detail): "a tree that cannot be read: \(detail)"
    case .tooDeep: "directories more than \(Limits.treeDepth) deep"
    }
  }
}

extension CommitProblems {
  /// What is wrong, each by itself.
  var words: [String] {
    let all: [(CommitProblems, String)] = [
      (.noTree, "no tree"), (.malformedParent, "a malformed or misplaced parent line"),
      (.noAuthor, "no author"), (.noCommitter, "no committer"),
      (.severalAuthors, "more than one author line"),
      (.severalCommitters, "more than one committer line"), (.severalEncodings, "more than one encoding"),
      (.malformedAuthor, "a malformed author line"), (.malformedCommitter, "a malformed committer line"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

extension CommitObject {
  /// Whether author and committer follow the parents, in this order: some programs look for them nowhere else.
  func isInOrder(_ bytes: [UInt8]) -> Bool {
    let start = "tree \n".utf8.count + 40 + parents.count * ("parent \n".utf8.count + 40)
    guard start <= bytes.count else { return false }
    let author = Array("author ".utf8) + authorLine + Array("\ncommitter ".utf8) + committerLine + [0x0A]
    return bytes[start...].starts(with: author)
  }

  /// Everybody whom the commit names as having made it.
  func contributors(of name: ObjectName) -> [ProposedContributor] {
    var found: [ProposedContributor] = []
    if let authorIdentity { found.append(ProposedContributor(authorIdentity, .author, of: name)) }
    if let committerIdentity { found.append(ProposedContributor(committerIdentity, .committer, of: name)) }
    for trailer in Trailers.parse(message, mode: .git).trailers
    where trailer.key.lowercased() == "co-authored-by" {
      found += PersonList.parse(trailer.value).map { ProposedContributor($0, .coauthor, of: name) }
    }
    return found
  }
}
