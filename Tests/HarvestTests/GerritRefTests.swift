import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Which refs are read, how far, and what broken ones cost.
struct GerritRefTests {
  private typealias Server = GerritServer

  @Test(arguments: [
    "refs/changes/1/1/meta", "refs/changes/01/meta", "refs/changes/aa/1/meta", "refs/changes/01/x/meta",
    "refs/heads/01/1/meta", "refs/changes/01/01/meta", "refs/changes/01/9999999999/meta",
  ])
  func `names of another form are no changes`(name: String) { #expect(ChangeRefName(name) == nil) }

  @Test func `a log in the wrong folder is reported, not read`() throws {
    let server = try Server()
    server.create(4711, by: 7)
    try server.write()
    try server.fixture.git("update-ref", "refs/changes/12/4711/meta", Server.ref(4711))
    try server.fixture.git("update-ref", "-d", Server.ref(4711))
    let harvested = try server.harvest()
    #expect(harvested.change(4711) == nil)
    #expect(
      harvested.diagnostics.map(\.kind) == [.danglingReference(to: "refs/changes/12/4711/meta")])
  }

  @Test(arguments: [
    ["Label: Code-Review=+2"], ["Patch-set: 1", "Patch-set: 1", "Label: Code-Review=+2"],
    ["Patch-set: 1", "Label: Code-Review=two"], ["Patch-set: 1", "Attention: {"], ["Patch-set: one"],
    ["Patch-set: 1", "Attention: {\"operation\": \"ADD\"}"], ["Patch-set: 1", "Commit: 123"],
    ["Patch-set: 1", "Status: unheard-of"], ["Patch-set: 1", "Reviewer: nobody"],
    ["Patch-set: 1", "Copied-Label: Code-Review=+2"],
  ])
  func `a broken update is reported and the rest of the change kept`(footers: [String]) throws {
    let server = try Server()
    server.create(1, by: 7)
    server.update(1, by: 8, 1, footers)
    server.update(1, by: 9, 2, ["Patch-set: 1", "Label: Code-Review=+2"])
    let harvested = try server.harvest()
    #expect(harvested.story(1) == ["0 7 opened", "0 7 revision 2", "2 9 approve Code-Review2 on 2"])
    #expect(harvested.diagnostics.count == 1)
  }

  @Test func `footers in the text of a message are not footers`() throws {
    let server = try Server()
    server.create(1, by: 7)
    server.update(
      1, by: 8, 1, ["Patch-set: 1"],
      message: "Patch Set 1:\n\n> Label: Code-Review=+2\n\nStatus: merged\nLabel: Code-Review=-2")
    let harvested = try server.harvest()
    #expect(harvested.story(1).suffix(1) == ["1 8 comment"])
    #expect(harvested.change(1)?.standing == .change(.new))
  }

  @Test func `a log whose start is missing tells what is there`() throws {
    let server = try Server()
    server.create(1, by: 7)
    server.update(1, by: 8, 1, ["Patch-set: 1", "Label: Code-Review=+2"])
    try server.write()
    let text = try server.fixture.git("cat-file", "commit", Server.ref(1))
    let lost = text.replacing(/parent [0-9a-f]+/) { _ in "parent " + String(repeating: "9", count: 40) }
    let tip = try server.fixture.object("commit", Array((lost + "\n").utf8))
    try server.fixture.git("update-ref", "--no-deref", Server.ref(1), tip.hex)
    let harvested = try server.harvest()
    #expect(harvested.story(1) == ["..1 server opened", "1 8 approve Code-Review2 on -"])
    #expect(harvested.diagnostics.map(\.kind) == [.missingObject])
  }

  @Test func `a log that is no commit is reported`() throws {
    let server = try Server()
    let blob = try server.fixture.object("blob", Array("x".utf8))
    try server.fixture.git("update-ref", Server.ref(1), blob.hex)
    let harvested = try server.harvest()
    #expect(harvested.change(1) == nil)
    #expect(harvested.diagnostics.map(\.kind) == [.notACommit])
  }

  @Test func `a change without a log is one trace with what its newest patch set says`() throws {
    let server = try Server()
    let id = "I" + String(repeating: "b", count: 40)
    for patchSet in 1...3 {
      try server.fixture.git("checkout", "-q", "--detach", server.base.hex)
      let commit = try server.fixture.commit(
        "Cache \(patchSet)\n\nChange-Id: \(id)\n", files: ["c": "\(patchSet)"])
      try server.fixture.git("update-ref", Server.ref(205, "\(patchSet)"), commit.hex)
    }
    try server.fixture.git("update-ref", Server.ref(206, "1"), String(server.base.hex))
    try server.fixture.git("checkout", "-q", "main")
    let harvested = try server.harvest()
    let trace = try #require(harvested.change(205))
    #expect(trace.source == .changeRefs)
    #expect(trace.title == "Cache 3")
    #expect(trace.aliases == [.change(id)])
    #expect(trace.standing == .head(.notFound))
    #expect(trace.observations.allSatisfy { $0.grade == .bounded && $0.time.instant == nil })
    let landed = try #require(harvested.change(206))
    #expect(landed.standing == .head(.ancestor))
    #expect(landed.aliases == [.commit(server.base.name)])
    #expect(harvested.traces.count { $0.source == .changeRefs } == 2)
    #expect(harvested.count(.changeRefs, "changes-without-log") == 2)
  }

