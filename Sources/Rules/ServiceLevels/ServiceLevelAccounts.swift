public import Facts

/// The accounts of every objective over the contributions of one or more repositories.
public struct ServiceLevelAccounts: Sendable {
  /// A contribution with whoever judged it.
  public struct Subject {
    public var assessment: Assessment
    public var assessor: Assessor
    /// The repository's place among those of the report.
    public var repository: Int

    public init(_ assessment: Assessment, by assessor: Assessor, repository: Int) {
      self.assessment = assessment
      self.assessor = assessor
      self.repository = repository
    }
  }

  /// What the accounts are to tell.
  public struct Question: Hashable, Sendable {
    public var asOf: Instant
    /// Nil for the window that each objective names.
    public var window: Window?
    /// Objectives asked for; empty for all.
    public var names: Set<String>

    public init(asOf: Instant, window: Window? = nil, names: Set<String> = []) {
      self.asOf = asOf
      self.window = window
      self.names = names
    }

    /// The window over which an objective is told.
    public func window(of objective: ServiceLevels.Objective) -> Window {
      window ?? Window(since: asOf.advanced(by: -objective.window), until: asOf)
    }
  }

  /// Objectives in force in the order of their file, then those of older versions by name.
  public let accounts: [ServiceLevelAccount]

  /// Takes the objectives in force of all repositories; of several with one name the first decides share and window.
  public init(_ subjects: [Subject], objectives: [ServiceLevels.Objective], _ question: Question) {
    var items: [String: [(line: ServiceLevelAccount.Line, assessment: Assessment)]] = [:]
    for (place, subject) in subjects.enumerated() {
      for item in subject.assessment.serviceLevels {
        items[item.objective.name, default: []].append(
          (.init(subject: place, item: item), subject.assessment))
      }
    }
    func isAsked(_ name: String) -> Bool { question.names.isEmpty || question.names.contains(name) }
    var seen: Set<String> = []
    let current = objectives.filter { isAsked($0.name) && seen.insert($0.name).inserted }
    let older = items.keys.filter { name in isAsked(name) && !objectives.contains { $0.name == name } }.sorted
    {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    var accounts = current.map { objective in
      var account = ServiceLevelAccount(
        objective, isInForce: true, in: question.window(of: objective), items[objective.name] ?? [])
      account.waits = Self.waits(subjects, objective, question)
      return account
    }
    for name in older {
      let own = items[name] ?? []
      // The definition that the newest wait began with.
      guard let newest = own.max(by: { $0.line.item.began < $1.line.item.began }) else { continue }
      let objective = newest.line.item.objective
      accounts.append(
        ServiceLevelAccount(objective, isInForce: false, in: question.window(of: objective), own))
    }
    self.accounts = Self.adjusted(accounts)
  }

  private static func waits(
    _ subjects: [Subject], _ objective: ServiceLevels.Objective, _ question: Question
  ) -> ServiceLevelWaits {
    let window = question.window(of: objective)
    var observations: [ServiceLevelWaits.Observation] = []
    for (place, subject) in subjects.enumerated() {
      let assessment = subject.assessment
      let isPromised = assessment.serviceLevels.contains { $0.objective.name == objective.name }
      for wait in subject.assessor.waits(of: assessment, under: objective, asOf: question.asOf) {
        observations.append(
          .init(
            subject: place, wait: wait, origin: assessment.origin.kind, isPromised: isPromised,
            stratum: subject.repository))
      }
    }
    let target = subjects.first?.assessor.nominalTarget(of: objective, asOf: question.asOf)
    return ServiceLevelWaits(observations, in: window, target: target)
  }

  /// The comparisons of all objectives are told together, so their probabilities are corrected together.
  private static func adjusted(_ accounts: [ServiceLevelAccount]) -> [ServiceLevelAccount] {
    var accounts = accounts
    let places = accounts.indices.filter { accounts[$0].waits?.comparison?.test.value != nil }
    let raised = Holm.adjusted(places.compactMap { accounts[$0].waits?.comparison?.test.value?.p })
    for (place, p) in zip(places, raised) { accounts[place].waits?.comparison?.adjusted = p }
    return accounts
  }
}

extension ServiceLevelItem {
  fileprivate var began: Int64 { (start.notAfter ?? start.notBefore)?.seconds ?? .min }
}

/// Where the time of the contributions of a group went that were opened in a window.
public struct TurnShares: Hashable, Sendable {
  public let group: ServiceLevelWaits.GroupName
  /// Contributions whose turns are on record.
  public let count: Int
  /// Elapsed seconds of all of them together.
  public let split: TurnSplit

  /// The groups that have any contribution, service accounts left out; openings are taken from within the window.
  public static func all(
    of subjects: [ServiceLevelAccounts.Subject], in window: Window, asOf: Instant
  ) -> [TurnShares] {
    var sums: [ServiceLevelWaits.GroupName: (count: Int, split: TurnSplit)] = [:]
    for subject in subjects where subject.assessment.origin.kind != .bot {
      guard let opened = subject.assessment.contribution.opened.time.instant, window.contains(opened),
        let split = subject.assessor.turnSplit(of: subject.assessment, asOf: asOf)
      else { continue }
      let own: ServiceLevelWaits.GroupName =
        switch subject.assessment.origin.kind {
        case .external: .external
        case .platform: .platform
        case .unknown, .bot: .unknown
        }
      for group in [.all, own] {
        var sum = sums[group] ?? (0, TurnSplit())
        sum.count += 1
        sum.split.add(split)
        sums[group] = sum
      }
    }
    return ServiceLevelWaits.GroupName.allCases.compactMap { name in
      sums[name].map { TurnShares(group: name, count: $0.count, split: $0.split) }
    }
  }
}
