internal import Facts
internal import Rules

/// The clocks of a contribution: what was promised, what happened to each, and the hours to add up.
extension ExplainReport {
  /// So many stretches of working time are listed; the rest is told in one line.
  private static let shownWindows = 14

  var clocks: [TextDocument.Block] {
    let items = entry.assessment.serviceLevels
    guard !items.isEmpty else { return [.paragraph(noClock)] }
    return items.indices.map { place in
      let item = items[place]
      let cycle: StyledText = item.cycle > 1 ? ", wait \(item.cycle)" : ""
      var blocks: [TextDocument.Block] = [.fields(fields(of: item))]
      if !item.steps.isEmpty, item.obstacle == nil { blocks.append(.table(steps(of: item))) }
      let lines = stretches(place)
      if !lines.isEmpty { blocks.append(.section("Working time from start to due", [.list(lines)])) }
      return .section("\(item.objective.name)\(cycle): \(Words.standing(item))", blocks)
    }
  }

  private var noClock: StyledText {
    if case .commit = entry.contribution.id {
      return "It landed without a proposal, so nobody was waited for."
    }
    return "No objective of the policy applies to it."
  }

  private func fields(of item: ServiceLevelItem) -> [TextDocument.Field] {
    let zone = header.zone
    var fields: [TextDocument.Field] = [
      .init("promised", Words.promise(item.objective)), .init("policy", policy(of: item)),
    ]
    if let obstacle = item.obstacle {
      fields.append(.init("why", Words.reason(obstacle)))
      fields.append(.init("would help", Words.cure(obstacle)))
      return fields
    }
    if let target = item.targetSeconds {
      fields.append(.init("target", "\(DurationWords.working(target)) of working time (\(target) seconds)"))
    }
    fields.append(.init("started", Words.when(item.start)))
    fields.append(.init("used up", used(item)))
    if let due = item.due { fields.append(.init("due", "\(zone.words(due))")) }
    if let at = item.breachesAt, at != item.due {
      fields.append(.init("missed after", "\(zone.words(at)), the next opening"))
    }
    if let since = item.missedAt {
      fields.append(
        .init("missed since", "\(zone.words(since)), by \(DurationWords.working(item.lateness), .bad)"))
    } else if item.isOpen, let left = item.remaining {
      fields.append(.init("left", "\(DurationWords.working(left))"))
    }
    if let since = item.atRiskAt { fields.append(.init("at risk since", "\(zone.words(since))")) }
    fields.append(.init("grade", "\(item.grade.label)"))
    if let waiver = item.waiver {
      fields.append(.init("waiver", "\(waiver.id, .id) by \(waiver.by): \(waiver.reason)\(dates(waiver))"))
    }
    for step in item.escalations {
      fields.append(
        .init("escalation", "\(Words.action(step.step.action)), \(zone.words(step.at)) (\(step.id))"))
    }
    if item.wentBackwards {
      fields.append(.init("remark", "an event is dated before the start; it counts as no time"))
    }
    return fields
  }

  private func used(_ item: ServiceLevelItem) -> StyledText {
    let high = DurationWords.working(item.elapsed.upperBound)
    guard item.elapsed.count > 1 else { return "\(high) (\(item.elapsed.upperBound) seconds)" }
    return "\(DurationWords.working(item.elapsed.lowerBound)) to \(high); below, the longest wait is shown"
  }

  private func policy(of item: ServiceLevelItem) -> StyledText {
    guard let commit = item.policy.commit else { return "not from Git" }
    let note = item.policy.isBeforeFirst ? " (the wait is older; the first policy is applied)" : ""
    return "as of commit \(commit.short, .id)\(note)"
  }

  private func dates(_ waiver: Waiver) -> String {
    let from = waiver.period.from.map { ", from \($0.shown.date)" } ?? ""
    return from + (waiver.period.until.map { " until \($0.shown.date)" } ?? "")
  }

  private func steps(of item: ServiceLevelItem) -> TextTable {
    var table = TextTable([
      .init("when"), .init("what happened"), .init("used up", align: .right),
      .init("by", priority: 1, shrinksTo: 10), .init("evidence", priority: 2),
    ])
    for step in item.steps {
      let event = step.event.map { entry.contribution.events[$0] }
      let evidence = event?.evidence ?? (step.kind == .activate ? entry.startEvidence(of: item) : nil)
      table.append([
        "\(header.zone.words(step.at))",
        Words.step(step.kind) + (event.map { ": " + Words.event($0.kind, entry.people) } ?? ""),
        "\(DurationWords.working(step.used))",
        "\(event?.person.map { entry.people[$0].shown } ?? "", .person)", "\(evidence?.short ?? "", .muted)",
      ])
    }
    return table
  }

  /// One line for each stretch: `Mon 2026-03-02 09:00 to 17:30: 8h 30m, in all 12h`.
  private func stretches(_ place: Int) -> [StyledText] {
    guard windows.indices.contains(place) else { return [] }
    let all = windows[place]
    let lines = all.prefix(Self.shownWindows).map { window -> StyledText in
      let zone = header.zone
      let end = zone.isSameDay(window.from, window.until) ? zone.time(window.until) : zone.day(window.until)
      return
        "\(zone.day(window.from)) to \(end): \(DurationWords.working(window.seconds)), in all \(DurationWords.working(window.used))"
    }
    guard let last = all.last, all.count > Self.shownWindows else { return lines }
    return lines + [
      "and \(all.count - Self.shownWindows) more, in all \(DurationWords.working(last.used)) by \(header.zone.words(last.until))"
    ]
  }
}

extension ExplainReport {
  /// What an explanation adds to an objective.
  func writeClock(_ place: Int, into json: inout JSONObject) {
    let item = entry.assessment.serviceLevels[place]
    json.object("policy") { json in
      json.object("commit", named: item.policy.commit)
      json.boolean("beforeFirst", item.policy.isBeforeFirst)
    }
    if let obstacle = item.obstacle {
      json.string("reasonText", Words.reason(obstacle).plain)
      return json.string("cure", Words.cure(obstacle).plain)
    }
    json.objects("steps", item.steps) { step, json in
      json.string("kind", step.kind.rawValue)
      json.time("at", step.at)
      json.integer("usedWorkingSeconds", Int(step.used))
      let event = step.event.map { entry.contribution.events[$0] }
      json.string("by", event?.person.map { entry.people[$0].key.description })
      let evidence = event?.evidence ?? (step.kind == .activate ? entry.startEvidence(of: item) : nil)
      json.evidence("evidence", evidence)
    }
    json.objects("windows", windows.indices.contains(place) ? windows[place] : []) { window, json in
      json.time("from", window.from)
      json.time("until", window.until)
      json.integer("usedWorkingSeconds", Int(window.used))
    }
  }
}
