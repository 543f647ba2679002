import Foundation
import Support
import Testing

/// Approvals of a branch that was rebased afterwards, as reports tell them.
@Suite struct ReviewRebaseTests {
  /// A branch whose review `cy` approved; `main` moves on by a commit, and the branch is rebased and requested again.
  private func rebased(_ policy: String, meanwhile: [String: String]) throws -> (ReviewStory, String) {
    let story = try ReviewStory(branch: false)
    try story.fixture.commit("Policy", files: ["policies/delegation.json5": policy])
    try story.branchOff()
    let id = try story.request()
    try story.review(as: "cy", "approve", id)
    #expect(try story.approvals() == ["cy recorded counted"])
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.commit("Meanwhile", files: meanwhile)
    try story.fixture.git("checkout", "-q", "ada/cache")
    try story.fixture.git("rebase", "-q", "main")
    try story.request("-m", "Rebased")
    return (story, id)
  }

  private func policy(_ survives: Bool) -> String {
    "{ version: 1, survivesTrivialRebase: \(survives) }"
  }

  /// What `explain` says of the approval, with its text in one line.
  private func explained(_ story: ReviewStory, _ id: String) throws -> (approval: [String: Any], text: String)
  {
    story.run(as: "", ["explain", id, "--branch", "main", "--width", "200"])
    let text = story.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let approvals = try #require(try story.contribution()["approvals"] as? [[String: Any]])
    return (try #require(approvals.first), text)
  }

  @Test func `an approval passes on where only other files changed, and the reports say so`() throws {
    let (story, id) = try rebased(policy(true), meanwhile: ["other": "1\n"])
    let head = try story.fixture.git("rev-parse", "ada/cache")
    #expect(try story.approvals() == ["cy recorded counted"])
    let (approval, text) = try explained(story, id)
    #expect(approval["laterRevision"] as? String == head)
    #expect(approval["laterChange"] as? String == "same-change")
    #expect(approval["reason"] as? String == "member-of-host-team")
    #expect(
      text.contains("the later revision \(head.prefix(12)) makes the same change of the same contents"),
      "\(text)")
    #expect(try story.contribution()["authorised"] as? Bool == true)
    #expect(try story.contribution()["turn"] as? String == "landing")
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.git(
      "merge", "-q", "--no-ff", "-m", "Submitting \(id.replacing("/", with: " "))", "ada/cache")
    #expect(try story.contribution()["state"] as? String == "merged")
    #expect(try story.contribution()["level"] as? Int == 2)
    #expect(try story.approvals() == ["cy recorded counted"])
  }

  @Test func `it ends where the policy does not let it pass on`() throws {
    let (story, id) = try rebased(policy(false), meanwhile: ["other": "1\n"])
    #expect(try story.approvals() == ["cy recorded not counted"])
    let (approval, text) = try explained(story, id)
    #expect(approval["laterChange"] as? String == "not-compared")
    #expect(approval["reason"] as? String == "later-revision")
    #expect(text.contains("the policy lets no approval pass on"), "\(text)")
    #expect(try story.contribution()["turn"] as? String == "reviewers")
  }

  @Test func `it ends where the change is another one`() throws {
    let (story, id) = try rebased(policy(true), meanwhile: ["other": "1\n"])
    try story.fixture.commit("Sneak in", files: ["cache": "evil\n"])
    try story.fixture.git("reset", "-q", "--soft", "HEAD~2")
    try story.fixture.commit("Use cache")
    try story.request("-m", "Amended")
    #expect(try story.approvals() == ["cy recorded not counted"])
    let (approval, text) = try explained(story, id)
    #expect(approval["laterChange"] as? String == "other-change")
    #expect(text.contains("does not make the same change of the same contents"), "\(text)")
  }

  @Test func `it ends where the branch it is for touched the same file`() throws {
    let (story, _) = try rebased(policy(true), meanwhile: ["cache": "one\ntwo\n"])
    #expect(try story.approvals() == ["cy recorded not counted"])
  }
}
