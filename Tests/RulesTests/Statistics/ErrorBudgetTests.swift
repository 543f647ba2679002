import Rules
import Testing

@Suite struct ErrorBudgetTests {
  @Test func `tells what an objective allows and what is left`() {
    let budget = ErrorBudget(objective: 0.9, Tally(met: 92, missed: 8))
    #expect(isNear(budget.allowed, 10, 1e-12))
    #expect(isNear(budget.left, 2, 1e-12))
    #expect(!budget.isOverspent)
    #expect(ErrorBudget(objective: 0.9, Tally(met: 89, missed: 11)).isOverspent)
  }

  @Test(arguments: [0.5, 0.7, 0.8, 0.9, 0.95, 0.99])
  func `a budget that is used up exactly is not overspent`(objective: Double) {
    let missed = Int((1000 * (1 - objective)).rounded())
    #expect(!ErrorBudget(objective: objective, Tally(met: 1000 - missed, missed: missed)).isOverspent)
    #expect(ErrorBudget(objective: objective, Tally(met: 999 - missed, missed: missed + 1)).isOverspent)
  }

  @Test(arguments: [(0.9, 1, 10, 1.0), (0.9, 10, 10, 10), (0.8, 1, 1, 5), (0.95, 1, 10, 2), (0.9, 0, 4, 0)])
  func `burns so many times as fast as allowed`(objective: Double, missed: Int, of: Int, rate: Double) {
    guard
      case .times(let found) = ErrorBudget(objective: objective, Tally(met: of - missed, missed: missed)).burn
    else {
      Issue.record("no rate")
      return
    }
    #expect(isNear(found, rate, 1e-12))
  }

  @Test func `without a budget every miss is told, and nothing is divided by zero`() {
    let none = ErrorBudget(objective: 1, Tally(met: 9, missed: 2))
    #expect(none.allowed == 0)
    #expect(none.left == -2)
    #expect(none.isOverspent)
    #expect(none.burn == .withoutBudget(missed: 2))
    #expect(!ErrorBudget(objective: 1, Tally(met: 9, missed: 0)).isOverspent)
    #expect(BurnRate.highest(objective: 1) == nil)
    #expect(BurnAlarm.fast.threshold(objective: 1) == nil)
    #expect(
      BurnAlarm.fast.signal(objective: 1, long: Tally(met: 9, missed: 2), short: Tally(met: 1, missed: 0))
        == .withoutBudget(missed: 2))
  }

  @Test func `nothing decided burns nothing`() {
    #expect(ErrorBudget(objective: 0.9, Tally(met: 0, missed: 0)).burn == .nothingDecided)
    #expect(ErrorBudget(objective: 1, Tally(met: 0, missed: 0)).burn == .nothingDecided)
  }

  /// The pairs of the Site Reliability Workbook, chapter 5: of 30 days' budget 2 % in 1 hour, 5 % in 6, 10 % in 3 days.
  @Test(
    arguments: [(3600, 0.02, 14.4), (6 * 3600, 0.05, 6), (3 * 86_400, 0.1, 1)] as [(Int64, Double, Double)])
  func `derives the workbook's thresholds`(window: Int64, share: Double, threshold: Double) throws {
    let alarm = BurnAlarm(long: window, short: window / 12, budgetShare: share)
    #expect(isNear(try #require(alarm.threshold(objective: 0.999, period: 30 * 86_400)), threshold, 1e-12))
  }

  @Test func `lowers a threshold that could never be reached`() throws {
    let page = BurnAlarm(long: 3600, short: 300, budgetShare: 0.02)
    #expect(isNear(try #require(page.threshold(objective: 0.9, period: 30 * 86_400)), 8, 1e-12))
    #expect(isNear(try #require(page.threshold(objective: 0.8, period: 30 * 86_400)), 4, 1e-12))
    #expect(isNear(try #require(BurnAlarm.fast.threshold(objective: 0.9)), 2, 1e-12))
    #expect(isNear(try #require(BurnAlarm.fast.threshold(objective: 0.5)), 1.6, 1e-12))
    #expect(isNear(try #require(BurnAlarm.slow.threshold(objective: 0.9)), 1, 1e-12))
    #expect(isNear(try #require(BurnRate.highest(objective: 0.9)), 10, 1e-12))
  }

  private func fast(_ long: (Int, Int), _ short: (Int, Int)) -> BurnAlarm.Signal {
    BurnAlarm.fast.signal(
      objective: 0.9, long: Tally(met: long.0, missed: long.1), short: Tally(met: short.0, missed: short.1))
  }

  @Test func `sounds where both windows burn and enough was missed`() {
    guard case .burning(let rate, let threshold) = fast((12, 8), (1, 3)) else {
      Issue.record("not burning")
      return
    }
    #expect(isNear(rate, 4, 1e-12))
    #expect(isNear(threshold, 2, 1e-12))
    guard case .burning = fast((16, 4), (3, 3)) else {
      Issue.record("a rate that equals the threshold up to rounding burns")
      return
    }
  }

  @Test func `is calm where one of the windows is calm`() {
    #expect(fast((19, 1), (0, 1)) == .calm)
    #expect(fast((12, 8), (30, 3)) == .calm)
    #expect(fast((12, 8), (4, 0)) == .calm)
  }

  @Test func `says that it cannot tell from one or two misses or from nothing`() {
    #expect(fast((12, 8), (1, 2)) == .notEnoughData(missed: 2, floor: 3))
    #expect(fast((12, 8), (0, 0)) == .notEnoughData(missed: 0, floor: 3))
    #expect(fast((0, 0), (0, 0)) == .notEnoughData(missed: 0, floor: 3))
  }

  @Test func `lives with numbers that make no sense`() {
    #expect(Tally(met: .max, missed: .max).decided == .max)
    #expect(Tally(met: -4, missed: -3) == Tally(met: 0, missed: 0))
    #expect(ErrorBudget(objective: .nan, Tally(met: 1, missed: 1)).objective == 1)
    #expect(ErrorBudget(objective: -3, Tally(met: 1, missed: 1)).burn == .times(0.5))
    #expect(BurnAlarm(long: 0, short: 0, budgetShare: 1).threshold(objective: 0.9) == nil)
    #expect(ErrorBudget(objective: 7, Tally(met: 0, missed: 1)).burn == .withoutBudget(missed: 1))
  }
}
