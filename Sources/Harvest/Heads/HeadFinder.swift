internal import Facts
internal import Git

/// Finds the last pushed head of every pull and merge request again in history.
///
/// The classes are tried in the order of `HeadClass`, the first that fits wins. Only the head and what is in Git
/// count: a head that is not found may belong to an open proposal, a declined one, or one that a bot squashed
/// without leaving its number.
struct HeadFinder {
  struct Found {
    let key: RequestKey
    let head: RequestRefs.Head
    /// Index of the head's commit in the history; −1 when its object is missing or no commit.
    let index: Int32
    let found: HeadClass
    /// The commit of the branch that shows it, for `rebased`, `same-patch` and `mentioned`.
    let match: Int32
  }

  private let branch: ReadBranch
  private let requests: Requests
  private let elsewhere: CommitSet
  private let rewritten: RewrittenCommits
  private let mentions: [RequestKey: Int32]
  private let samePatch: SamePatch
  private let heads: [(key: RequestKey, head: RequestRefs.Head, index: Int32)]

  /// Prepares to look for heads on a branch; `others` are the tips of other branches.
  init(_ branch: ReadBranch, _ requests: Requests, heads: [RequestKey: RequestRefs.Head], others: [ObjectID])
  {
    self.branch = branch
    self.requests = requests
    let history = branch.history
    self.heads = heads.sorted { $0.key < $1.key }.map {
      ($0.key, $0.value, history.index(of: $0.value.target) ?? -1)
    }
    let open = self.heads.filter { requests.landings[$0.key].map { $0.found == .namedNotVerified } ?? true }
    let sought = open.map(\.index).filter { $0 >= 0 && !branch.line.holds($0) }
    elsewhere = history.reach(from: others.compactMap { history.index(of: $0) })
    rewritten = RewrittenCommits(branch, heads: sought)
    mentions = Mentions.find(history, line: branch.line, wanted: Set(open.map(\.key)))
    samePatch = SamePatch(branch, authors: Set(sought.map { branch.author($0) }))
  }

  /// All heads in the order of their numbers; `repository` is asked in `jobs` threads.
  func find(in repository: Repository, jobs: Int) -> [Found] {
    let named = heads.map { byNameOrAuthor($0.key, $0.head, $0.index) }
    let left = zip(heads, named).compactMap { $1 == nil && $0.index >= 0 ? $0.index : nil }
    let patches = samePatch.matches(of: left, in: repository, jobs: jobs)
    return zip(heads, named).map { item, found in
      found ?? byChange(item.key, item.head, item.index, patches)
    }
  }

  /// What needs no look at any file.
  private func byNameOrAuthor(_ key: RequestKey, _ head: RequestRefs.Head, _ index: Int32) -> Found? {
    func found(_ found: HeadClass, _ match: Int32) -> Found {
      Found(key: key, head: head, index: index, found: found, match: match)
    }
    if let landing = requests.landings[key] {
      guard landing.found == .namedNotVerified else { return found(landing.found, landing.commit) }
      if branch.line.holds(index) { return found(.ancestor, landing.commit) }
      if key.forge == .github, index >= 0, let match = rewritten.match(of: index) {
        return found(.rebased, match)
      }
      return found(.namedNotVerified, landing.commit)
    }
    if branch.line.holds(index) { return found(.ancestor, index) }
    guard index >= 0 else { return nil }
    return rewritten.match(of: index).map { found(.rebased, $0) }
  }

  private func byChange(
    _ key: RequestKey, _ head: RequestRefs.Head, _ index: Int32, _ patches: [Int32: Int32]
  ) -> Found {
    func found(_ found: HeadClass, _ match: Int32 = -1) -> Found {
      Found(key: key, head: head, index: index, found: found, match: match)
    }
    if let match = patches[index] { return found(.samePatch, match) }
    if index >= 0, elsewhere.contains(index) { return found(.otherBranch) }
    if let match = mentions[key] { return found(.mentioned, match) }
    return found(.notFound)
  }
}

/// Commits of the branch by what a rebase leaves alone: author's address, author time and subject.
struct RewrittenCommits {
  private struct Key: Hashable {
    let email: Int32
    let seconds: Int64
    let subject: ArraySlice<UInt8>
  }

  private let branch: ReadBranch
  private var commits: [Key: Int32] = [:]

  /// Keeps the branch's commits that have the author time of one of the heads looked for.
  init(_ branch: ReadBranch, heads: [Int32]) {
    self.branch = branch
    let times = Set(heads.map { branch.history.authorSeconds($0) })
    guard !times.isEmpty else { return }
    for commit in branch.line.held where times.contains(branch.history.authorSeconds(commit)) {
      // Of several the one that landed first: later ones are cherry-picks or merges back.
      commits[key(of: commit)] = commit
    }
  }

  /// A commit of the branch with the same author, author time and subject; nil if there is none.
  func match(of commit: Int32) -> Int32? { commits[key(of: commit)] }

  private func key(of commit: Int32) -> Key {
    Key(
      email: branch.author(commit), seconds: branch.history.authorSeconds(commit),
      subject: MessageParts(branch.history.utf8Message(commit)).subject)
  }
}

/// Requests to which commit messages refer as closed or reviewed: `PR-URL:`, `GitHub-Pull-Request:`, `Closes #N`.
enum Mentions {
  /// The newest commit that mentions each of the wanted numbers.
  static func find(_ history: History, line: BranchLine, wanted: Set<RequestKey>) -> [RequestKey: Int32] {
    var found: [RequestKey: Int32] = [:]
    guard !wanted.isEmpty else { return found }
    for commit in line.held {
      let message = history.utf8Message(commit)
      var start = message.startIndex
      while let place = message[start...].firstIndex(where: {
        $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "/")
      }) {
        start = place + 1
        guard start < message.endIndex, isDigit(message[start]), refers(message[..<start]) else { continue }
        var scanner = ByteScanner(message[start...])
        guard let number = scanner.number() else { continue }
        let key = RequestKey(forge: .github, number: number)
        if wanted.contains(key), found[key] == nil { found[key] = commit }
      }
    }
    return found
  }

  /// Whether the text before a number makes it a reference to a request that this commit settles.
  private static func refers(_ text: ArraySlice<UInt8>) -> Bool {
    if text.last == UInt8(ascii: "/") {
      guard text.suffix(6).elementsEqual("/pull/".utf8) else { return false }
      return lastWord(text).lead.trimmedEnd.suffix(7).elementsEqual("PR-URL:".utf8)
    }
    for word in ["Close #", "Closes #", "Closed #", "Fix #", "Fixes #"] where ends(text, word) { return true }
    return lastWord(text).lead.trimmedEnd.suffix(20).elementsEqual("GitHub-Pull-Request:".utf8)
  }

  /// Ends with the word, which no letter, digit or underscore precedes.
  private static func ends(_ text: ArraySlice<UInt8>, _ word: String) -> Bool {
    guard text.suffix(word.utf8.count).elementsEqual(word.utf8) else { return false }
    guard let before = text.dropLast(word.utf8.count).last else { return true }
    return !(isDigit(before) || before == 0x5F || before | 0x20 >= 0x61 && before | 0x20 <= 0x7A)
  }

  private static func lastWord(_ text: ArraySlice<UInt8>) -> (
    lead: ArraySlice<UInt8>, word: ArraySlice<UInt8>
  ) {
    let start = text.suffix(512).lastIndex(where: isBlank).map { $0 + 1 } ?? text.startIndex
    return (text[..<start], text[start...])
  }
}
