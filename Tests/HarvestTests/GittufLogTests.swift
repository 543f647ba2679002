import Facts
import Git
import Support
import Testing

@testable import Harvest

@Suite struct GittufLogTests: AppraiseNotes {
  private func pushes(_ story: GittufStory) throws -> [String] {
    try story.harvest().traces.filter { $0.source == .pushLog }.flatMap { trace in
      trace.observations.map { "\(trace.id) \(summary($0))" }
    }
  }

  @Test func `tells of the commits between two entries, and nothing of the first`() throws {
    let story = try GittufStory()
    _ = try story.push(story.fixture.id(of: "main"), number: 1)
    let one = try story.fixture.commit("One", files: ["one": "1"])
    let two = try story.fixture.commit("Two", files: ["two": "1"])
    let entry = try story.push(two, number: 2)
    let told = try story.harvest().traces.filter { $0.source == .pushLog }
    #expect(told.map(\.id) == [.commit(ObjectName(git: one)), .commit(ObjectName(git: two))])
    #expect(
      told.flatMap(\.observations).map(summary) == [
        "4h landed \(short(one)) by ada@example.org, recorded",
        "4h landed \(short(two)) by ada@example.org, recorded",
      ])
    let evidence = told.flatMap(\.observations).map(\.evidence)
    #expect(
      evidence == Array(repeating: Evidence(ref: "refs/gittuf/reference-state-log", object: entry), count: 2))
  }

  @Test func `a withdrawn entry does not count, and other branches' entries neither`() throws {
    let story = try GittufStory()
    _ = try story.push(story.fixture.id(of: "main"), number: 1)
    let one = try story.fixture.commit("One", files: ["one": "1"])
    let early = try story.push(one, number: 2)
    try story.log(
      "RSL Annotation Entry\n\nentryID: \(early.hex)\nskip: true\nnumber: 3\n-----BEGIN MESSAGE-----\neA==")
    _ = try story.push(one, of: "refs/heads/other", number: 4)
    #expect(try pushes(story).isEmpty)
    let kept = try story.push(one, number: 5)
    try story.log("RSL Annotation Entry\n\nentryID: \(kept.hex)\nskip: false\nnumber: 6")
    #expect(
      try pushes(story) == ["commit/\(short(one)) 6h landed \(short(one)) by ada@example.org, recorded"])
    let report = try #require(try story.harvest().sources.first { $0.source == .pushLog })
    #expect(report.records == 6)
    #expect(
      report.counts == [
        .init("pushes", 2), .init("remarks", 2), .init("withdrawn", 1), .init("landed", 1),
      ])
  }

  @Test func `the clock of a log that runs behind is reported and not believed`() throws {
    let story = try GittufStory()
    _ = try story.push(story.fixture.id(of: "main"), number: 1)
    let late = try story.fixture.commit("Late", files: ["one": "1"], at: story.fixture.clock + 90_000)
    let entry = try story.push(late, number: 2)
    let harvested = try story.harvest()
    #expect(!harvested.traces.contains { $0.source == .pushLog })
    #expect(
      harvested.diagnostics == [
        Diagnostic(.dateOutOfOrder, ref: "refs/gittuf/reference-state-log", object: entry)
      ])
  }

  @Test func `commits that are no entries are diagnostics`() throws {
    let story = try GittufStory()
    let bad = try story.log("Hello")
    let worse = try story.log("RSL Reference Entry\n\nref: refs/heads/main\ntargetID: none")
    try story.log("RSL Propagation Entry\n\nref: refs/heads/main")
    let harvested = try story.harvest()
    #expect(harvested.diagnostics.map(\.object) == [bad, worse])
    #expect(harvested.sources.last?.records == 1)
  }

  @Test func `a second set of refs is stated apart, and tells only what the first does not`() throws {
    let story = try GittufStory()
    let base = try story.fixture.id(of: "main")
    let one = try story.fixture.commit("One", files: ["one": "1"])
    for ref in ["refs/gittuf-trial/reference-state-log", "refs/gittuf/reference-state-log"] {
      for target in [base, one] {
        try story.log(
          "RSL Reference Entry\n\nref: refs/heads/main\ntargetID: \(target.hex)\nnumber: 1", ref: ref)
      }
    }
    try story.log("RSL Reference Entry", ref: "refs/gittuffle/reference-state-log")
    let harvested = try story.harvest()
    let places = harvested.sources.filter { $0.source == .pushLog }.map(\.place)
    #expect(places == ["refs/gittuf/reference-state-log", "refs/gittuf-trial/reference-state-log"])
    let told = harvested.traces.filter { $0.source == .pushLog }
    #expect(
      told.map { $0.observations.map(summary) } == [["5h landed \(short(one)) by ada@example.org, recorded"]])
  }
}
