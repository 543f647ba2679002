import Reports
import Testing

@Suite struct FixedDecimalTests {
  @Test(
    arguments: [
      (0, 2, "0.00"), (1, 0, "1"), (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-0.5, 0, "-1"),
      (0.49, 0, "0"),
      (1.005, 2, "1.01"), (1.115, 2, "1.12"), (0.285, 2, "0.29"), (0.125, 2, "0.13"), (-0.125, 2, "-0.13"),
      (0.875, 3, "0.875"), (0.9999, 3, "1.000"), (9.995, 2, "10.00"), (99.5, 0, "100"), (-0.001, 2, "0.00"),
      (1e-9, 3, "0.000"), (6e-4, 3, "0.001"), (1e16, 1, "10000000000000000.0"),
      (1.5e17, 0, "150000000000000000"), (123456.789, 1, "123456.8"), (0.1 + 0.2, 2, "0.30"),
      (1e-5, 5, "0.00001"),
      (-0.0, 1, "0.0"), (0.05, 1, "0.1"), (0.04, 1, "0.0"), (12, 40, "12.00000000000000000"), (7, -3, "7"),
    ] as [(Double, Int, String)])
  func `rounds the shortest decimal half away from zero`(value: Double, digits: Int, text: String) {
    #expect(FixedDecimal.text(value, digits: digits) == text)
  }

  @Test func `has no text for what is no number`() {
    #expect(FixedDecimal.text(.nan, digits: 2) == nil)
    #expect(FixedDecimal.text(.infinity, digits: 2) == nil)
    #expect(FixedDecimal.quotient(1, by: 0, digits: 2) == nil)
    #expect(FixedDecimal.percent(1, of: 0) == nil)
  }

  @Test func `writes the largest number whole`() {
    #expect(FixedDecimal.text(.greatestFiniteMagnitude, digits: 0)?.count == 309)
  }

  @Test(arguments: [
    (1, 3, 4, "0.3333"), (2, 3, 4, "0.6667"), (57, 200, 2, "0.29"), (-1, 8, 2, "-0.13"), (1, -8, 2, "-0.13"),
    (7, 7, 3, "1.000"), (0, 5, 2, "0.00"), (-1, 1000, 2, "0.00"), (5, 2, 0, "3"), (1, 20, 2, "0.05"),
    (Int.max, 1, 1, "9223372036854775807.0"), (Int.min, 1, 0, "-9223372036854775808"),
    (Int.max, Int.max, 17, "1.00000000000000000"),
  ])
  func `divides counts exactly`(part: Int, whole: Int, digits: Int, text: String) {
    #expect(FixedDecimal.quotient(part, by: whole, digits: digits) == text)
  }

  @Test func `shows shares in percent`() {
    #expect(FixedDecimal.percent(7, of: 8) == "88%")
    #expect(FixedDecimal.percent(7, of: 8, digits: 1) == "87.5%")
    #expect(FixedDecimal.percent(57, of: 200) == "29%")
    #expect(FixedDecimal.percent(Int.max, of: 1) == nil)
  }
}
