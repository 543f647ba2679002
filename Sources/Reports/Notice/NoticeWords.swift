internal import Facts
internal import Rules

/// The sentences of a notice, the same in a mail, on a page and in a chat.
///
/// Everything foreign has a role of its own, so that chats can show it as it is instead of obeying it.
enum NoticeWords {
  /// More code points of a title or name than this say nothing more.
  private static let titleLimit = 120
  private static let nameLimit = 60

  static func heading(_ breach: NoticeBreach, naming: Bool) -> StyledText {
    let title = breach.entry.contribution.title
    let label = breach.entry.label(naming: naming)
    return title.isEmpty
      ? label : label + " " + StyledText(EscapedText(escaping: title, limit: titleLimit), .code)
  }

  static func heading(_ section: NoticeSection) -> StyledText {
    guard let name = section.name else { return "People without a team" }
    return "Team " + Self.name(name)
  }

  /// What was promised, what happened, what is owed now, which steps were reached, how to refer to it.
  static func fields(_ breach: NoticeBreach, _ header: ReportHeader) -> [TextDocument.Field] {
    [
      .init("Promised", promise(breach.item.objective)), .init("Happened", happened(breach)),
      .init("Owed now", owed(breach, header)),
    ] + breach.steps.map { .init("Reached", step($0)) } + [.init("Reference", "\(breach.id, .id)")]
  }

  // MARK: Promised

  static func promise(_ objective: ServiceLevels.Objective) -> StyledText {
    let calendar: StyledText =
      objective.calendar == ServiceLevels.alwaysOpen
      ? "around the clock" : "counted on the calendar \(objective.calendar, .code)"
    return """
      \(promised(objective.clock)) within \(Words.target(objective.target)), \(calendar), for \
      \(Words.percent(objective.share)) of what comes due in \(DurationWords.elapsed(objective.window)) (objective \
      \(objective.name, .code))
      """
  }

  private static func promised(_ clock: ServiceLevels.Clock) -> EscapedText {
    switch clock {
    case .firstResponse: "a first response"
    case .firstReview: "a first review"
    case .eachResponse: "a response each time the reviewers are asked"
    case .decision: "a decision"
    case .landing: "landing once approved"
    }
  }

  // MARK: Happened

  private static func happened(_ breach: NoticeBreach) -> StyledText {
    let item = breach.item
    var text: StyledText = "\(began(item.objective.clock)) " + start(item.start)
    text = text + " (\(item.grade.label)"
    if let evidence = breach.entry.startEvidence(of: item) {
      text = text + ", \(EscapedText(escaping: evidence.short, limit: titleLimit), .id)"
    }
    text = text + ")"
    if let due = item.due { text = text + ", due \(due.shown.words)" }
    if let missed = item.missedAt { text = text + ", missed since \(missed.shown.words)" }
    if let waiver = item.waiver { text = text + " when the waiver \(waiver.id, .id) ended" }
    text = text + ". " + outcome(breach) + "."
    if let seen = item.atRiskAt { text = text + " It could be seen to be at risk since \(seen.shown.words)." }
    return text
  }

  private static func began(_ clock: ServiceLevels.Clock) -> EscapedText {
    switch clock {
    case .firstResponse, .firstReview, .decision: "Ready for review since"
    case .eachResponse: "The reviewers were asked"
    case .landing: "Approved as the policy asks"
    }
  }

  private static func start(_ time: KnownTime) -> StyledText {
    switch time {
    case .at(let moment): "\(moment.shown.words)"
    case .between(let earliest?, let latest?):
      "a moment between \(earliest.shown.words) and \(latest.shown.words)"
    case .between(let earliest?, nil): "a moment not before \(earliest.shown.words)"
    case .between(nil, let latest?): "a moment not after \(latest.shown.words)"
    case .between(nil, nil), .unknown: "a moment that is not known"
    }
  }

