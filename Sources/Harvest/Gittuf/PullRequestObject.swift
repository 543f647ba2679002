internal import Facts
internal import Git

/// What GitHub's interface said of a request when it was merged, as gittuf's app keeps it.
struct PullRequestObject {
  let number: Int
  let title: String
  let author: Identity?
  let created: Instant
  let merged: Instant?
  let mergedBy: Identity?
  let isDraft: Bool
  let head: ObjectName?
  let requested: [Identity]
  let comments: Int
  let reviewComments: Int
  /// The branch it was merged into, and the commit that it became there.
  let ref: String
  let commit: ObjectName
  let blob: ObjectID

  /// Nil when the statement is about another commit, or lacks number or date.
  init?(_ envelope: Envelope, ref: String, commit: ObjectName, blob: ObjectID) {
    let request = envelope.predicate
    guard envelope.isOfKind("github-pull-request/"), envelope.subjectDigest("gitCommit") == commit,
      let number = request["number"]?.integer.flatMap({ Int(exactly: $0) }), number > 0,
      let created = Self.instant(request["created_at"])
    else { return nil }
    self.number = number
    self.created = created
    self.ref = ref
    self.commit = commit
    self.blob = blob
    title = request["title"]?.text ?? ""
    author = Self.account(request["user"])
    merged = Self.instant(request["merged_at"])
    mergedBy = Self.account(request["merged_by"])
    isDraft = request["draft"]?.truth ?? false
    head = request["head"]?["sha"]?.text.flatMap { ObjectName(hex: $0) }
    requested = (request["requested_reviewers"]?.elements ?? []).prefix(1_000).compactMap(Self.account)
    comments = Self.count(request["comments"])
    reviewComments = Self.count(request["review_comments"])
  }

  private static func instant(_ value: JSONValue?) -> Instant? { value?.text.flatMap { Instant(text: $0) } }

  /// An account by its login, as `Identity` holds one.
  private static func account(_ value: JSONValue?) -> Identity? {
    guard let login = value?["login"]?.text, !login.isEmpty else { return nil }
    return Identity(name: "", email: login)
  }

  private static func count(_ value: JSONValue?) -> Int {
    Int(clamping: min(max(0, value?.integer ?? 0), 1_000_000))
  }
}

extension PullRequestObject {
  /// Opening, last revision, who was still asked, and the landing.
  func observations(ref place: String, headSeconds: Int64?) -> [Observation] {
    let evidence = Evidence(ref: place, object: ObjectName(git: blob))
    let during = KnownTime.between(created, merged)
    var observations = [Observation(.opened, .at(created), by: author, .recorded, evidence)]
    if isDraft { observations.append(Observation(.draft, during, by: nil, .bounded, evidence)) }
    if let head {
      // A head may be older than the request, and never comes after the merge.
      let earliest = headSeconds.map { Instant(seconds: $0) }.flatMap { $0 <= merged ?? $0 ? $0 : nil }
      observations.append(
        Observation(.revision(head), .between(earliest, merged), by: nil, .bounded, evidence))
    }
    for person in requested {
      observations.append(Observation(.reviewRequested(of: person), during, by: nil, .bounded, evidence))
    }
    if let merged {
      observations.append(
        Observation(.landed(commit: commit), .at(merged), by: mergedBy, .recorded, evidence))
    }
    return observations
  }
}
