internal import Rules

extension ServiceLevelWaits {
  /// Curves of waits; keys are part of the versioned format.
  func write(into json: inout JSONObject) {
    json.integer("targetWorkingSeconds", target.map(Int.init))
    json.integer("horizonWorkingSeconds", horizon.map(Int.init))
    json.objects("groups", groups) { group, json in write(group, into: &json) }
    json.object("comparison", comparison) { comparison, json in comparison.write(into: &json) }
    json.integer("serviceAccounts", machineCount)
    json.objects("leftOut", leftOut.ordered) { obstacle, json in
      json.string("reason", obstacle.reason.rawValue)
      json.integer("count", obstacle.count)
    }
  }

  private func write(_ group: Group, into json: inout JSONObject) {
    json.string("group", group.name.rawValue)
    json.integer("n", group.count)
    json.integer("answered", group.incidence.answeredCount)
    json.integer("withdrawn", group.incidence.withdrawnCount)
    json.integer("open", group.openCount)
    json.object("median") { group.survival.sampledQuantile(0.5).write(into: &$0) }
    json.object("p75") { group.survival.sampledQuantile(0.75).write(into: &$0) }
    json.object("p90") { group.survival.sampledQuantile(0.9).write(into: &$0) }
    json.object("restrictedMean", group.mean) { mean, json in
      json.decimal("seconds", mean.mean, digits: 1)
      json.decimal("low", mean.low, digits: 1)
      json.decimal("high", mean.high, digits: 1)
    }
    json.object("byTarget", target) { target, json in group.incidence.write(at: target, into: &json) }
    json.object("byHorizon", horizon) { horizon, json in group.incidence.write(at: horizon, into: &json) }
    json.integer("medianOfAnsweredAlone", group.survival.medianOfEnded.map(Int.init))
  }
}

extension Sampled<Survival.Quantile> {
  fileprivate func write(into json: inout JSONObject) {
    switch self {
    case .value(.at(let seconds, let low, let high)):
      json.string("state", "reached")
      json.integer("seconds", Int(seconds))
      json.integer("low", Int(low))
      json.integer("high", high.map(Int.init))
    case .value(.notReached(let followUp, let low)):
      json.string("state", "not-reached")
      json.null("seconds")
      json.integer("low", low.map(Int.init))
      json.integer("followUp", Int(followUp))
    case .tooFew(_, let floor):
      json.string("state", "too-few")
      json.null("seconds")
      json.integer("needed", floor)
    }
  }
}

extension CumulativeIncidence {
  fileprivate func write(at seconds: Int64, into json: inout JSONObject) {
    let step = step(at: seconds)
    json.object("answered") { Self.write(step?.answered, into: &$0) }
    json.object("withdrawn") { Self.write(step?.withdrawn, into: &$0) }
  }

  private static func write(_ estimate: Estimate?, into json: inout JSONObject) {
    json.decimal("share", estimate?.share ?? 0, digits: 4)
    json.decimal("low", estimate?.low ?? 0, digits: 4)
    json.decimal("high", estimate?.high ?? 0, digits: 4)
  }
}

extension ServiceLevelWaits.Comparison {
  fileprivate func write(into json: inout JSONObject) {
    json.object("difference", difference) { difference, json in
      json.decimal("seconds", difference.difference, digits: 1)
      json.decimal("low", difference.low, digits: 1)
      json.decimal("high", difference.high, digits: 1)
    }
    switch test {
    case .value(let test):
      json.decimal("chiSquare", test.chiSquare, digits: 4)
      json.decimal("p", test.p, digits: 6)
      json.decimal("pAfterHolm", adjusted, digits: 6)
    case .tooFew(let count, let floor):
      json.null("p")
      json.integer("answeredInSmaller", count)
      json.integer("needed", floor)
    }
  }
}
