import Facts
import Rules
import Testing

struct PolicyTests {
  private func at(_ text: String) throws -> Instant { try #require(Instant(text: text)) }

  private func policy(selfApproval: Bool) -> Policy {
    Policy(delegation: DelegationPolicy(selfApproval: selfApproval))
  }

  @Test func `answers with the latest version not after the moment`() throws {
    let commit = try #require(ObjectName(hex: String(repeating: "1", count: 40)))
    let history = try #require(
      PolicyHistory([
        .init(from: try at("2025-01-01"), commit: commit, policy: policy(selfApproval: false)),
        .init(from: try at("2026-01-01"), commit: nil, policy: policy(selfApproval: true)),
      ]))
    let first = history.inForce(at: try at("2025-12-31T23:59:59Z"))
    #expect(first.version.commit == commit)
    #expect(!first.beforeFirst)
    #expect(history.inForce(at: try at("2025-01-01")).version.commit == commit)
    #expect(history.inForce(at: try at("2026-01-01")).policy.delegation.selfApproval)
    #expect(history.inForce(at: Instant(seconds: .max)).policy.delegation.selfApproval)
  }

  @Test func `applies the first version to what came before it, and says so`() throws {
    let history = try #require(
      PolicyHistory([.init(from: try at("2025-01-01"), commit: nil, policy: .defaults)]))
    #expect(history.inForce(at: try at("2024-12-31T23:59:59Z")).beforeFirst)
    #expect(!history.inForce(at: try at("2025-01-01")).beforeFirst)
  }

  @Test func `holds a version with a lying date from the moment of the one before`() throws {
    let history = try #require(
      PolicyHistory([
        .init(from: try at("2026-01-01"), commit: nil, policy: policy(selfApproval: false)),
        .init(from: try at("2020-01-01"), commit: nil, policy: policy(selfApproval: true)),
      ]))
    #expect(history.versions.map(\.from) == [try at("2026-01-01"), try at("2026-01-01")])
    #expect(history.inForce(at: try at("2026-01-01")).policy.delegation.selfApproval)
    #expect(history.inForce(at: try at("2025-01-01")).beforeFirst)
  }

  @Test func `has no history without a version, and one for all time from a folder`() {
    #expect(PolicyHistory([]) == nil)
    let always = PolicyHistory(always: .defaults)
    #expect(!always.inForce(at: Instant(seconds: .min)).beforeFirst)
    #expect(always.inForce(at: Instant(seconds: .max)).policy == .defaults)
  }

  @Test func `names the hosts of a path by its components, else by the roster`() throws {
    let policy = Policy(
      roster: Roster(teams: [
        .init(id: "core", isHost: true), .init(id: "net", isHost: true), .init(id: "guest"),
      ]),
      platform: Platform(components: [
        .init(id: "net", paths: try PathList(["net/**"]), host: "net"),
        .init(id: "tls", paths: try PathList(["net/tls/**"]), host: "guest", repositories: ["one"]),
      ]))
    #expect(policy.hostTeams(of: Array("net/a".utf8)) == ["net"])
    #expect(policy.hostTeams(of: Array("net/tls/a".utf8)) == ["guest", "net"])
    #expect(policy.hostTeams(of: Array("net/tls/a".utf8), in: "one") == ["guest", "net"])
    #expect(policy.hostTeams(of: Array("net/tls/a".utf8), in: "two") == ["net"])
    #expect(policy.hostTeams(of: Array("README".utf8)) == ["core", "net"])
    #expect(Policy.defaults.hostTeams(of: Array("README".utf8)) == [])
  }

  @Test func `asks for approvals by the last rule that matches a path`() throws {
    let policy = DelegationPolicy(approvals: [
      .init(paths: .everything, count: 1, from: [.platform, .delegated]),
      .init(paths: try PathList(["net/**", "!net/docs/**"]), count: 2, from: [.platform]),
    ])
    #expect(policy.approvalRule(for: Array("net/a".utf8)).count == 2)
    #expect(policy.approvalRule(for: Array("net/docs/a".utf8)).count == 1)
  }

  @Test func `still asks for an approval where no rule matches`() throws {
    let policy = DelegationPolicy(approvals: [.init(paths: try PathList(["docs/**"]), count: 0, from: [])])
    #expect(policy.approvalRule(for: Array("docs/a".utf8)).count == 0)
    #expect(policy.approvalRule(for: Array("src/a".utf8)) == .standard)
  }

  @Test func `lets delegates alone never suffice on protected paths`() throws {
    let policy = DelegationPolicy(
      approvals: [.init(paths: .everything, count: 0, from: [.delegated])],
      protected: try PathList(["policies/**"]))
    let rule = policy.approvalRule(for: Array("policies/roster.json5".utf8))
    #expect(rule.from == [.platform])
    #expect(rule.count == 1)
    #expect(policy.approvalRule(for: Array("src/a".utf8)).count == 0)
  }

  @Test func `defaults to the documented promises and criteria`() throws {
    let defaults = Policy.defaults
    #expect(defaults.stated.isEmpty)
    #expect(defaults.roster == nil)
    let objective = try #require(defaults.serviceLevels.objectives.first)
    #expect(objective.name == defaults.maturity.levelTwo.attainment)
    #expect(objective.target == .businessDays(2))
    #expect(defaults.serviceLevels.calendars.map(\.name) == [objective.calendar])
    #expect(defaults.maturity.window == 15_552_000)
    #expect(defaults.delegation.approvals == [.standard])
    #expect(defaults.delegation.minimumGrade.gate == .recorded)
    #expect(!defaults.delegation.selfApproval)
    #expect(!defaults.delegation.survivesTrivialRebase)
  }
}
