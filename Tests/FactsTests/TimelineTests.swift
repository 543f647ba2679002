import Facts
import Testing

/// Who answered first, and after how long.
@Suite struct TimelineTests {
  private func opened() throws -> Story { try Story().with(.opened, 10, by: "ada") }

  @Test func `the first response is any comment or verdict by another human`() throws {
    let timeline = try opened().with(.comment(onCode: false, asks: false), 12, by: "bo")
      .with(.verdict(.approve, revision: nil), 15, by: "cy").timeline()
    #expect(timeline.firstResponse?.event.person == person(identity("bo")))
    #expect(timeline.firstResponse?.wait == .exact(2 * 3600))
    #expect(timeline.firstReview?.event.person == person(identity("cy")))
    #expect(timeline.firstReview?.wait == .exact(5 * 3600))
    #expect(timeline.reviewers == [identity("bo"), identity("cy")].map(person))
  }

  @Test func `a comment on the code is a review, one on the whole change is not`() throws {
    let story = try opened().with(.comment(onCode: false, asks: true), 12, by: "bo")
    #expect(try story.timeline().firstReview == nil)
    let timeline = try story.with(.comment(onCode: true, asks: false), 13, by: "cy").timeline()
    #expect(timeline.firstReview?.event.time == .at(hour(13)))
  }

  @Test(arguments: [
    Observation.Kind.ready, .draft, .restored, .abandoned, .verdictWithdrawn,
    .reviewRequested(of: identity("cy")), .approvedByTrailer(key: "Reviewed-by"),
    .inputBy(key: "Reported-by"),
  ])
  func `nothing but comments and verdicts is a response`(kind: Observation.Kind) throws {
    let timeline = try opened().with(kind, 12, by: "bo").timeline()
    #expect(timeline.firstResponse == nil)
    #expect(timeline.firstReview == nil)
    #expect(timeline.reviewers == [])
  }

  @Test func `machines, authors, co-authors and nobody do not respond`() throws {
    let timeline = try opened().coauthored(by: "eve")
      .with(.comment(onCode: true, asks: true), 11, by: "robot").with(
        .verdict(.approve, revision: nil), 12, by: "ada"
      )
      .with(.verdict(.approve, revision: nil), 13, by: "eve").with(.comment(onCode: true, asks: true), 14)
      .timeline(bots: "robot")
    #expect(timeline.firstResponse == nil)
    #expect(timeline.firstReview == nil)
    #expect(timeline.reviewers == [])
  }

