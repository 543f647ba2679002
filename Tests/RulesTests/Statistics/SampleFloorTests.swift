import Rules
import Testing

@Suite struct SampleFloorTests {
  @Test(arguments: [
    (0.5, SampleFloor.median), (0.75, .p75), (0.9, .p90), (0.95, .p95), (0.99, .p99), (0.25, .median),
  ])
  func `the floors of quantiles follow from their rule`(share: Double, floor: SampleFloor) {
    #expect(SampleFloor.quantile(share) == floor)
  }

  @Test func `the floors are those of the documentation`() {
    let floors: [SampleFloor] = [.median, .p75, .p90, .p95, .p99, .share, .logRankEvents, .perPerson]
    #expect(floors.map(\.count) == [5, 11, 29, 59, 299, 20, 10, 5])
  }

  @Test func `says too few instead of a number`() {
    #expect(SampleFloor.perPerson.figure(of: 4, 17) == .tooFew(4, floor: 5))
    #expect(SampleFloor.perPerson.figure(of: 5, 17) == .value(17))
    #expect(SampleFloor.quantile(1).figure(of: 1_000_000, 17).value == nil)
    #expect(SampleFloor.quantile(.nan).count == .max)
    #expect(SampleFloor.quantile(0.999_999_999_999).count > 1_000_000_000)
  }
}
