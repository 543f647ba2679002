import Facts
import Foundation
import Git
import Support
import Testing

@testable import Harvest

/// Logs, mails, attestations and messages, some of them damaged: the others are told, and what broke is counted.
@Suite struct HostileLogsTests {
  private func kind(_ number: Int) -> Damage.Kind {
    Damage.Kind.allCases[number % Damage.Kind.allCases.count]
  }

  // MARK: Gerrit

  private func update(_ change: Int, _ message: [UInt8], _ note: [UInt8]?, _ minutes: Int64) -> [UInt8] {
    let time = GerritServer.start + minutes * 60
    let head =
      "commit \(GerritServer.ref(change))\nauthor \(GerritServer.ident(8)) \(time) +0000\n"
      + "committer Gerrit Code Review <gerrit@example.org> \(time) +0000\ndata \(message.count)\n"
    let bytes = Array(head.utf8) + message + Array("\nfrom \(GerritServer.ref(change))^0\n".utf8)
    guard let note else { return bytes + [0x0A] }
    let file = "M 100644 inline \(GerritServer.patchSet)\ndata \(note.count)\n"
    return bytes + Array(file.utf8) + note + [0x0A]
  }

  @Test(.timeLimit(.minutes(10))) func `a damaged update or comment costs its log no other event`() throws {
    let server = try GerritServer()
    let count = 54
    for number in 1...count { server.create(number, by: 7) }
    try server.write()
    var damage = Damage(seed: 21)
    var stream: [UInt8] = []
    for number in 1...count {
      var message = Array(
        "Update patch set 1\n\nPatch Set 1: Code-Review-1\n\nPatch-set: 1\nLabel: Code-Review=-1\n".utf8)
      message += Array(
        "Attention: {\"person_ident\":\"\(GerritServer.ident(7))\",\"operation\":\"ADD\",\"reason\":\"x\"}\n"
          .utf8)
      var note = Array(GerritServer.note(GerritServer.comment("c\(number)", by: 8)).utf8)
      if number % 3 == 1 { message = damage.damaged(message, kind(number / 3)) }
      if number % 3 == 2 { note = damage.damaged(note, kind(number / 3)) }
      stream += update(number, message, note, 5)
    }
    try server.fixture.git(["fast-import", "--quiet"], stdin: stream)
    stream = []
    for number in 1...count {
      stream += update(
        number, Array("Update patch set 1\n\nPatch-set: 1\nLabel: Code-Review=+2\n".utf8), nil, 9)
    }
    try server.fixture.git(["fast-import", "--quiet"], stdin: stream)
    let harvested = try Harvester(try server.fixture.open(), .init(surveys: true)).harvest()
    let sound = harvested.story(3)
    #expect(
      sound.contains("5 8 neutral Code-Review-1 on 2") && sound.contains("5 8 comment code"), "\(sound)")
    for number in 1...count {
      let story = harvested.story(number)
      #expect(story.first == "0 7 opened" && story.contains { $0.hasPrefix("9 8 approve") }, "\(story)")
      if number % 3 == 0 { #expect(story == sound) }
    }
    let places = Set(harvested.diagnostics.compactMap(\.ref))
    #expect(places.count >= 18, "\(places.sorted())")
    #expect(!(1...count).contains { $0 % 3 == 0 && places.contains(GerritServer.ref($0)) })
  }

  // MARK: Mail

  @Test(.timeLimit(.minutes(10))) func `a damaged mail costs no other mail`() throws {
    let fixture = try TemporaryRepository(bare: true, branch: "master")
    var damage = Damage(seed: 22)
    var stream: [UInt8] = []
    for number in 0..<54 {
      let name = number % 2 == 0 ? "sound" : "broken"
      var mail = TestMail(
        id: "\(name)-\(number)@x", subject: "[PATCH] \(name) \(number)", sent: Int64(number) * 10,
        received: Int64(number) * 10 + 1
      ).bytes
      mail += Array(
        "---\n a.c | 2 +-\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-1\n+2\n".utf8)
      if number % 2 == 1 { mail = damage.damaged(mail, kind(number / 2)) }
      let time = TestMail.instant(Int64(number) * 10 + 1).seconds
      stream += Array("commit refs/heads/master\ncommitter p <p@x> \(time) +0000\ndata 0\ndeleteall\n".utf8)
      stream += Array("M 100644 inline m\ndata \(mail.count)\n".utf8) + mail + [0x0A]
    }
    try fixture.git(["fast-import", "--quiet"], stdin: stream)
    let harvested = try Harvester(try fixture.open(), .init(surveys: true)).harvest()
    for number in stride(from: 0, to: 54, by: 2) {
      let story = harvested.series("sound-\(number)@x")?.story
      #expect(story == ["\(number * 10 + 1) opened by bo", "\(number * 10 + 1) revision"], "\(number)")
    }
    let report = try #require(harvested.sources.first { $0.source == .mail })
    #expect(report.unreadable > 0 && harvested.diagnostics.count >= report.unreadable)
    // Each mail is a series, unreadable, or no patch any more; none is in two places or in none.
    #expect(harvested.names(.mail).count + report.unreadable <= 54)
    #expect(harvested.names(.mail).count > 40)
  }

