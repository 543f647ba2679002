import Commands
import Facts
import Foundation
import Support
import Testing

/// What `hook doctor` finds of a real server, one fault after the other.
@Suite struct HookDoctorTests {
  struct Check: Decodable {
    var name: String
    var verdict: String
    var found: String
    var purpose: String
    var remedy: String?
  }

  private struct Report: Decodable {
    var schema: String
    var sound: Bool
    var checks: [Check]
  }

  private let place: PushPlace

  init() throws { place = try PushPlace() }

  private var server: TemporaryRepository { place.server }

  /// A server with both hooks, a policy, and every setting that the doctor asks for.
  private func sound() throws {
    for hook in ["pre-receive", "post-receive"] {
      try #require(place.run(["hook", "install", hook, "-C", server.path]) == .met, "\(place.complaints)")
    }
    for (key, value) in [
      ("receive.fsckObjects", "true"), ("receive.denyNonFastForwards", "true"),
      ("receive.denyDeletes", "true"), ("receive.maxInputSize", "512m"), ("core.maxTreeDepth", "512"),
      ("core.logAllRefUpdates", "true"), ("receive.hideRefs", "refs/notes/tributary"),
      ("tributary.pusherVariable", "REMOTE_USER"),
    ] {
      try server.git("config", key, value)
    }
    try policy("{ version: 1, teams: { platform: { host: true } }, people: {} }")
  }

  /// Puts a roster on main.
  private func policy(_ roster: String) throws {
    let stream = """
      commit refs/heads/main
      committer Bo <bo@x.org> 1704067200 +0000
      data 5
      first
      deleteall
      M 100644 inline policies/roster.json5
      data \(roster.utf8.count)
      \(roster)

      """
    try server.git(["fast-import", "--quiet", "--force"], stdin: Array(stream.utf8))
  }

