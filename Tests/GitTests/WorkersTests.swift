import Git
import Testing

struct WorkersTests {
  @Test(arguments: [0, 1, 2, 5])
  func `results stand in the order of the pieces whatever the number of threads`(count: Int) {
    #expect(Workers(count).run(100) { $0 * $0 } == (0..<100).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 3, 8], [0, 1, 63, 64, 65, 1000])
  func `slices cover a list once and in order`(count: Int, length: Int) {
    let slices = Workers(count).slices(of: length) { Array($0) }
    #expect(slices.flatMap { $0 } == Array(0..<length))
  }

  @Test(arguments: [1, 2]) func `two things are both done`(count: Int) {
    let (own, other) = Workers(count).both({ "own" }, { "other" })
    #expect((own, other) == ("own", "other"))
  }
}
