import Facts
import Foundation
import Git
import Harvest
import Support
import Testing

@testable import Commands

/// A repository with a roster of keys and one review, whose approvals are signed in all sorts of ways.
final class SigningStory {
  let fixture: TemporaryRepository
  let change: ObjectID
  private let tool = ChildProcess { ProcessInfo.processInfo.environment[$0] }
  private static let discuss = "refs/notes/devtools/discuss"

  /// Whether this machine has a program; tests of what needs it are skipped otherwise.
  static func has(_ program: String) -> Bool {
    let tool = ChildProcess { ProcessInfo.processInfo.environment[$0] }
    return tool.run(ProgramCall(program, [.text("--version")], input: [])) != .missing
  }

  /// Makes keys for the people named, then the roster by `roster`, then a change by Cy that asks for a review.
  init(keys people: [String] = ["bo", "cy"], roster: ((SigningStory) throws -> String)? = nil) throws {
    fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["base": "1"])
    try fixture.git("checkout", "-q", "-b", "cache")
    change = try fixture.commit("Cache", files: ["cache": "1"], author: "Cy Orr <cy@example.org>")
    try fixture.git("checkout", "-q", "main")
    for person in people { try makeKey(person) }
    let text = try roster?(self) ?? plainRoster(people)
    try fixture.commit("Policy", files: ["policies/roster.json5": text])
    var request = AppraiseRequest()
    (request.timestamp, request.requester) = ("\(fixture.clock)", "cy@example.org")
    (request.reviewRef, request.targetRef) = ("refs/heads/cache", "refs/heads/main")
    try note(request.line, "refs/notes/devtools/reviews", on: change)
  }

  private func plainRoster(_ people: [String]) throws -> String {
    let entries = try people.map {
      "\($0): { emails: [\"\($0)@example.org\"], keys: [\"\(try publicKey($0))\"] }"
    }
    return "{ version: 1, people: { \(entries.joined(separator: ", ")) } }"
  }

  private func makeKey(_ name: String) throws {
    try run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", keyPath(name)])
  }

  func keyPath(_ name: String) -> String { fixture.folder + "/key-" + name }

  func publicKey(_ name: String) throws -> String {
    let text = try fixture.text("key-\(name).pub")
    return text.trimmingCharacters(in: .newlines)
  }

  @discardableResult
  func run(_ program: String, _ words: [String], input: [UInt8] = [], home: String? = nil) throws -> [UInt8] {
    let outcome = tool.run(
      ProgramCall(
        program, words.map { .text($0) }, input: input, environment: home.map { ["GNUPGHOME": $0] } ?? [:],
        seconds: 60))
    guard case .ended(status: 0, let output) = outcome else {
      throw StoryProblem(what: "\(program) \(words): \(outcome)")
    }
    return output
  }

  struct StoryProblem: Error { let what: String }

  // MARK: Records

  func approval(
    by author: String = "bo@example.org", at time: Int64? = nil, on commit: ObjectID? = nil, text: String = ""
  ) -> AppraiseComment {
    var comment = AppraiseComment()
    (comment.timestamp, comment.author) = ("\(time ?? fixture.clock)", author)
    (comment.resolved, comment.description) = (true, text)
    comment.location = AppraiseComment.Location()
    comment.location?.commit = (commit ?? change).hex
    return comment
  }

  /// The record signed as an approval, by SSH.
  func signed(
    _ comment: AppraiseComment, by key: String, namespace: String = SignatureClaim.recordNamespace
  ) throws -> AppraiseComment {
    var comment = comment
    comment.signature = "gpgsig"
    let words = ["-Y", "sign", "-n", namespace, "-f", keyPath(key)]
    comment.signature = String(decoding: try run("ssh-keygen", words, input: comment.line), as: UTF8.self)
    return comment
  }

  /// Adds a line to the discussion by an unsigned notes commit.
  func add(_ comment: AppraiseComment, on object: ObjectID? = nil) throws {
    try note(comment.line, Self.discuss, on: object ?? change)
  }

  func note(_ line: [UInt8], _ ref: String, on object: ObjectID) throws {
    try fixture.git(
      ["notes", "--ref", ref, "append", "-m", String(decoding: line, as: UTF8.self), object.hex])
  }

  /// Makes the newest notes commit again, with the same parents, signed by a key.
  func signNotes(by key: String, at time: Int64? = nil, ref: String = discuss) throws {
    let parents = try fixture.git("log", "-1", "--format=%P", ref).split(separator: " ").map(String.init)
    let commit = try fixture.git(
      [
        "-c", "gpg.format=ssh", "-c", "user.signingKey=\(keyPath(key))", "commit-tree", "-S", "-m", "Notes",
        "\(ref)^{tree}",
      ] + parents.flatMap { ["-p", $0] },
      environment: ["GIT_COMMITTER_DATE": "@\(time ?? fixture.clock) +0000"])
    try fixture.git("update-ref", ref, commit)
  }

  // MARK: Reading

  /// What is told of the approvals, each as `ADDRESS GRADE`, and what is said of signatures.
  func read(
    allowedSigners: String? = nil, asOf: Int64 = 2_000_000_000, world: World? = nil
  ) throws -> (approvals: [String], refusals: [String], remarks: [String]) {
    let checking = SignatureChecking(
      policies: nil, allowedSigners: allowedSigners.map { Array($0.utf8) },
      asOf: Instant(seconds: asOf), world: world ?? .system())
    let harvested = try Harvester(
      try fixture.open(), Harvester.Options(asOf: Instant(seconds: asOf)), verifier: checking.verifier
    ).harvest()
    let approvals = harvested.traces.flatMap(\.observations).compactMap { observation -> String? in
      guard case .verdict(.approve, _) = observation.kind else { return nil }
      return "\(observation.actor?.email ?? "-") \(observation.grade)"
    }
    let refusals = harvested.diagnostics.compactMap { diagnostic -> String? in
      if case .unverifiedSignature(let detail) = diagnostic.kind { detail } else { nil }
    }
    return (approvals.sorted(), refusals, checking.remarks)
  }
}
