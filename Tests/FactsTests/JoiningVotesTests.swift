import Facts
import Testing

/// Votes that one source tells with their times and another as they stood in the end.
@Suite struct JoiningVotesTests {
  private func verdict(
    _ value: Int, _ hours: Int64?, by name: String, in story: Story
  ) throws -> Story {
    var story = story
    let opinion: Opinion = value > 0 ? .approve : .reject
    story = try story.with(
      .verdict(opinion, revision: nil), hours.map { .at(hour($0)) } ?? .between(nil, hour(9)), by: name)
    story.trace.observations[story.trace.observations.count - 1].vote = Vote(
      label: "Code-Review", value: value)
    return story
  }

  private func votes(_ traces: [Story]) throws -> [String] {
    let contribution = try #require(joined(traces.map(\.trace)).first)
    return contribution.events.compactMap { event in
      event.vote.map { "\($0.value) \(event.identity?.name ?? "") \(event.source)" }
    }
  }

  @Test func `a vote without its time is no second vote, whatever name its voter has`() throws {
    let log = try verdict(2, 3, by: "1000007", in: Story(.gerrit))
    let note = try verdict(2, nil, by: "cy", in: Story(.reviewNotes))
    #expect(try votes([log, note]) == ["2 1000007 gerrit"])
    #expect(try votes([note, log]) == ["2 1000007 gerrit"])
  }

  @Test func `a vote that the log lacks is kept, and of several only those by other people`() throws {
    let log = try verdict(2, 3, by: "cy", in: Story(.gerrit))
    var note = try verdict(2, nil, by: "cy", in: Story(.reviewNotes))
    note = try verdict(2, nil, by: "di", in: note)
    note = try verdict(-2, nil, by: "ed", in: note)
    #expect(try votes([log, note]) == ["2 cy gerrit", "2 di reviewNotes", "-2 ed reviewNotes"])
  }

  @Test func `votes on other labels are treated alike`() throws {
    let vote = Observation.Kind.labelled(Vote(label: "Verified", value: 1), revision: nil)
    let log = try Story(.gerrit).with(vote, 3, by: "1000025")
    let note = try Story(.reviewNotes).with(vote, .between(nil, hour(9)), by: "jenkins")
    let contribution = try #require(joined([log.trace, note.trace]).first)
    #expect(contribution.events.map(\.source) == [.gerrit])
  }

  @Test func `alone the note tells all its votes`() throws {
    let note = try verdict(2, nil, by: "cy", in: Story(.reviewNotes))
    #expect(try votes([note, Story(.history)]) == ["2 cy reviewNotes"])
  }

  @Test func `a trailer that names a person whose approval is on record is no second approval`() throws {
    var story = try Story(.gerrit).with(.verdict(.approve, revision: nil), .at(hour(3)), by: "cy")
    for name in ["cy", "di"] {
      story.trace.observations.append(
        Observation(
          .approvedByTrailer(key: "Reviewed-by"), .between(nil, hour(9)), by: identity(name), .claimed,
          Evidence(object: try object("1"))))
    }
    let events = try #require(joined([story.trace]).first).events
    let approvals = events.filter { event in
      switch event.kind {
      case .verdict(.approve, _), .approvedByTrailer: true
      default: false
      }
    }
    #expect(approvals.map { $0.identity?.name } == ["cy", "di"])
    #expect(approvals.map(\.grade) == [.recorded, .claimed])
  }

  @Test func `a trailer stays where the person's own record says something else`() throws {
    var story = try Story(.gerrit).with(.verdict(.reject, revision: nil), .at(hour(3)), by: "cy")
    story.trace.observations.append(
      Observation(
        .approvedByTrailer(key: "Reviewed-by"), .between(nil, hour(9)), by: identity("cy"), .claimed,
        Evidence(object: try object("1"))))
    let events = try #require(joined([story.trace]).first).events
    #expect(events.count { $0.kind == .approvedByTrailer(key: "Reviewed-by") } == 1)
  }
}
