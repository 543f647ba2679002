public import Facts

/// Holds repositories, components and stakeholder teams against the criteria of the maturity model.
///
/// Everything is judged as of one moment over one window, by the policy of that moment. What is not known never lets a
/// level rise: wherever it could change a verdict, the verdict is that there is not enough evidence.
public struct MaturityCalculator {
  /// One judged contribution with whoever judged it.
  public struct Item {
    public var assessment: Assessment
    public var assessor: Assessor
    public var people: People
    /// The repository's place among those given.
    public var repository: Int

    public init(_ assessment: Assessment, by assessor: Assessor, people: People, repository: Int) {
      self.assessment = assessment
      self.assessor = assessor
      self.people = people
      self.repository = repository
    }
  }

  /// What is known of one repository as a whole.
  public struct Repository {
    public var name: String
    public var policies: PolicyHistory
    /// Paths by index, as contributions refer to them.
    public var paths: [String]
    /// In a shallow clone the moment from which on history is whole.
    public var completeSince: Instant?
    /// Objects that may matter and are missing, damaged or beyond a limit.
    public var missingObjects: Int

    public init(
      name: String, policies: PolicyHistory, paths: [String], completeSince: Instant? = nil,
      missingObjects: Int = 0
    ) {
      self.name = name
      self.policies = policies
      self.paths = paths
      self.completeSince = completeSince
      self.missingObjects = missingObjects
    }
  }

  let items: [Item]
  let repositories: [Repository]
  let asOf: Instant
  /// Nil for the window of the policy.
  private let window: Window?
  /// Repositories of which a source here records reviews.
  private let recorded: Set<Int>

  /// Takes all contributions of all repositories; without a `window` that of the policy in force ends at the moment.
  ///
  /// Contributions without any activity in the window, the open ones excepted, make no difference.
  public init(_ items: [Item], _ repositories: [Repository], window: Window? = nil, asOf: Instant) {
    self.items = items
    self.repositories = repositories
    self.window = window
    self.asOf = asOf
    recorded = Set(items.filter { $0.assessment.contribution.hasReviewRecord }.map(\.repository))
  }

  /// The longest window that a policy in force asks for, in seconds.
  public static func window(of policies: [PolicyHistory], asOf: Instant) -> Int64 {
    policies.map { $0.inForce(at: asOf).policy.maturity.window }.max() ?? MaturityPolicy.defaults.window
  }

  /// Every repository in the order given, then every component and every stakeholder team by name.
  ///
  /// A component is one that a policy in force names. A team is one whose members wrote an external contribution that
  /// landed in the window or is open.
  public var scopes: [MaturityStanding.Scope] {
    let components = Set(repositories.flatMap { policy(of: $0).platform.components.map(\.id) })
    var teams: Set<String> = []
    for item in items where item.assessment.origin.kind == .external {
      let window = window(policy(of: repositories[item.repository]))
      if item.landed(in: window) || item.isOpen { teams.formUnion(item.assessment.authorTeams) }
    }
    func sorted(_ names: Set<String>) -> [String] {
      names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    return repositories.enumerated().map { .repository($0.offset, $0.element.name) }
      + sorted(components).map { .component($0) } + sorted(teams).map { .team($0) }
  }

  /// Where a scope stands, by the policy of the first repository that has it.
  public func standing(of scope: MaturityStanding.Scope) -> MaturityStanding {
    let own = places(of: scope)
    let first = own.repositories.first.map { repositories[$0].policies } ?? PolicyHistory(always: .defaults)
    let inForce = first.inForce(at: asOf)
    let judging = MaturityJudging(
      calculator: self, scope: scope, repositories: own.repositories, places: own.items,
      policy: inForce.policy, window: window(inForce.policy))
    return MaturityStanding(
      scope: scope, window: judging.window,
      policy: PolicyVersion(commit: inForce.version.commit, isBeforeFirst: inForce.beforeFirst),
      landed: judging.landed, criteria: judging.criteria())
  }

  /// Contributions in scope, and the repositories they may lie in, by their places.
  private func places(of scope: MaturityStanding.Scope) -> (items: [Int], repositories: [Int]) {
    func all(_ isMember: (Item) -> Bool) -> [Int] { items.indices.filter { isMember(items[$0]) } }
    switch scope {
    case .repository(let place, _):
      return (all { $0.repository == place }, repositories.indices.filter { $0 == place })
    case .component(let name):
      let holders = repositories.indices.filter { place in
        policy(of: repositories[place]).platform.components.contains { $0.id == name }
      }
      return (all { $0.assessment.components.contains(name) }, holders)
    case .team(let name):
      return (
        all { $0.assessment.origin.kind == .external && $0.assessment.authorTeams.contains(name) },
        Array(repositories.indices)
      )
    }
  }

  func policy(of repository: Repository) -> Policy { repository.policies.inForce(at: asOf).policy }

  private func window(_ policy: Policy) -> Window {
    window ?? Window(since: asOf.advanced(by: -policy.maturity.window), until: asOf)
  }

  /// Whether any source in the repository keeps reviews.
  func recordsReviews(_ repository: Int) -> Bool { recorded.contains(repository) }
}

extension MaturityCalculator.Item {
  func landed(in window: Window) -> Bool {
    assessment.contribution.landing.map { window.contains($0.at) } ?? false
  }

  var isOpen: Bool { assessment.contribution.state == .open }

  var landingEvidence: Evidence? { assessment.contribution.landing?.evidence }
}
