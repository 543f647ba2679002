import Facts
import Foundation
import Git
import Support

@testable import Harvest

/// A repository with gittuf's refs beside a branch on which requests land.
final class GittufStory {
  let fixture: TemporaryRepository
  private var index = 0

  init() throws {
    fixture = try TemporaryRepository()
    try fixture.commit("Base", files: ["base": "1\n"])
  }

  /// A branch with one commit of a guest, merged into main by hand; times are of the fixture's clock.
  func land(
    _ name: String, message: String? = nil
  ) throws -> (head: ObjectID, merge: ObjectID, old: ObjectID, tree: ObjectID) {
    let old = try fixture.id(of: "main")
    try fixture.git("checkout", "-q", "-b", name)
    let head = try fixture.commit("Work on \(name)", files: [name: "1\n"], author: "Cy Orr <cy@example.org>")
    try fixture.git("checkout", "-q", "main")
    try fixture.git("merge", "-q", "--no-ff", "-m", message ?? "Take \(name)", name)
    return (head, try fixture.id(of: "main"), old, try fixture.id(of: "main^{tree}"))
  }

  /// Writes or removes one file of an attestations ref in a commit of its own, which is returned.
  @discardableResult
  func attest(
    _ path: String, _ text: String?, ref: String = "refs/gittuf/attestations",
    by author: String = "gittuf app <app@example.org>"
  ) throws -> ObjectName {
    let parts = author.split(separator: "<")
    let environment = [
      "GIT_INDEX_FILE": fixture.folder + "/" + ref.replacing("/", with: "-"),
      "GIT_AUTHOR_NAME": parts[0].trimmingCharacters(in: .whitespaces),
      "GIT_AUTHOR_EMAIL": String(parts[1].dropLast()),
    ]
    if let text {
      let blob = try fixture.object("blob", Array(text.utf8))
      try fixture.git(
        ["update-index", "--add", "--cacheinfo", "100644,\(blob.hex),\(path)"], environment: environment)
    } else {
      try fixture.git(["update-index", "--force-remove", path], environment: environment)
    }
    let tree = try fixture.git(["write-tree"], environment: environment)
    return try append(to: ref, tree: tree, message: "Update attestations", environment: environment)
  }

  /// Adds an entry to a log.
  @discardableResult
  func log(_ message: String, ref: String = "refs/gittuf/reference-state-log") throws -> ObjectName {
    let tree = try fixture.git(["mktree"])
    return try append(to: ref, tree: tree, message: message)
  }

  func push(_ target: ObjectID, of branch: String = "refs/heads/main", number: Int) throws -> ObjectName {
    try log("RSL Reference Entry\n\nref: \(branch)\ntargetID: \(target.hex)\nnumber: \(number)")
  }

  private func append(
    to ref: String, tree: String, message: String, environment: [String: String] = [:]
  ) throws -> ObjectName {
    let known = try fixture.git("for-each-ref", "--format=%(objectname)", ref)
    let commit = try fixture.git(
      ["commit-tree", tree, "-F", "-"] + (known.isEmpty ? [] : ["-p", known]), stdin: Array(message.utf8),
      environment: environment)
    try fixture.git("update-ref", ref, commit)
    return try ObjectName(git: fixture.id(of: commit))
  }

  func harvest(branch: String? = nil, since: Int64? = nil, asOf: Int64? = nil) throws -> Harvested {
    try Harvester(
      try fixture.open(),
      .init(
        branch: branch, since: since.map { Instant(seconds: $0) }, asOf: asOf.map { Instant(seconds: $0) })
    ).harvest()
  }
}

/// Texts of attestations as gittuf writes them.
enum GittufText {
  static func envelope(
    _ kind: String, subject: String, _ predicate: String, signatures: [(key: String, text: String)] = []
  ) -> String {
    let statement =
      #"{"type":"https://in-toto.io/Statement/v1","subject":[{"digest":{\#(subject)}}],"#
      + #""predicate_type":"https://gittuf.dev/\#(kind)","predicate":\#(predicate)}"#
    let list = signatures.map { #"{"keyid":"\#($0.key)","sig":"\#(base64($0.text))"}"# }
    return #"{"payloadType":"application/vnd.gittuf+json","payload":"\#(base64(statement))","#
      + #""signatures":[\#(list.joined(separator: ","))]}"#
  }

  static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  static func move(_ from: ObjectID, _ tree: ObjectID) -> String { "refs/heads/main/\(from.hex)-\(tree.hex)" }

  static func approvalPath(_ from: ObjectID, _ tree: ObjectID) -> String {
    "code-review-approvals/\(move(from, tree))/github/\(base64("https://example.org/app"))"
  }

  static func approvals(
    _ from: ObjectID, _ tree: ObjectID, by people: [String], dismissed: [String] = [],
    signatures: [(key: String, text: String)] = []
  ) -> String {
    envelope(
      "github-pull-request-approval/v0.1", subject: #""gitTree":"\#(tree.hex)""#,
      #"{"approvers":\#(people),"dismissedApprovers":\#(dismissed),"fromRevisionID":"\#(from.hex)","#
        + #""targetRef":"refs/heads/main","targetTreeID":"\#(tree.hex)"}"#, signatures: signatures)
  }

  static func authorization(
    _ from: ObjectID, _ tree: ObjectID, signatures: [(key: String, text: String)]
  ) -> String {
    envelope(
      "reference-authorization/v0.2", subject: #""gitTree":"\#(tree.hex)""#,
      #"{"fromID":"\#(from.hex)","targetID":"\#(tree.hex)","targetRef":"refs/heads/main"}"#,
      signatures: signatures)
  }

  static func request(
    _ number: Int, commit: ObjectID, head: ObjectID, created: String, merged: String,
    by merger: String? = "ada"
  ) -> String {
    let person = merger.map { #","merged_by":{"login":"\#($0)"}"# } ?? ""
    return envelope(
      "github-pull-request/v0.1", subject: #""gitCommit":"\#(commit.hex)""#,
      #"{"number":\#(number),"title":"Add cache","user":{"login":"cy-orr"},"created_at":"\#(created)","#
        + #""merged_at":"\#(merged)"\#(person),"draft":false,"comments":2,"review_comments":1,"#
        + #""head":{"sha":"\#(head.hex)"},"requested_reviewers":[{"login":"di"}]}"#)
  }
}