  @Test func `the author's second address is the author, by roster or by mailmap`() throws {
    let (work, home) = (identity("ada"), Identity(name: "A", email: "ada@home.example.org"))
    let (old, other) = (Identity(name: "Ada", email: "old@example.org"), identity("bo"))
    let everybody = [work, home, old, other]
    let roster = Roster(people: [.init(handle: "ada", emails: [work.email, home.email])])
    let directory = Directory(seen: everybody, mailmap: [old: work], roster: roster)
    let people = People(everybody, directory: directory)
    var story = try opened()
    for (hours, identity) in [(11, home), (12, old), (13, other)] {
      story.trace.observations.append(
        Observation(
          .comment(onCode: true, asks: false), .at(hour(Int64(hours))), by: identity, .recorded,
          Evidence(object: try object("1"))))
    }
    let found = Joining { people.id(of: $0) ?? PersonID(index: 99) }.join([story.trace])
    let timeline = Timeline(try #require(found.first), bots: people.bots)
    #expect(timeline.firstResponse?.event.identity == other)
    #expect(timeline.firstResponse?.wait == .exact(3 * 3600))
    #expect(timeline.reviewers.count == 1)
  }

  @Test func `what is dated before the opening is counted apart and answers nothing`() throws {
    let timeline = try opened().with(.comment(onCode: true, asks: false), 8, by: "bo")
      .with(.verdict(.reject, revision: nil), 9, by: "cy").with(
        .comment(onCode: true, asks: false), 9, by: "ada"
      )
      .with(.comment(onCode: true, asks: false), 9, by: "robot").with(.comment(onCode: true, asks: false), 9)
      .with(.comment(onCode: true, asks: false), 10, by: "dee").timeline(bots: "robot")
    #expect(timeline.responsesBeforeOpening == 2)
    #expect(timeline.firstResponse?.event.person == person(identity("dee")))
    #expect(timeline.firstResponse?.wait == .exact(0))
  }

  @Test(arguments: [
    (KnownTime.at(hour(10)), KnownTime.at(hour(12)), Timeline.Wait.exact(7200)),
    (.at(hour(10)), .between(hour(11), hour(12)), .between(3600, 7200)),
    (.between(hour(8), hour(10)), .at(hour(12)), .between(7200, 4 * 3600)),
    (.between(hour(8), hour(10)), .between(hour(9), hour(12)), .between(0, 4 * 3600)),
    (.between(hour(10), hour(10)), .at(hour(12)), .exact(7200)),
    (.at(hour(10)), .between(hour(8), hour(9)), .unknown),
    (.between(nil, hour(10)), .at(hour(12)), .unknown), (.between(hour(8), nil), .at(hour(12)), .unknown),
    (.unknown, .at(hour(12)), .unknown), (.at(hour(10)), .unknown, .unknown),
    (.at(hour(10)), .between(nil, hour(12)), .unknown), (.between(hour(8), hour(10)), .at(hour(7)), .unknown),
  ])
  func `a wait is as exact as its ends`(opening: KnownTime, answer: KnownTime, wait: Timeline.Wait) throws {
    let timeline = try Story().with(.opened, opening, by: "ada")
      .with(.verdict(.approve, revision: nil), answer, by: "bo").timeline()
    #expect(timeline.firstReview?.wait == wait)
  }

  @Test func `the limits of a contribution's life come from whatever is known`() throws {
    #expect(try Story().with(.opened, 3).contribution.earliestOpening == hour(3))
    #expect(
      try Story().with(.opened, .between(hour(1), hour(2)), .bounded).contribution.earliestOpening == hour(1))
    #expect(
      try Story().with(.opened, .between(nil, hour(2)), .bounded).contribution.earliestOpening == hour(2))
    let landed = try Story().with(.landed(commit: object("1")), 7).with(.abandoned, .unknown).contribution
    #expect(landed.earliestOpening == hour(7))
    #expect(landed.latestActivity == hour(7))
    let bounded = try Story().with(.draft, .between(hour(1), hour(9))).with(.ready, .between(hour(4), nil))
    #expect(try bounded.contribution.latestActivity == hour(9))
    #expect(try Story().contribution.earliestOpening == nil)
    #expect(try Story().contribution.latestActivity == nil)
  }
}

/// Whose move it is.
@Suite struct TimelineTurnTests {
  /// One event in the life of a change by ada: `who:what`, one hour after the event before.
  private func story(_ script: String) throws -> Story {
    var story = Story()
    for (place, word) in script.split(separator: " ").enumerated() {
      let parts = word.split(separator: ":").map(String.init)
      story = try story.with(try kind(parts[1]), Int64(place), by: parts[0])
    }
    return story
  }

  private func kind(_ word: String) throws -> Observation.Kind {
    switch word {
    case "open": .opened
    case "ready": .ready
    case "draft": .draft
    case "restore": .restored
    case "ask": .reviewRequested(of: identity("bo"))
    case "push": .revision(try object("1"))
    case "approve": .verdict(.approve, revision: nil)
    case "reject": .verdict(.reject, revision: nil)
    case "neutral": .verdict(.neutral, revision: nil)
    case "question": .comment(onCode: true, asks: true)
    case "note": .comment(onCode: false, asks: false)
    case "withdraw": .verdictWithdrawn
    case "wait-ada": .attention(of: identity("ada"), isNeeded: true)
    case "wait-bo": .attention(of: identity("bo"), isNeeded: true)
    case "wait-robot": .attention(of: identity("robot"), isNeeded: true)
    case "free-ada": .attention(of: identity("ada"), isNeeded: false)
    case "free-bo": .attention(of: identity("bo"), isNeeded: false)
    case "input": .inputBy(key: "Reported-by")
    default: try #require(nil as Observation.Kind?, "\(word)")
    }
  }

