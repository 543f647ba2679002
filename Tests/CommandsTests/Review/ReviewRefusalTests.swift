import Commands
import Facts
import Foundation
import Git
import Support
import Testing

@Suite struct ReviewRefusalTests {
  @Test func `needs a repository with a change in it`() throws {
    let story = try ReviewStory(branch: false)
    let empty = try TemporaryRepository()
    let nothing = story.fixture.folder + "/nothing"
    try FileManager.default.createDirectory(atPath: nothing, withIntermediateDirectories: true)
    #expect(try story.refusal(as: "ada", "request", in: nothing).contains("not a Git repository"))
    #expect(
      try story.refusal(as: "ada", "request", in: empty.path).contains("refs/heads/main has no commit yet"))
    #expect(
      try story.refusal(as: "bo", "approve", "review/1a2b3c4d", in: empty.path).contains(
        "`git fetch origin 'refs/notes/devtools/*:refs/notes/devtools/*'`"))
    #expect(try story.refusal(as: "ada", "request").contains("is the branch that changes are meant for"))
    try story.fixture.git("checkout", "-q", "-b", "same")
    #expect(
      try story.refusal(as: "ada", "request").contains(
        "refs/heads/same has nothing that refs/heads/main lacks"))
    try story.fixture.git("checkout", "-q", "--orphan", "other")
    try story.fixture.commit("Else")
    #expect(try story.refusal(as: "ada", "request").contains("have no commit in common"))
    #expect(
      try story.refusal(as: "ada", "request", "--target", "trunk").contains(
        "there is no branch refs/heads/trunk"))
    #expect(try story.refusal(as: "ada", "request", "--head", "nobody").contains("'nobody' is no branch"))
    try story.fixture.git("branch", "master")
    #expect(try story.refusal(as: "ada", "request").contains("which branch is the change meant for?"))
  }

  @Test func `reviews a single commit without a branch, and no more than one`() throws {
    let story = try ReviewStory()
    try story.fixture.git("checkout", "-q", "--detach")
    let reason = try story.refusal(as: "ada", "request")
    #expect(reason.contains("brings 2 commits to refs/heads/main, and a review without a branch is of one"))
    let one = try story.fixture.git("rev-parse", "HEAD~1")
    let id = try story.request("--head", one)
    #expect(try story.lines(ReviewStory.reviews, on: one)[0].contains("\"reviewRef\"") == false)
    #expect(try story.review(as: "bo", "approve", id)["revision"] as? String == one)
  }

  @Test func `tells a shallow clone from one that holds the whole change`() throws {
    let story = try ReviewStory()
    let clone = story.fixture.folder + "/clone"
    let url = "file://" + story.path
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.git("clone", "-q", "--depth", "1", "--no-single-branch", url, clone)
    try story.fixture.git("-C", clone, "checkout", "-q", "ada/cache")
    // Without a branch of its own for the target, the clone takes the remote's.
    try story.fixture.git("-C", clone, "branch", "-q", "-D", "main")
    #expect(try story.refusal(as: "ada", "request", in: clone).contains("`git fetch --unshallow`"))
    try story.fixture.git("-C", clone, "fetch", "-q", "--depth", "3", "origin")
    #expect(story.run(as: "ada", ["review", "request"], in: clone) == .met, "\(story.complaints)")
  }

  @Test func `knows who speaks, or says nothing`() throws {
    let story = try ReviewStory()
    #expect(try story.refusal(as: "", "request").contains("`git config user.email"))
    story.variables = ["EMAIL": "ada@example.org"]
    #expect(try story.refusal(as: "", "request").contains("`git config user.name"))
    story.variables = ["GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada <x>"]
    #expect(try story.refusal(as: "", "request").contains("is no address"))
    story.variables = [:]
    story.runProgram = { _ in .missing }
    #expect(try story.refusal(as: "ada", "request").contains("there is no `git` on PATH"))
    story.runProgram = nil
    // As git reads it: an included file, and the environment over it.
    try Data("[user]\n name = Inez\n email = inez@example.org\n".utf8).write(
      to: URL(fileURLWithPath: story.fixture.folder + "/more"))
    try story.fixture.git("config", "include.path", story.fixture.folder + "/more")
    #expect(try author(story.review(as: "", "request")) == "inez@example.org")
    story.variables = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.email", "GIT_CONFIG_VALUE_0": "env@example.org",
    ]
    #expect(try author(story.review(as: "", "request")) == "env@example.org")
  }

  private func author(_ told: [String: Any]) -> String? {
    (told["by"] as? [String: Any])?["email"] as? String
  }

  @Test func `leads a name to one open review`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    for verb in ["approve", "withdraw"] {
      #expect(
        try story.refusal(as: "bo", verb, "review/0000000").contains("no contribution 'review/0000000'"))
    }
    let base = try story.fixture.git("rev-parse", "--short=12", "main")
    #expect(try story.refusal(as: "bo", "approve", "commit/\(base)").contains("has no request for a review"))
    #expect(try story.refusal(as: "bo", "withdraw", id).contains("bo@example.org has neither requested"))
    try story.review(as: "bo", "approve", String(id.prefix(13)))
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.git("merge", "-q", "--no-ff", "-m", "Merge", "ada/cache")
    for verb in ["approve", "withdraw"] {
      #expect(try story.refusal(as: "cy", verb, id).contains("it is too late to \(verb)"))
    }
    #expect(try story.refusal(as: "cy", "reject", id, "-m", "No.").contains("too late to reject"))
    try story.review(as: "cy", "comment", id, "-m", "Well done.")
    #expect(try story.refusal(as: "ada", "request", "--head", "ada/cache").contains("has nothing that"))
  }

  @Test func `binds a verdict to the commit that was looked at`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    let old = try story.fixture.git("rev-parse", "HEAD")
    try story.fixture.commit("More", files: ["more": "1"])
    let new = try story.fixture.git("rev-parse", "HEAD")
    let moved = try story.refusal(as: "bo", "approve", id, "--revision", old)
    #expect(moved.contains("you looked at \(old), but the head of \(id) is \(new): it has moved"))
    #expect(try story.refusal(as: "bo", "approve", id, "--revision", "HEAD").contains("is no commit id"))
    let approved = try story.review(as: "bo", "approve", id, "--revision", String(new.prefix(8)))
    #expect(approved["revision"] as? String == new)
    // The same branch at two commits: nobody guesses which one was meant.
    try story.fixture.git("update-ref", "refs/remotes/origin/ada/cache", old)
    try story.fixture.git("update-ref", "refs/remotes/origin/other/ada/cache", new)
    let twice = try story.refusal(as: "cy", "approve", id)
    #expect(twice.contains("refs/remotes/origin/ada/cache is at \(old.prefix(12)); say with --revision"))
    #expect(try story.review(as: "cy", "approve", id, "--revision", old)["revision"] as? String == old)
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.git("branch", "-q", "-D", "ada/cache")
    #expect(try story.review(as: "cy", "reject", id, "-m", "No.")["revision"] as? String == old)
    try story.fixture.git("update-ref", "-d", "refs/remotes/origin/ada/cache")
    #expect(try story.refusal(as: "cy", "approve", id).contains("is not in this clone; fetch it"))
  }

  @Test func `comments on what is there`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    func refusal(_ more: String...) throws -> String {
      let before = try story.tips()
      #expect(story.run(as: "bo", ["review", "comment", id, "-m", "x"] + more) == .failed)
      #expect(try story.tips() == before)
      return story.complaints.joined()
    }
    #expect(try refusal("--file", "cash").contains("there is no file cash in"))
    #expect(try refusal("--file", "policies").contains("policies is no file"))
    #expect(try refusal("--file", "cache", "--line", "3").contains("cache has 2 lines"))
    #expect(try refusal("--parent", "12345678").contains("no comment of this review has an id"))
    #expect(try refusal("--parent", "1 2").contains("is no id of a comment"))
    #expect(story.run(as: "bo", ["review", "comment", id, "-m", "x", "--line", "1"]) == .misused)
    #expect(story.run(as: "bo", ["review", "comment", id]) == .misused)
    #expect(story.run(as: "bo", ["review", "reject", id]) == .misused)
    #expect(story.run(as: "bo", ["review", "approve", id, "-S", "--no-sign"]) == .misused)
    let text = String(repeating: "x", count: 65_537)
    #expect(try story.refusal(as: "bo", "comment", id, "-m", text).contains("65537 bytes"))
    let told = try story.review(as: "bo", "comment", id, "--file", "cache", "--line", "2", "-m", "x")
    let record = try #require((told["records"] as? [[String: Any]])?.first)
    #expect((record["line"] as? String)?.contains(#""path":"cache","range":{"startLine":2}"#) == true)
    let comment = try #require(record["id"] as? String)
    try story.review(as: "ada", "comment", id, "--parent", String(comment.prefix(6)), "-m", "y")
    let shown = try story.review(as: "", "show", id)["comments"] as? [[String: Any]]
    #expect(shown?.map { $0["text"] as? String } == ["x", "y"])
    #expect(shown?.last?["parent"] as? String == comment)
  }

  @Test func `keeps the reviews of branches apart that build on one another`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    try story.fixture.git("checkout", "-q", "-b", "ada/more")
    try story.fixture.commit("More", files: ["more": "1"])
    let reason = try story.refusal(as: "ada", "request")
    #expect(reason.contains("is under review already as \(id) (refs/heads/ada/cache)"))
    #expect(reason.contains("--target refs/heads/ada/cache"))
    let other = try story.request("--target", "refs/heads/ada/cache")
    #expect(other != id)
  }

  @Test func `does not fight another clock`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    func note(_ line: String, _ reference: String) throws {
      try story.fixture.git("notes", "--ref", reference, "append", "-m", line, "HEAD~1")
    }
    // A little ahead is outdone, so that the order of lines never decides.
    let soon = max(story.now, story.fixture.clock + 3_600) + 3_600 + 30
    let request =
      #""reviewRef":"refs/heads/ada/cache","targetRef":"refs/heads/main","requester":"ada@example.org""#
    try note(#"{"timestamp":"\#(soon)",\#(request)}"#, ReviewStory.reviews)
    #expect(try story.request() == id)
    #expect(try story.lines(ReviewStory.reviews, on: "HEAD~1").last?.contains("\"\(soon + 1)\"") == true)
    // Nobody can keep others from speaking by a record in their name.
    try note(#"{"timestamp":"9999999999","author":"bo@example.org","resolved":true}"#, ReviewStory.discuss)
    try story.review(as: "bo", "approve", id)
    #expect(try story.approvals() == ["bo recorded counted"])
    try note(#"{"timestamp":"4000000000",\#(request)}"#, ReviewStory.reviews)
    let reason = try story.refusal(as: "ada", "request")
    #expect(reason.contains("an earlier request of this review is dated 2096-10-02T07:06:40Z"))
  }

  @Test func `warns where a word will not count, and records it`() throws {
    let story = try ReviewStory()
    let id = try story.request()
    let told = try story.review(as: "ada", "approve", id)
    let own = "you wrote part of this change, and the policy does not count approvals by authors"
    #expect(told["remarks"] as? [String] == [own])
    try story.review(as: "bo", "reject", id, "-m", "No.")
    let remarks = try story.review(as: "cy", "approve", id)["remarks"] as? [String]
    #expect(remarks?.count == 1 && remarks?[0].hasPrefix("the rejection by bo@example.org (") == true)
    let tips = try story.tips()
    #expect(story.run(as: "cy", ["review", "approve", id]) == .met)
    #expect(story.complaints.joined().contains("you have approved") && story.output.isEmpty)
    #expect(try story.tips() == tips)
    try story.fixture.git("checkout", "-q", "main")
    try story.fixture.commit("Break", files: ["policies/roster.json5": "{"])
    try story.fixture.git("checkout", "-q", "ada/cache")
    let broken = try story.review(as: "cy", "comment", id, "-m", "Mend the policy.")["remarks"] as? [String]
    #expect(broken?.first?.contains("is broken") == true)
  }
}
