import Facts
import Rules
import Testing

/// Who may approve which paths.
@Suite struct ReviewerChoiceTests {
  private func choice(
    _ paths: [String], _ policy: Policy, contributors: Set<PersonKey> = [], approved: Set<PersonKey> = [],
    owners: (String) -> [Int: OwnershipPlace] = { _ in [:] }
  ) -> ReviewerChoice {
    let roster = policy.roster ?? Roster()
    let people = roster.people.map { person in
      ReviewerChoice.Candidate(
        key: .handle(person.handle), name: person.name, teams: roster.teams(of: person, at: hour(20)).sorted()
      )
    }.sorted { $0.key < $1.key }
    let question = ReviewerChoice.Question(
      paths: paths, change: .init(branch: "refs/heads/main", pathCount: paths.count, kind: .other),
      contributors: contributors, approved: approved, asOf: hour(20))
    return ReviewerChoice(
      question, GrantChains(policy), people, load: [Int](repeating: 0, count: people.count), owners: owners)
  }

  private func names(_ need: ReviewerChoice.Need, _ choice: ReviewerChoice) -> [String] {
    need.entitled.map { choice.candidates[$0.person].key.description }
  }

  private func components(_ grants: [Grant] = []) throws -> Policy {
    var policy = try Policy.components()
    policy.delegation.granting = .init(teams: ["platform"], maxDepth: 2)
    policy.grants = grants
    return policy
  }

  @Test func `paths of the same people are told together, others apart`() throws {
    let found = choice(["docs/a", "docs/b", "net/http.c", "net/tls/key.c"], try components())
    #expect(found.needs.map(\.paths) == [["docs/a", "docs/b"], ["net/http.c"], ["net/tls/key.c"]])
    #expect(found.needs.map(\.count) == [1, 1, 2])
    #expect(names(found.needs[0], found) == ["dee"])
    #expect(names(found.needs[1], found) == ["ben", "bo", "gus"])
    #expect(found.needs.map(\.components) == [["docs"], ["network"], ["network"]])
  }

  @Test func `the smallest set serves all of them`() throws {
    let found = choice(["docs/a", "net/http.c", "net/tls/key.c"], try components())
    let sets = found.cover.sets.map { $0.map { found.candidates[$0].key.description } }
    #expect(sets == [["ben", "bo", "dee"], ["ben", "dee", "gus"], ["bo", "dee", "gus"]])
  }

  @Test func `a grant makes its holder one of them, with the chain and its end`() throws {
    let found = choice(["docs/a"], try components([try GrantTests.grant("docs", to: "cy", until: 99)]))
    #expect(names(found.needs[0], found) == ["cy", "dee"])
    #expect(found.needs[0].entitled[0].authority == .delegated(["docs"], until: hour(99)))
    // Not where the host team alone decides.
    let tls = choice(["net/tls/key.c"], try components([try GrantTests.grant("all", to: "cy", ["**"])]))
    #expect(names(tls.needs[0], tls) == ["ben", "bo", "gus"])
    #expect(tls.needs[0].reviewers.map { tls.candidates[$0].key.description } == ["cy"])
  }

  @Test func `limits of a grant hold for the change asked about`() throws {
    var grant = try GrantTests.grant("docs", to: "cy")
    grant.limits.paths = 1
    let one = choice(["docs/a"], try components([grant]))
    #expect(names(one.needs[0], one) == ["cy", "dee"])
    let two = choice(["docs/a", "docs/b"], try components([grant]))
    #expect(names(two.needs[0], two) == ["dee"])
  }

  @Test func `whoever wrote part of it does not approve it, and is named`() throws {
    let found = choice(["docs/a"], try components(), contributors: [.handle("dee")])
    #expect(names(found.needs[0], found) == [])
    #expect(found.needs[0].contributors.map { found.candidates[$0].key.description } == ["dee"])
    #expect(found.needs[0].isBlocked)
    #expect(found.cover.sets == [])
    var lenient = try components()
    lenient.delegation.selfApproval = true
    let own = choice(["docs/a"], lenient, contributors: [.handle("dee")])
    #expect(names(own.needs[0], own) == ["dee"])
    lenient.delegation.floors = [.init(paths: .everything, count: 1, from: [.platform, .delegated])]
    #expect(choice(["docs/a"], lenient, contributors: [.handle("dee")]).needs[0].isBlocked)
  }

  @Test func `approvals that count already are not asked for again`() throws {
    let found = choice(["net/tls/key.c"], try components(), approved: [.handle("bo")])
    #expect(found.needs[0].open == 1)
    #expect(names(found.needs[0], found) == ["ben", "gus"])
    #expect(found.cover.sets.first?.count == 1)
    let done = choice(["net/http.c"], try components(), approved: [.handle("bo")])
    #expect(done.cover.sets == [[]])
  }

  @Test func `a path that nobody may approve names who came nearest`() throws {
    var policy = try components([try GrantTests.grant("old", to: "cy", ["docs/**"], until: 10)])
    policy.platform.components[0].host = "retail2"
    let found = choice(["docs/a"], policy)
    let nearest = try #require(found.needs[0].nearest)
    #expect(found.needs[0].isBlocked)
    #expect(found.candidates[nearest.person].key == .handle("cy"))
    #expect(nearest.miss == .expired("old", at: hour(10)))
  }

  @Test func `owners by file approve where the host team may`() throws {
    let place = OwnershipPlace(file: "CODEOWNERS", line: 3)
    let found = choice(["docs/a"], try components()) { _ in [3: place] }
    #expect(names(found.needs[0], found) == ["cy", "dee"])
    #expect(found.needs[0].entitled.contains { $0.authority == .owner(place) })
  }

  @Test func `a change of the policy needs what the gate asks of one`() throws {
    var policy = try components([try GrantTests.grant("all", to: "cy", ["**"])])
    policy.delegation.gate.policyChange = .init(paths: .everything, count: 2, from: [.platform])
    let found = choice(["policies/roster.json5"], policy)
    #expect(found.needs[0].count == 2)
    #expect(found.needs[0].from == [.platform])
    #expect(!names(found.needs[0], found).contains("cy"))
  }

  @Test func `nothing is asked for where the policy asks for nothing`() throws {
    var policy = try components()
    policy.delegation.approvals.append(.init(paths: try PathList(["docs/**"]), count: 0, from: []))
    let found = choice(["docs/a"], policy)
    #expect(found.needs[0].open == 0)
    #expect(found.cover.sets == [[]])
  }
}