  // MARK: gittuf

  @Test(.timeLimit(.minutes(10))) func `a damaged attestation or log entry costs no other one`() throws {
    let story = try GittufStory()
    var damage = Damage(seed: 23)
    let place = "refs/gittuf/attestations\ncommitter Ada Ray <ada@example.org> 1704200000 +0000\ndata 0\n"
    var stream = Array("commit \(place)".utf8)
    var log: [UInt8] = []
    var heads: [ObjectID] = []
    var merges: [ObjectID] = []
    for number in 0..<12 {
      let (head, merge, old, tree) = try story.land("topic-\(number)")
      heads.append(head)
      merges.append(merge)
      var text = Array(GittufText.approvals(old, tree, by: ["bo+7"], dismissed: []).utf8)
      if number % 4 != 0 { text = damage.damaged(text, kind(number / 4 * 3 + number % 4 - 1)) }
      let path = GittufText.approvalPath(old, tree)
      stream += Array("M 100644 inline \(path)\ndata \(text.count)\n".utf8) + text + [0x0A]
      var entry = Array(
        "RSL Reference Entry\n\nref: refs/heads/main\ntargetID: \(merge.hex)\nnumber: \(number + 1)".utf8)
      if number % 4 != 0 { entry = damage.damaged(entry, kind(number / 4 * 3 + number % 4 - 1)) }
      let time = 1_704_300_000 + number * 60
      log += Array(
        "commit refs/gittuf/reference-state-log\ncommitter Ada Ray <ada@example.org> \(time) +0000\n".utf8)
      log += Array("data \(entry.count)\n".utf8) + entry + [0x0A]
    }
    try story.fixture.git(["fast-import", "--quiet"], stdin: stream)
    try story.fixture.git(["fast-import", "--quiet"], stdin: log)
    let harvested = try Harvester(try story.fixture.open(), .init(surveys: true)).harvest()
    let told = Set(harvested.traces.flatMap(\.commits))
    #expect(heads.filter { !told.contains($0.name) } == [])
    for number in stride(from: 0, to: 12, by: 4) {
      let name = merges[number].name
      let traces = harvested.traces.filter { $0.source == .gittuf && $0.commits.contains(name) }
      #expect(traces.flatMap(\.observations).contains { $0.kind.isApproval }, "\(number)")
    }
    let places = harvested.diagnostics.compactMap(\.ref).filter { $0.hasPrefix("refs/gittuf/") }
    #expect(places.count >= 4, "\(harvested.diagnostics)")
  }

  // MARK: Commits

  @Test(.timeLimit(.minutes(10))) func `a damaged commit costs no other commit`() throws {
    let fixture = try TemporaryRepository()
    var tip = try fixture.commit("Base", files: ["a": "1"])
    let tree = try fixture.git("rev-parse", "HEAD^{tree}")
    var damage = Damage(seed: 24)
    var commits: [ObjectID] = []
    for number in 0..<36 {
      let time = TemporaryRepository.start + 3_600 * Int64(number + 1)
      let links = Array("tree \(tree)\nparent \(tip.hex)\n".utf8)
      var rest = Array(
        """
        author Bo Lin <bo@example.org> \(time) +0000
        committer Cy Orr <cy@example.org> \(time) +0000

        Work \(number) (#\(100 + number))

        Reviewed-by: Dee Fox <dee@example.org>
        Fixes: 0123456789ab ("Work")
        Link: https://lore.kernel.org/r/20240101.1@example.org

        """.utf8)
      if number % 2 == 1 { rest = damage.damaged(rest, kind(number / 2)) }
      tip = try fixture.object("commit", links + rest)
      commits.append(tip)
    }
    try fixture.git("update-ref", "refs/heads/main", tip.hex)
    let harvested = try Harvester(try fixture.open(), .init(surveys: true)).harvest()
    #expect(harvested.commitCount == 37)
    let told = Set(harvested.traces.flatMap(\.commits))
    #expect(commits.filter { !told.contains($0.name) } == [])
    for number in stride(from: 0, to: 36, by: 2) {
      let trace = harvested.traces.first { $0.commits == [commits[number].name] }
      #expect(trace?.id == .pullRequest(100 + number), "\(number)")
      #expect(trace?.mentions.contains("Reviewed-by Dee Fox <dee@example.org>") == true, "\(number)")
    }
    #expect(!harvested.diagnostics.isEmpty)
  }
}

extension Observation.Kind {
  fileprivate var isApproval: Bool { if case .verdict(.approve, _) = self { true } else { false } }
}
