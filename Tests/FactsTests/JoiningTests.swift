import Facts
import Testing

/// Traces that name the same contribution become one record.
@Suite struct JoiningTests {
  private func trace(
    _ source: SourceKind, _ id: ContributionID, aliases: [ContributionID] = [], title: String = ""
  ) -> Trace {
    var trace = Trace(source: source, id: id)
    trace.aliases = aliases
    trace.title = title
    return trace
  }

  @Test func `traces with the same name are one contribution`() {
    let found = joined([trace(.history, .pullRequest(7)), trace(.pullRefs, .pullRequest(7))])
    #expect(found.map(\.id) == [.pullRequest(7)])
    #expect(found.first?.sources == [.history, .pullRefs])
    #expect(found.first?.aliases == [])
  }

  @Test func `names connect traces through a third one, in whatever order they come`() throws {
    let (one, two) = (try object("1"), try object("2"))
    let chain = [
      trace(.history, .pullRequest(7)), trace(.appraise, .review(one), aliases: [.pullRequest(7)]),
      trace(.history, .commit(two), aliases: [.review(one)]), trace(.pullRefs, .pullRequest(8)),
      trace(.appraise, .review(two), aliases: [.pullRequest(8), .commit(two)]), trace(.history, .diff("D1")),
    ]
    for shift in chain.indices {
      let found = joined(Array(chain[shift...] + chain[..<shift]))
      #expect(found.map(\.id) == [.pullRequest(7), .diff("D1")])
      #expect(found.first?.aliases == [.pullRequest(8), .review(one), .review(two), .commit(two)])
    }
  }

