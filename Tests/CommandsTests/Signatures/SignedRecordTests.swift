import Facts
import Foundation
import Git
import Harvest
import Support
import Testing

@testable import Commands

@Suite struct SignedRecordTests {
  @Test(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
  func `a record is signed in a namespace of its own`() throws {
    let story = try SigningStory()
    try story.add(try story.signed(story.approval(text: "good"), by: "bo"))
    #expect(try story.read().approvals == ["bo@example.org signed"])
    try story.add(try story.signed(story.approval(text: "as a commit"), by: "bo", namespace: "git"))
    let told = try story.read()
    #expect(told.approvals == ["bo@example.org recorded", "bo@example.org signed"])
    #expect(
      told.refusals == ["made for the namespace \"git\", expected the namespace \"review@tributary\""])
  }

  @Test(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
  func `a changed record, a forged author and another's key prove nothing`() throws {
    let story = try SigningStory()
    var changed = try story.signed(story.approval(text: "to be changed"), by: "bo")
    changed.description = "changed"
    try story.add(changed)
    #expect(try story.read().refusals == ["the signature does not match what it is over"])
    var forged = try story.signed(story.approval(by: "cy@example.org"), by: "cy")
    forged.author = "bo@example.org"
    try story.add(forged)
    try story.add(try story.signed(story.approval(text: "by cy"), by: "cy"))
    let told = try story.read()
    #expect(told.approvals == Array(repeating: "bo@example.org recorded", count: 3))
    #expect(Set(told.refusals.dropFirst()) == ["signed by cy, not by bo"])
  }

  @Test(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
  func `a signed record that is copied to another review proves nothing there`() throws {
    let story = try SigningStory()
    let record = try story.signed(story.approval(), by: "bo")
    try story.fixture.git("checkout", "-q", "-b", "evil")
    let evil = try story.fixture.commit("Evil", files: ["evil": "1"], author: "Cy Orr <cy@example.org>")
    try story.fixture.git("checkout", "-q", "main")
    var request = AppraiseRequest()
    (request.timestamp, request.requester) = ("\(story.fixture.clock)", "cy@example.org")
    (request.reviewRef, request.targetRef) = ("refs/heads/evil", "refs/heads/main")
    try story.note(request.line, "refs/notes/devtools/reviews", on: evil)
    try story.add(record, on: evil)
    // Nor where a request, which anybody can write, says that the review was rebased onto the approved commit.
    let copied = try story.read()
    #expect(copied.approvals == ["bo@example.org recorded"])
    #expect(copied.refusals == ["the signed record names no commit of this review"])
    (request.timestamp, request.alias) = ("\(story.fixture.clock)", story.change.hex)
    try story.note(request.line, "refs/notes/devtools/reviews", on: evil)
    #expect(try story.read().approvals == ["bo@example.org recorded"])
    try story.add(record)
    #expect(try story.read().approvals == ["bo@example.org recorded", "bo@example.org signed"])
  }

  @Test func `an SSH signature that is cut, or of another version, is refused without running anything`()
    throws
  {
    let world = RecordedWorld().world
    let key = SigningKey(.ssh(type: "ssh-ed25519", base64: "AAAA"))
    let roster = Roster(people: [.init(handle: "bo", emails: ["bo@example.org"], keys: [key])])
    let checker = SignatureChecker(TrustedKeys(roster: roster, allowedSigners: nil), world: world)
    let bo = Identity(name: "", email: "bo@example.org")
    let texts = [
      "-----BEGIN SSH SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----",
      "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAv////8=\n-----END SSH SIGNATURE-----",
      "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAf////8=\n-----END SSH SIGNATURE-----\nmore", "", "gpgsig",
      "-----BEGIN SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----",
    ]
    let findings = checker.check(
      texts.map {
        SignatureClaim(
          Array($0.utf8), over: [1], by: .person(bo), namespace: "git", at: Instant(seconds: 1_704_067_200))
      })
    let unreadable = SignatureFinding.refused("the SSH signature cannot be read")
    let unknown = SignatureFinding.refused("a kind of signature that is not checked here")
    #expect(
      findings == Array(repeating: unreadable, count: 4) + Array(repeating: unknown, count: 3)
        + [.refused("the roster lists no OpenPGP key")])
    #expect(checker.remark == nil)
  }
}

@Suite(.enabled(if: SigningStory.has("ssh-keygen"), "there is no ssh-keygen here"))
struct VouchingKeyTests {
  /// The finding for a signature by Bo's key, which is the app's in this roster.
  private func finding(
    _ signer: SignatureClaim.Signer, vouches: Bool, isBot: Bool = true
  ) throws -> SignatureFinding {
    let story = try SigningStory(keys: ["bo"])
    let payload = Array("DSSEv1 1 x 1 y".utf8)
    let signature = try story.run(
      "ssh-keygen", ["-Y", "sign", "-n", "git", "-f", story.keyPath("bo")], input: payload)
    let parts = try story.publicKey("bo").split(separator: " ").map(String.init)
    let key = SigningKey(.ssh(type: parts[0], base64: parts[1]), vouches: vouches)
    let roster = Roster(people: [
      .init(handle: "app", emails: ["app@example.org"], isBot: isBot, keys: [key]),
      .init(handle: "cy", emails: ["cy@example.org"]),
    ])
    let checker = SignatureChecker(TrustedKeys(roster: roster, allowedSigners: nil), world: .system())
    let claim = SignatureClaim(
      signature, over: payload, by: signer, namespace: "git", at: Instant(seconds: 1_704_067_200))
    return checker.check([claim, claim])[1]
  }

