internal import Facts
internal import Git

/// The name of a change in the review system that it went through.
enum ReviewKey: Hashable {
  /// A change of Gerrit, by number.
  case change(Int)
  /// A change of Gerrit whose number is not known, by its id without the `I`.
  case changeID(ObjectID)
  /// A revision of Phabricator, `D` and a number.
  case revision(Int)
  case request(RequestKey)
  /// An issue of Rietveld, which was reviewed commit by commit as in Gerrit.
  case issue(RietveldIssue)

  /// Whether several commits with this name are one contribution: Gerrit reviews each commit by itself.
  var isSeries: Bool {
    switch self {
    case .change, .changeID, .issue: false
    case .revision, .request: true
    }
  }
}

/// What each commit of the branch is called by the system in which it was reviewed, as far as its footers tell.
///
/// A number of Gerrit counts on the server that most commits name; what was reviewed on another one goes by its `Change-Id`.
/// That id is not unique: cherry-picks keep it. So within one history the oldest commit has the name,
/// and later ones have none.
struct CommitNames {
  struct Names: Hashable {
    /// The name to report.
    var own: ReviewKey
    /// Other names of the same change.
    var others: [ReviewKey] = []
  }

  private var names: [Int32: Names] = [:]
  /// Commits whose name is one for several commits, oldest first.
  private(set) var series: [Int32] = []
  /// Commits that carry footers of a Gerrit server.
  private var reviewedOnServer: Set<Int32> = []
  /// Commits that name a revision of Phabricator.
  private var withRevision: Set<Int32> = []

  /// Commits of other branches that commits say they bring to this one.
  private(set) var origins: [Int32: ObjectID] = [:]

  private let refs: RequestRefs
  private var host: ArraySlice<UInt8> = []
  /// The repository's own name in links to requests.
  private var repository: ArraySlice<UInt8> = []
  private var taken: Set<ReviewKey> = []

  /// No names at all.
  init() { refs = RequestRefs([]) }

  /// Reads the footers of the commits that the branch holds, given oldest first.
  init(_ history: History, held: [Int32], refs: RequestRefs, workers: Workers) {
    self.refs = refs
    let scans = workers.slices(of: held.count) { slice in
      held[slice].compactMap { commit -> (commit: Int32, scan: FooterScan)? in
        let scan = FooterScan(history.message(commit))
        return scan.isEmpty ? nil : (commit, scan)
      }
    }.flatMap { $0 }
    guard !scans.isEmpty else { return }
    host = ArraySlice.mostFrequent(scans.lazy.compactMap { $0.scan.change?.host })
    let links = scans.lazy.flatMap { [$0.scan.link, $0.scan.imported].compactMap { $0 } }
    let known = links.filter { !refs.has(.github) || refs.heads[$0.key] != nil }
    repository = ArraySlice.mostFrequent(known.map(\.repository).filter { !$0.isEmpty })
    for (commit, scan) in scans { add(commit, scan, history) }
  }

  subscript(commit: Int32) -> Names? { names[commit] }

  /// Whether a Gerrit server wrote footers into the commit's message.
  func isReviewedOnServer(_ commit: Int32) -> Bool { reviewedOnServer.contains(commit) }

  /// Whether the commit names a revision of Phabricator.
  func hasRevision(_ commit: Int32) -> Bool { withRevision.contains(commit) }

  /// The committers of everything that went through a Gerrit server.
  func submitters(_ history: History) -> Set<Int32> { Set(reviewedOnServer.map { history.committer($0) }) }

  private mutating func add(_ commit: Int32, _ scan: FooterScan, _ history: History) {
    var found: [ReviewKey] = []
    if scan.change != nil { reviewedOnServer.insert(commit) }
    if scan.revision != nil { withRevision.insert(commit) }
    origins[commit] = scan.origin
    if let key = change(scan) { found.append(key) }
    if history.parentCount(commit) < 2 {
      if let revision = scan.revision { found.append(.revision(revision)) }
      if let link = scan.link, isOwn(link) { found.append(.request(link.key)) }
      if let link = scan.imported, isOwn(link), isImport(of: link, scan.importedHead, commit, history) {
        found.append(.request(link.key))
      }
    }
    if let issue = scan.issue, taken.insert(.issue(issue)).inserted { found.append(.issue(issue)) }
    guard let own = found.first else { return }
    if own.isSeries { series.append(commit) }
    names[commit] = Names(own: own, others: Array(found.dropFirst()))
  }

  /// The name in Gerrit; nil when an older commit of the branch has it already.
  private mutating func change(_ scan: FooterScan) -> ReviewKey? {
    let id = scan.changeID.map { ReviewKey.changeID($0) }
    let isSecond = id.map { !taken.insert($0).inserted } ?? false
    if let change = scan.change, change.host.elementsEqual(host) {
      let key = ReviewKey.change(change.number)
      return taken.insert(key).inserted ? key : nil
    }
    return isSecond ? nil : id
  }

  /// Whether a link means a request of this repository, as far as its refs can tell.
  private func isOwn(_ link: FooterScan.Link) -> Bool {
    guard link.project.isEmpty || link.repository.elementsEqual(repository) else { return false }
    return refs.heads[link.key] != nil || !refs.has(.github) || link.number > refs.newest[.github] ?? 0
  }

  /// Whether a request that was imported to Gerrit is the one of this number here: same head, or same author.
  private func isImport(
    of link: FooterScan.Link, _ imported: ObjectID?, _ commit: Int32, _ history: History
  ) -> Bool {
    guard let head = refs.heads[link.key] else { return false }
    if head.target == imported { return true }
    guard let index = history.index(of: head.target) else { return false }
    return history.identities[Int(history.author(index))].emailBytes
      == history.identities[Int(history.author(commit))].emailBytes
  }
}

extension FooterScan.Link {
  var key: RequestKey { RequestKey(forge: .github, number: number) }
}

extension RequestNames {
  /// The contribution's name; `change/I…` where Gerrit's number is not known.
  func id(of key: ReviewKey) -> ContributionID {
    switch key {
    case .change(let number): .change(String(number))
    case .changeID(let id): .change("I" + id.hex)
    case .revision(let number): .diff("D\(number)")
    case .request(let key): id(of: key)
    case .issue(let issue): .change("\(issue.number)@\(issue.host)")
    }
  }
}