  @Test func `contributions are sorted by kind, then number or name`() throws {
    let ids: [ContributionID] = [
      .pullRequest(2), .pullRequest(10), .otherPullRequest(3, forge: "azure"),
      .otherPullRequest(1, forge: "bitbucket"), .mergeRequest(1), .change("12"), .review(try object("1")),
      .review(try object("2")), .diff("D1"), .commit(try object("1")),
    ]
    #expect(joined(ids.reversed().map { trace(.history, $0) }).map(\.id) == ids)
    #expect(
      ids.map(\.description) == [
        "pr/2", "pr/10", "pr/3@azure", "pr/1@bitbucket", "mr/1", "change/12", "review/111111111111",
        "review/222222222222", "diff/D1", "commit/111111111111",
      ])
  }

  @Test
  func `the review record knows author, title, target and paths better than refs, and these than history`()
    throws
  {
    func full(_ source: SourceKind, _ name: String, commits: [String]) throws -> Trace {
      var trace = trace(source, .pullRequest(7), title: "by \(name)")
      trace.author = identity(name)
      trace.target = "refs/heads/\(name)"
      trace.paths = [Int32(source.rawValue)]
      trace.commits = try commits.map(object)
      return trace
    }
    let history = try full(.history, "ada", commits: ["1", "2", "3"])
    let refs = try full(.pullRefs, "bo", commits: ["1", "2"])
    let review = try full(.appraise, "cy", commits: ["1"])
    for traces in [[history, refs, review], [review, refs, history], [refs, review, history]] {
      let found = try #require(joined(traces).first)
      #expect(found.authorIdentity == identity("cy"))
      #expect(found.title == "by cy")
      #expect(found.target == "refs/heads/cy")
      #expect(found.paths == [Int32(SourceKind.appraise.rawValue)])
      #expect(found.commits == (try ["1", "2", "3"].map(object)))
    }
    let found = try #require(joined([history, refs]).first)
    #expect(found.authorIdentity == identity("bo"))
  }

  @Test func `what the better source does not say comes from the other`() throws {
    var review = trace(.appraise, .pullRequest(7))
    review.coauthors = [identity("bo")]
    var history = trace(.history, .pullRequest(7), title: "Title")
    history.author = identity("ada")
    history.paths = [1]
    history.coauthors = [identity("cy"), identity("ada"), identity("bo")]
    let found = try #require(joined([history, review]).first)
    #expect(found.author == person(identity("ada")))
    #expect(found.title == "Title")
    #expect(found.paths == [1])
    #expect(found.coauthors == [identity("bo"), identity("cy")].map(person))
  }

  @Test func `the opening with the best grade counts, and of equals the earliest`() throws {
    let found = try Story()
      .with(.opened, .between(hour(1), hour(9)), by: "ada", .bounded)
      .with(.opened, 5, by: "ada").with(.opened, 4, by: "ada").with(.opened, 2, by: "ada", .derived)
      .contribution
    #expect(found.opened.time == .at(hour(4)))
    #expect(found.opened.grade == .recorded)
    let none = try Story().with(.revision(try object("2")), 3).contribution
    #expect(none.opened.time == .unknown)
    #expect(none.opened.grade == .absent)
    #expect(none.opened.evidence == nil)
  }

  @Test func `the landing with the best grade counts, and of equals the first`() throws {
    let (one, two) = (try object("1"), try object("2"))
    let bounded = try Story(.history).with(
      .landed(commit: one), .between(hour(1), hour(2)), by: "cy", .bounded)
    #expect(try bounded.contribution.landing?.at == hour(2))
    #expect(try bounded.contribution.landing?.time == .between(hour(1), hour(2)))
    let found = try bounded.with(.landed(commit: two), 9, by: "bo", .derived)
      .with(.landed(commit: one), 10, by: "eve", .derived)
      .with(.landed(commit: one), 8, by: "dee", .claimed).contribution
    #expect(found.landing?.at == hour(9))
    #expect(found.landing?.by == person(identity("bo")))
    #expect(found.landing?.commit == two)
    #expect(found.landing?.grade == .derived)
    let untimed = try Story(.history).with(.landed(commit: one), .unknown).contribution
    #expect(untimed.landing == nil)
  }

  @Test func `revisions are told once each, in the order of the timeline`() throws {
    let heads = try ["3", "1", "2"].map(object)
    let found = try Story().with(.revision(heads[1]), 5).with(.revision(heads[0]), 2)
      .with(.revision(heads[2]), 7).with(.revision(heads[0]), 9).contribution
    #expect(found.revisions == heads)
  }

  @Test func `two addresses of one person are one author`() throws {
    let roster = Roster(people: [
      .init(handle: "ada", emails: ["ada@example.org", "ada@home.example.org"])
    ])
    let (work, home) = (identity("ada"), Identity(name: "A", email: "ada@home.example.org"))
    let old = Identity(name: "A", email: "old@example.org")
    let everybody = [work, home, old]
    let directory = Directory(seen: everybody, mailmap: [old: home], roster: roster)
    let people = People(everybody, directory: directory)
    var trace = trace(.history, .pullRequest(7))
    trace.author = work
    trace.coauthors = [home, old]
    let found = Joining { people.id(of: $0) ?? PersonID(index: 99) }.join([trace])
    #expect(found.first?.coauthors == [])
  }
}

