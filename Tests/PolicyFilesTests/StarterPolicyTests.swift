import Facts
import Foundation
import Rules
import Testing

@testable import PolicyFiles

struct StarterPolicyTests {
  private func load() throws -> Policy {
    let (policy, problems) = PolicyFiles.load(try StarterFiles.all())
    #expect(problems.map(\.description) == [])
    return try #require(policy)
  }

  @Test func `loads every shipped policy without a problem`() throws {
    #expect(try StarterFiles.all().count == 7)
    #expect(try load().stated == Set(Policy.Part.allCases))
    for file in try StarterFiles.all() where !file.path.contains("/") {
      let errors = PolicyFiles.load([file]).problems.filter { $0.severity == .error }
      let isAlone = ["maturity.json5", "platform.json5", "roster.json5", "delegation.json5"].contains(
        file.path)
      #expect(errors.isEmpty || !isAlone, "\(errors)")
    }
  }

  @Test func `reads the roster`() throws {
    let roster = try #require(try load().roster)
    #expect(roster.teams.map(\.id) == ["platform", "retail", "payments", "checkout"])
    #expect(
      roster.team("payments") == Roster.Team(id: "payments", name: "Payments", parent: "retail", lead: "cy"))
    let ada = try #require(roster.resolve(Identity(name: "", email: "9+ADA-L@users.noreply.github.com")))
    let change = try #require(Instant(text: "2026-03-01"))
    #expect(roster.teams(of: ada, at: change.advanced(by: -1)) == ["payments"])
    #expect(roster.teams(of: ada, at: change) == ["platform"])
    let dee = Identity(name: "Dee", email: "dee@checkout.example.org")
    #expect(roster.teams(of: dee, at: change) == ["checkout"])
    #expect(roster.teams(of: dee, at: try #require(Instant(text: "2025-05-31"))) == [])
    #expect(roster.person(handle: "deployer")?.isBot == true)
    #expect(roster.bots.map(\.text) == ["renovate*", "ci@example.org"])
  }

  @Test func `reads the platform`() throws {
    let platform = try load().platform
    #expect(platform.repositories.map(\.branches) == [["main"], ["main", "stable"]])
    #expect(platform.components.map(\.id) == ["network", "docs", "client-go"])
    #expect(platform.components(of: Array("net/docs/a.md".utf8)).map(\.id) == ["docs"])
    #expect(platform.components(of: Array("net/a.c".utf8)).map(\.id) == ["network"])
    #expect(platform.components(of: Array("go/a.go".utf8), in: "platform").isEmpty)
    #expect(platform.components(of: Array("go/a.go".utf8), in: "clients").map(\.id) == ["client-go"])
    #expect(platform.ownership == .codeOwners)
    #expect(platform.hosts == ["platform"])
  }

  @Test func `reads the service levels`() throws {
    let levels = try load().serviceLevels
    #expect(levels.calendars.map(\.name) == ["berlin", "austin", "global"])
    #expect(levels.calendars[2].kind == .union(["berlin", "austin"]))
    guard case .region(let berlin) = levels.calendars[0].kind,
      case .region(let austin) = levels.calendars[1].kind
    else {
      Issue.record("not regions")
      return
    }
    #expect(berlin.hours[5] == [.init(from: 540, until: 720), .init(from: 780, until: 960)])
    #expect(berlin.hours[6] == nil)
    #expect(austin.hours[6] == [.init(from: 1320, until: 1560)])
    #expect(berlin.exceptions[try #require(CivilDate("2026-12-31"))] == [])
    #expect(berlin.freezes.map { "\($0.from) \($0.until)" } == ["2026-12-27 2027-01-03"])
    #expect(
      levels.objectives.map(\.target) == [
        .workingTime(seconds: 28_800), .businessDays(2), .workingTime(seconds: 1_209_600),
      ])
    #expect(
      levels.objectives[0].appliesTo
        == .init(origins: [.external], components: ["network"], teams: ["payments"]))
    #expect(levels.objectives.map(\.calendar) == ["berlin", "global", "24x7"])
    #expect(levels.objectives[0].atRisk == 0.75)
    #expect(levels.escalation.map(\.action) == [.remindReviewers, .nameLead, .widenApprovers])
    #expect(levels.escalation[2].paths.entries.map(\.text) == ["docs/**"])
  }

  @Test func `reads maturity, delegation, grants and waivers`() throws {
    let policy = try load()
    #expect(policy.maturity == .defaults)
    #expect(policy.delegation.approvals.map(\.count) == [1, 2])
    #expect(policy.delegation.approvals[1].from == [.platform])
    #expect(policy.delegation.survivesTrivialRebase)
    #expect(policy.delegation.protected.matches("policies/roster.json5"))
    #expect(policy.delegation.granting?.maxDuration == 31_536_000)
    #expect(
      policy.delegation.ladders == [
        .init(
          name: "reviewer", landed: 5, reviews: 20, months: 3, agreement: 0.8, activeWithin: 7_776_000,
          reverted: 1)
      ])
    #expect(policy.delegation.floors.map(\.count) == [1])
    #expect(policy.delegation.granting?.grace == 2_592_000)
    #expect(policy.delegation.automatic.map(\.most) == [5])
    #expect(policy.delegation.automatic[0].limits == Grant.Limits(paths: 20))
    #expect(policy.delegation.gate.branches?.matches("refs/heads/stable") == true)
    #expect(policy.delegation.gate.tags.matches("refs/tags/v1.2"))
    #expect(policy.delegation.ladder("kubernetes-approver")?.holds == .review)
    #expect(policy.delegation.automatic.map(\.duration) == [15_552_000])
    #expect(policy.grants.map(\.id) == ["docs-cy"])
    #expect(policy.grants[0].grantee == .person("cy"))
    #expect(policy.grants[0].verbs == [.review, .approve])
    #expect(policy.waivers.map(\.contribution) == ["pr/76"])
    #expect(policy.waivers[0].period.until == Instant(text: "2026-05-20"))
  }

  @Test func `keeps the default of a criterion left out, and drops one that is null`() throws {
    let text = "{ version: 1, levels: { '2': { externalLanded: 9, reviewedShare: null } } }"
    let maturity = try #require(PolicyFiles.load([("maturity.json5", Array(text.utf8))]).policy).maturity
    #expect(maturity.levelTwo == .init(externalLanded: 9, reviewedShare: nil))
    #expect(maturity.levelThree == MaturityPolicy.defaults.levelThree)
    #expect(maturity.window == MaturityPolicy.defaults.window)
  }

  @Test func `gives a grant to a team where the name is a team's`() throws {
    let roster = "{ version: 1, teams: { docs: {} }, people: { bo: { logins: ['bo'] } } }"
    let grant =
      "{ version: 1, id: 'g', grantee: 'docs', verbs: ['review'], paths: ['a'], grantedBy: 'bo', reason: 'x' }"
    let loaded = PolicyFiles.load([
      ("roster.json5", Array(roster.utf8)), ("grants/g.json5", Array(grant.utf8)),
    ])
    #expect(loaded.policy?.grants.map(\.grantee) == [.team("docs")])
    #expect(loaded.policy?.grants.map(\.period) == [.always])
  }
}

