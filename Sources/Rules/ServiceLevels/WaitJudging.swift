import Facts

/// Holds one wait against one objective.
///
/// Times that are only bounded are taken at both ends: the verdict stands where the longest and the shortest wait
/// that the facts allow agree, otherwise nothing is said.
struct WaitJudging {
  let assessment: Assessment
  let objective: ServiceLevels.Objective
  let calendar: WorkingCalendar
  let inForce: PolicyHistory.InForce
  let asOf: Instant
  let policies: PolicyHistory
  let keepsSteps: Bool
  /// Whether the change touches any of some paths; nil where it is not known what it touches.
  let touches: (PathList) -> Bool?

  private var contribution: Contribution { assessment.contribution }

  /// The verdict on the wait.
  ///
  /// An `obstacle` leaves only what was answered in time beyond doubt.
  func item(of wait: Wait, without obstacle: ServiceLevelItem.Obstacle?) -> ServiceLevelItem {
    var item = ServiceLevelItem(
      objective, cycle: wait.cycle, state: .notIdentifiable, start: wait.start,
      policy: PolicyVersion(commit: inForce.version.commit, isBeforeFirst: inForce.beforeFirst))
    item.startEvent = wait.startEvent
    guard wait.start.notBefore ?? wait.start.notAfter != nil else { return refused(item, .openingUnknown) }
    guard let longest = stopwatch(wait, .longest) else { return refused(item, .calendarNeverOpens) }
    let shortest = isBounded(wait) ? stopwatch(wait, .shortest) ?? longest : longest
    let state = state(of: longest)
    let answer = wait.signals.last { $0.signal == .fulfil }
    let grades = [wait.startGrade] + (answer.map { [contribution.events[$0.event].grade] } ?? [])
    item.grade = isBounded(wait) ? .bounded : grades.min() ?? .absent
    item.targetSeconds = longest.target
    item.elapsed = min(shortest.total, longest.total)...max(shortest.total, longest.total)
    guard state == self.state(of: shortest) else {
      let isUnknown = answer.map { contribution.events[$0.event].time == .unknown } ?? false
      return refused(item, isUnknown ? .answerTimeUnknown : obstacle ?? .boundedTimes)
    }
    if let obstacle, state != .met, longest.phase != .fulfilled || obstacle != .stateUnknown {
      return refused(item, obstacle)
    }
    item.state = state
    fill(&item, from: longest, wait, answer: answer?.event)
    return item
  }

  private func refused(
    _ item: ServiceLevelItem, _ obstacle: ServiceLevelItem.Obstacle
  ) -> ServiceLevelItem {
    var item = item
    item.obstacle = obstacle
    // What the limits of a refused wait come to is no figure of anything.
    item.targetSeconds = nil
    item.elapsed = 0...0
    return item
  }

  private func state(of stopwatch: Stopwatch) -> ServiceLevelItem.State {
    if stopwatch.breach != nil { return .missed }
    switch stopwatch.phase {
    case .fulfilled: return .met
    case .cancelled: return .notDue
    case .paused: return .paused
    case .running: return stopwatch.reached.first == .some(nil) ? .running : .atRisk
    }
  }

  private func fill(
    _ item: inout ServiceLevelItem, from stopwatch: Stopwatch, _ wait: Wait, answer: Int?
  ) {
    item.end = stopwatch.end
    item.isAnswered = stopwatch.phase == .fulfilled
    item.answer = item.isAnswered ? answer : nil
    item.wentBackwards = stopwatch.wentBackwards
    item.steps = stopwatch.steps
    item.atRiskAt = stopwatch.reached.first ?? nil
    item.missedAt = stopwatch.breach
    if stopwatch.phase != .paused {
      item.due = stopwatch.due
      item.breachesAt = stopwatch.breachesAt
    }
    let steps = inForce.policy.serviceLevels.escalation
    for (step, at) in zip(steps, stopwatch.reached.dropFirst()) {
      guard let at, applies(step) else { continue }
      let id = "\(contribution.id):\(objective.name):\(item.cycle):\(step.action.rawValue)@\(step.at)"
      item.escalations.append(.init(id: id, step: step, at: at))
    }
    cover(&item)
  }

  /// A step with paths is for changes of these paths; where it is not known what a change touches, nobody's approval is
  /// widened, but people are reminded all the same.
  private func applies(_ step: ServiceLevels.Escalation) -> Bool {
    guard !step.paths.entries.isEmpty else { return true }
    return touches(step.paths) ?? (step.action != .widenApprovers)
  }