  private static func outcome(_ breach: NoticeBreach) -> StyledText {
    let item = breach.item
    guard let end = item.end else { return "Nothing came so far: " + late(breach) + " late" }
    guard item.isAnswered else {
      return "It was closed without it \(end.shown.words), " + late(breach) + " late"
    }
    let evidence: StyledText =
      item.answer.map { place in
        let evidence = breach.entry.contribution.events[place].evidence
        return " (\(EscapedText(escaping: evidence.short, limit: titleLimit), .id))"
      } ?? ""
    return "It came \(end.shown.words)" + evidence + ", " + late(breach) + " late"
  }

  private static func late(_ breach: NoticeBreach) -> StyledText {
    let kind = breach.item.objective.calendar == ServiceLevels.alwaysOpen ? "" : " of working time"
    let (low, high) = (breach.late.lowerBound, breach.late.upperBound)
    guard low != high else { return "\(DurationWords.working(high))\(kind)" }
    return "\(DurationWords.working(low)) to \(DurationWords.working(high))\(kind)"
  }

  // MARK: Owed

  private static func owed(_ breach: NoticeBreach, _ header: ReportHeader) -> StyledText {
    guard breach.item.isOpen else {
      return breach.item.isAnswered ? "nothing more; the answer came late" : "nothing more; it is closed"
    }
    switch breach.entry.assessment.turn {
    case .reviewers: return "it is the reviewers' turn" + mayAct(breach.entry, header)
    case .landing: return "it is approved and has to be landed" + mayAct(breach.entry, header)
    case .author: return "it is the author's turn"
    case nil: return "an answer; whose turn it is cannot be told"
    }
  }

  private static func mayAct(_ entry: ContributionEntry, _ header: ReportHeader) -> StyledText {
    let names = entry.mayAct(header)
    return names.isEmpty ? "; nobody is known who may act" : "; who may act: " + list(names)
  }

  private static func step(_ step: NoticeStep) -> StyledText {
    let since: StyledText = ", since \(step.at.shown.words) (\(step.reached.id, .id))"
    let names = step.addressees.prefix(5).map(\.name)
    switch step.action {
    case .remindReviewers:
      return (names.isEmpty ? "a reminder to the reviewers" : "a reminder to " + list(names)) + since
    case .nameLead:
      return
        (names.isEmpty ? "the team lead, whom the roster does not name" : "the team lead, " + list(names))
        + since
    case .widenApprovers:
      let paths = step.reached.step.paths.texts.joined(separator: " ")
      return "policy may let delegates act alone on \(EscapedText(escaping: paths, limit: titleLimit), .code)"
        + since
    }
  }

  private static func list(_ names: [String]) -> StyledText {
    StyledText.joined(names.map(name), by: ", ")
  }

  static func name(_ name: String) -> StyledText {
    StyledText(EscapedText(escaping: name, limit: nameLimit), .person)
  }
}

extension NoticeWords {
  // MARK: The whole

  /// `3 promises were missed, 2 of them are still open`, in our own words alone.
  static func counts(_ report: NoticeReport) -> StyledText {
    let missed = Words.counted(report.breaches.count, "promise was missed", "promises were missed")
    let open = report.openCount
    if open == 0 { return missed + (report.breaches.count == 1 ? ", it is closed" : ", all are closed") }
    if open == report.breaches.count {
      return missed + (open == 1 ? " and is still open" : " and are still open")
    }
    return missed + ", \(open) of them \(open == 1 ? "is" : "are") still open"
  }

  static func summary(_ report: NoticeReport) -> StyledText {
    guard !report.isEmpty else { return "Nothing was missed " + span(report) + "." }
    return counts(report) + " " + span(report) + "."
  }

  private static func span(_ report: NoticeReport) -> StyledText {
    if let since = report.selection.newSince { return "with something new since \(since.shown.words)" }
    let start = report.selection.window.since.map { "since \($0.shown.date)" } ?? "ever"
    return "(\(start), as of \(report.header.asOf.shown.words))"
  }

  /// Where everything can be looked up.
  static func closing(_ report: NoticeReport) -> StyledText {
    let asOf = report.header.asOf.shown.rfc3339
    return """
      Times are in UTC; lateness is counted on the calendar named. The whole reasoning about one contribution: \
      \("tributary explain ID --as-of \(asOf)", .code)
      """
  }
}
