import Facts
import Git
import Support

@testable import Harvest

/// Notes written for tests, and short texts for what was read from them.
protocol AppraiseNotes {}

extension AppraiseNotes {
  var reviews: String { "refs/notes/devtools/reviews" }
  var discuss: String { "refs/notes/devtools/discuss" }

  func request(
    _ at: Int64?, target: String = "refs/heads/main", branch: String = "", alias: ObjectID? = nil,
    requester: String = "ada@example.org", description: String = "Add cache"
  ) -> String {
    var request = AppraiseRequest()
    request.timestamp = at.map(String.init) ?? ""
    request.targetRef = target
    request.reviewRef = branch
    request.requester = requester
    request.reviewers = ["bo@example.org"]
    request.description = description
    request.alias = alias?.hex ?? ""
    return String(decoding: request.line, as: UTF8.self)
  }

  func comment(
    _ at: Int64, _ author: String, on commit: String = "", resolved: Bool? = nil, parent: String = "",
    path: String = ""
  ) -> String {
    var comment = AppraiseComment()
    comment.timestamp = String(at)
    comment.author = author
    comment.resolved = resolved
    comment.parent = parent
    if !commit.isEmpty || !path.isEmpty {
      var location = AppraiseComment.Location()
      location.commit = commit
      location.path = path
      comment.location = location
    }
    return String(decoding: comment.line, as: UTF8.self)
  }

  func append(
    _ line: String, to ref: String, on object: ObjectID, in fixture: TemporaryRepository
  ) throws {
    try fixture.git("notes", "--ref", ref, "append", "-m", line, object.hex)
  }

  /// Writes a notes commit by hand, so that it may hold what `git notes` refuses.
  func writeNotes(
    _ entries: [(path: String, blob: String)], ref: String, parents: [String] = [],
    in fixture: TemporaryRepository
  ) throws -> String {
    var listing = ""
    var folders: [String: String] = [:]
    for entry in entries.sorted(by: { $0.path < $1.path }) {
      let parts = entry.path.split(separator: "/").map(String.init)
      if parts.count == 1 {
        listing += "100644 blob \(entry.blob)\t\(entry.path)\n"
      } else {
        folders[parts[0], default: ""] += "100644 blob \(entry.blob)\t\(parts[1])\n"
      }
    }
    for (name, inner) in folders.sorted(by: { $0.key < $1.key }) {
      let tree = try fixture.git(["mktree", "--missing"], stdin: Array(inner.utf8))
      listing += "040000 tree \(tree)\t\(name)\n"
    }
    let tree = try fixture.git(["mktree", "--missing"], stdin: Array(listing.utf8))
    let commit = try fixture.git(
      ["commit-tree", "-m", "Notes", tree] + parents.flatMap { ["-p", $0] })
    try fixture.git("update-ref", ref, commit)
    return commit
  }

  func blob(_ text: String, in fixture: TemporaryRepository) throws -> String {
    try fixture.object("blob", Array(text.utf8)).hex
  }

  func summary(_ observation: Observation) -> String {
    let start = TemporaryRepository.start
    let when =
      switch observation.time {
      case .at(let at): "\((at.seconds - start) / 3600)h"
      case .between(let from, let until):
        "\(from.map { "\(($0.seconds - start) / 3600)h" } ?? "")..\(until.map { "\(($0.seconds - start) / 3600)h" } ?? "")"
      case .unknown: "?"
      }
    let kind =
      switch observation.kind {
      case .revision(let commit): "revision \(commit.short)"
      case .landed(let commit): "landed \(commit.short)"
      case .reviewRequested(let person): "asked \(person.email)"
      case .verdict(let opinion, let revision): "\(opinion) \(revision?.short ?? "-")"
      case .comment(let onCode, let asks): "comment\(onCode ? " on code" : "")\(asks ? " asks" : "")"
      default: "\(observation.kind)"
      }
    return "\(when) \(kind) by \(observation.actor?.email ?? "-"), \(observation.grade)"
  }

  func short(_ id: ObjectID) -> String { ObjectName(git: id).short }
}