  @Test func `a change of the branch goes by its Change-Id unless several carry it`() throws {
    let server = try Server()
    server.create(1, by: 7)
    server.create(2, by: 7, also: ["Branch: refs/heads/stable"])
    server.create(3, by: 7)
    server.update(
      4, by: 7, 0,
      ["Patch-set: 1", "Change-id: I\(String(repeating: "0", count: 39))3", "Branch: refs/heads/main"])
    let harvested = try server.harvest()
    #expect(harvested.change(1)?.aliases == [.change("I" + String(repeating: "0", count: 39) + "1")])
    #expect([2, 3, 4].allSatisfy { harvested.change($0)?.aliases == [] })
  }

  @Test func `a landed patch set takes the commit's paths and leaves no second contribution`() throws {
    let server = try Server()
    let commit = try server.fixture.commit("Cache lookups", files: ["a.c": "1\n"])
    server.create(1, by: 7, commit: commit.hex)
    server.merge(1, by: 8, 9)
    let harvested = try server.harvest()
    let paths = try #require(harvested.change(1)?.paths)
    #expect(paths.map { harvested.paths[Int($0)] } == ["a.c"])
    #expect(!harvested.traces.contains { $0.id == .commit(commit.name) })
  }

  @Test func `a log of earlier than the window is left out once the change is closed`() throws {
    let server = try Server()
    for number in 1...3 { server.create(number, by: 7) }
    server.merge(1, by: 8, 10)
    server.merge(2, by: 8, 3_000)
    server.update(3, by: 8, 10, ["Patch-set: 1", "Status: abandoned"])
    server.update(3, by: 8, 20, ["Patch-set: 1", "Status: new"])
    let harvested = try server.harvest(.init(since: Instant(seconds: Server.start + 60_000)))
    #expect(harvested.change(1) == nil)
    #expect(harvested.story(2).first == "0 7 opened")
    #expect(harvested.story(3).count == 4)
    #expect(harvested.count(.gerrit, "closed-before-window") == 1)
  }

  @Test func `nothing later than the moment asked for exists`() throws {
    let server = try Server()
    server.create(1, by: 7)
    server.update(
      1, by: 8, 1, ["Patch-set: 1"], notes: [Server.patchSet: Server.note(Server.comment("a", by: 8))])
    server.merge(1, by: 8, 10)
    server.create(2, by: 7, 20)
    let harvested = try server.harvest(.init(asOf: Instant(seconds: Server.start + 300)))
    #expect(harvested.story(1) == ["0 7 opened", "0 7 revision 2", "1 8 comment code"])
    #expect(harvested.change(1)?.standing == .change(.new))
    #expect(harvested.change(2) == nil)
  }

  @Test func `any number of threads gives the same answer`() throws {
    let server = try Server()
    for number in 1...200 {
      server.create(number, by: number % 7)
      server.update(number, by: 8, Int64(number), ["Patch-set: 1", "Label: Code-Review=+\(number % 2 + 1)"])
    }
    let one = try server.harvest(.init(jobs: 1))
    let four = try server.harvest(.init(jobs: 4))
    #expect(one.traces == four.traces)
    #expect(one.sources == four.sources)
    #expect(one.traces.count { $0.source == .gerrit } == 200)
  }

  @Test func `limits on size and number are reported`() throws {
    let server = try Server()
    server.create(1, by: 7)
    server.update(
      1, by: 8, 1, ["Patch-set: 1"], notes: [Server.patchSet: Server.note(Server.comment("a", by: 8))])
    try server.write()
    let repository = try server.fixture.open()
    let refs = ChangeRefs(try repository.references(under: "refs/changes/"))
    let place = try #require(refs.logs.first)
    func read(_ change: (inout GerritLimits) -> Void) -> GerritLog {
      var limits = GerritLimits()
      change(&limits)
      return LogReader(repository: repository, limits: limits, since: nil, asOf: nil).read(place, robots: nil)
    }
    #expect(read { $0.updates = 1 }.change.isIncomplete)
    #expect(read { $0.updates = 1 }.diagnostics.count == 1)
    #expect(read { $0.updateBytes = 10 }.diagnostics.count == 1)
    for log in [read { $0.noteBytes = 10 }, read { $0.notesBytes = 0 }] {
      #expect(log.change.comments.isEmpty)
      guard case .oversized? = log.diagnostics.first?.kind else {
        Issue.record("\(log.diagnostics)")
        return
      }
    }
    #expect(read { _ in }.diagnostics.isEmpty)
  }

  @Test func `bytes of any kind in a log are read without harm`() throws {
    let good =
      "Update patch set 1\n\nText\n\nPatch-set: 1\nLabel: Code-Review=+2, \(Server.patchSet) \(Server.ident(8))\n"
      + "Attention: {\"person_ident\":\"\(Server.ident(7))\",\"operation\":\"ADD\"}\nStatus: merged\nTag: x\n"
    let head = "tree \(Server.patchSet)\nauthor A <7@s> 1 +0000\ncommitter B <b@s> 1 +0000\n\n"
    let bytes = Array((head + good).utf8)
    for place in head.utf8.count..<bytes.count {
      for replacement: UInt8 in [0, 0x0A, 0x20, 0x2C, 0x3C, 0x3E, 0x5C, 0xFF] {
        var broken = bytes
        broken[place] = replacement
        var accounts = GerritAccounts()
        let read = UpdateReader.read(
          CommitObject.parse(broken), id: ObjectName(high: 0, middle: 0, low: 0), accounts: &accounts)
        #expect(read.update != nil || !read.problems.isEmpty)
      }
    }
  }
}
