import Facts
import Rules
import Testing

/// Where a contribution comes from, by its author at the moment it was opened.
@Suite struct OriginTests {
  @Test(arguments: [
    ("bo", 10, Origin.platform, JudgedOrigin.Basis.membership(team: "platform")),
    ("ada", 10, .external, .otherTeams(["payments"])), ("ada", 99, .external, .otherTeams(["payments"])),
    ("ada", 100, .platform, .membership(team: "platform")),
    ("gus", 49, .platform, .membership(team: "platform")),
    ("gus", 50, .external, .otherTeams([])), ("cy", 10, .external, .otherTeams(["payments", "retail"])),
    ("lone", 10, .external, .otherTeams([])),
    ("eve@pay.example.org", 10, .external, .otherTeams(["payments"])),
    ("eve@nowhere.example.net", 10, .unknown, .notInRoster), ("robot", 10, .bot, .botRule),
    ("dependabot[bot]", 10, .bot, .botRule),
  ])
  func `the membership at the opening decides`(
    author: String, opened: Int, kind: Origin, basis: JudgedOrigin.Basis
  ) throws {
    let change = try Change(by: author, opened: .at(hour(Int64(opened)))).landed(500, by: "bo")
    #expect(try assess(change).origin == JudgedOrigin(kind, basis))
  }

  @Test func `a change whose author nobody can read is unknown`() throws {
    #expect(try assess(Change(by: nil)).origin == JudgedOrigin(.unknown, .noAuthor))
  }

  @Test func `an address known from home is the same person`() throws {
    let assessment = try assess(Change(by: "ada@home.example.org", opened: .at(hour(100))))
    #expect(assessment.origin.kind == .platform)
    #expect(assessment.authorTeams == ["platform"])
  }

  @Test(arguments: [
    ([0], "dee", Origin.platform), ([1], "dee", .external), ([0, 1], "dee", .platform),
    ([0], "bo", .external),
    ([1], "bo", .platform), ([3], "bo", .platform), ([3], "dee", .external),
  ])
  func `the hosts are those of the components touched`(paths: [Int], author: String, kind: Origin) throws {
    let assessment = try assess(Change(by: author, paths: paths.map(Int32.init)), .components())
    #expect(assessment.origin.kind == kind)
  }

  @Test func `components and hosts of the touched paths are told, each once and sorted`() throws {
    let both = try assess(Change(paths: [0, 1, 2, 3]), .components())
    #expect(both.components == ["docs", "network"])
    #expect(both.hostTeams == ["platform", "writers"])
    let unknown = try assess(Change(paths: nil), .components())
    #expect(unknown.components == [])
    #expect(unknown.hostTeams == ["platform"])
  }

  @Test func `an opening that is only bounded counts from its earlier end`() throws {
    let change = try Change(opened: .between(hour(90), hour(110)))
    #expect(try assess(change).origin.kind == .external)
    let late = try Change(opened: .between(nil, hour(110)))
    #expect(try assess(late).origin.kind == .platform)
  }

  @Test func `without a roster hosts are those who landed five changes of others`() throws {
    var changes = try (1...5).map { number in
      try Change(number, by: "cy").landed(Int64(9_000 + number), by: "bo")
    }
    changes.append(try Change(6, by: "bo"))
    changes.append(try Change(7, by: "robot@users.noreply.github.com"))
    let judgement = Judgement(changes, .defaults)
    #expect(judgement.assessments[0].origin == JudgedOrigin(.external, .inferredGuest))
    #expect(judgement.assessments[5].origin == JudgedOrigin(.platform, .inferredHost(landings: 5)))
    let alone = try assess(Change(), .defaults)
    #expect(alone.origin == JudgedOrigin(.unknown, .noHostKnown))
    #expect(alone.hostTeams == [])
  }
}

/// Who looks after a repository without a roster.
@Suite struct HostInferenceTests {
  /// Landings of changes by cy, in hours before the as-of moment.
  private func hosts(_ landings: [Int64], by lander: String = "bo", author: String? = "cy") throws -> Int? {
    let changes = try landings.enumerated().map { place, hours in
      try Change(place + 1, by: author).landed(10_000 - hours, by: lander)
    }
    let judgement = Judgement(changes, .defaults)
    return judgement.people.id(of: identity(lander)).flatMap { judgement.hosts.landings[$0] }
  }

  @Test func `five landings of others within a year make a host`() throws {
    #expect(try hosts([0, 1, 2, 3]) == nil)
    #expect(try hosts([0, 1, 2, 3, 4]) == 5)
    #expect(try hosts([0, 1, 2, 3, 4, 5]) == 6)
  }

  @Test func `a landing exactly a year before no longer counts, nor one after the moment`() throws {
    let year: Int64 = 365 * 24
    #expect(try hosts([1, 2, 3, 4, year]) == nil)
    #expect(try hosts([1, 2, 3, 4, year - 1]) == 5)
    #expect(try hosts([1, 2, 3, 4, -1]) == nil)
  }

  @Test func `own changes, machines and changes of unknown authors do not count`() throws {
    #expect(try hosts([1, 2, 3, 4, 5], by: "bo", author: "bo") == nil)
    #expect(try hosts([1, 2, 3, 4, 5], by: "dependabot[bot]@users.noreply.github.com") == nil)
    #expect(try hosts([1, 2, 3, 4, 5], author: nil) == nil)
    let coauthored = try (1...5).map { try Change($0, by: "cy").coauthored(by: "bo").landed(9_990, by: "bo") }
    #expect(Judgement(coauthored, .defaults).hosts.isEmpty)
  }

  @Test func `a landing by nobody known makes no host`() throws {
    let changes = try (1...9).map { try Change($0, by: "cy").landed(9_990) }
    #expect(Judgement(changes, .defaults).hosts.isEmpty)
  }
}