  /// Applies waivers: a miss counts from the first moment at which none of them holds.
  private func cover(_ item: inout ServiceLevelItem) {
    let cover = WaiverCover(policies: policies, objective: objective.name, contribution: contribution)
    if let breach = item.missedAt {
      let (uncovered, waiver) = cover.firstUncovered(from: breach, until: item.end ?? asOf)
      item.waiver = waiver
      item.missedAt = uncovered
      if uncovered == nil { item.state = .waived }
    } else if item.state.isUndecided, let waiver = cover.waiver(at: asOf) {
      item.waiver = waiver
      item.state = .waived
    }
  }
}

extension WaitJudging {
  private func isBounded(_ wait: Wait) -> Bool {
    if wait.start.instant == nil { return true }
    return wait.signals.contains { contribution.events[$0.event].time.instant == nil }
  }

  /// Runs the clock with every bounded time at the end that makes the wait longest or shortest; nil when the
  /// calendar never gives the target.
  private func stopwatch(_ wait: Wait, _ extreme: Extreme) -> Stopwatch? {
    let isLongest = extreme == .longest
    let ends = (wait.start.notBefore, wait.start.notAfter)
    guard let start = isLongest ? ends.0 ?? ends.1 : ends.1 ?? ends.0,
      let target = targetSeconds(from: start)
    else { return nil }
    let escalation = inForce.policy.serviceLevels.escalation
    let marks = [objective.atRisk] + escalation.map(\.at)
    var stopwatch = Stopwatch(
      calendar, target: target, start: start, event: wait.startEvent, marks: marks.map { share(target, $0) },
      keepsSteps: keepsSteps)
    for group in moments(of: wait, from: start, isLongest) { stopwatch.take(group) }
    stopwatch.read(at: asOf)
    return stopwatch
  }

  /// The signals in the order of time, those of one second together.
  private func moments(of wait: Wait, from start: Instant, _ isLongest: Bool) -> [ArraySlice<TimedSignal>] {
    var signals = wait.signals.map { signal, event in
      let time = contribution.events[event].time
      let isEnd = signal == .fulfil || signal == .cancel || signal == .pause
      let (first, last) = (time.notBefore ?? start, time.notAfter ?? asOf)
      return TimedSignal(signal: signal, at: isEnd == isLongest ? last : first, event: event)
    }
    // A stable order: equal seconds stay as the timeline has them.
    if zip(signals, signals.dropFirst()).contains(where: { $0.at > $1.at }) {
      signals = signals.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        .map(\.element)
    }
    var groups: [ArraySlice<TimedSignal>] = []
    var begin = signals.startIndex
    while begin < signals.endIndex {
      let end = signals[begin...].firstIndex { $0.at != signals[begin].at } ?? signals.endIndex
      groups.append(signals[begin..<end])
      begin = end
    }
    return groups
  }

  private func targetSeconds(from start: Instant) -> Int64? {
    switch objective.target {
    case .workingTime(let seconds): return calendar.due(from: start, after: seconds).map { _ in seconds }
    case .businessDays(let count):
      return calendar.endOfBusinessDay(count, after: start).map { calendar.elapsed(from: start, to: $0) }
    }
  }

  /// A multiple of the target in whole working seconds; stops at the largest number.
  private func share(_ target: Int64, _ factor: Double) -> Int64 {
    let seconds = (Double(target) * factor).rounded(.up)
    return seconds >= 0x1p62 ? .max : Int64(seconds)
  }
}

/// When a contribution is exempt from an objective, by the policy in force at each moment.
///
/// A waiver counts only while it is on the branch *and* between its dates, so that nobody is excused afterwards.
struct WaiverCover {
  let policies: PolicyHistory
  let objective: String
  let contribution: Contribution

  func waiver(at moment: Instant) -> Waiver? {
    let waivers = policies.inForce(at: moment).policy.waivers
    guard !waivers.isEmpty else { return nil }
    let names = ([contribution.id] + contribution.aliases).map(\.description)
    return waivers.first { waiver in
      waiver.objective == objective && waiver.period.contains(moment) && names.contains(waiver.contribution)
    }
  }

  /// The first moment from `start` on, up to `end`, that no waiver covers, and the first waiver met; nil when all of
  /// it is covered.
  func firstUncovered(from start: Instant, until end: Instant) -> (Instant?, Waiver?) {
    var moment = start
    var first: Waiver?
    // Each round moves past the end of a waiver or of a version of the policy.
    while moment <= end {
      guard let waiver = waiver(at: moment) else { return (moment, first) }
      first = first ?? waiver
      let version = policies.versions.first { $0.from > moment }?.from
      guard let next = [waiver.period.until, version].compactMap({ $0 }).min() else { return (nil, first) }
      moment = max(next, moment.advanced(by: 1))
    }
    return (nil, first)
  }
}
