import Testing

/// All tests that only look at the sample; it is built once for them.
@Suite(.sample) enum DemoTests {}

/// Builds the sample before the first test of a suite and removes it after the last.
struct WithSample: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let place = try DemoPlace()
    try place.build()
    let output = place.output
    let sample = DemoPlace.Sample(
      folder: place.folder, output: output, contributions: try place.report("contributions"),
      backlog: try place.report("backlog"))
    try await DemoPlace.$sample.withValue(sample) { try await function() }
    withExtendedLifetime(place) {}
  }
}

extension Trait where Self == WithSample {
  static var sample: WithSample { WithSample() }
}
