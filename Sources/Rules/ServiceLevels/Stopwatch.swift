public import Facts

/// What can happen to a running clock; of one second, a case further up wins over those below it.
enum ClockSignal: Int, Comparable {
  /// The answer that is waited for. Of one second it comes before the closing, as in the timeline's order.
  case fulfil
  /// What was waited for can no longer come: landed, abandoned, handed back.
  case cancel
  case pause
  case resume
  /// Taken up again after an end; what was used up stays used up.
  case reopen

  static func < (left: ClockSignal, right: ClockSignal) -> Bool { left.rawValue < right.rawValue }
}

/// A signal with its moment and the place of the event behind it.
struct TimedSignal {
  var signal: ClockSignal
  var at: Instant
  var event: Int
}

/// A clock that counts working seconds against a target: the arithmetic behind every service level.
///
/// It is told what happened in the order of time. Only runs count, so a pause moves the due time by as much
/// working time as it lasts; a target is missed once *more* than it is used up, so that the whole of the last
/// second is still in time.
struct Stopwatch {
  enum Phase { case running, paused, fulfilled, cancelled }

  let calendar: WorkingCalendar
  /// Working seconds.
  let target: Int64
  private(set) var phase = Phase.running
  /// Working seconds of the runs before the present or last one.
  private var before: Int64 = 0
  /// Working seconds of the present or last run, as far as it was counted.
  private var run: Int64 = 0
  /// When the run that is on, or the last one, began.
  private(set) var since: Instant
  private(set) var end: Instant?
  /// The first instant after which more than the target was used up, where that has come.
  private(set) var breach: Instant?
  /// Whether a signal came before the start, as with clocks that disagree.
  private(set) var wentBackwards = false
  /// Moments at which given amounts of working time were used up, in the order of `marks`.
  private(set) var reached: [Instant?]
  private(set) var steps: [ClockStep] = []
  private let marks: [Int64]
  private let keepsSteps: Bool

  /// Starts the clock; `marks` are working seconds whose moments are wanted.
  init(
    _ calendar: WorkingCalendar, target: Int64, start: Instant, event: Int?, marks: [Int64] = [],
    keepsSteps: Bool
  ) {
    self.calendar = calendar
    self.target = target
    self.marks = marks
    self.keepsSteps = keepsSteps
    since = start
    reached = Array(repeating: nil, count: marks.count)
    note(.activate, start, event)
  }

  /// What is left of the target for the present or last run; negative when it was overdrawn before.
  private var remaining: Int64 { target - before }

  /// All working seconds used up.
  var total: Int64 { before + run }

  /// When the present or last run uses up the target; nil when the calendar does not give that much.
  var due: Instant? { remaining < 0 ? breach : calendar.due(from: since, after: remaining) }

  /// From when on the target is missed, going by the present or last run.
  var breachesAt: Instant? { breach ?? calendar.breaches(from: since, after: max(0, remaining)) }

  /// Takes what happened in one second, the strongest signal last to speak.
  mutating func take(_ signals: ArraySlice<TimedSignal>) {
    guard let first = signals.first else { return }
    let at = max(first.at, since)
    if first.at < since, phase == .running { wentBackwards = true }
    func event(_ signal: ClockSignal) -> Int? { signals.first { $0.signal == signal }?.event }
    switch phase {
    case .fulfilled, .cancelled:
      if let event = event(.reopen) { resume(at, event, as: .reopen) }
    case .paused:
      if let event = event(.fulfil) {
        finish(at, event, .fulfilled)
      } else if let event = event(.cancel) {
        finish(at, event, .cancelled)
      } else if let event = event(.resume) ?? event(.reopen),
        !signals.contains(where: { $0.signal == .pause })
      {
        resume(at, event, as: .resume)
      }
    case .running:
      if let event = event(.fulfil) {
        finish(at, event, .fulfilled)
      } else if let event = event(.cancel) {
        finish(at, event, .cancelled)
      } else if let event = event(.pause) {
        count(to: at)
        phase = .paused
        note(.pause, at, event)
      }
    }
  }

  /// Counts up to the moment of judgement.
  mutating func read(at asOf: Instant) {
    if phase == .running { count(to: asOf) }
  }

  private mutating func resume(_ at: Instant, _ event: Int, as kind: ClockStep.Kind) {
    phase = .running
    end = nil
    (before, run, since) = (total, 0, at)
    note(kind, at, event)
  }

  private mutating func finish(_ at: Instant, _ event: Int, _ last: Phase) {
    if phase == .running { count(to: at) }
    phase = last
    end = at
    note(last == .fulfilled ? .fulfil : .cancel, at, event)
  }

  /// Adds the run from `since` to a moment, and notes what it passed on the way.
  private mutating func count(to moment: Instant) {
    run = calendar.elapsed(from: since, to: moment)
    for (place, mark) in marks.enumerated() where reached[place] == nil && total >= mark {
      reached[place] = calendar.due(from: since, after: max(0, mark - before))
    }
    if breach == nil, run > remaining, let at = calendar.breaches(from: since, after: max(0, remaining)) {
      breach = at
      note(.breach, at, nil, used: before + max(0, remaining))
    }
  }

  private mutating func note(_ kind: ClockStep.Kind, _ at: Instant, _ event: Int?, used: Int64? = nil) {
    if keepsSteps { steps.append(ClockStep(kind, at: at, event: event, used: used ?? total)) }
  }
}

/// One thing that happened to a clock, for explanations.
public struct ClockStep: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case activate
    case pause
    case resume
    case fulfil
    /// The target was used up without the answer.
    case breach
    case cancel
    case reopen
  }

  public var kind: Kind
  public var at: Instant
  /// The place of the event behind it among the contribution's events; nil for a breach, which nobody causes.
  public var event: Int?
  /// Working seconds used up by then.
  public var used: Int64

  public init(_ kind: Kind, at: Instant, event: Int?, used: Int64) {
    self.kind = kind
    self.at = at
    self.event = event
    self.used = used
  }
}
