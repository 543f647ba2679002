import Facts
import Git
import Harvest
import Support
import Testing

@testable import Commands

@Suite(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
struct SignedNotesTests {
  @Test func `an approval is signed when its author signed the notes commit that brought it`() throws {
    let story = try SigningStory()
    try story.add(story.approval())
    try story.signNotes(by: "bo")
    let told = try story.read()
    #expect(told.approvals == ["bo@example.org signed"])
    #expect(told.refusals.isEmpty)
    #expect(told.remarks.isEmpty)
  }

  @Test func `a commit signed by somebody else proves nothing of the author`() throws {
    let story = try SigningStory()
    try story.add(story.approval())
    try story.signNotes(by: "cy")
    let told = try story.read()
    #expect(told.approvals == ["bo@example.org recorded"])
    #expect(told.refusals == ["signed by cy, not by bo"])
  }

  @Test func `signing a later state does not sign the lines that were there before`() throws {
    let story = try SigningStory()
    try story.add(story.approval())
    try story.add(story.approval(by: "cy@example.org"))
    try story.signNotes(by: "bo")
    let told = try story.read()
    #expect(told.approvals == ["bo@example.org recorded", "cy@example.org recorded"])
    #expect(told.refusals == ["signed by bo, not by cy"])
  }

  @Test func `a merge of notes by another signer leaves the signature of each line as it was`() throws {
    let story = try SigningStory(keys: ["bo", "cy", "di"])
    let base = try story.fixture.git("commit-tree", "-m", "Notes", try story.fixture.git(["mktree"]))
    for (person, ref) in [("bo", "refs/notes/devtools/discuss"), ("cy", "refs/notes/other")] {
      try story.fixture.git("update-ref", ref, base)
      try story.note(story.approval(by: "\(person)@example.org").line, ref, on: story.change)
      try story.signNotes(by: person, ref: ref)
    }
    try story.fixture.git(
      "notes", "--ref", "refs/notes/devtools/discuss", "merge", "-q", "-s", "cat_sort_uniq",
      "refs/notes/other")
    try story.signNotes(by: "di")
    let told = try story.read()
    #expect(told.approvals == ["bo@example.org signed", "cy@example.org signed"])
    #expect(told.refusals.isEmpty)
  }

  @Test func `a line that a merge itself brings is its signer's`() throws {
    let story = try SigningStory(keys: ["bo", "cy", "di"])
    try story.add(story.approval(by: "cy@example.org", text: "first"))
    let other = try story.fixture.git("commit-tree", "-m", "Notes", try story.fixture.git(["mktree"]))
    try story.add(story.approval())
    let parent = try story.fixture.git("rev-parse", "refs/notes/devtools/discuss~1")
    let merge = try story.fixture.git(
      "commit-tree", "-m", "Merge", "-p", parent, "-p", other, "refs/notes/devtools/discuss^{tree}")
    try story.fixture.git("update-ref", "refs/notes/devtools/discuss", merge)
    try story.signNotes(by: "di")
    let told = try story.read()
    #expect(told.approvals == ["bo@example.org recorded", "cy@example.org recorded"])
    #expect(told.refusals == ["signed by di, not by bo"])
  }

  @Test func `a key counts at the time of the event, which the history of the notes bounds`() throws {
    let story = try SigningStory { story in
      """
      { version: 1, people: { bo: { emails: ["bo@example.org"],
        keys: [{ key: "\(try story.publicKey("bo"))", from: "2024-01-01", until: "2024-01-02" }] } } }
      """
    }
    // Signed in time.
    try story.add(story.approval(text: "in time"))
    try story.signNotes(by: "bo")
    #expect(try story.read().approvals == ["bo@example.org signed"])
    // A later line that claims an earlier time: the commit before it is younger than the key's end.
    story.fixture.tick(seconds: 3 * 86_400)
    try story.add(story.approval(by: "cy@example.org"))
    try story.add(story.approval(at: TemporaryRepository.start + 7200, text: "back-dated"))
    try story.signNotes(by: "bo", at: TemporaryRepository.start + 7300)
    let told = try story.read()
    #expect(
      told.approvals == ["bo@example.org recorded", "bo@example.org signed", "cy@example.org recorded"])
    #expect(told.refusals.count == 1)
    #expect(
      told.refusals[0].hasPrefix("the key of bo counted until 2024-01-02T00:00:00Z, this is of 2024-01-04"))
  }

  @Test func `a notes commit of a later day than asked for does not exist yet`() throws {
    let story = try SigningStory()
    try story.add(story.approval())
    let between = story.fixture.clock
    story.fixture.tick()
    try story.signNotes(by: "bo")
    #expect(try story.read(asOf: between).approvals == ["bo@example.org recorded"])
    #expect(try story.read(asOf: story.fixture.clock).approvals == ["bo@example.org signed"])
  }

  @Test func `somebody whom the roster does not know, and a key that it does not list, prove nothing`() throws
  {
    let story = try SigningStory { story in
      "{ version: 1, people: { bo: { emails: [\"bo@example.org\"], keys: [\"\(try story.publicKey("bo"))\"] } } }"
    }
    try story.add(story.approval(by: "eve@example.org"))
    try story.signNotes(by: "bo")
    #expect(try story.read().refusals == ["signed by bo; the roster does not know eve@example.org"])
    try story.add(story.approval())
    try story.signNotes(by: "cy")
    let told = try story.read()
    #expect(told.refusals.last == "signed by a key that the roster does not list")
    #expect(told.approvals == ["bo@example.org recorded", "eve@example.org recorded"])
  }

  @Test func `a changed commit does not verify, and one with two signatures has none`() throws {
    let story = try SigningStory()
    try story.add(story.approval())
    try story.signNotes(by: "bo")
    let commit = try story.fixture.gitBytes(["cat-file", "commit", "refs/notes/devtools/discuss"])
    let text = String(decoding: commit, as: UTF8.self)
    let changed = try story.fixture.object(
      "commit", Array(text.replacing("\n\nNotes", with: "\n\nnotes").utf8))
    try story.fixture.git("update-ref", "refs/notes/devtools/discuss", changed.hex)
    #expect(try story.read().refusals == ["the signature does not match what it is over"])
    let start = try #require(text.firstRange(of: "gpgsig ")?.lowerBound)
    let end = try #require(text.firstRange(of: "\n\n")?.lowerBound)
    let twice = text[..<end] + "\n" + text[start...]
    let double = try story.fixture.object("commit", Array(twice.utf8))
    try story.fixture.git("update-ref", "refs/notes/devtools/discuss", double.hex)
    let told = try story.read()
    #expect(told.approvals == ["bo@example.org recorded"])
    #expect(told.refusals.isEmpty)
  }

  @Test func `explain shows a signed approval and why another signature proves nothing`() throws {
    let story = try SigningStory()
    try story.add(story.approval())
    try story.signNotes(by: "bo")
    try story.add(story.approval(by: "cy@example.org"))
    try story.signNotes(by: "bo")
    let console = PolicyConsole()
    let id = "review/\(story.change.hex.prefix(12))"
    #expect(console.run("explain", id, story.fixture.path, "--width", "200") == .met)
    #expect(console.output.contains("Signatures that prove nothing"))
    #expect(
      console.output.contains("signature does not verify: signed by bo, not by cy in refs/notes/devtools"))
    #expect(console.output.contains(" signed "))
    #expect(console.run("explain", id, story.fixture.path, "--format", "json") == .met)
    #expect(console.output.contains("\"unprovenSignatures\": ["))
    #expect(
      console.output.contains("signature does not verify: signed by bo, not by cy in refs/notes/devtools"))
  }

  @Test func `without ssh-keygen one remark says so and nothing is proven`() throws {
    let story = try SigningStory()
    try story.add(story.approval())
    try story.signNotes(by: "bo")
    var world = World.system()
    world.runProgram = { _ in .missing }
    let told = try story.read(world: world)
    #expect(told.approvals == ["bo@example.org recorded"])
    #expect(told.refusals.isEmpty)
    #expect(
      told.remarks == ["ssh-keygen cannot be run here: 1 signatures were not checked and prove nothing"])
  }

  @Test func `a file of allowed signers adds to the roster`() throws {
    let story = try SigningStory(keys: ["bo", "cy"]) { _ in "{ version: 1, people: {} }" }
    try story.add(story.approval())
    try story.signNotes(by: "bo")
    let none = try story.read()
    #expect(none.approvals == ["bo@example.org recorded"])
    #expect(none.refusals.isEmpty)
    let key = try story.publicKey("bo")
    #expect(try story.read(allowedSigners: "*@example.org \(key)\n").approvals == ["bo@example.org signed"])
    let late = try story.read(allowedSigners: "bo@example.org valid-before=\"20231231Z\" \(key)\n")
    #expect(late.approvals == ["bo@example.org recorded"])
    #expect(late.refusals == ["no key that is trusted for bo@example.org at that time signed it"])
    let other = try story.read(allowedSigners: "cy@example.org \(key)\n")
    #expect(other.refusals == ["no key that is trusted for bo@example.org at that time signed it"])
    let space = try story.read(allowedSigners: "bo@example.org namespaces=\"file\" \(key)\n")
    #expect(space.approvals == ["bo@example.org recorded"])
  }
}
