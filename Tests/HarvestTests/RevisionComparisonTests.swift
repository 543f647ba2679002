import Facts
import Git
import Harvest
import Support
import Testing

/// Whether two revisions of real repositories make the same change.
@Suite struct RevisionComparisonTests {
  private static let lines = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"

  /// A branch `main` with two files, and `topic` that changes the end of one of them.
  private func start() throws -> (TemporaryRepository, ObjectID) {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["guide": Self.lines, "lib": "1\n"])
    try fixture.git("checkout", "-q", "-b", "topic")
    let head = try fixture.commit("Guide", files: ["guide": Self.lines + "eight\n"])
    return (fixture, head)
  }

  /// A commit on main, and topic rebased onto it.
  private func rebase(_ fixture: TemporaryRepository, _ files: [String: String]) throws -> ObjectID {
    try fixture.git("checkout", "-q", "main")
    try fixture.commit("Meanwhile", files: files)
    try fixture.git("checkout", "-q", "topic")
    try fixture.git("rebase", "-q", "main")
    return try fixture.id(of: "topic")
  }

  private func likeness(
    _ fixture: TemporaryRepository, _ approved: ObjectID, _ later: ObjectID, landing: ObjectID? = nil,
    commits: [ObjectID] = []
  ) throws -> RevisionLikeness? {
    let base = RevisionQuestion.Base.branch(
      landing: try landing.map(name), commits: try commits.map(name))
    return try answer(fixture, try name(approved), try name(later), base)
  }

  private func answer(
    _ fixture: TemporaryRepository, _ approved: ObjectName, _ later: ObjectName, _ base: RevisionQuestion.Base
  ) throws -> RevisionLikeness? {
    let question = RevisionQuestion(approved: approved, later: later, base: base)
    let tip = try name(try fixture.id(of: "main"))
    let comparison = RevisionComparison(try fixture.open(), tip: tip)
    let answers = comparison.answers(to: [question], jobs: 1)
    #expect(comparison.answers(to: [question], jobs: 3) == answers)
    return answers[question]
  }

  private func name(_ id: ObjectID) throws -> ObjectName { try #require(ObjectName(hex: id.hex)) }

  @Test func `a rebase over other files is the same change, for git too`() throws {
    let (fixture, approved) = try start()
    let later = try rebase(fixture, ["lib": "2\n"])
    #expect(approved != later)
    #expect(
      try fixture.git("diff-tree", "-r", "\(approved.hex)^", approved.hex)
        == fixture.git("diff-tree", "-r", "\(later.hex)^", later.hex))
    #expect(try likeness(fixture, approved, later) == .sameChange)
    #expect(try answer(fixture, name(approved), name(later), .parent) == .sameChange)
  }

  @Test func `a rebase over other contents of the same file is not, though its patch is the same`() throws {
    let (fixture, approved) = try start()
    let later = try rebase(fixture, ["guide": "ONE\n" + Self.lines.dropFirst(4)])
    #expect(try likeness(fixture, approved, later) == .otherChange)
    #expect(try answer(fixture, name(approved), name(later), .parent) == .otherChange)
  }

  @Test func `another change on the same base is not`() throws {
    let (fixture, approved) = try start()
    try fixture.git("checkout", "-q", "-B", "topic", "main")
    let more = try fixture.commit("More", files: ["guide": Self.lines + "eight\n", "lib": "3\n"])
    #expect(try likeness(fixture, approved, more) == .otherChange)
    try fixture.git("checkout", "-q", "-B", "topic", "main")
    try fixture.commit("Mode", files: ["guide": Self.lines + "eight\n"])
    try fixture.git("update-index", "--chmod=+x", "guide")
    try fixture.git("commit", "-q", "--amend", "-m", "Mode")
    #expect(try likeness(fixture, approved, try fixture.id(of: "topic")) == .otherChange)
  }

  @Test func `a detour is not the approved sum, but one commit of the sum is`() throws {
    let (fixture, approved) = try start()
    try fixture.git("checkout", "-q", "-B", "topic", "main")
    try fixture.commit("Evil", files: ["guide": "evil\n"])
    let detour = try fixture.commit("Back", files: ["guide": Self.lines + "eight\n"])
    #expect(try likeness(fixture, approved, detour) == .otherChange)
    #expect(try likeness(fixture, detour, approved) == .sameChange)
  }

  @Test func `several commits are the same in the same steps, and merges of the branch are no steps`() throws
  {
    let (fixture, _) = try start()
    let approved = try fixture.commit("Lib", files: ["new": "1\n"])
    let later = try rebase(fixture, ["lib": "2\n"])
    #expect(try likeness(fixture, approved, later) == .sameChange)
    try fixture.git("checkout", "-q", "main")
    try fixture.commit("Again", files: ["lib": "4\n"])
    try fixture.git("checkout", "-q", "topic")
    try fixture.git("merge", "-q", "--no-ff", "-m", "Catch up", "main")
    #expect(try likeness(fixture, approved, try fixture.id(of: "topic")) == .sameChange)
  }

  @Test func `what has landed is compared with the branch as it was before`() throws {
    let (fixture, approved) = try start()
    let later = try rebase(fixture, ["lib": "2\n"])
    #expect(try likeness(fixture, approved, later) == .sameChange)
    try fixture.git("checkout", "-q", "main")
    try fixture.git("merge", "-q", "--no-ff", "-m", "Land", "topic")
    let merge = try fixture.id(of: "main")
    #expect(try likeness(fixture, approved, later, landing: merge, commits: [later]) == .sameChange)
    #expect(try likeness(fixture, approved, later) == .notKnown, "main holds it, so it changes nothing")
    try fixture.git("reset", "-q", "--hard", "HEAD^")
    try fixture.git("merge", "-q", "--ff-only", "topic")
    #expect(try likeness(fixture, approved, later, landing: later, commits: [later]) == .sameChange)
    #expect(try likeness(fixture, approved, later, landing: later, commits: []) == .sameChange)
  }

  @Test func `what cannot be read, has no base or changes nothing is not known`() throws {
    let (fixture, approved) = try start()
    let gone = try #require(ObjectName(hex: String(repeating: "7", count: 40)))
    #expect(try answer(fixture, gone, name(approved), .parent) == .notKnown)
    #expect(try answer(fixture, name(approved), gone, .branch(landing: nil, commits: [])) == .notKnown)
    #expect(try answer(fixture, name(approved), gone, .branch(landing: gone, commits: [])) == .notKnown)
    try fixture.git("checkout", "-q", "--orphan", "other")
    let root = try fixture.commit("Root", files: ["guide": "x\n"])
    #expect(try likeness(fixture, approved, root) == .notKnown)
    #expect(
      try answer(fixture, name(root), name(root), .parent) == .sameChange, "a root changes all it holds")
    try fixture.git("checkout", "-q", "topic")
    let empty = try fixture.commit("Nothing")
    #expect(try answer(fixture, name(empty), name(empty), .parent) == .notKnown)
    let tree = try name(try fixture.id(of: "main^{tree}"))
    #expect(try answer(fixture, tree, name(approved), .parent) == .notKnown)
  }

  @Test func `two bases leave it open`() throws {
    let (fixture, _) = try start()
    try fixture.git("checkout", "-q", "main")
    let left = try fixture.commit("Left", files: ["left": "1\n"])
    try fixture.git("checkout", "-q", "topic")
    let right = try fixture.id(of: "topic")
    try fixture.git("merge", "-q", "--no-ff", "-m", "One", left.hex)
    try fixture.git("checkout", "-q", "main")
    try fixture.git("merge", "-q", "--no-ff", "-m", "Two", right.hex)
    try fixture.git("checkout", "-q", "topic")
    let head = try fixture.commit("More", files: ["more": "1\n"])
    #expect(try fixture.git("merge-base", "--all", "main", "topic").split(separator: "\n").count == 2)
    #expect(try likeness(fixture, head, head) == .notKnown)
  }
}
