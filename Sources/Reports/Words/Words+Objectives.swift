internal import Facts
internal import Rules

/// What is said of clocks, due times and promises.
extension Words {
  /// The state of an item in one or two words.
  static func standing(_ item: ServiceLevelItem) -> StyledText {
    switch item.state {
    case .met: StyledText("met", .good)
    case .missed: StyledText(item.isOpen ? "overdue" : "missed", .bad)
    case .running: "running"
    case .atRisk: StyledText("at risk", .warning)
    case .paused: StyledText("paused", .muted)
    case .notDue: StyledText("not due", .muted)
    case .waived: StyledText("waived", .muted)
    case .notIdentifiable: StyledText("not identifiable", .muted)
    }
  }

  /// When an open item is due, or by how much working time it is overdue, in a table's cell.
  static func due(_ item: ServiceLevelItem, in zone: ReaderZone) -> StyledText {
    switch item.state {
    case .missed: StyledText("overdue by \(DurationWords.working(item.lateness))", .bad)
    case .running, .atRisk: item.due.map { "\(zone.cell($0))" } ?? "not within ten years"
    case .paused: StyledText("once it runs", .muted)
    case .waived: item.waiver?.period.until.map { "until \(zone.date($0))" } ?? ""
    case .notIdentifiable: item.obstacle.map { StyledText(short($0), .muted) } ?? ""
    case .met, .notDue: ""
    }
  }

  /// Working time left of the target, in a table's cell; empty where nothing is left or nothing was reckoned.
  static func left(_ item: ServiceLevelItem) -> StyledText {
    switch item.state {
    case .running, .atRisk, .paused, .waived:
      item.remaining.map { "\(DurationWords.working($0))" } ?? ""
    default: ""
    }
  }

  /// What was promised: `first review within 2 business days (calendar team)`.
  static func promise(_ objective: ServiceLevels.Objective) -> StyledText {
    "\(clock(objective.clock)) within \(target(objective.target)) (calendar \(objective.calendar))"
  }

  static func clock(_ clock: ServiceLevels.Clock) -> StyledText {
    switch clock {
    case .firstResponse: "first response"
    case .firstReview: "first review"
    case .eachResponse: "response to each request"
    case .decision: "decision"
    case .landing: "landing"
    }
  }

  private static func short(_ obstacle: ServiceLevelItem.Obstacle) -> EscapedText {
    switch obstacle {
    case .reviewsNotInGit: "reviews not in Git"
    case .openingUnknown: "opening not known"
    case .boundedTimes: "only limits known"
    case .answerTimeUnknown: "answer's time not known"
    case .stateUnknown: "open or closed not known"
    case .turnsNotInGit: "turns not in Git"
    case .calendarNeverOpens: "calendar never opens"
    }
  }

  /// Why nothing can be said of an item.
  static func reason(_ obstacle: ServiceLevelItem.Obstacle) -> StyledText {
    switch obstacle {
    case .reviewsNotInGit:
      "no source in this clone records reviews of it, so that no answer on record proves nothing"
    case .openingUnknown: "no source tells when it became ready for review"
    case .boundedTimes: "times are known within limits only, and the limits lie on both sides of the target"
    case .answerTimeUnknown: "it was answered, but no source tells when"
    case .stateUnknown: "whether it is open, landed or given up cannot be told"
    case .turnsNotInGit: "whose turn it was is not on record, so that pauses are not known"
    case .calendarNeverOpens: "the calendar gives less than the target within ten years"
    }
  }

  /// What would let something be said.
  static func cure(_ obstacle: ServiceLevelItem.Obstacle) -> StyledText {
    switch obstacle {
    case .reviewsNotInGit, .turnsNotInGit:
      """
      the reviews themselves: `tributary import` writes them from the forge's own answers, and `tributary sources` \
      names refs that could be fetched
      """
    case .openingUnknown, .boundedTimes:
      "a source with exact times: an import, or the push log of `tributary hook` for what comes from now on"
    case .answerTimeUnknown:
      "the review itself: trailers name who approved, but never when; an import tells both"
    case .stateUnknown: "a source that records what was declined, such as an import"
    case .calendarNeverOpens: "hours in the calendar of service-levels.json5"
    }
  }

  static func action(_ action: ServiceLevels.Escalation.Action) -> StyledText {
    switch action {
    case .remindReviewers: "remind the reviewers"
    case .nameLead: "name the team's lead"
    case .widenApprovers: "widen who may approve"
    }
  }

  /// What a breach has widened.
  static func widening(_ widening: Widening, in zone: ReaderZone) -> StyledText {
    let paths = widening.paths.texts.joined(separator: " ")
    return
      "delegates may act alone on \(paths, .code) since \(zone.words(widening.at)), because \(widening.objective) was missed"
  }

  static func step(_ kind: ClockStep.Kind) -> StyledText {
    switch kind {
    case .activate: "starts"
    case .pause: StyledText("paused", .muted)
    case .resume: "runs again"
    case .fulfil: StyledText("answered", .good)
    case .breach: StyledText("target overdrawn", .bad)
    case .cancel: "ends without an answer"
    case .reopen: "taken up again"
    }
  }

  /// The level's companion: whether the first review came in time.
  static func timeliness(_ timeliness: Timeliness) -> StyledText {
    switch timeliness {
    case .timely: StyledText("timely", .good) + " – the first review came within its objective"
    case .late: StyledText("late", .bad) + " – the objective on the first review was missed"
    case .notDue: "not due – nothing is owed for the first review"
    case .notIdentifiable: "not identifiable – no source here tells whether the first review came in time"
    }
  }
}
