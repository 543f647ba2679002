import Facts
import Rules
import Testing

/// A policy with one objective, on a calendar that never closes unless told otherwise.
struct Promise {
  var objective: ServiceLevels.Objective
  var escalation: [ServiceLevels.Escalation] = []
  var waivers: [Waiver] = []
  var handOff = HandOff.push

  init(_ clock: ServiceLevels.Clock, hours: Int64 = 8, atRisk: Double = 0.75) {
    objective = .init(
      name: clock.rawValue, clock: clock, target: .workingTime(seconds: hours * 3600), atRisk: atRisk)
  }

  var policy: Policy {
    Policy(
      roster: .example,
      serviceLevels: ServiceLevels(
        calendars: [.weekdays, .office], objectives: [objective], escalation: escalation, handOff: handOff),
      waivers: waivers)
  }

  /// The items of one change as of an hour, explained.
  func items(_ change: Change, asOf hours: Int64 = 1000) throws -> [ServiceLevelItem] {
    try Self.items(change, PolicyHistory(always: policy), asOf: hours)
  }

  /// The only item.
  func item(_ change: Change, asOf hours: Int64 = 1000) throws -> ServiceLevelItem {
    let items = try items(change, asOf: hours)
    try #require(items.count == 1)
    return items[0]
  }

  static func items(_ change: Change, _ policies: PolicyHistory, asOf hours: Int64 = 1000) throws
    -> [ServiceLevelItem]
  {
    let judgement = Judgement([change], policies, asOf: hour(hours))
    let assessment = try #require(judgement.assessments.first)
    let explained = judgement.assessor.serviceLevels(of: assessment, asOf: hour(hours), explaining: true)
    var plain = explained
    for index in plain.indices { plain[index].steps = [] }
    #expect(plain == assessment.serviceLevels)
    return explained
  }
}

extension CalendarPolicy {
  /// 09:00 to 17:00 from Monday to Friday in UTC; hour 0 of these tests is a Monday's midnight.
  static let office = CalendarPolicy(
    name: "office",
    kind: .region(
      Region(
        timeZone: "UTC",
        hours: Dictionary(uniqueKeysWithValues: (1...5).map { ($0, [Hours(from: 540, until: 1020)]) }))))
}

extension ServiceLevelItem {
  /// What happened to the clock, in short: `activate 10`.
  var story: [String] {
    steps.map { "\($0.kind.rawValue) \(($0.at.seconds - hour(0).seconds) / 3600)" }
  }

  /// Hours used up.
  var hours: ClosedRange<Int64> { elapsed.lowerBound / 3600...elapsed.upperBound / 3600 }
}

extension Change {
  func commented(_ hours: Int64, by name: String, onCode: Bool = false, asks: Bool = false) throws -> Change {
    try with(.comment(onCode: onCode, asks: asks), hours, by: name)
  }

  func rejected(_ hours: Int64, by name: String) throws -> Change {
    try with(.verdict(.reject, revision: nil), hours, by: name)
  }
}
