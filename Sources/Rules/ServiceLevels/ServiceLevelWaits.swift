import Facts

/// How long the waits of one clock lasted that began in a window, by group of contributions.
///
/// Waits that have not ended count as longer than their age. What was left out is counted, never guessed.
public struct ServiceLevelWaits: Sendable {
  /// Whose contributions stand together.
  public enum GroupName: String, Hashable, Sendable, CaseIterable {
    /// Everybody but service accounts.
    case all
    /// Those to which the objective applies.
    case promised
    case external
    case platform
    case unknown
  }

  /// The waits of one group.
  public struct Group: Hashable, Sendable {
    public let name: GroupName
    /// The curve of answers: withdrawn requests count as cut off, as if they might have been answered later.
    public let survival: Survival
    /// What became of the waits, withdrawals told apart.
    public let incidence: CumulativeIncidence
    /// The mean of waits cut to the horizon; nil where none was watched so long.
    public let mean: Survival.RestrictedMean?

    public var count: Int { incidence.count }
    /// Waits that go on.
    public var openCount: Int { incidence.count - incidence.answeredCount - incidence.withdrawnCount }
  }

  /// Waits of external contributions beside those of the host team.
  public struct Comparison: Hashable, Sendable {
    public let test: Sampled<LogRank>
    /// Host waits taken from external ones; nil where either was not watched up to the horizon, or is too small.
    public let difference: MeanDifference?
    /// The probability after Holm, over all comparisons of the report; nil without a test.
    public internal(set) var adjusted: Double?
  }

  /// One wait that a curve is made of, or that was left out.
  public struct Observation: Hashable, Sendable {
    /// The contribution, by its place among those given.
    public let subject: Int
    public let wait: WaitObservation
    public let origin: Origin
    public let isPromised: Bool
    /// Repositories are compared within themselves.
    let stratum: Int
  }

  /// What the target comes to in working seconds by the calendar alone.
  public let target: Int64?
  /// Groups that have any wait, in the order of their names.
  public let groups: [Group]
  /// Waits of service accounts, in no group.
  public let machineCount: Int
  /// Why waits that began in the window are in no group.
  public let leftOut: [ServiceLevelItem.Obstacle: Int]
  public internal(set) var comparison: Comparison?
  /// Waits that began in the window, in the order of the contributions.
  public let observations: [Observation]

  /// Where means are cut: at twice the target, so that policy sets it and never the data.
  public var horizon: Int64? { Self.horizon(target) }

  /// Takes waits of any time; those that began outside the window are left out without a word.
  init(_ observations: [Observation], in window: Window, target: Int64?) {
    let began = observations.filter { $0.wait.start.map(window.contains) ?? false }
    self.target = target
    self.observations = began
    let people = began.filter { $0.origin != .bot }
    machineCount = began.count - people.count
    leftOut = people.reduce(into: [:]) { counts, observation in
      if case .leftOut(let obstacle) = observation.wait.content { counts[obstacle, default: 0] += 1 }
    }
    let horizon = Self.horizon(target)
    groups = GroupName.allCases.compactMap { name in
      Group(name, people.filter(name.holds).compactMap(\.item), horizon)
    }
    comparison = Comparison(people.filter { $0.item != nil }, horizon)
  }

  private static func horizon(_ target: Int64?) -> Int64? {
    target.flatMap { target in
      let (double, overflow) = target.multipliedReportingOverflow(by: 2)
      return overflow ? nil : double
    }
  }

  public func group(_ name: GroupName) -> Group? { groups.first { $0.name == name } }
}

extension ServiceLevelWaits.GroupName {
  func holds(_ observation: ServiceLevelWaits.Observation) -> Bool {
    switch self {
    case .all: true
    case .promised: observation.isPromised
    case .external: observation.origin == .external
    case .platform: observation.origin == .platform
    case .unknown: observation.origin == .unknown
    }
  }
}

extension ServiceLevelWaits.Observation {
  /// What statistics take; nil of a wait that is left out.
  var item: CumulativeIncidence.Item? {
    guard case .seen(let seconds, let ending) = wait.content else { return nil }
    return CumulativeIncidence.Item(seconds: seconds, ending: ending)
  }
}

extension ServiceLevelWaits.Group {
  fileprivate init?(
    _ name: ServiceLevelWaits.GroupName, _ items: [CumulativeIncidence.Item], _ horizon: Int64?
  ) {
    guard !items.isEmpty else { return nil }
    self.name = name
    survival = Survival(items)
    incidence = CumulativeIncidence(items)
    mean = horizon.flatMap(survival.restrictedMean)
  }
}

extension ServiceLevelWaits.Comparison {
  /// Nil where one of the two sides has no wait at all.
  fileprivate init?(_ observations: [ServiceLevelWaits.Observation], _ horizon: Int64?) {
    func side(_ origin: Origin, _ stratum: Int? = nil) -> Survival {
      Survival(
        observations.filter { $0.origin == origin && (stratum == nil || $0.stratum == stratum) }
          .compactMap(\.item))
    }
    let (external, host) = (side(.external), side(.platform))
    guard !external.waits.isEmpty, !host.waits.isEmpty else { return nil }
    let strata = Set(observations.map(\.stratum)).sorted()
    test = LogRank.sampled(strata: strata.map { (side(.external, $0), side(.platform, $0)) })
    let isEnough = test.value != nil
    difference = isEnough ? horizon.flatMap { MeanDifference(external, host, to: $0) } : nil
    adjusted = nil
  }
}

extension Survival {
  /// The curve of answers, for which a withdrawal is the end of watching.
  fileprivate init(_ items: [CumulativeIncidence.Item]) {
    self.init(items.map { Wait(seconds: $0.seconds, ended: $0.ending == .answered) })
  }
}
