internal import Facts
internal import Git

extension MailArchive {
  /// One mail that came, or one that was removed.
  struct Entry: Sendable {
    let commit: ObjectID
    let committed: Int64
    /// The tree of the commit in version 2, else the mail itself.
    let object: ObjectID
    let isTree: Bool
    /// The address of the list, where the archive's committer has it.
    let list: Address?
  }

  /// Everything in the archive, oldest first, and how many mails version 1 shows as removed.
  func entries(jobs: Int) throws(GitError) -> (entries: [Entry], deleted: Int) {
    let history = try History.load(
      repository, roots: [tip], options: .init(changedPaths: layout == .fanOut ? .all : .none, jobs: jobs))
    guard let newest = history.index(of: tip) else { return ([], 0) }
    let list = committer(history, newest)
    let commits = history.firstParentChain(from: newest).reversed()
    switch layout {
    case .oneFile:
      let entries = commits.map { commit in
        Entry(
          commit: history.id(commit), committed: history.committerSeconds(commit),
          object: history.tree(commit),
          isTree: true, list: list)
      }
      return (entries, 0)
    case .fanOut: return try fannedOut(history, commits: Array(commits), newest: newest, list: list)
    }
  }

  /// The committer of an archive is the list itself, unless the program that fills it signs as the sender.
  private func committer(_ history: History, _ newest: Int32) -> Address? {
    let committer = Address(history.identities[Int(history.committer(newest))].email)
    let author = Address(history.identities[Int(history.author(newest))].email)
    return committer == author ? nil : committer
  }

  /// Version 1: the newest tree holds all mails, and history tells when each came.
  private func fannedOut(
    _ history: History, commits: [Int32], newest: Int32, list: Address?
  ) throws(GitError) -> (entries: [Entry], deleted: Int) {
    var came: [Int32: Int32] = [:]
    var order: [Int32] = []
    var deleted = 0
    for commit in commits {
      for change in history.changes(commit) ?? [] {
        if change.status == .deleted {
          came[change.path] = nil
          deleted += 1
        } else if came[change.path] == nil {
          came[change.path] = commit
          order.append(change.path)
        }
      }
    }
    let blobs = try blobs(inTree: history.tree(newest))
    var entries: [Entry] = []
    for path in order {
      guard let commit = came.removeValue(forKey: path), let blob = blobs[history.paths.bytes(path)] else {
        continue
      }
      entries.append(
        Entry(
          commit: history.id(commit), committed: history.committerSeconds(commit), object: blob,
          isTree: false,
          list: list))
    }
    return (entries, deleted)
  }

  /// The files of the newest tree by their paths; folders that cannot be read are left out, which shows in the count.
  private func blobs(inTree tree: ObjectID) throws(GitError) -> [[UInt8]: ObjectID] {
    var blobs: [[UInt8]: ObjectID] = [:]
    var waiting: [(path: [UInt8], tree: ObjectID, depth: Int)] = [([], tree, 0)]
    while let folder = waiting.popLast() {
      for entry in try repository.tree(folder.tree) ?? [] {
        let path = folder.path.isEmpty ? entry.name : folder.path + [UInt8(ascii: "/")] + entry.name
        if entry.mode == .directory, folder.depth < 3 {
          waiting.append((path, entry.id, folder.depth + 1))
        } else if entry.mode == .file {
          blobs[path] = entry.id
        }
      }
    }
    return blobs
  }
}

extension MailArchive {
  /// Archives in the order of their oldest mails, each once: epochs of one list are told apart by nothing else.
  static func inOrder(_ archives: [MailArchive]) throws(GitError) -> [MailArchive] {
    guard archives.count > 1 else { return archives }
    var dated: [(archive: MailArchive, oldest: Int64)] = []
    for archive in archives where !dated.contains(where: { $0.archive.tip == archive.tip }) {
      dated.append((archive, try archive.oldest()))
    }
    return dated.sorted { ($0.oldest, $0.archive.tip) < ($1.oldest, $1.archive.tip) }.map(\.archive)
  }

  private func oldest() throws(GitError) -> Int64 {
    let history = try History.load(repository, roots: [tip], options: .init(changedPaths: .none))
    guard let newest = history.index(of: tip), let first = history.firstParentChain(from: newest).last else {
      return .max
    }
    return history.committerSeconds(first)
  }
}