/// The order of the input never shows in the result.
@Suite struct JoiningOrderTests {
  /// Traces of three contributions with as much at one second as a record can hold.
  private func traces() throws -> [Trace] {
    let (one, two) = (try object("1"), try object("2"))
    let kinds: [Observation.Kind] = [
      .opened, .ready, .draft, .revision(one), .revision(two), .reviewRequested(of: identity("bo")),
      .reviewRequested(of: identity("cy")), .comment(onCode: true, asks: true),
      .comment(onCode: true, asks: false), .comment(onCode: false, asks: false),
      .verdict(.approve, revision: one),
      .verdict(.reject, revision: one), .verdict(.approve, revision: nil), .verdict(.neutral, revision: two),
      .verdictWithdrawn, .approvedByTrailer(key: "Acked-by"), .approvedByTrailer(key: "Reviewed-by"),
      .inputBy(key: "Reported-by"), .landed(commit: one), .landed(commit: two), .abandoned, .restored,
      .reverted(by: one), .reverted(by: two),
    ]
    var traces: [Trace] = []
    for (number, source) in [SourceKind.appraise, .history, .history, .pullRefs].enumerated() {
      var trace = Trace(source: source, id: number == 3 ? .pullRequest(1) : .pullRequest(number + 1))
      trace.title = "Title \(number)"
      trace.author = identity(["ada", "bo", "cy", "dee"][number])
      trace.coauthors = [identity("eve"), identity("ada")]
      trace.commits = try [object("\(number + 1)"), object("5")]
      trace.paths = [Int32(number)]
      trace.target = "refs/heads/\(number)"
      if number == 0 { trace.aliases = [.pullRequest(2), .pullRequest(3)] }
      trace.standing = source == .appraise ? .appraise(.submitted) : nil
      for (place, kind) in kinds.enumerated() {
        for name in ["ada", "bo"] {
          let time: KnownTime =
            place % 5 == 0 ? .unknown : place % 3 == 0 ? .between(hour(1), hour(2)) : .at(hour(2))
          trace.observations.append(
            Observation(kind, time, by: identity(name), .recorded, Evidence(object: one)))
        }
      }
      traces.append(trace)
    }
    return traces
  }

  @Test func `fifty orders of the same traces and events give one result`() throws {
    var random = SystemRandomNumberGenerator()
    let traces = try traces()
    let expected = Summary(joined(traces))
    for _ in 1...50 {
      var shuffled = traces.shuffled(using: &random)
      for place in shuffled.indices { shuffled[place].observations.shuffle(using: &random) }
      let found = Summary(joined(shuffled))
      #expect(found == expected)
      if found != expected { return }
    }
  }

  @Test func `events of one second stand in the order in which they must have happened`() throws {
    let (one, two) = (try object("1"), try object("2"))
    let ordered: [Observation.Kind] = [
      .opened, .draft, .ready, .restored, .revision(one), .reviewRequested(of: identity("bo")),
      .inputBy(key: "Reported-by"), .comment(onCode: false, asks: true), .verdictWithdrawn,
      .verdict(.approve, revision: one), .approvedByTrailer(key: "Acked-by"), .landed(commit: two),
      .abandoned,
      .reverted(by: two),
    ]
    var story = Story()
    for kind in ordered.reversed() { story = try story.with(kind, 1, by: "bo") }
    #expect(try story.contribution.events.map(\.kind) == ordered)
  }

  @Test func `an interval counts from its later end, and what has no time comes last`() throws {
    let found = try Story()
      .with(.abandoned, .unknown).with(.restored, .between(nil, nil))
      .with(.ready, .between(hour(1), hour(9))).with(.draft, .between(nil, hour(4)))
      .with(.opened, .between(hour(6), nil)).with(.verdictWithdrawn, 5).contribution
    #expect(
      found.events.map(\.kind) == [.draft, .verdictWithdrawn, .opened, .ready, .restored, .abandoned])
  }

  @Test func `a rejection of the same second outlasts the approval`() throws {
    let one = try object("1")
    for kinds in [[Opinion.approve, .reject], [.reject, .approve]] {
      var story = Story()
      for kind in kinds { story = try story.with(.verdict(kind, revision: one), 3, by: "bo") }
      #expect(try story.contribution.events.last?.kind == .verdict(.reject, revision: one))
    }
  }

  /// Everything of a result that can depend on an order.
  private struct Summary: Equatable {
    var lines: [String]

    init(_ contributions: [Contribution]) {
      lines = contributions.flatMap { found in
        [
          "\(found.id) \(found.aliases) \(found.title) \(found.state) \(found.basis)",
          "\(String(describing: found.author)) \(found.coauthors) \(String(describing: found.target))",
          "\(found.opened) \(String(describing: found.landing)) \(found.revisions) \(found.commits)",
          "\(String(describing: found.paths)) \(found.standings) \(found.sources)",
        ] + found.events.map { "\($0)" }
      }
    }
  }
}
