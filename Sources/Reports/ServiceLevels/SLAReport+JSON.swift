internal import Facts
internal import Rules

extension SLAReport {
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.object("timeZones") { json in
        json.string("version", zones.version)
        json.string("source", zones.source)
        json.strings("substituted", zones.substituted)
      }
      json.objects("entitled", zip(header.repositories, entitlements)) { pair, json in
        json.string("repository", pair.0.name)
        json.string("by", pair.1.rawValue)
      }
      json.objects("objectives", accounts) { account, json in write(account, into: &json) }
      json.object("turns") { json in
        json.object("window") { turnWindow.write(into: &$0) }
        json.objects("groups", turns) { turns, json in turns.write(into: &json) }
      }
      header.writeNotes(into: &json)
    }
  }

  private func write(_ account: ServiceLevelAccount, into json: inout JSONObject) {
    let objective = account.objective
    json.string("name", objective.name)
    json.string("clock", objective.clock.rawValue)
    json.string("standing", account.standing.rawValue)
    json.boolean("inForce", account.isInForce)
    switch objective.target {
    case .workingTime(let seconds): json.integer("targetWorkingSeconds", Int(seconds))
    case .businessDays(let days): json.integer("targetBusinessDays", days)
    }
    json.string("calendar", objective.calendar)
    json.strings("timeZones", timeZones(of: objective.calendar))
    json.decimal("share", objective.share, digits: 4)
    json.integer("minimumSample", objective.minimumSample)
    json.object("window") { account.attainment.window.write(into: &$0) }
    json.integer("contributions", account.appliedCount)
    json.object("attainment") { account.attainment.write(into: &$0) }
    json.object("before", account.before) { before, json in before.write(into: &json) }
    json.object("budget") { account.attainment.budget.write(into: &$0) }
    json.objects("alarms", account.alarms) { alarm, json in alarm.write(into: &json) }
    json.objects("components", account.components) { part, json in part.write(into: &json) }
    json.objects("teams", account.teams) { part, json in part.write(into: &json) }
    json.objects("breaches", account.breaches) { line, json in write(line, into: &json) }
    json.objects("atRisk", account.atRisk) { line, json in write(line, into: &json) }
    json.object("waits", account.waits) { waits, json in waits.write(into: &json) }
  }

  private func write(_ line: ServiceLevelAccount.Line, into json: inout JSONObject) {
    let entry = entry(line)
    json.string("id", entry.contribution.id.description)
    json.string("repository", entry.repository)
    json.string("title", entry.contribution.title)
    json.string("person", entry.contribution.author.map { entry.people[$0].key.description })
    json.strings("teams", entry.assessment.authorTeams)
    json.strings("components", entry.assessment.components)
    json.string("turn", entry.assessment.turn?.rawValue)
    json.strings("mayAct", entry.mayAct(header))
    json.boolean("open", line.item.isOpen)
    entry.write(line.item, into: &json)
  }
}

extension Window {
  fileprivate func write(into json: inout JSONObject) {
    json.time("since", since)
    json.time("until", until)
  }
}

extension Attainment {
  fileprivate func write(into json: inout JSONObject) {
    writeShare(into: &json)
    json.integer("early", early)
    json.integer("overdue", overdue)
    let states = ServiceLevelItem.State.allCases.filter { others[$0] != nil }
    json.objects("others", states) { state, json in
      json.string("state", state.rawValue)
      json.integer("count", count(state))
    }
    json.objects("notIdentifiable", obstacles.ordered) { obstacle, json in
      json.string("reason", obstacle.reason.rawValue)
      json.integer("count", obstacle.count)
    }
  }

  fileprivate func writeShare(into json: inout JSONObject) {
    json.integer("met", met)
    json.integer("missed", missed)
    json.quotient("share", met, by: met + missed, digits: 4)
    json.decimal("low", share.value == nil ? nil : share.low, digits: 4)
    json.decimal("high", share.value == nil ? nil : share.high, digits: 4)
  }
}

extension [ServiceLevelItem.Obstacle: Int] {
  /// In the order of the reasons' declaration.
  var ordered: [(reason: ServiceLevelItem.Obstacle, count: Int)] {
    ServiceLevelItem.Obstacle.allCases.compactMap { reason in self[reason].map { (reason, $0) } }
  }
}

extension ErrorBudget {
  fileprivate func write(into json: inout JSONObject) {
    json.decimal("allowed", allowed, digits: 4)
    json.decimal("left", left, digits: 4)
    json.boolean("overspent", isOverspent)
    if case .times(let rate) = burn {
      json.decimal("burnRate", rate, digits: 4)
    } else {
      json.null("burnRate")
    }
  }
}

extension ServiceLevelAccount.Alarm {
  fileprivate func write(into json: inout JSONObject) {
    let (word, rate): (String, Double?) =
      switch signal {
      case .calm: ("calm", nil)
      case .burning(let rate, _): ("burning", rate)
      case .notEnoughData: ("not-enough-data", nil)
      case .withoutBudget: ("without-budget", nil)
      }
    json.string("signal", word)
    json.decimal("rate", rate, digits: 4)
    json.decimal("threshold", threshold, digits: 4)
    json.integer("longSeconds", Int(alarm.long))
    json.integer("longDue", long.decided)
    json.integer("longMissed", long.missed)
    json.integer("shortSeconds", Int(alarm.short))
    json.integer("shortDue", short.decided)
    json.integer("shortMissed", short.missed)
  }
}

extension ServiceLevelAccount.Part {
  fileprivate func write(into json: inout JSONObject) {
    json.string("name", name)
    attainment.writeShare(into: &json)
  }
}

extension TurnShares {
  fileprivate func write(into json: inout JSONObject) {
    json.string("group", group.rawValue)
    json.integer("contributions", count)
    json.integer("seconds", Int(split.total))
    for (key, turn) in [
      ("reviewers" as StaticString, Turn.reviewers), ("author", .author), ("landing", .landing),
    ] {
      json.decimal(key, share(of: turn), digits: 4)
    }
  }

  /// The part of the elapsed time in which it was that turn; nil when no time passed.
  func share(of turn: Turn) -> Double? {
    split.total > 0 ? Double(split.seconds[turn] ?? 0) / Double(split.total) : nil
  }
}
