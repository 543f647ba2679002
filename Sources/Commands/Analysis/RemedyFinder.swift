internal import Facts
internal import Git
internal import Harvest
internal import Reports
internal import Rules

/// Finds what a project evidently has and its clone lacks, and the command that brings it.
struct RemedyFinder {
  let repository: String
  let harvested: Harvested
  /// What the clone fetches from; nil where its configuration names nothing.
  let remote: RemoteName?
  let entries: [ContributionEntry]
  let hosts: Hosts
  let reach: SourceReach

  /// The share of requests with a review record from which on no import is needed.
  private static let enough = 0.95

  func remedies() -> [Remedy] {
    guard harvested.tip != nil else { return [] }
    var found: [Remedy] = []
    if harvested.isShallow {
      found.append(make(.unshallow(remote: remote?.name), .shallow, FactKind.allCases))
    }
    for sign in harvested.systems { found += remedies(for: sign) }
    found += frozenRefs()
    if !harvested.hasNotes, !has(.gerrit) {
      found.append(fetch(["refs/notes/*", "refs/devtools/*"], .noNotes, Self.reviewFacts))
    }
    if case .unknown = hosts { found.append(make(.writeRoster, .noRoster, [])) }
    return found
  }

  private static let reviewFacts: [FactKind] = [
    .opening, .reviewRequest, .response, .verdict, .landing, .abandonment,
  ]

  private func remedies(for sign: SystemSign) -> [Remedy] {
    let reason = Remedy.Reason.marks(sign.system, commits: sign.commits, newest: sign.newest)
    let heads: [FactKind] = [.opening, .revision]
    var found: [Remedy] = []
    switch sign.system {
    case .github:
      if !has(.pullRefs) { found.append(fetch(["refs/pull/*/head"], reason, heads)) }
    case .gitlab:
      if !has(.mergeRequestRefs) { found.append(fetch(["refs/merge-requests/*/head"], reason, heads)) }
    case .gerrit:
      if !has(.gerrit) {
        let refs = has(.changeRefs) ? "refs/changes/*/meta" : "refs/changes/*"
        found.append(fetch([refs], reason, FactKind.allCases.filter { $0 != .approver }))
      }
      if !has(.reviewNotes), !has(.gerrit) {
        found.append(fetch(["refs/notes/review"], reason, [.verdict, .landing]))
      }
    case .mailingList:
      if !has(.mail) {
        found.append(
          make(.cloneArchive(list: sign.address), reason, [.opening, .revision, .response, .verdict]))
      }
    case .bitbucket, .azure, .phabricator: break
    }
    if isImportable(sign.system), lacksReviews {
      found.append(make(importing(sign), reason, Self.reviewFacts))
    }
    return found
  }

  /// Refs that were fetched once and ended while work went on.
  private func frozenRefs() -> [Remedy] {
    let refs: [(SourceKind, Namespace, String)] = [
      (.pullRefs, .pullHeads, "refs/pull/*/head"),
      (.mergeRequestRefs, .mergeRequestHeads, "refs/merge-requests/*/head"),
      (.reviewNotes, .reviewNotes, "refs/notes/review"), (.gerrit, .changeLogs, "refs/changes/*"),
      (.appraise, .appraiseNotes, "refs/notes/devtools/*"),
    ]
    return refs.compactMap { source, namespace, pattern in
      guard has(source), let end = reach.end(of: source) else { return nil }
      let told = facts(of: source)
      return fetch(
        [pattern], .frozen(namespace, newest: end.newest), FactKind.allCases.filter(told.contains))
    }
  }

  /// What a source told of any contribution.
  private func facts(of source: SourceKind) -> Set<FactKind> {
    var told = Set<FactKind>()
    for entry in entries where entry.assessment.contribution.sources.contains(source) {
      for event in entry.assessment.contribution.events where event.source == source {
        if let fact = event.kind.fact { told.insert(fact) }
      }
    }
    return told
  }

  private func importing(_ sign: SystemSign) -> Remedy.Action {
    let isOwn = remote?.host?.contains(sign.system.rawValue) ?? false
    switch sign.system {
    case .gerrit:
      return .importForge(.gerrit, host: sign.address ?? remote?.host, project: remote?.path)
    case .gitlab:
      let project = sign.address.flatMap { $0.contains("/") ? $0 : nil } ?? (isOwn ? remote?.path : nil)
      return .importForge(.gitlab, host: isOwn ? remote?.host : nil, project: project)
    default:
      return .importForge(
        sign.system, host: isOwn ? remote?.host : nil, project: isOwn ? remote?.path : nil)
    }
  }

  private func isImportable(_ system: ReviewSystem) -> Bool {
    switch system {
    case .github, .gitlab: true
    case .gerrit: !has(.gerrit)
    default: false
    }
  }

  /// Whether requests without a review record are more than a few.
  private var lacksReviews: Bool {
    var (requests, recorded) = (0, 0)
    for entry in entries {
      if case .commit = entry.assessment.contribution.id { continue }
      requests += 1
      if entry.assessment.contribution.sources.contains(where: \.recordsReviews) { recorded += 1 }
    }
    return requests == 0 || Double(recorded) < Self.enough * Double(requests)
  }

  private func has(_ source: SourceKind) -> Bool { harvested.sources.contains { $0.source == source } }

  private func fetch(_ patterns: [String], _ reason: Remedy.Reason, _ brings: [FactKind]) -> Remedy {
    make(.fetch(remote: remote?.name, refspecs: patterns.map { "+\($0):\($0)" }), reason, brings)
  }

  private func make(_ action: Remedy.Action, _ reason: Remedy.Reason, _ brings: [FactKind]) -> Remedy {
    Remedy(repository, action, because: reason, brings: brings)
  }
}
