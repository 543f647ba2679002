import Facts
import Rules
import Testing

/// Measures a set of changes over a window, given in hours.
struct Figures {
  private let measurements: [Measurement]

  init(
    _ changes: [Change], _ policy: Policy = .example, since: Int64? = 0, until: Int64 = 100,
    asOf: Int64 = 100,
    inferredHosts: Int? = nil, earlier: [String]? = [], completeSince: Instant? = nil,
    delegates: [String] = []
  ) {
    let judgement = Judgement(changes, PolicyHistory(always: policy), asOf: hour(asOf))
    let items = judgement.assessments.map { HealthCalculator.Item($0, people: judgement.people) }
    let keys = earlier.map { names in Set(names.map { judgement.people.directory.key(of: identity($0)) }) }
    measurements = HealthCalculator(
      items, window: Window(since: since.map(hour), until: hour(until)), asOf: hour(asOf),
      inferredHosts: inferredHosts, earlier: keys, completeSince: completeSince,
      delegates: Set(delegates.map { PersonKey.handle($0) })
    ).measure()
  }

  var metrics: [Metric] { measurements.map(\.metric) }

  subscript(_ metric: Metric) -> Measurement {
    get throws { try #require(measurements.first { $0.metric == metric }) }
  }

  func value(_ metric: Metric) throws -> Measurement.Value { try self[metric].value }
}
