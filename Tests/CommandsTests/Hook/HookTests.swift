import Commands
import Facts
import Foundation
import Git
import Support
import Testing

@Suite struct HookTests {
  private func hook(_ place: PushPlace) -> String { place.server.path + "/hooks/post-receive" }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `records real pushes through the installed hook`() throws {
    let place = try PushPlace()
    #expect(
      place.run(["hook", "install", "post-receive", "-C", place.server.path]) == .met, "\(place.complaints)")
    let began = Int64(Date().timeIntervalSince1970)
    let first = try place.commit("Start", hours: 0)
    try place.git("push", "--quiet", "origin", "HEAD:refs/heads/main", environment: ["REMOTE_USER": "ada"])
    let second = try place.commit("More", hours: 1)
    try place.git("tag", "-a", "-m", "one", "v1")
    let tag = try place.id("v1")
    try place.git(
      "push", "--quiet", "origin", "HEAD:refs/heads/main", "HEAD:refs/heads/topic", "v1",
      environment: ["GL_ID": "key-1", "GL_USERNAME": "bo", "REMOTE_USER": "proxy"])
    try place.git("push", "--quiet", "--force", "origin", "\(first.hex):refs/heads/topic", ":refs/tags/v1")
    try place.git(
      "push", "--quiet", "origin", ":refs/heads/topic", environment: ["TRIBUTARY_PUSHER": "cy@example.org"])
    let lines = try place.lines()
    let zero = String(repeating: "0", count: 40)
    func moves(_ ref: String) -> [[String?]] {
      lines.filter { $0["ref"] == ref }.map { [$0["old"], $0["new"], $0["pusher"], $0["from"], $0["on"]] }
    }
    #expect(
      Set(moves("refs/heads/main")) == [
        [zero, first.hex, "ada", "REMOTE_USER", first.hex],
        [first.hex, second.hex, "bo", "GL_USERNAME", second.hex],
      ])
    #expect(
      Set(moves("refs/heads/topic")) == [
        [zero, second.hex, "bo", "GL_USERNAME", second.hex], [second.hex, first.hex, nil, nil, first.hex],
        [first.hex, zero, "cy@example.org", "TRIBUTARY_PUSHER", first.hex],
      ])
    #expect(
      Set(moves("refs/tags/v1")) == [
        [zero, tag.hex, "bo", "GL_USERNAME", tag.hex], [tag.hex, zero, nil, nil, tag.hex],
      ])
    let now = Int64(Date().timeIntervalSince1970)
    #expect(
      lines.allSatisfy { line in Int64(line["timestamp"] ?? "").map { (began...now).contains($0) } ?? false })
    #expect(try place.server.git("rev-list", "--count", PushPlace.log) == "4")
    #expect(try place.server.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test func `loses no record when many push at once`() throws {
    let place = try PushPlace()
    #expect(place.run(["hook", "install", "post-receive", "-C", place.server.path]) == .met)
    try place.commit("Start", hours: 0)
    let processes = try (0..<6).map { number in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
      process.arguments = [
        "-C", place.clone, "push", "--quiet", place.server.path, "HEAD:refs/heads/a\(number)",
        "HEAD:refs/heads/b\(number)",
      ]
      process.environment = [
        "HOME": place.server.folder, "PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null", "REMOTE_USER": "p\(number)",
      ]
      process.standardError = FileHandle(forWritingAtPath: "/dev/null")
      try process.run()
      return process
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    let told = try place.lines().map { "\($0["pusher"] ?? "") \($0["ref"] ?? "")" }
    #expect(Set(told) == Set((0..<6).flatMap { ["p\($0) refs/heads/a\($0)", "p\($0) refs/heads/b\($0)"] }))
  }

  @Test func `never fails a push, and says what was not recorded`() throws {
    let place = try PushPlace()
    #expect(place.run(["hook", "install", "post-receive", "-C", place.server.path]) == .met)
    try place.commit("Start", hours: 0)
    let lock = place.server.path + "/tributary.lock"
    try FileManager.default.createDirectory(atPath: lock, withIntermediateDirectories: false)
    try place.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
    #expect(try place.server.git("rev-parse", "refs/heads/main") == place.id("HEAD").hex)
    let zero = String(repeating: "0", count: 40)
    let (one, two) = (String(repeating: "1", count: 40), String(repeating: "2", count: 40))
    #expect(
      place.run(["hook", "post-receive", "-C", place.server.path], input: "\(zero) \(one) refs/heads/x\n")
        == .met)
    #expect(place.complaints.first?.contains("this push was not recorded") == true)
    try FileManager.default.removeItem(atPath: lock)
    for input in [
      "", "nonsense\n", "\(zero) \(zero) refs/heads/x\n", "\(one) \(two)\n",
      "\(zero) \(two) \(PushPlace.log)\n",
    ] {
      #expect(place.run(["hook", "post-receive", "-C", place.server.path], input: input) == .met)
    }
    #expect(try place.server.git("for-each-ref", PushPlace.log) == "")
    place.variables["GIT_QUARANTINE_PATH"] = "/x"
    #expect(
      place.run(["hook", "post-receive", "-C", place.server.path], input: "\(zero) \(one) refs/heads/x\n")
        == .met)
    #expect(try place.server.git("for-each-ref", PushPlace.log) == "")
    #expect(place.run(["hook", "post-receive", "-C", place.server.folder + "/none"]) == .met)
    place.variables = [:]
    let many = (0..<10_050).map { "\(zero) \(one) refs/heads/b\($0)\n" }.joined()
    #expect(place.run(["hook", "post-receive", "-C", place.server.path], input: many) == .met)
    #expect(place.complaints == ["tributary: of 10050 references 10000 are recorded"])
    #expect(try place.lines().count == 10_000)
  }

  @Test func `installs once, renews its own hook, and leaves a foreign one alone`() throws {
    let place = try PushPlace()
    let install = ["hook", "install", "post-receive", "-C", place.server.path]
    #expect(place.run(install) == .met)
    #expect(
      place.output.replacing("\n", with: " ").contains("was installed")
        && place.output.contains("receive.hideRefs"))
    let first = try text(hook(place))
    let call = "'\(try ProgramProcess.path())' 'hook' 'post-receive'"
    #expect(first.hasPrefix("#!/bin/sh\n") && first.contains(call))
    #expect(try mode(hook(place)) == 0o755)
    #expect(place.run(install) == .met)
    #expect(place.output.replacing("\n", with: " ").contains("is installed already"))
    #expect(place.run(install + ["--pusher-variable", "LOG'NAME"]) == .met)
    #expect(place.output.replacing("\n", with: " ").contains("was renewed"))
    #expect(try text(hook(place)).contains("'--pusher-variable' 'LOG'\\''NAME'"))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: hook(place))
    #expect(place.run(install) == .met)
    #expect(try mode(hook(place)) == 0o755)
    try Data("#!/bin/sh\necho mine\n".utf8).write(to: URL(fileURLWithPath: hook(place)))
    #expect(place.run(install) == .failed)
    #expect(place.complaints.joined().contains("somebody else wrote it; it was left as it is. Both can run"))
    #expect(try text(hook(place)) == "#!/bin/sh\necho mine\n")
  }

  @Test func `follows core.hooksPath of the repository and refuses the machine's`() throws {
    let place = try PushPlace()
    let folder = place.server.folder + "/own-hooks"
    try place.server.git("config", "core.hooksPath", folder)
    let install = ["hook", "install", "post-receive", "-C", place.server.path]
    #expect(place.run(install) == .met)
    #expect(FileManager.default.isExecutableFile(atPath: folder + "/post-receive"))
    try place.server.git("config", "core.hooksPath", "relative")
    #expect(place.run(install) == .failed)
    try place.server.git("config", "--unset", "core.hooksPath")
    try Data("[core]\n\thooksPath = /srv/hooks\n".utf8)
      .write(to: URL(fileURLWithPath: place.server.folder + "/.gitconfig"))
    place.variables["HOME"] = place.server.folder
    #expect(place.run(install) == .failed)
    #expect(place.complaints.joined().contains("/srv/hooks"))
    #expect(!FileManager.default.fileExists(atPath: hook(place)))
  }

  @Test func `lets everybody write who shares the repository`() throws {
    let place = try PushPlace()
    try place.server.git("config", "core.sharedRepository", "group")
    try place.commit("Start", hours: 0)
    try place.push(try place.id("HEAD"), to: "refs/heads/main", hours: 1, by: "ada")
    let lock = try mode(place.server.path + "/tributary.lock") ?? 0
    #expect(lock & 0o060 == 0o060)
    let folder = try mode(place.server.path + "/refs/notes/tributary") ?? 0
    #expect(folder & 0o070 == 0o070)
  }
}