struct SchemaTests {
  /// The object schema behind a shape.
  private func definition(_ shape: Shape) throws -> [String: Any] {
    let schema = try StarterFiles.schema(shape.schema)
    guard !shape.definition.isEmpty else { return schema }
    let definitions = try #require(schema["$defs"] as? [String: Any])
    return try #require(definitions[shape.definition] as? [String: Any], "no $defs/\(shape.definition)")
  }

  @Test(arguments: Shape.all)
  func `lists exactly the keys the decoder knows`(shape: Shape) throws {
    let definition = try definition(shape)
    let properties = try #require(definition["properties"] as? [String: Any])
    #expect(properties.keys.sorted() == shape.keys.sorted())
    #expect(definition["required"] as? [String] ?? [] == shape.required.map(\.name))
    #expect(definition["additionalProperties"] as? Bool == false)
  }

  @Test func `has a shape for every closed object of every schema`() throws {
    var described: Set<String> = []
    let folder = StarterFiles.folder.appendingPathComponent("schema").path
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let name = String(file.dropLast(".schema.json".count))
      let schema = try StarterFiles.schema(name)
      #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
      described.insert(name + "/")
      for (key, value) in schema["$defs"] as? [String: Any] ?? [:] {
        if (value as? [String: Any])?["properties"] != nil { described.insert("\(name)/\(key)") }
      }
    }
    #expect(described == Set(Shape.all.map { "\($0.schema)/\($0.definition)" }))
  }

  @Test(arguments: [
    ("service-levels", "objective", "clock", ServiceLevels.Clock.allCases.map(\.rawValue)),
    ("service-levels", "escalationStep", "do", ServiceLevels.Escalation.Action.allCases.map(\.rawValue)),
    ("platform", "", "ownership", OwnershipFormat.allCases.map(\.rawValue)),
  ])
  func `lists exactly the words the decoder knows`(
    schema: String, definition: String, key: String, words: [String]
  ) throws {
    let whole = try StarterFiles.schema(schema)
    let object =
      definition.isEmpty ? whole : (whole["$defs"] as? [String: Any])?[definition] as? [String: Any] ?? [:]
    let property = (object["properties"] as? [String: Any])?[key] as? [String: Any]
    #expect(property?["enum"] as? [String] == words)
  }
}
