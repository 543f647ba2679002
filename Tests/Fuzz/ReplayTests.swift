import Testing

/// The corpus of `.ci/fuzz`, read again in every run of the tests.
@Suite struct FuzzReplayTests {
  @Test(arguments: FuzzTarget.all.map(\.name))
  func `holds for every input of the corpus`(name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let inputs = try Corpus.inputs(of: name)
    #expect(inputs.count > 2)
    for input in inputs + [Corpus.Input(path: "nothing", bytes: [])] {
      do throws(Broken) {
        try target.check(input.bytes)
      } catch {
        Issue.record("\(input.path): \(error)")
      }
    }
  }

  @Test func `has a corpus for every target, and no other`() throws {
    #expect(try Corpus.targets() == FuzzTarget.all.map(\.name).sorted())
  }

  @Test func `a property that does not hold is told`() {
    let target = FuzzTarget(name: "x") { bytes throws(Broken) in try hold(bytes.isEmpty, "it is not empty") }
    #expect(throws: Never.self) { try target.check([]) }
    #expect(throws: Broken.self) { try target.check([1]) }
  }
}