  @Test func `only a service's key that vouches proves what others did`() throws {
    let cy = Identity(name: "", email: "cy@example.org")
    #expect(try finding(.service, vouches: true) == .good)
    #expect(try finding(.personOrService(cy), vouches: true) == .good)
    let refusal = SignatureFinding.refused("signed by app, whose key does not speak for others")
    #expect(try finding(.service, vouches: false) == refusal)
    #expect(try finding(.service, vouches: true, isBot: false) == refusal)
    #expect(try finding(.person(cy), vouches: true) == .refused("signed by app, not by cy"))
    #expect(try finding(.personOrService(cy), vouches: false) == .refused("signed by app, not by cy"))
  }
}

@Suite(.enabled(if: SigningStory.has("gpg"), "there is no gpg here"), .serialized)
struct OpenPGPRecordTests {
  /// A keyring of its own with one key, made as of 2024-01-01 and valid for a year.
  private final class Keyring {
    let home: String
    let fingerprint: String
    private let story: SigningStory

    init(_ story: SigningStory) throws {
      self.story = story
      home = "/tmp/tributary-\(UUID().uuidString.prefix(8))"
      try FileManager.default.createDirectory(
        atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      let words = [
        "--batch", "--faked-system-time", "20240101T000000", "--passphrase", "", "--quick-generate-key",
      ]
      try story.run("gpg", words + ["Bo <bo@example.org>", "ed25519", "sign", "1y"], home: home)
      let list = try story.run("gpg", ["--batch", "--with-colons", "--list-keys"], home: home)
      let line = String(decoding: list, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("fpr:") }
      fingerprint = line?.split(separator: ":").last.map(String.init) ?? ""
    }

    deinit {
      // Ends the agent of this keyring; a folder left behind harms no test.
      _ = try? story.run("gpgconf", ["--kill", "all"], home: home)
      try? FileManager.default.removeItem(atPath: home)
    }

    /// The record as `git appraise accept -S` writes it.
    func signed(_ comment: AppraiseComment) throws -> AppraiseComment {
      var comment = comment
      comment.signature = "gpgsig"
      let output = try story.run(
        "gpg", ["--batch", "--faked-system-time", "20240101T100000", "--armor", "--detach-sign"],
        input: comment.line, home: home)
      comment.signature = String(decoding: output, as: UTF8.self)
      return comment
    }

    var world: World {
      var world = World.system()
      let environment = world.environment
      let home = home
      world.environment = { $0 == "GNUPGHOME" ? home : environment($0) }
      return world
    }
  }

  private func roster(_ fingerprint: String, _ dates: String = "") -> String {
    """
    { version: 1, people: { bo: { emails: ["bo@example.org"],
      keys: [{ fingerprint: "\(fingerprint)"\(dates) }] }, cy: { emails: ["cy@example.org"] } } }
    """
  }

  @Test func `a record that git-appraise signed is signed by the listed fingerprint alone`() throws {
    let story = try SigningStory(keys: [])
    let ring = try Keyring(story)
    try story.add(try ring.signed(story.approval(text: "good")))
    #expect(try story.read(world: ring.world).refusals.isEmpty)
    try story.fixture.commit("Keys", files: ["policies/roster.json5": roster(ring.fingerprint)])
    #expect(try story.read(world: ring.world).approvals == ["bo@example.org signed"])
    var changed = try ring.signed(story.approval(text: "to be changed"))
    changed.description = "changed"
    try story.add(changed)
    try story.add(try ring.signed(story.approval(by: "cy@example.org")))
    let told = try story.read(world: ring.world)
    #expect(
      told.approvals == ["bo@example.org recorded", "bo@example.org signed", "cy@example.org recorded"])
    #expect(
      Set(told.refusals) == ["the signature does not match what it is over", "signed by bo, not by cy"])
    let other = String(ring.fingerprint.reversed())
    try story.fixture.commit("Keys", files: ["policies/roster.json5": roster(other)])
    let unlisted = try story.read(world: ring.world)
    #expect(unlisted.refusals.contains("signed by a key that the roster does not list"))
  }

  @Test func `an OpenPGP key counts within its own dates and the roster's, and only from a keyring`() throws {
    let story = try SigningStory(keys: [])
    let ring = try Keyring(story)
    let empty = story.fixture.folder + "/empty"
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
    try story.fixture.commit(
      "Keys", files: ["policies/roster.json5": roster(ring.fingerprint, ", until: '2024-01-01'")])
    try story.add(try ring.signed(story.approval()))
    let early = try story.read(world: ring.world)
    #expect(early.refusals.count == 1)
    #expect(early.refusals[0].hasPrefix("the key of bo counted until 2024-01-01T00:00:00Z"))
    try story.fixture.commit("Keys", files: ["policies/roster.json5": roster(ring.fingerprint)])
    var world = World.system()
    world.environment = { $0 == "GNUPGHOME" ? empty : ProcessInfo.processInfo.environment[$0] }
    let missing = try story.read(world: world)
    #expect(missing.refusals.first?.contains("is not in the keyring") == true)
    story.fixture.tick(seconds: 2 * 366 * 86_400)
    try story.add(try ring.signed(story.approval(text: "two years later")))
    let late = try story.read(world: ring.world)
    #expect(late.approvals == ["bo@example.org recorded", "bo@example.org signed"])
    #expect(late.refusals == ["the OpenPGP key had expired"])
  }
}
