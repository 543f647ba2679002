import Facts
import Git
import Support
import Testing

@testable import Harvest

struct GerritVoteTests {
  private func server(_ votes: [(Int, [String])]) throws -> GerritServer {
    let server = try GerritServer()
    server.create(1, by: 7)
    for (place, (account, footers)) in votes.enumerated() {
      server.update(1, by: account, Int64(place + 1), footers)
    }
    return server
  }

  private func story(_ votes: [(Int, [String])]) throws -> [String] {
    Array(try server(votes).harvest().story(1).dropFirst(2))
  }

  @Test(arguments: [
    ("Code-Review=+2", "approve Code-Review2 on 2"), ("Code-Review=+1", "neutral Code-Review1 on 2"),
    ("Code-Review=-1", "neutral Code-Review-1 on 2"), ("Code-Review=-2", "reject Code-Review-2 on 2"),
    ("Verified=+1", "label Verified1"), ("Code-Review=+3", "approve Code-Review3 on 2"),
  ])
  func `the highest vote approves, the lowest rejects, those between are neutral`(vote: String, words: String)
    throws
  {
    #expect(try story([(8, ["Patch-set: 1", "Label: \(vote)"])]) == ["1 8 \(words)"])
  }

  @Test func `a vote is withdrawn by zero, by removal and with its reviewer`() throws {
    let eight = GerritServer.ident(8)
    let found = try story([
      (8, ["Patch-set: 1", "Label: Code-Review=+2"]), (8, ["Patch-set: 1", "Label: Code-Review=0"]),
      (8, ["Patch-set: 1", "Label: Code-Review=-2"]), (9, ["Patch-set: 1", "Label: -Code-Review \(eight)"]),
      (8, ["Patch-set: 1", "Label: Code-Review=+1", "Label: Verified=+1"]),
      (9, ["Patch-set: 1", "Removed: \(eight)"]),
    ])
    #expect(
      found == [
        "1 8 approve Code-Review2 on 2", "2 8 withdrawn Code-Review0", "3 8 reject Code-Review-2 on 2",
        "4 8 withdrawn Code-Review0", "5 8 neutral Code-Review1 on 2", "5 8 label Verified1", "6 9 removes 8",
        "6 8 withdrawn Code-Review0", "6 8 label Verified0",
      ])
  }

  @Test func `a zero without a vote before takes nothing back`() throws {
    #expect(
      try story([(8, ["Patch-set: 1", "Reviewer: \(GerritServer.ident(8))", "Label: Code-Review=0"])]).isEmpty
    )
  }

  @Test func `a vote on behalf of somebody is that person's`() throws {
    let found = try story([(8, ["Patch-set: 1", "Label: Code-Review=+2 \(GerritServer.ident(9))"])])
    #expect(found == ["1 9 approve Code-Review2 on 2"])
  }

  @Test func `copied votes are carried, not given again`() throws {
    let uuid = String(repeating: "a", count: 40)
    let found = try story([
      (8, ["Patch-set: 1", "Label: Code-Review=+2, \(uuid)"]),
      (
        7,
        [
          "Patch-set: 2", "Commit: \(GerritServer.nextPatchSet)",
          "Copied-Label: Code-Review=+2, \(uuid) \(GerritServer.ident(8)),\(GerritServer.ident(9)) :\"t a,g\"",
          "Copied-Label: Verified=+1, \(uuid) \(GerritServer.ident(9))",
        ]
      ),
    ])
    #expect(
      found == ["1 8 approve Code-Review2 on 2", "2 7 revision 3", "2 8 carried approve Code-Review2 to 3"])
  }

  @Test func `votes that a submit writes once more for its patch set are carried`() throws {
    let found = try story([
      (8, ["Patch-set: 1", "Label: Code-Review=+1"]),
      (
        9,
        [
          "Patch-set: 2", "Commit: \(GerritServer.nextPatchSet)", "Status: merged",
          "Label: Code-Review=+1 \(GerritServer.ident(8))", "Label: Code-Review=+2", "Label: SUBM=+1",
        ]
      ),
    ])
    #expect(
      found == [
        "1 8 neutral Code-Review1 on 2", "2 9 revision 3", "2 8 carried neutral Code-Review1 to 3",
        "2 9 approve Code-Review2 on 3", "2 9 landed 3",
      ])
  }

  @Test(arguments: [
    ("Code-Review=+2", "Code-Review", 2, ""), ("Code-Review=-1", "Code-Review", -1, ""),
    ("A-1=0", "A-1", 0, ""),
    ("L=+1, 3333333333333333333333333333333333333333", "L", 1, ""),
    ("L=+1, 3333333333333333333333333333333333333333 Ada Ray <7@s>", "L", 1, "Ada Ray <7@s>"),
    ("L=+1 Ray, Ada <7@s>", "L", 1, "Ray, Ada <7@s>"), ("L=+1 A <7@s>,B <8@s> :\"x\"", "L", 1, "A <7@s>"),
  ])
  func `reads the grammar of votes`(text: String, label: String, value: Int, voter: String) throws {
    let footer = try #require(LabelFooter(text))
    #expect(footer.label == label)
    #expect(footer.value == value)
    #expect(footer.voter.text == voter)
    #expect(!footer.isRemoval)
  }

  @Test(arguments: ["", "=+1", "L=", "L=+", "L=99999", "L", "L:+1", "-", "L =+1"])
  func `what is no vote is refused`(text: String) { #expect(LabelFooter(text) == nil) }

  @Test func `the project's own review labels and ranges count`() throws {
    let config = """
      [project]
      \tdescription = x
      [label "Code-Review"]
      \tvalue = -1 No
      \tvalue = 0 None
      \tvalue = +1 Yes
      [label "API-Review"]
      \tvalue = 0 None
      \tvalue = +1 Fine
      [label "Verified"]
      \tvalue = +1 Yes
      \tvalue = -1 No
      """
    let labels = ReviewLabels(projectConfig: Array(config.utf8))
    func opinion(_ label: String, _ value: Int) -> Opinion? {
      labels.opinion(GerritVote(label: label, value: value, voter: nil))
    }
    #expect(opinion("Code-Review", 1) == .approve)
    #expect(opinion("Code-Review", -1) == .reject)
    #expect(opinion("API-Review", 1) == .approve)
    #expect(opinion("Verified", 1) == nil)
  }

  @Test func `labels are read from the project's configuration in the repository`() throws {
    let server = try server([(8, ["Patch-set: 1", "Label: Code-Review=+1"])])
    try server.fixture.git("checkout", "-q", "--orphan", "config")
    try server.fixture.commit(
      "Config", files: ["project.config": "[label \"Code-Review\"]\n value = -1 No\n value = +1 Yes\n"])
    try server.fixture.git("update-ref", "refs/meta/config", "HEAD")
    try server.fixture.git("checkout", "-q", "main")
    #expect(try server.harvest().story(1).last == "1 8 approve Code-Review1 on 2")
  }

  @Test func `the votes that stand on the last patch set are known with their voters`() throws {
    var change = GerritChange(number: 1, ref: GerritServer.ref(1))
    let (eight, nine) = (GerritServer.account(8), GerritServer.account(9))
    for (place, votes) in [
      [GerritVote(label: "L", value: 1, voter: eight), GerritVote(label: "L", value: 1, voter: nine)],
      [GerritVote(label: "L", value: -1, voter: eight), GerritVote(label: "SUBM", value: 1, voter: nine)],
      [GerritVote(label: "L", value: 0, voter: nine)],
    ].enumerated() {
      var update = GerritUpdate(commit: server(id: place), time: Instant(seconds: Int64(place)), actor: eight)
      update.patchSet = 3
      update.votes = votes
      change.updates.append(update)
    }
    #expect(change.votes(onPatchSet: 3) == [GerritVote(label: "L", value: -1, voter: eight)])
    #expect(change.votes(onPatchSet: 2).isEmpty)
  }

  private func server(id: Int) -> ObjectName { ObjectName(high: 0, middle: 0, low: UInt32(id)) }
}