  @Test(arguments: [
    ("ada:open", Turn.reviewers, 0), ("ada:open bo:note", .reviewers, 0),
    ("ada:open bo:question", .author, 1),
    ("ada:open bo:reject", .author, 1), ("ada:open bo:neutral", .reviewers, 0),
    ("ada:open bo:approve", .reviewers, 0), ("ada:open bo:reject ada:note", .reviewers, 2),
    ("ada:open bo:reject ada:push", .reviewers, 2), ("ada:open bo:reject ada:push ada:push", .reviewers, 2),
    ("ada:open bo:reject ada:push ada:note ada:ask", .reviewers, 2),
    ("ada:open ada:push ada:push", .reviewers, 0), ("ada:open ada:note", .reviewers, 0),
    ("ada:open bo:question cy:reject", .author, 1), ("ada:open bo:question ada:note cy:question", .author, 3),
    ("ada:open ada:reject", .reviewers, 0), ("ada:open robot:reject robot:question", .reviewers, 0),
    ("ada:open bo:reject robot:note", .author, 1), ("ada:open bo:reject eve:note", .reviewers, 2),
    ("ada:open bo:reject bo:withdraw", .author, 1), ("ada:open bo:reject bo:approve", .author, 1),
    ("ada:open bo:reject ada:ask", .reviewers, 2), ("ada:open ada:draft ada:ready", .reviewers, 2),
    ("ada:open bo:reject ada:restore", .reviewers, 2), ("ada:open bo:input", .reviewers, 0),
  ])
  func `each event passes the turn or leaves it`(script: String, turn: Turn, since: Int) throws {
    let found = try story(script).coauthored(by: "eve").timeline(bots: "robot").turn()
    #expect(found?.turn == turn)
    #expect(found?.since == .at(hour(Int64(since))))
  }

  @Test(arguments: [
    ("ada:open ada:wait-bo", Turn.reviewers, 0), ("ada:open ada:wait-bo bo:note bo:wait-ada", .author, 3),
    ("ada:open bo:reject bo:wait-bo", .reviewers, 2),
    ("ada:open bo:question ada:wait-bo cy:reject", .reviewers, 2),
    ("ada:open ada:wait-bo bo:wait-ada ada:free-ada", .reviewers, 3),
    ("ada:open bo:wait-ada ada:push ada:note", .author, 1), ("ada:open bo:reject bo:wait-robot", .author, 1),
    ("ada:open bo:reject ada:wait-bo bo:free-bo", .author, 3),
  ])
  func `a recorded attention set wins over the events`(script: String, turn: Turn, since: Int) throws {
    let found = try story(script).timeline(bots: "robot").turn()
    #expect(found?.turn == turn)
    #expect(found?.since == .at(hour(Int64(since))))
  }

  @Test func `what one update says of the attention set counts together`() throws {
    let both = try story("ada:open bo:reject ada:wait-bo")
      .with(.attention(of: identity("bo"), isNeeded: false), 5, by: "bo")
      .with(.attention(of: identity("cy"), isNeeded: true), 5, by: "bo")
    let found = try both.timeline().turn()
    #expect(found?.turn == .reviewers)
    #expect(found?.since == .at(hour(2)))
  }

  @Test(arguments: [(-1, Turn.author), (1, .reviewers)])
  func `a vote below zero passes the turn to the author`(value: Int, turn: Turn) throws {
    var story = try story("ada:open bo:neutral")
    story.trace.observations[1].vote = Vote(label: "Code-Review", value: value)
    #expect(try story.timeline().turn()?.turn == turn)
  }

  @Test(arguments: [
    ("ada:open bo:reject ada:push", Turn.author, 1), ("ada:open bo:reject ada:push ada:note", .reviewers, 3),
    ("ada:open bo:reject ada:push ada:ask", .reviewers, 3), ("ada:open ada:push", .reviewers, 0),
  ])
  func `where hand-offs are explicit a push alone passes nothing`(script: String, turn: Turn, since: Int)
    throws
  {
    let found = try story(script).timeline().turn(handOff: .explicit)
    #expect(found?.turn == turn)
    #expect(found?.since == .at(hour(Int64(since))))
  }

  @Test func `a draft waits for its author`() throws {
    let found = try story("ada:open ada:draft bo:note").timeline().turn()
    #expect(found?.turn == .author)
    #expect(found?.since == .at(hour(1)))
  }

  @Test(arguments: [AppraiseStatus.submitted, .abandoned, .unknown])
  func `it is nobody's turn once a change is closed or cannot be told`(status: AppraiseStatus) throws {
    #expect(try story("ada:open").standing(.appraise(status)).timeline().turn() == nil)
  }

  @Test func `without any event it is the reviewers' turn since nobody knows when`() throws {
    let found = try Story().timeline().turn()
    #expect(found?.turn == .reviewers)
    #expect(found?.since == .unknown)
  }
}
