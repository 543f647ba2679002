import Facts
import Rules
import Testing

/// Changes judged together and held against the criteria as of an hour; cy and dee write from outside the platform.
struct Maturity {
  static let asOf: Int64 = 4000
  let judgement: Judgement
  let calculator: MaturityCalculator

  init(
    _ changes: [Change], _ policy: Policy = .mature, asOf: Int64 = Maturity.asOf, window: Window? = nil,
    completeSince: Int64? = nil, missing: Int = 0
  ) {
    self.init(
      changes, PolicyHistory(always: policy), asOf: asOf, window: window, completeSince: completeSince,
      missing: missing)
  }

  init(
    _ changes: [Change], _ policies: PolicyHistory, asOf: Int64 = Maturity.asOf, window: Window? = nil,
    completeSince: Int64? = nil, missing: Int = 0
  ) {
    let judgement = Judgement(changes, policies, asOf: hour(asOf))
    self.judgement = judgement
    calculator = MaturityCalculator(
      judgement.assessments.map {
        .init($0, by: judgement.assessor, people: judgement.people, repository: 0)
      },
      [
        .init(
          name: "platform", policies: policies, paths: Judgement.paths,
          completeSince: completeSince.map(hour), missingObjects: missing)
      ],
      window: window, asOf: hour(asOf))
  }

  var repository: MaturityStanding { calculator.standing(of: .repository(0, "platform")) }

  func result(
    _ criterion: MaturityCriterion, _ scope: MaturityStanding.Scope = .repository(0, "platform")
  ) throws -> CriterionResult {
    try #require(calculator.standing(of: scope).criteria.first { $0.criterion == criterion })
  }

  /// Ids of the contributions that a result names.
  func ids(_ result: CriterionResult) -> [String] {
    result.responsible.compactMap { responsible in
      guard case .contribution(let place, _, _) = responsible else { return nil }
      return judgement.assessments[place].contribution.id.description
    }
  }
}

extension Policy {
  /// The example's roster, reviews promised within 8 hours, shares told from one item on, cy's team may be granted docs.
  static let mature: Policy = {
    var policy = Policy.example
    policy.serviceLevels = ServiceLevels(
      calendars: [.weekdays],
      objectives: [
        .init(
          name: "first-review", clock: .firstReview, appliesTo: .init(origins: [.external]),
          target: .workingTime(seconds: 8 * 3600), minimumSample: 5)
      ])
    policy.delegation.granting = .init(teams: ["platform"], maxDepth: 1)
    return policy
  }()

  /// The same with dee and lone as delegates for docs.
  static func delegating(_ grants: [Grant]? = nil) throws -> Policy {
    var policy = Policy.mature
    policy.grants =
      try grants ?? [
        GrantTests.grant("docs-dee", to: "dee", until: 9000),
        GrantTests.grant("docs-lone", to: "lone", until: 9000),
      ]
    return policy
  }
}

extension Change {
  /// A change by cy from the team retail, opened in an hour, approved after some and landed an hour later.
  static func external(
    _ number: Int, opened: Int64 = 3000, approvedBy reviewer: String? = "bo", after hours: Int64 = 1,
    by author: String = "cy", paths: [Int32] = [0]
  ) throws -> Change {
    var change = try Change(number, by: author, opened: .at(hour(opened)), paths: paths, status: .submitted)
    if let reviewer { change = try change.approved(opened + hours, by: reviewer) }
    return try change.landed(opened + hours + 1, by: "bo")
  }

  static func externals(
    _ numbers: ClosedRange<Int>, approvedBy reviewer: String? = "bo", after hours: Int64 = 1
  ) throws -> [Change] {
    try numbers.map { try external($0, approvedBy: reviewer, after: hours) }
  }

  /// A change that still waits.
  static func waiting(_ number: Int, opened: Int64, by author: String = "cy") throws -> Change {
    try Change(number, by: author, opened: .at(hour(opened)))
  }
}
