import Facts
import Git
import Harvest
import Testing

/// Approvals that an import took over from a forge.
@Suite struct GateImportAttackTests {
  private func start(_ named: String = "\"forge-import\"") throws -> (server: GateServer, commit: ObjectID) {
    let server = try GateServer([
      "policies/roster.json5": GateChange.roster,
      "policies/delegation.json5": GatePolicyFiles.delegation(gate: "approvalsFrom: [\(named)],"),
    ])
    let commit = try server.proposal()
    try server.plant([(commit, request(server))], ref: GateServer.reviews)
    return (server, commit)
  }

  private func request(_ server: GateServer) -> String {
    let mark = #""forge":"github","id":"o","request":"pull/7","event":"opened"}"#
    return String(server.requestLine().dropLast()) + "," + mark
  }

  /// What an import writes of a review on a forge.
  private func review(
    _ server: GateServer, _ commit: ObjectID, by who: String = "al-l", _ resolved: Bool? = true,
    age: Int64 = 3_600,
    event: ForgeMark.Event = .review, original: AppraiseComment? = nil, label: String = ""
  ) -> AppraiseComment {
    var record = server.verdict(commit, by: who, age: age, original: original)
    record.resolved = resolved
    var mark = ForgeMark(forge: "github", request: "pull/7", id: "r\(age)", event: event)
    mark.label = label
    mark.value = label.isEmpty ? "" : "+2"
    record.mark = mark
    return record
  }

  @Test func `a review on a forge counts where the policy names imports`() throws {
    let (server, commit) = try start()
    try server.plant([(commit, review(server, commit).text)], ref: GateServer.discuss)
    let check = try server.check()
    #expect(check.json.contains(#""source": "forge-import""#), "\(check.json)")
    expectTaken(try server.push("topic:main", by: "cy"))

    let (other, same) = try start("\"git-appraise\"")
    try other.plant([(same, review(other, same).text)], ref: GateServer.discuss)
    expectRefused(
      try other.push("topic:main", by: "cy"), "the policy does not name forge-import in gate.approvalsFrom")
  }

  @Test func `nobody but the import's service brings reviews by others`() throws {
    let (server, commit) = try start()
    try server.git(
      ["fast-import", "--quiet"],
      stdin: GateServer.notes([commit: [review(server, commit).text]], GateServer.discuss))
    expectRefused(try server.push(GateServer.discuss, by: "cy"), "speaks for al-l")
    expectTaken(try server.push(GateServer.discuss, by: "gerrit@x.org"))
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a dismissed, withdrawn or replaced review does not count, one with other words does`() throws {
    let refused: [(words: String, record: (GateServer, ObjectID, AppraiseComment) -> AppraiseComment)] = [
      ("it was taken back", { self.review($0, $1, nil, age: 60, original: $2) }),
      (
        "it was taken back",
        { server, commit, _ in self.review(server, commit, nil, age: 60, event: .withdrawn) }
      ),
      (
        "the same person rejected",
        { server, commit, _ in self.review(server, commit, by: "al@home.org", false, age: 60) }
      ),
      ("the record was changed afterwards", { self.review($0, $1, by: "cy", nil, age: 60, original: $2) }),
    ]
    for (words, record) in refused {
      let (server, commit) = try start()
      let given = review(server, commit)
      try server.plant(
        [(commit, given.text), (commit, record(server, commit, given).text)], ref: GateServer.discuss)
      expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide", words)
    }
    let (server, commit) = try start()
    let given = review(server, commit)
    var edited = review(server, commit, age: 60, original: given)
    edited.description = "Well done."
    try server.plant([(commit, given.text), (commit, edited.text)], ref: GateServer.discuss)
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `a dismissal that another import wrote on another commit counts too`() throws {
    let (server, commit) = try start()
    let main = try server.id("origin/main")
    try server.plant([(commit, review(server, commit).text)], ref: GateServer.discuss)
    try server.plant([(main, request(server))], ref: GateServer.reviews)
    try server.plant(
      [(main, review(server, commit, nil, age: 60, event: .withdrawn).text)], ref: GateServer.discuss)
    expectRefused(try server.push("topic:main", by: "cy"), "it was taken back")
  }

  @Test func `a vote on another label, or what a build wrote, is no approval`() throws {
    let (server, commit) = try start()
    let lines = [
      review(server, commit, age: 50, event: .vote, label: "Verified"),
      review(server, commit, age: 60, event: .automatic), review(server, commit, age: 70, event: .comment),
    ]
    try server.plant(lines.map { (commit, $0.text) }, ref: GateServer.discuss)
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: docs/guide")
    try server.plant(
      [(commit, review(server, commit, age: 80, event: .vote, label: "Code-Review").text)],
      ref: GateServer.discuss)
    expectTaken(try server.push("topic:main", by: "cy"))
  }
}
