import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// Repositories that are empty, cut, damaged or foreign: the right words, and the rest of the answer intact.
@Suite struct CommandsDamageTests {
  private static let commands = [["contributions"], ["backlog"], ["health"]]

  private func ids(_ path: String) throws -> [String] {
    let run = Run(["contributions", "--format", "json", path])
    #expect(run.ending == .met, "\(run.complaints)")
    return try run.ids
  }

  /// What could not be read: kinds with their counts.
  private func diagnostics(_ path: String) throws -> [String] {
    let json = try Run(["contributions", "--format", "json", path]).json
    let repository = try #require((json["repositories"] as? [[String: Any]])?.first)
    return try #require(repository["diagnostics"] as? [[String: Any]]).map {
      "\($0["kind"] as? String ?? "") \($0["count"] as? Int ?? 0)"
    }
  }

  @Test(arguments: commands)
  func `a path without a repository fails with one line`(command: [String]) throws {
    let fixture = try TemporaryRepository()
    let missing = Run(command + [fixture.folder + "/nowhere"])
    #expect(missing.ending == .failed)
    #expect(missing.output == "")
    #expect(missing.complaints.count == 1)
    #expect(missing.complaints.first?.contains("/nowhere") == true)
    try FileManager.default.createDirectory(
      atPath: fixture.folder + "/plain", withIntermediateDirectories: true)
    let plain = Run(command + [fixture.folder + "/plain"])
    #expect(plain.ending == .failed)
    #expect(plain.complaints.first?.contains("/plain") == true)
  }

  @Test(arguments: commands)
  func `an empty repository is answered, and told to be empty`(command: [String]) throws {
    let fixture = try TemporaryRepository()
    let run = Run(command + [fixture.path])
    #expect(run.ending == .met)
    #expect(run.output.contains("the repository has no commit yet"))
    #expect(Run(command + ["--format", "json", fixture.path]).ending == .met)
    try fixture.commit("Elsewhere")
    try fixture.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    let unborn = Run(command + [fixture.path])
    #expect(unborn.ending == .met)
    #expect(unborn.output.contains("the repository has no commit yet"))
  }

  @Test func `a shallow clone is told in every report, and newcomers are refused`() throws {
    let story = try CommandsStory()
    let clone = story.fixture.folder + "/shallow"
    try story.fixture.git(
      "clone", "-q", "--depth", "2", "--no-single-branch", "file://" + story.path, clone)
    for command in Self.commands {
      let run = Run(command + [clone])
      #expect(run.ending == .met)
      #expect(run.output.contains("shallow"))
    }
    #expect(try diagnostics(clone).contains { $0.hasPrefix("shallow-boundary") })
    #expect(Run(["health", "--format", "csv", clone]).output.contains("shallow-history"))
    #expect(try ids(clone).contains("pr/8"))
  }

  @Test func `a clone without blobs is read like any other, but for its policies`() throws {
    let story = try CommandsStory(policies: false)
    try story.fixture.git("config", "uploadpack.allowFilter", "true")
    let clone = story.fixture.folder + "/partial.git"
    try story.fixture.git(
      "clone", "-q", "--bare", "--filter=blob:none", "file://" + story.path, clone)
    try story.fixture.git("-C", clone, "fetch", "-q", "origin", "+refs/pull/*:refs/pull/*")
    #expect(try ids(clone).filter { $0.hasPrefix("pr/") } == ["pr/5", "pr/6", "pr/7", "pr/8"])
    try story.fixture.git("-C", clone, "fetch", "-q", "origin", "+refs/notes/*:refs/notes/*")
    let kinds = try diagnostics(clone)
    #expect(
      kinds.contains { $0.hasPrefix("missing-object") }, "notes whose blobs are missing are no empty notes")
  }

  @Test func `a policy whose blobs are missing is no policy to judge by`() throws {
    let story = try CommandsStory()
    try story.fixture.git("config", "uploadpack.allowFilter", "true")
    let clone = story.fixture.folder + "/partial.git"
    try story.fixture.git(
      "clone", "-q", "--bare", "--filter=blob:none", "file://" + story.path, clone)
    let run = Run(["contributions", "--format", "json", clone])
    let isTold =
      run.ending == .failed
      || run.output.contains("\"missing-object\"")
    #expect(isTold)
  }

  @Test(arguments: commands)
  func `a SHA-256 repository is refused by name`(command: [String]) throws {
    let fixture = try TemporaryRepository()
    let path = fixture.folder + "/new"
    try fixture.git("init", "-q", "--object-format=sha256", path)
    let run = Run(command + [path])
    #expect(run.ending == .failed)
    #expect(run.output == "")
    #expect(run.complaints.count == 1)
    #expect(
      run.complaints.first?.contains("SHA-256") == true || run.complaints.first?.contains("sha256") == true)
  }

  @Test func `a pack that is cut short never passes for a whole one`() throws {
    let story = try CommandsStory()
    try story.fixture.git("repack", "-a", "-d", "-q")
    let folder = story.path + "/objects/pack"
    let pack = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasSuffix(".pack") })
    let file = URL(fileURLWithPath: folder + "/" + pack)
    let bytes = try Data(contentsOf: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    for kept in [bytes.count / 2, 64, 12, 0] {
      try bytes.prefix(kept).write(to: file)
      let run = Run(["contributions", story.path])
      #expect(run.ending == .failed || run.output.contains("could not be read"), "\(kept) bytes kept")
      if run.ending == .failed { #expect(run.complaints.count == 1) }
    }
  }

  @Test func `a broken loose object costs what it holds and nothing else`() throws {
    let fixture = try TemporaryRepository()
    for number in 1...4 { try fixture.commit("Change (#\(number))", files: ["f\(number)": "\(number)"]) }
    let whole = try ids(fixture.path)
    #expect(whole == ["pr/1", "pr/2", "pr/3", "pr/4"])
    let commit = try fixture.id(of: "main~2").hex
    try fixture.truncate(commit)
    #expect(try ids(fixture.path) == ["pr/3", "pr/4"])
    #expect(try diagnostics(fixture.path).contains { $0.hasPrefix("corrupt-object") })
    try fixture.truncate(try fixture.id(of: "main").hex)
    let run = Run(["contributions", fixture.path])
    #expect(run.ending == .failed)
    #expect(run.complaints.first?.contains("is missing or broken; try `git fsck`") == true)
  }

  @Test func `a broken tree costs the paths of its commits and nothing else`() throws {
    let fixture = try TemporaryRepository()
    for number in 1...4 { try fixture.commit("Change (#\(number))", files: ["f\(number)": "\(number)"]) }
    try fixture.truncate(try fixture.id(of: "main~1^{tree}").hex)
    let run = Run(["contributions", "--format", "json", fixture.path])
    #expect(run.ending == .met)
    for number in 1...4 { #expect(run.output.contains("\"id\": \"pr/\(number)\"")) }
    #expect(run.output.contains("corrupt-object"))
  }

  @Test func `a note that is no JSON is told, and the other reviews stand`() throws {
    let story = try CommandsStory()
    let whole = try ids(story.path)
    try story.fixture.git(
      "notes", "--ref", "refs/notes/devtools/reviews", "add", "-m", "{\"timestamp\": oops\n\u{1}\u{FFFD}",
      "main")
    #expect(try ids(story.path) == whole)
    #expect(try diagnostics(story.path).contains { $0.hasPrefix("unreadable-record") })
  }

  @Test func `a message of 600 KB is read like any other`() throws {
    let fixture = try TemporaryRepository()
    let body = String(repeating: "0123456789 Merge pull request #5 from a/b\n", count: 15_000)
    try fixture.commit("Long story (#7)\n\n\(body)\nReviewed-by: Bo <bo@example.org>\n", files: ["a": "1"])
    let items = try Run(["contributions", "--format", "json", fixture.path]).items
    #expect(items.count == 1)
    #expect(items.first?["id"] as? String == "pr/7")
    #expect(items.first?["title"] as? String == "Long story")
    #expect((items.first?["approvals"] as? [Any])?.count == 1)
  }

  @Test func `odd authors cost nothing but their names`() throws {
    let fixture = try TemporaryRepository()
    let base = try fixture.commit("Base", files: ["a": "1"])
    let tree = try fixture.id(of: "HEAD^{tree}").hex
    let lines: [[UInt8]] = [
      Array("author J".utf8) + [0xE9] + Array("r <jer@example.org> 1704070800 +0000\n".utf8), [],
      Array("author <> 1704070800 +0000\n".utf8), Array("author Nobody\n".utf8),
      Array("author A <a@example.org> 99999999999999999999 +9999\n".utf8),
      Array("author A\u{1B}[31m <\u{202E}a@example.org> 1704070800 +0000\n".utf8),
    ]
    var parent = base.hex
    for (number, author) in lines.enumerated() {
      let text =
        Array("tree \(tree)\nparent \(parent)\n".utf8) + author
        + Array("committer Bo <bo@example.org> 1704070800 +0000\n\nOdd (#\(number + 1))\n".utf8)
      parent = try fixture.object("commit", text).hex
    }
    try fixture.git("update-ref", "refs/heads/main", parent)
    let run = Run(["contributions", "--format", "json", fixture.path])
    #expect(run.ending == .met)
    #expect(try run.ids.filter { $0.hasPrefix("pr/") } == (1...6).map { "pr/\($0)" })
    let names = try run.items.map { ($0["author"] as? [String: Any])?["name"] as? String ?? "-" }
    #expect(names.contains("Jér"))
    #expect(!run.output.contains("\u{1B}"))
    #expect(!Run(["contributions", fixture.path]).output.contains("\u{1B}"))
    #expect(!Run(["contributions", "--format", "csv", fixture.path]).output.contains("\u{202E}"))
  }

  @Test func `a policy that is broken on the branch fails with its place`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Policy", files: ["policies/roster.json5": "{ version: 1, teems: {} }"])
    let run = Run(["contributions", fixture.path])
    #expect(run.ending == .failed)
    #expect(run.output == "")
    #expect(run.complaints.contains { $0.contains("roster.json5:1:15") && $0.contains("teems") })
    try fixture.commit("Mend", files: ["policies/roster.json5": "{ version: 1, teams: {} }"])
    #expect(Run(["contributions", fixture.path]).ending == .met)
  }
}

extension TemporaryRepository {
  /// Cuts a loose object to half of its bytes.
  fileprivate func truncate(_ id: String) throws {
    let file = URL(fileURLWithPath: "\(path)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))")
    let bytes = try Data(contentsOf: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
    try bytes.prefix(bytes.count / 2).write(to: file)
  }
}
