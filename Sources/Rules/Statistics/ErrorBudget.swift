/// Items that were decided, and those among them that missed.
public struct Tally: Hashable, Sendable {
  /// Met and missed together, never less than those missed.
  public let decided: Int
  public let missed: Int

  /// Negative counts are none.
  public init(met: Int, missed: Int) {
    self.missed = max(0, missed)
    let (sum, overflow) = self.missed.addingReportingOverflow(max(0, met))
    decided = overflow ? .max : sum
  }
}

/// How many misses an objective allows of what was decided, and how many are left.
public struct ErrorBudget: Hashable, Sendable {
  /// The share of items that must meet the target.
  public let objective: Double
  public let tally: Tally

  /// An objective outside of 0 to 1 is the nearer of both; what is not a number is 1.
  public init(objective: Double, _ tally: Tally) {
    self.objective = objective.isNaN ? 1 : min(1, max(0, objective))
    self.tally = tally
  }

  /// (1 − objective) · n, which need not be whole.
  public var allowed: Double { (1 - objective) * Double(tally.decided) }

  /// What is left; below zero when overspent.
  public var left: Double { allowed - Double(tally.missed) }

  /// Whether more was missed than allowed; equal up to rounding (1 part in 10⁹) is within the budget.
  public var isOverspent: Bool { left < -1e-9 * max(1, allowed) }

  /// How fast the budget is used up.
  public var burn: BurnRate { BurnRate(objective: objective, tally) }
}

/// How many times as fast as allowed a budget is used up: (missed ÷ decided) ÷ (1 − objective).
public enum BurnRate: Hashable, Sendable {
  /// 1 uses the budget up exactly; never above 1 ÷ (1 − objective).
  case times(Double)
  /// The objective is 1: there is nothing to use up, and every miss breaks it.
  case withoutBudget(missed: Int)
  case nothingDecided

  init(objective: Double, _ tally: Tally) {
    guard tally.decided > 0 else {
      self = .nothingDecided
      return
    }
    guard objective < 1 else {
      self = .withoutBudget(missed: tally.missed)
      return
    }
    self = .times(Double(tally.missed) / Double(tally.decided) / (1 - objective))
  }

  /// The highest rate there can be: of an objective of 90 %, 10; nil where there is no budget.
  public static func highest(objective: Double) -> Double? { objective < 1 ? 1 / (1 - objective) : nil }
}

/// An alarm that a budget is being used up too fast, seen over a long window and still in a short one.
///
/// The windows are those of the Site Reliability Workbook (Google 2018, chapter 5) turned to reviews, which are few:
/// weeks instead of hours, and no alarm from one or two misses.
public struct BurnAlarm: Hashable, Sendable {
  /// In seconds.
  public var long: Int64
  /// In seconds; a short window that is calm again ends the alarm.
  public var short: Int64
  /// The part of the period's budget that the long window may use up.
  public var budgetShare: Double
  /// Raises or lowers the threshold.
  public var factor: Double

  public init(long: Int64, short: Int64, budgetShare: Double, factor: Double = 1) {
    self.long = long
    self.short = short
    self.budgetShare = budgetShare
    self.factor = factor
  }

  private static let day: Int64 = 86_400
  /// Half of the budget of 28 days is gone within 7, and the last day goes on so.
  public static let fast = BurnAlarm(long: 7 * day, short: day, budgetShare: 0.5)
  /// The budget of 28 days is gone, and the last 7 days go on so.
  public static let slow = BurnAlarm(long: 28 * day, short: 7 * day, budgetShare: 1)

  /// The period of the budget unless policy says otherwise, in seconds.
  public static let period: Int64 = 28 * day
  /// Misses in the short window below which nothing is said.
  public static let leastMissed = 3
  /// The part of the highest possible rate that a threshold does not exceed, so that it can be reached.
  public static let reachable = 0.8

  /// The rate from which the alarm sounds: factor · budget share · period ÷ long window, at most 0.8 of the highest
  /// possible rate; nil where there is no budget.
  public func threshold(objective: Double, period: Int64 = BurnAlarm.period) -> Double? {
    guard let highest = BurnRate.highest(objective: objective), long > 0 else { return nil }
    return min(factor * budgetShare * Double(period) / Double(long), Self.reachable * highest)
  }

  /// What an alarm says.
  public enum Signal: Hashable, Sendable {
    case calm
    case burning(rate: Double, threshold: Double)
    /// Too few misses in the short window to tell, though the rates are high.
    case notEnoughData(missed: Int, floor: Int)
    /// The objective is 1: misses are told one by one, there is no rate.
    case withoutBudget(missed: Int)
  }

  /// Judges what was decided within the two windows.
  public func signal(
    objective: Double, long: Tally, short: Tally, period: Int64 = BurnAlarm.period
  ) -> Signal {
    let few = Signal.notEnoughData(missed: short.missed, floor: Self.leastMissed)
    let burn = ErrorBudget(objective: objective, long).burn
    if case .withoutBudget(let missed) = burn { return .withoutBudget(missed: missed) }
    guard case .times(let rate) = burn, let threshold = threshold(objective: objective, period: period) else {
      return few
    }
    guard rate >= threshold - 1e-9 else { return .calm }
    if case .times(let last) = ErrorBudget(objective: objective, short).burn, last < threshold - 1e-9 {
      return .calm
    }
    return short.missed < Self.leastMissed ? few : .burning(rate: rate, threshold: threshold)
  }
}
