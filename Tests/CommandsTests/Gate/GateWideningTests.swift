import Git
import Harvest
import Support
import Testing

/// A missed promise lets delegates act alone, in real pushes.
@Suite struct GateWideningTests {
  /// `docs` is the platform's alone until a first review is late by twice its promise.
  private static let levels = """
    { version: 1,
      objectives: [{ name: "first-review", clock: "first-review", target: "8h", calendar: "24x7", share: 0.9, window: "28d" }],
      escalation: [{ at: 2.0, do: "widen-approvers", paths: ["docs/**"] }] }
    """

  /// A change of some files that is asked to be reviewed so many hours ago, and approved by a delegate with a grant for
  /// everything.
  private func server(
    waiting hours: Int64, _ files: [String: String], delegation: String = "", levels: String = levels,
    approved: Int64 = 600
  ) throws -> GateServer {
    let rule = "{ paths: [\"docs/**\"], count: 1, from: [\"platform\"] }, { paths: [\"net/tls/**\"], count: 2"
    let policy = GatePolicyFiles.delegation(more: delegation)
      .replacing("{ paths: [\"net/tls/**\"], count: 2", with: rule)
    let server = try GateServer([
      "policies/service-levels.json5": levels, "policies/delegation.json5": policy,
      "policies/grants/docs-di.json5": GatePolicyFiles.grant("docs-di", to: "di", paths: "docs/**"),
    ])
    try server.branch("topic")
    let commit = try server.commit("guide", files)
    expectTaken(try server.push("topic:topic", by: "cy"))
    try server.plant([(commit, server.requestLine(age: hours * 3_600))], ref: GateServer.reviews)
    try server.plant([(commit, server.verdictLine(commit, by: "di", age: approved))], ref: GateServer.discuss)
    return server
  }

  @Test func `a delegate decides alone once the step is reached, and not an hour before`() throws {
    let late = try server(waiting: 17, ["docs/guide": "new\n"])
    expectTaken(try late.push("topic:main", by: "cy"))
    let early = try server(waiting: 15, ["docs/guide": "new\n"])
    expectRefused(
      try early.push("topic:main", by: "cy"), "not-approved: docs/guide: needs 1 approval from platform")
  }

  @Test func `a review in time keeps the promise, so that its delegate does not decide alone`() throws {
    let server = try server(waiting: 17, ["docs/guide": "new\n"], approved: 16 * 3_600)
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
  }

  @Test func `nothing else is widened`() throws {
    for path in ["lib/a", "policies/platform.json5"] {
      let server = try server(waiting: 100, ["docs/guide": "new\n", path: "{ version: 1 }\n"])
      expectRefused(try server.push("topic:main", by: "cy"), "not-approved: \(path)")
    }
  }

  @Test func `neither a protected path nor a floor gives way`() throws {
    let levels = Self.levels.replacing("\"docs/**\"", with: "\"**\"")
    let secret = try server(waiting: 100, ["net/tls/key": "new\n"], levels: levels)
    expectRefused(try secret.push("topic:main", by: "cy"), "not-approved: net/tls/key")
    let floor = "floors: [{ paths: [\"docs/**\"], count: 1, from: [\"platform\"] }],"
    let floored = try server(waiting: 100, ["docs/guide": "new\n"], delegation: floor, levels: levels)
    expectRefused(try floored.push("topic:main", by: "cy"), "not-approved: docs/guide")
    let open = try server(waiting: 100, ["docs/guide": "new\n"], levels: levels)
    expectTaken(try open.push("topic:main", by: "cy"))
  }

  @Test func `without such a step a promise that was missed changes nothing`() throws {
    let levels = Self.levels.replacing("widen-approvers\", paths: [\"docs/**\"]", with: "name-lead\"")
    let server = try server(waiting: 1_000, ["docs/guide": "new\n"], levels: levels)
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
  }

  @Test func `an answer of the platform in time ends the wait`() throws {
    let server = try server(waiting: 17, ["docs/guide": "new\n"])
    let commit = try server.id("topic")
    // A review on the code, seven hours after the request.
    var comment = server.verdict(commit, by: "bo", age: 10 * 3_600)
    comment.resolved = nil
    comment.description = "Which one?"
    comment.location?.path = "docs/guide"
    try server.plant([(commit, comment.text)], ref: GateServer.discuss)
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
  }
}
