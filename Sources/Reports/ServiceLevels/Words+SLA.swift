internal import Facts
internal import Rules

extension Words {
  static func entitlement(_ entitlement: SLAReport.Entitlement) -> StyledText {
    switch entitlement {
    case .roster: "as the roster says: members of a host team, and owners by file"
    case .ownersByFile: "owners by file; where none is named, everybody"
    case .anyone: "not known without a roster, so every review of another human counts"
    }
  }

  /// `held: 94.3% of 52 due were in time (95%: 82.1% to 98.4%)`.
  static func standing(_ account: ServiceLevelAccount) -> StyledText {
    let attainment = account.attainment
    let due = attainment.tally.decided
    let share = Words.share(attainment.met, of: due)
    switch account.standing {
    case .appliesToNone: return "applies to none"
    case .tooFew where due == 0:
      return StyledText("too few", .warning) + ": nothing came due, \(account.objective.minimumSample) needed"
    case .tooFew:
      return StyledText("too few", .warning)
        + ": \(attainment.met) of \(due) due in time, \(account.objective.minimumSample) needed"
    case .held:
      return StyledText("held", .good) + ": " + share + " of \(due) due in time" + limits(attainment)
    case .missed:
      return StyledText("missed", .bad) + ": " + share + " of \(due) due in time" + limits(attainment)
    case .inconclusive:
      return StyledText("inconclusive", .warning) + ": " + share + " of \(due) due in time"
        + limits(attainment)
    }
  }

  private static func limits(_ attainment: Attainment) -> StyledText {
    " (95%: " + interval(attainment.share) + ")"
  }

  static func share(_ hits: Int, of count: Int) -> StyledText {
    FixedDecimal.percent(hits, of: count, digits: 1).map { "\($0)" } ?? "–"
  }

  static func interval(_ share: Share) -> StyledText {
    let limits = [share.low, share.high].map { (FixedDecimal.text($0 * 100, digits: 1) ?? "") + "%" }
    return "\(limits.joined(separator: " to "))"
  }

  static func budget(_ budget: ErrorBudget) -> StyledText {
    let allowed = FixedDecimal.text(budget.allowed, digits: 1) ?? ""
    guard budget.isOverspent else {
      return "Budget: \(FixedDecimal.text(budget.left, digits: 1) ?? "") of \(allowed) misses left"
    }
    return StyledText("Budget overspent", .bad) + ": \(budget.tally.missed) missed, \(allowed) allowed"
  }

  /// What is open, and what is counted beside the share.
  static func standingNow(_ attainment: Attainment) -> [StyledText] {
    var parts: [StyledText] = []
    if attainment.overdue > 0 { parts.append(StyledText("\(attainment.overdue) open and missed", .bad)) }
    let states: [(ServiceLevelItem.State, String)] = [
      (.atRisk, "at risk"), (.running, "running"), (.paused, "paused"),
      (.notDue, "closed before they were due"),
      (.waived, "waived"), (.notIdentifiable, "not identifiable"),
    ]
    for (state, words) in states where attainment.count(state) > 0 {
      parts.append("\(attainment.count(state)) \(words)")
    }
    if attainment.early > 0 { parts.append("\(attainment.early) answered and due later") }
    return parts
  }

  /// A sentence for an alarm that says anything.
  static func alarm(_ alarm: ServiceLevelAccount.Alarm) -> StyledText? {
    guard case .burning(let rate, let threshold) = alarm.signal else { return nil }
    return StyledText("Alarm", .bad)
      + """
      : over \(DurationWords.elapsed(alarm.alarm.long)) the budget burns \(FixedDecimal.text(rate, digits: 1) ?? "") times as \
      fast as allowed (alarm at \(FixedDecimal.text(threshold, digits: 1) ?? "")), and the last \
      \(DurationWords.elapsed(alarm.alarm.short)) are no better
      """
  }

  static func answer(of item: ServiceLevelItem) -> StyledText {
    if item.isAnswered { return "answered late" }
    return item.isOpen ? StyledText("open", .bad) : "closed unanswered"
  }

  static func group(_ name: ServiceLevelWaits.GroupName) -> StyledText {
    switch name {
    case .all: "all"
    case .promised: "promised"
    case .external: "external"
    case .platform: "platform"
    case .unknown: "origin unknown"
    }
  }

  static func obstacle(_ obstacle: ServiceLevelItem.Obstacle) -> StyledText {
    switch obstacle {
    case .reviewsNotInGit: "no source records reviews of them"
    case .openingUnknown: "opening not known"
    case .boundedTimes: "times known within limits only"
    case .answerTimeUnknown: "time of the answer not known"
    case .stateUnknown: "open or declined, Git cannot tell"
    case .turnsNotInGit: "turns not on record"
    case .calendarNeverOpens: "the calendar never opens"
    }
  }
}
