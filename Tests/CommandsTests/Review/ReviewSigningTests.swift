import Commands
import Facts
import Foundation
import Git
import Support
import Testing

@Suite(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
struct ReviewSigningTests {
  /// A story whose roster lists a key of Bo's, with git set to sign by SSH with it.
  private func story(passphrase: String = "", listed: Bool = true) throws -> ReviewStory {
    let story = try ReviewStory(branch: false)
    for name in ["bo", "other"] {
      try story.fixture.run(
        "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", name, "-f", key(story, name))
    }
    let known = try story.fixture.text("key-\(listed ? "bo" : "other").pub").trimmingCharacters(in: .newlines)
    let roster = ReviewStory.roster.replacing(
      #"bo: { emails: ["bo@example.org"],"#, with: #"bo: { emails: ["bo@example.org"], keys: ["\#(known)"],"#)
    try story.fixture.commit("Keys", files: ["policies/roster.json5": roster])
    try story.branchOff()
    try story.fixture.git("config", "gpg.format", "ssh")
    try story.fixture.git("config", "user.signingKey", key(story, "bo"))
    return story
  }

  private func key(_ story: ReviewStory, _ name: String) -> String { story.fixture.folder + "/key-" + name }

  @Test func `signs as git is set, and the reader takes it as proof`() throws {
    let story = try story()
    let id = try story.request("--no-sign")
    let told = try story.review(as: "bo", "approve", id, "-m", "Good <&>")
    #expect(told["signed"] as? String == "ssh")
    #expect(told["remarks"] as? [String] == [])
    #expect(try story.approvals() == ["bo signed counted"])
    let line = try #require(try story.lines(ReviewStory.discuss, on: "HEAD~1").last)
    #expect(line.hasSuffix("-----END SSH SIGNATURE-----\\n\"}"))
  }

  @Test func `signs where commits are signed or a key is set, and as the command line says`() throws {
    let story = try story()
    let id = try story.request("--no-sign")
    func signed(_ more: String...) throws -> Bool {
      #expect(story.run(as: "bo", ["review", "comment", id, "-m", "x", "--format", "json"] + more) == .met)
      return story.output.contains("\"signed\": \"ssh\"")
    }
    #expect(try signed())
    #expect(try !signed("--no-sign"))
    try story.fixture.git("config", "commit.gpgSign", "false")
    #expect(try !signed())
    #expect(try signed("-S"))
    try story.fixture.git("config", "--unset", "user.signingKey")
    #expect(try story.refusal(as: "bo", "approve", id, "-S").contains("git has no key to sign with"))
    try story.fixture.git("config", "commit.gpgSign", "true")
    #expect(try !signed("--no-sign"))
    #expect(try story.refusal(as: "bo", "approve", id).contains("--no-sign records without a signature"))
    try story.fixture.git("config", "gpg.format", "x509")
    #expect(try story.refusal(as: "bo", "approve", id).contains("git is set to sign with x509"))
  }

  @Test func `says when a signature will prove nothing`() throws {
    let story = try story(listed: false)
    let id = try story.request("--no-sign")
    let remarks = try story.review(as: "bo", "approve", id)["remarks"] as? [String]
    #expect(
      remarks == [
        "the roster does not make this signature a proof: signed by a key that the roster does not list"
      ])
    #expect(try story.approvals() == ["bo recorded counted"])
    // Approved again with the right key, the record is proof.
    try story.fixture.git("config", "user.signingKey", key(story, "other"))
    try story.review(as: "bo", "approve", id, "-m", "Signed with the right key")
    #expect(try story.approvals() == ["bo recorded counted", "bo signed counted"])
  }

  @Test func `writes nothing when nothing can be signed`() throws {
    let story = try story(passphrase: "secret")
    let id = try story.request("--no-sign")
    let locked = try story.refusal(as: "bo", "approve", id)
    #expect(locked.contains("could not sign with") && locked.contains("ssh-add"), "\(locked)")
    func refused(_ program: String) throws -> String {
      try story.fixture.git("config", "gpg.ssh.program", program)
      return try story.refusal(as: "bo", "approve", id)
    }
    #expect(try refused("/nowhere/ssh-keygen").contains("(gpg.ssh.program), which is not here"))
    #expect(try refused("./ssh-keygen").contains("which is not here"))
    #expect(try refused(try script("true", story)).contains("gave no signature"))
    #expect(
      try refused(try script("echo Nothing doing >&2; exit 3", story)).contains("(status 3): Nothing doing"))
    // A program that signs for commits whatever it is asked for.
    try story.fixture.run("ssh-keygen", "-q", "-p", "-P", "secret", "-N", "", "-f", key(story, "bo"))
    let commits = try script("exec ssh-keygen -Y sign -n git -f '\(key(story, "bo"))'", story)
    #expect(try refused(commits).contains("signs for \"git\" whatever it is asked for"))
    try story.fixture.git("config", "--unset", "gpg.ssh.program")
    try story.review(as: "bo", "approve", id)
    #expect(try story.approvals() == ["bo signed counted"])
  }

  private func script(_ body: String, _ story: ReviewStory) throws -> String {
    let path = story.fixture.folder + "/script-\(UUID().uuidString)"
    try Data("#!/bin/sh\n\(body)\n".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }

  @Test func `takes a key that an agent holds by its text, or from a command`() throws {
    let story = try story(passphrase: "")
    let id = try story.request("--no-sign")
    let socket = story.fixture.folder + "/agent"
    let agent = Process()
    agent.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    agent.arguments = ["ssh-agent", "-D", "-a", socket]
    agent.standardOutput = FileHandle.nullDevice
    agent.standardError = FileHandle.nullDevice
    try agent.run()
    // It inherits a mask of signals from this process that holds the gentler ones back.
    defer { kill(agent.processIdentifier, SIGKILL) }
    for _ in 0..<100 where !FileManager.default.fileExists(atPath: socket) { usleep(20_000) }
    try story.fixture.run("env", "SSH_AUTH_SOCK=\(socket)", "ssh-add", "-q", key(story, "bo"))
    let text = try story.fixture.text("key-bo.pub").trimmingCharacters(in: .newlines)
    try FileManager.default.removeItem(atPath: key(story, "bo"))
    story.variables["SSH_AUTH_SOCK"] = socket
    try story.fixture.git("config", "user.signingKey", "key::" + text)
    try story.review(as: "bo", "approve", id, "-m", "By its text")
    try story.fixture.git("config", "--unset", "user.signingKey")
    try story.fixture.git("config", "gpg.ssh.defaultKeyCommand", "ssh-add -L")
    try story.review(as: "bo", "approve", id, "-S", "-m", "From a command")
    #expect(try story.approvals() == ["bo signed counted", "bo signed counted"])
  }

  @Test(.enabled(if: SigningStory.has("gpg"), "there is no gpg here"))
  func `signs with OpenPGP so that gpg itself finds it good, as git-appraise asks`() throws {
    let story = try ReviewStory(branch: false)
    let home = "/tmp/tributary-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer {
      // Ends the agent of this keyring; a folder left behind harms no test.
      try? story.fixture.run("gpgconf", "--homedir", home, "--kill", "all")
      try? FileManager.default.removeItem(atPath: home)
    }
    try story.fixture.run(
      "gpg", "--homedir", home, "--batch", "--passphrase", "", "--quick-generate-key", "Bo <bo@example.org>",
      "ed25519", "sign", "never")
    try story.fixture.run(
      "sh", "-c", "gpg --homedir '\(home)' --batch --with-colons --list-keys > '\(story.fixture.folder)/list'"
    )
    let list = try story.fixture.text("list").split(separator: "\n").first { $0.hasPrefix("fpr:") }
    let fingerprint = try #require(list?.split(separator: ":").last)
    let roster = ReviewStory.roster.replacing(
      #"bo: { emails: ["bo@example.org"],"#,
      with: #"bo: { emails: ["bo@example.org"], keys: [{ fingerprint: "\#(fingerprint)" }],"#)
    try story.fixture.commit("Keys", files: ["policies/roster.json5": roster])
    try story.branchOff()
    story.variables["GNUPGHOME"] = home
    // gpg signs at its own time, which no test can choose.
    story.now = Int64(Date().timeIntervalSince1970)
    let id = try story.request()
    try story.review(as: "bo", "approve", id, "-S", "-m", "Good")
    #expect(try story.approvals() == ["bo signed counted"])
    let line = try #require(try story.lines(ReviewStory.discuss, on: "HEAD~1").last)
    let record = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let signature = try #require(record["signature"] as? String)
    let start = try #require(line.range(of: "\"signature\":\""))
    try Data(signature.utf8).write(to: URL(fileURLWithPath: story.fixture.folder + "/sig"))
    try Data((line[..<start.upperBound] + "gpgsig\"}").utf8).write(
      to: URL(fileURLWithPath: story.fixture.folder + "/content"))
    try story.fixture.run("gpg", "--homedir", home, "--verify", "../sig", "../content")
    try story.fixture.git("config", "user.signingKey", "nobody@example.org")
    #expect(try story.refusal(as: "bo", "reject", id, "-m", "No.").contains("gpg could not sign with nobody"))
  }
}
