import Testing

@testable import Rules

@Suite struct ElementaryTests {
  @Test func `gives the values of the C library`() throws {
    let rows = try StatisticsFixture.rows("elementary.tsv").map { try $0.map(StatisticsFixture.number) }
    for row in rows {
      #expect(abs(Elementary.exp(row[0]) - row[1]) <= 1e-14 * row[1], "exp \(row[0])")
      #expect(abs(Elementary.log(row[2]) - row[3]) <= 1e-14 * abs(row[3]), "log \(row[2])")
      let complement = Elementary.complementaryError(row[4])
      #expect(abs(complement - row[5]) <= 1e-12 * row[5], "erfc \(row[4]) \(complement)")
    }
    #expect(rows.count == 300)
  }

  @Test func `knows where its functions end`() {
    #expect(Elementary.exp(0) == 1)
    #expect(Elementary.exp(1000) == .infinity)
    #expect(Elementary.exp(709.78).isFinite)
    #expect(Elementary.exp(-.infinity) == 0)
    #expect(Elementary.exp(-745) == Double.leastNonzeroMagnitude)
    #expect(Elementary.exp(.nan).isNaN)
    #expect(Elementary.log(1) == 0)
    #expect(Elementary.log(0) == -.infinity)
    #expect(Elementary.log(.infinity) == .infinity)
    #expect(Elementary.log(-1).isNaN)
    #expect(abs(Elementary.log(.leastNonzeroMagnitude) + 744.440_071_921_381_3) < 1e-11)
    #expect(Elementary.complementaryError(0) == 1)
    #expect(Elementary.complementaryError(.infinity) == 0)
    #expect(Elementary.complementaryError(.nan).isNaN)
  }

  @Test(arguments: [
    (2.705543454095404, 0.1), (3.841458820694124, 0.05), (6.6348966010212145, 0.01),
    (1.3815015048, 0.2398455520),
  ])
  func `gives the tail of χ² with one degree of freedom`(value: Double, p: Double) {
    #expect(isNear(Elementary.chiSquareTail(value), p, 1e-10))
  }
}
