import Facts
import Git

/// The heads of reviews that were rewritten, kept alive by `refs/devtools/archives/reviews`.
///
/// Each commit there has the subject `Archive <40 digits>` and, as its last parent, the head it keeps; other
/// parents are older archives, or merges of two archives (google/git-appraise `repository/git.go`,
/// `ArchiveRef` and `mergeArchives`). In real repositories the tip may be any merge, so every parent that is no
/// archive commit is taken for a head.
struct ReviewArchive {
  static let reference = "refs/devtools/archives/reviews"

  struct Head {
    let commit: ObjectName
    /// When the head itself was committed.
    let committed: Instant
    /// When it was put into the archive: by then the review had moved on.
    let archived: Instant
  }

  /// In the order in which they were archived, as far as the dates tell.
  private(set) var heads: [Head] = []

  init(_ reader: TolerantReader) {
    let tip = reader.attempt(ref: Self.reference) { repository throws(GitError) in
      try repository.resolve(reference: Self.reference).flatMap { id throws(GitError) in
        try repository.peelToCommit(id)
      }
    }
    guard let tip else { return }
    var seen: Set<ObjectID> = [tip]
    var found: Set<ObjectID> = []
    var waiting = [tip]
    while let id = waiting.popLast(), seen.count <= reader.limits.archiveCommits {
      guard let commit = reader.commit(id, ref: Self.reference), let archived = commit.committed else {
        continue
      }
      for parent in commit.parents where seen.insert(parent).inserted {
        guard let child = reader.commit(parent, ref: Self.reference) else { continue }
        if child.isArchive {
          waiting.append(parent)
        } else if found.insert(parent).inserted, let committed = child.committed {
          heads.append(Head(commit: ObjectName(git: parent), committed: committed, archived: archived))
        }
      }
    }
    if seen.count > reader.limits.archiveCommits {
      let detail = "more than \(reader.limits.archiveCommits) commits; the rest was left out"
      reader.report(.corruptObject(detail: detail), ref: Self.reference)
    }
    heads.sort { ($0.archived, $0.commit) < ($1.archived, $1.commit) }
  }
}

extension CommitObject {
  fileprivate var isArchive: Bool {
    let words = message.prefix(48)
    return words.starts(with: "Archive ".utf8) && words.count == 48
      && words.dropFirst(8).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
