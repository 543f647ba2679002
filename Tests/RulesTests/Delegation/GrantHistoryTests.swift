import Facts
import Rules
import Testing

/// Grants that nobody entitled brought to the branch.
@Suite struct GrantHistoryTests {
  private let people: People
  private let names: [String: PersonID]

  init() throws {
    let seen = ["bo", "cy", "dee", "gus"].map(identity)
    let people = People(seen, directory: Directory(seen: seen, roster: .example))
    self.people = people
    names = Dictionary(
      uniqueKeysWithValues: seen.compactMap { who in people.id(of: who).map { (who.name, $0) } })
  }

  /// The flaws of each version, where version n was brought in hour n · 10 by these people.
  private func flaws(_ versions: [[Grant]], by bringers: [[String]]) throws -> [[String: GrantFlaw]] {
    let digits: [Character] = ["0", "1", "2", "3", "4"]
    let policies = try #require(
      PolicyHistory(
        try versions.enumerated().map { place, grants in
          .init(
            from: hour(Int64(place) * 10), commit: try object(digits[place]),
            policy: GrantTests.policy(grants))
        }))
    let commits = try digits.map(object)
    let history = GrantHistory(policies) { commit in
      commits.firstIndex(of: commit).map { bringers[$0].map { .handle($0) } } ?? []
    }
    return versions.indices.map(history.flaws)
  }

  @Test func `the first version is taken on trust, later ones need somebody entitled before`() throws {
    let one = try GrantTests.grant("one", to: "cy")
    let two = try GrantTests.grant("two", to: "dee")
    #expect(try flaws([[one], [one, two]], by: [["cy"], ["bo"]]) == [[:], [:]])
    #expect(
      try flaws([[one], [one, two]], by: [["cy"], ["cy"]]) == [[:], ["two": .broughtByNobodyEntitled]])
    #expect(try flaws([[one], [one, two]], by: [["cy"], ["cy", "bo"]]) == [[:], [:]])
  }

  @Test func `a change never authorises itself, nor does a flaw heal by waiting`() throws {
    let own = try GrantTests.grant("own", to: "cy", by: "dee")
    let upper = try GrantTests.grant("upper", to: "dee", verbs: [.approve, .delegate], depth: 1)
    let all = try flaws([[], [own, upper], [own, upper]], by: [["bo"], ["dee"], ["bo"]])
    #expect(all[1] == ["own": .broughtByNobodyEntitled, "upper": .broughtByNobodyEntitled])
    #expect(all[2] == all[1])
  }

  @Test func `whoever may pass a right on may bring the grant that does so`() throws {
    let upper = try GrantTests.grant("upper", to: "dee", verbs: [.approve, .delegate], depth: 1)
    let lower = try GrantTests.grant("lower", to: "cy", by: "dee")
    #expect(try flaws([[upper], [upper, lower]], by: [["bo"], ["dee"]])[1] == [:])
    #expect(
      try flaws([[upper], [upper, lower]], by: [["bo"], ["cy"]])[1] == ["lower": .broughtByNobodyEntitled])
  }

  @Test func `widening a grant needs the same right as making it`() throws {
    let narrow = try GrantTests.grant("docs", to: "cy")
    let wide = try GrantTests.grant("docs", to: "cy", ["**"])
    #expect(try flaws([[narrow], [wide]], by: [["bo"], ["cy"]])[1] == ["docs": .broughtByNobodyEntitled])
    #expect(try flaws([[narrow], [wide]], by: [["bo"], ["bo"]])[1] == [:])
  }

  @Test func `an id that was taken away is not used again`() throws {
    let grant = try GrantTests.grant("docs", to: "cy")
    #expect(try flaws([[grant], [], [grant]], by: [["bo"], ["bo"], ["bo"]])[2] == ["docs": .idReused])
  }
}
