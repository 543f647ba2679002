internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

/// Everything known of one repository as of the moment: read, joined, judged.
struct RepositoryAnalysis {
  var name: String
  var harvested: Harvested
  var people: People
  var policies: PolicyHistory
  var hosts: HostInference
  /// What ownership files say of the paths of these contributions.
  var owners: OwnershipRecord
  /// The calendars of every version of the policy.
  var book: ServiceLevelBook
  /// What the history of the policy says of its grants.
  var grants: GrantHistory?
  /// What Git says of revisions that came after approvals.
  var likeness: [RevisionQuestion: RevisionLikeness]
  /// The time zones that the calendars are reckoned in.
  var zones: TimeZones
  /// Every contribution in scope with its judgement, by id.
  var entries: [ContributionEntry]
  var summary: RepositorySummary
}

/// The repositories of one command, in the order given.
struct Analysis {
  var plan: AnalysisPlan
  var repositories: [RepositoryAnalysis]
  var source: PolicySource

  /// What every report on this analysis begins with.
  func header() -> ReportHeader {
    var header = ReportHeader(
      asOf: plan.asOf, policy: source, repositories: repositories.map(\.summary), window: plan.window)
    header.notes = notes()
    return header
  }

  /// Entries in the stated order: repository as given, then id.
  func entries(_ wanted: (Assessment) -> Bool = { _ in true }) -> [ContributionEntry] {
    repositories.flatMap { repository in repository.entries.filter { wanted($0.assessment) } }
  }

  private func notes() -> [ReportNote] {
    var notes: [ReportNote] = []
    switch source {
    case .directory, .revision: notes.append(.policyOutsideGit)
    default: break
    }
    for repository in repositories {
      let name = repository.name
      switch repository.summary.hosts {
      case .inferred(let people): notes.append(.hostsInferred(repository: name, count: people.count))
      case .unknown where repository.summary.tip != nil: notes.append(.hostsUnknown(repository: name))
      default: break
      }
      if let ownership = repository.summary.ownership, !repository.summary.hosts.isByRoster {
        notes.append(.ownersByFile(repository: name, ownership))
      }
      if repository.summary.tip == nil { notes.append(.emptyRepository(repository: name)) }
      if repository.harvested.isShallow { notes.append(.shallow(repository: name)) }
      if repository.summary.tip != nil,
        !repository.harvested.sources.contains(where: { $0.source.recordsReviews })
      {
        notes.append(.reviewsNotInGit(repository: name))
      }
    }
    let undetermined = repositories.reduce(0) { sum, repository in
      sum + repository.entries.count { $0.contribution.state == .undetermined }
    }
    if undetermined > 0 { notes.append(.undetermined(count: undetermined)) }
    return notes
  }
}

extension Hosts {
  fileprivate var isByRoster: Bool { if case .roster = self { true } else { false } }
}

extension RepositoryAnalysis {
  /// Judges as the analysis did, for questions that are asked of some contributions only.
  func assessor(_ policies: PolicyHistory? = nil, _ book: ServiceLevelBook? = nil) -> Assessor {
    Assessor(
      people: people, policies: policies ?? self.policies, hosts: hosts, paths: harvested.paths,
      repository: name, owners: owners, book: book ?? self.book, grants: policies == nil ? grants : nil,
      likeness: likeness)
  }
}