  private func examine(_ ending: Ending) throws -> [String: Check] {
    let came = place.run(["hook", "doctor", "--format", "json", "-C", server.path])
    #expect(came == ending, "\(place.output) \(place.complaints)")
    let report = try JSONDecoder().decode(Report.self, from: Data(place.output.utf8))
    #expect(report.schema == "tributary/hook-doctor/1")
    #expect(report.sound == (ending == .met))
    return Dictionary(report.checks.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The check that changed its verdict; nothing else did.
  private func fault(_ name: String, _ verdict: String, _ break: () throws -> Void) throws -> Check {
    try sound()
    #expect(try examine(.met).values.allSatisfy { $0.verdict == "good" && $0.remedy == nil })
    try `break`()
    let checks = try examine(verdict == "bad" ? .notMet : .met)
    let changed = checks.values.filter { $0.verdict != "good" }
    #expect(changed.map(\.name) == [name], "\(changed)")
    let check = try #require(checks[name])
    #expect(check.verdict == verdict)
    #expect(!check.purpose.isEmpty)
    let ending = place.run(["hook", "doctor", "-C", server.path])
    #expect(ending == (verdict == "bad" ? .notMet : .met))
    let text = place.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let heading = verdict == "bad" ? "To mend: the gate can be passed by" : "Better otherwise"
    #expect(text.contains("\(heading) \(name): \(check.found); \(check.purpose)"), "\(text)")
    if let remedy = check.remedy { #expect(place.output.contains(remedy)) }
    return check
  }

  /// Runs what the doctor proposes, after which nothing is wrong any more.
  private func mend(_ check: Check) throws {
    let remedy = try #require(check.remedy)
    if remedy.hasPrefix("tributary ") {
      place.run(remedy.split(separator: " ").dropFirst().map(String.init) + ["-C", server.path])
    } else {
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.arguments = ["-c", remedy]
      shell.currentDirectoryURL = URL(fileURLWithPath: server.path)
      shell.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": server.folder]
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 0)
    }
    #expect(try examine(.met).values.allSatisfy { $0.verdict == "good" })
  }

  @Test func `a server without anything is told what to do, and the gate is missing`() throws {
    let checks = try examine(.notMet)
    #expect(checks.values.filter { $0.verdict == "bad" }.map(\.name) == ["hooks/pre-receive"])
    #expect(checks["policy"]?.found == "refs/heads/main:policies is not there yet")
    #expect(checks.values.filter { $0.verdict == "warning" }.count == 10, "\(checks.keys.sorted())")
    #expect(place.run(["hook", "doctor", server.path, place.clone]) == .misused)
    #expect(place.run(["hook", "doctor", "-C", server.folder + "/nowhere"]) == .failed)
  }

  @Test func `without the hook nothing is judged`() throws {
    let check = try fault("hooks/pre-receive", "bad") {
      try FileManager.default.removeItem(atPath: server.path + "/hooks/pre-receive")
    }
    #expect(check.found == "not there")
    try mend(check)
  }

  @Test func `a hook that cannot be executed is none`() throws {
    let hook = server.path + "/hooks/pre-receive"
    let check = try fault("hooks/pre-receive", "bad") {
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: hook)
    }
    #expect(check.found == "cannot be executed")
    try mend(check)
  }

  @Test func `somebody's own hook counts where it calls the program`() throws {
    let hook = server.path + "/hooks/pre-receive"
    let check = try fault("hooks/pre-receive", "bad") {
      try Data("#!/bin/sh\nexit 0\n".utf8).write(to: URL(fileURLWithPath: hook))
    }
    #expect(check.found == "somebody's own, and it does not call tributary")
    try Data("#!/bin/sh\ntributary hook pre-receive\n".utf8).write(to: URL(fileURLWithPath: hook))
    #expect(try examine(.met)["hooks/pre-receive"]?.found == "somebody's own, and it calls tributary")
  }

  @Test func `without the other hook nobody knows who pushed`() throws {
    let check = try fault("hooks/post-receive", "warning") {
      try FileManager.default.removeItem(atPath: server.path + "/hooks/post-receive")
    }
    try mend(check)
  }

  @Test func `a policy that is broken, has no roster or is not there lets nothing land`() throws {
    #expect(try fault("policy", "bad") { try policy("{ version: 1, team: {} }") }.found.contains("team"))
    let stream = """
      commit refs/heads/main
      committer Bo <bo@x.org> 1704067200 +0000
      data 5
      first
      deleteall
      M 100644 inline policies/delegation.json5
      data 14
      { version: 1 }

      """
    try server.git(["fast-import", "--quiet", "--force"], stdin: Array(stream.utf8))
    let without = try examine(.notMet)["policy"]
    #expect(without?.found == "refs/heads/main:policies has no roster")
    #expect(without?.verdict == "bad")
    try server.git("update-ref", "-d", "refs/heads/main")
    #expect(try examine(.met)["policy"]?.verdict == "warning")
    try server.git("config", "tributary.firstPolicy", String(repeating: "a", count: 40))
    let promised = try examine(.met)["policy"]
    #expect(promised?.verdict == "good")
    #expect(promised?.found.hasSuffix("\(String(repeating: "a", count: 40)) may bring the first one") == true)
  }

  @Test func `a policy elsewhere is looked for where the server says`() throws {
    let check = try fault("policy", "warning") {
      try server.git("config", "tributary.policy", "refs/heads/rules:here")
    }
    #expect(check.found == "refs/heads/rules:here is not there yet")
    try server.git("config", "tributary.policy", "rules")
    #expect(place.run(["hook", "doctor", "-C", server.path]) == .failed)
    #expect(place.complaints.joined().contains("tributary.policy is rules, expected a full name"))
    try server.git("config", "--unset", "tributary.policy")
    try server.git("config", "tributary.polic", "x")
    #expect(place.run(["hook", "doctor", "-C", server.path]) == .failed)
    #expect(place.complaints.joined().contains("unknown key tributary.polic"))
  }

  @Test func `where nothing tells who pushes, records of approvals are taken from nobody`() throws {
    let check = try fault("pusher", "warning") {
      try server.git("config", "--unset", "tributary.pusherVariable")
    }
    #expect(check.remedy == "git config tributary.pusherVariable VARIABLE")
    place.variables["GL_USERNAME"] = "bo"
    #expect(try examine(.met)["pusher"]?.found == "told by GL_USERNAME here: bo")
  }

  @Test func `borrowed objects are others' to change`() throws {
    let other = server.folder + "/other place"
    let check = try fault("objects/info/alternates", "bad") {
      try server.git("init", "--quiet", "--bare", other)
      try Data("\(other)/objects\n".utf8).write(
        to: URL(fileURLWithPath: server.path + "/objects/info/alternates"))
    }
    #expect(check.found == "borrows from \(other)/objects")
    try mend(check)
  }

  @Test func `a history that was cut off can be judged by nobody`() throws {
    let check = try fault("shallow", "bad") {
      let tip = try server.git("rev-parse", "refs/heads/main")
      try Data("\(tip)\n".utf8).write(to: URL(fileURLWithPath: server.path + "/shallow"))
    }
    #expect(check.remedy == nil)
  }

  @Test(arguments: [
    "receive.fsckObjects", "receive.denyNonFastForwards", "receive.denyDeletes", "core.logAllRefUpdates",
  ])
  func `what git itself refuses is better switched on`(key: String) throws {
    let check = try fault(key, "warning") { try server.git("config", key, "false") }
    #expect(check.found == "\(key.lowercased()) is false")
    try server.git("config", "--unset", key)
    #expect(try examine(.met)[key]?.found == "not set")
    try mend(check)
  }

  @Test(arguments: ["receive.maxInputSize", "core.maxTreeDepth"])
  func `limits are better set`(key: String) throws {
    try mend(try fault(key, "warning") { try server.git("config", "--unset", key) })
  }

  @Test func `the server's own record is better hidden`() throws {
    let check = try fault("receive.hideRefs", "warning") {
      try server.git("config", "receive.hideRefs", "refs/other")
    }
    try mend(check)
    try server.git("config", "--unset-all", "receive.hideRefs")
    try server.git("config", "transfer.hideRefs", "refs/notes/tributary")
    #expect(try examine(.met)["receive.hideRefs"]?.verdict == "good")
  }
}
