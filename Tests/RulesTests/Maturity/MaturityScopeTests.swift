import Facts
import Rules
import Testing

/// Of what a level is told, by which policy, and how months are cut.
@Suite struct MaturityScopeTests {
  @Test func `repositories come first, then components and stakeholder teams by name`() throws {
    var policy = try Policy.components()
    policy.serviceLevels = Policy.mature.serviceLevels
    let changes = try [
      Change.external(1, paths: [1]), Change.waiting(2, opened: 3990, by: "ada@pay.example.org"),
      Change.external(3, by: "ben", paths: [1]), Change.external(4, opened: 10, by: "dee", paths: [1]),
    ]
    let maturity = Maturity(changes, policy, window: Window(since: hour(2000), until: hour(4000)))
    let expected: [MaturityStanding.Scope] = [
      .repository(0, "platform"), .component("docs"), .component("network"), .team("payments"),
      .team("retail"),
    ]
    #expect(maturity.calculator.scopes == expected)
    #expect(try maturity.result(.externalLanded, .component("network")).value == 1)
    #expect(try maturity.result(.externalLanded, .component("docs")).value == 0)
    #expect(try maturity.result(.externalLanded, .team("retail")).value == 1)
    #expect(maturity.calculator.standing(of: .component("nowhere")).level == 1)
  }

  @Test func `the policy of the moment asks`() throws {
    var strict = Policy.mature
    strict.maturity.levelTwo.externalLanded = 6
    strict.maturity.window = 7 * 86_400
    let policies = try #require(
      PolicyHistory([
        .init(from: hour(0), commit: try object("a"), policy: .mature),
        .init(from: hour(3500), commit: try object("b"), policy: strict),
      ]))
    let changes = try Change.externals(1...5)
    let before = Maturity(changes, policies, asOf: 3499).repository
    #expect(before.level == 2)
    #expect(before.policy.commit == (try object("a")))
    let after = Maturity(changes, policies, asOf: 3500).repository
    #expect(after.policy.commit == (try object("b")))
    #expect(after.window.since == hour(3500 - 7 * 24))
    #expect(after.level == 1)
    #expect(after.criteria.first?.threshold == 6)
  }

  @Test func `a month ends with its last second, and the one that runs at the moment`() throws {
    func moment(_ text: String) throws -> Instant { try #require(Instant(text: text)) }
    let months = CalendarMonth.last(4, until: try moment("2024-03-15T10:00:00Z"))
    #expect(months.map(\.month.name) == ["2023-12", "2024-01", "2024-02", "2024-03"])
    #expect(
      months.map(\.asOf) == [
        try moment("2023-12-31T23:59:59Z"), try moment("2024-01-31T23:59:59Z"),
        try moment("2024-02-29T23:59:59Z"), try moment("2024-03-15T10:00:00Z"),
      ])
    let whole = try moment("2023-02-28T23:59:59Z")
    #expect(CalendarMonth(containing: whole).end == whole)
    #expect(CalendarMonth(containing: whole.advanced(by: 1)).name == "2023-03")
    #expect(CalendarMonth(containing: try moment("1969-12-31T00:00:00Z")).name == "1969-12")
  }

  /// `confint_proportions_2indep(a, b, c, d, method="newcomb", compare="diff")` of statsmodels 0.15.0.
  @Test(arguments: [
    ([7, 10, 8, 10], -0.1, -0.4353855953508462, 0.2646141672090627),
    ([18, 20, 30, 30], -0.1, -0.3010336452284873, 0.03449362424424329),
    ([0, 20, 20, 20], -1.0, -1.0, -0.7721346162421941),
    ([20, 20, 25, 25], 0.0, -0.16112515805281957, 0.13319225093904852),
    ([5, 25, 40, 50], -0.6, -0.7416892682266791, -0.36849203185853785),
    ([56, 70, 48, 80], 0.2, 0.05243147240236498, 0.33387265403690614),
    ([1, 1, 0, 1], 1.0, -0.12210872068194178, 1.0),
  ])
  func `the interval of a difference is Newcombe's`(
    counts: [Int], value: Double, low: Double, high: Double
  ) throws {
    let difference = try #require(
      ShareDifference(Share(hits: counts[0], of: counts[1]), Share(hits: counts[2], of: counts[3])))
    #expect(difference.value == value)
    #expect(abs(difference.low - low) < 1e-12)
    #expect(abs(difference.high - high) < 1e-12)
    #expect(ShareDifference(Share(hits: 0, of: 0), Share(hits: 1, of: 2)) == nil)
  }
}
