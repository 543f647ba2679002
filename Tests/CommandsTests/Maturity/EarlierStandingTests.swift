import Commands
import Facts
import Foundation
import Git
import Harvest
import Support
import Testing

/// What one reading tells of every day is what a reading as of that day tells.
@Suite struct EarlierStandingTests {
  /// Traces in an order that does not depend on how they were found.
  private func sorted(_ traces: [Trace]) -> [Trace] {
    traces.map { trace in
      var trace = trace
      trace.observations.sort { "\($0.time) \($0.kind)" < "\($1.time) \($1.kind)" }
      return trace
    }.sorted { ("\($0.id)", $0.source) < ("\($1.id)", $1.source) }
  }

  /// Whether a source says that the change has come to an end, and to which; nil where that is for others to say.
  private func isOver(_ standing: Standing?) -> String? {
    switch standing {
    case .appraise(.submitted), .appraise(.submittedWithoutAcceptance): "landed"
    case .appraise(.submittedDespiteRejection), .change(.merged): "landed"
    case .appraise(.abandoned), .change(.abandoned): "abandoned"
    default: nil
    }
  }

  @Test(arguments: 0..<20)
  func `the small platform stands on every day as a reading of that day shows it`(day: Int64) throws {
    let story = try CommandsStory()
    let moment = Instant(seconds: TemporaryRepository.start + day * 86_400 + 43_200)
    let reading = try Harvester(try story.fixture.open(), .init()).reading()
    let past = try reading.standing(at: moment)
    let direct = try Harvester(try story.fixture.open(), .init(asOf: moment)).harvest()
    #expect(past.tip == direct.tip)
    #expect(past.newestCommit == direct.newestCommit)
    #expect(past.policies.map(\.commit) == direct.policies.map(\.commit))
    let (ids, own) = (sorted(past.traces), sorted(direct.traces))
    #expect(ids.map(\.id) == own.map(\.id))
    for (one, other) in zip(ids, own) {
      #expect(one.observations == other.observations, "\(one.id) on day \(day)")
      #expect(isOver(one.standing) == isOver(other.standing), "\(one.id) on day \(day)")
      #expect(one.author == other.author, "\(one.id) on day \(day)")
    }
  }

  @Test func `before the first commit there is nothing`() throws {
    let story = try CommandsStory()
    let past = try Harvester(try story.fixture.open(), .init()).reading()
      .standing(at: Instant(seconds: TemporaryRepository.start - 1))
    #expect(past.tip == nil)
    #expect(past.traces.isEmpty)
  }
}
