internal import Facts
internal import Harvest

/// Reads what GitHub's programs print: `gh pr list --json …`, `gh api graphql`, and lists of the REST interface.
///
/// Which of them it is shows in the keys of each object, so the same input may hold several.
struct GitHubReader {
  private(set) var input = ForgeInput()
  /// Keys under which GraphQL and searches hold what was asked for.
  private static let containers = [
    "data", "repository", "organization", "user", "viewer", "search", "pullRequests", "pullRequest", "nodes",
    "edges", "node", "items",
  ]

  mutating func read(_ documents: [ImportField]) {
    for document in documents { visit(document) }
  }

  private mutating func visit(_ field: ImportField) {
    if field.isArray {
      for element in field.elements { visit(element) }
      return
    }
    refuseErrors(field)
    if field["number"] != nil,
      field.first(["headRefOid", "headRefName", "baseRefName", "head", "base"]) != nil
    {
      input.request { (input) throws(ImportRefusal) in try GitHubRequest(field).read(into: &input) }
    } else if field.first(["pull_request_url", "issue_url"]) != nil {
      input.comment { (input) throws(ImportRefusal) in try GitHubComment.read(loose: field, into: &input) }
    } else {
      let inner = Self.containers.compactMap { field[$0] }
      for field in inner { visit(field) }
      if inner.isEmpty, field["errors"] == nil, field["message"] == nil, field["data"] == nil, !isEmpty(field)
      {
        input.request { (_) throws(ImportRefusal) in
          throw ImportRefusal(
            place: field.place.words,
            what:
              "is no pull request, review or comment of GitHub; a pull request has `number` and `headRefOid`"
              + " (or `head`), as `gh pr list --json number,headRefOid,…` prints them")
        }
      }
    }
  }

  private func isEmpty(_ field: ImportField) -> Bool { field.value == .object(["data": .null]) }

  /// Errors that the server gave in place of an answer, or beside one.
  private mutating func refuseErrors(_ field: ImportField) {
    for error in field.list("errors") {
      input.refuse(ImportRefusal(place: error.place.words, what: "GitHub says: \(error.text("message"))"))
    }
    if field["documentation_url"] != nil {
      input.refuse(ImportRefusal(place: field.place.words, what: "GitHub says: \(field.text("message"))"))
    }
  }
}

/// Names of GitHub accounts.
enum GitHubAccount {
  /// The login; `ghost`, as GitHub itself says, where the account is gone.
  ///
  /// Machines get the ending that the REST interface gives them: `gh` and GraphQL leave it out or write `app/NAME`.
  static func login(_ field: ImportField?) -> String {
    guard let field else { return "ghost" }
    var login = field.text("login")
    let isApp = login.hasPrefix("app/")
    if isApp { login = String(login.dropFirst(4)) }
    guard !login.isEmpty else { return "ghost" }
    let isMachine =
      isApp || field.truth("is_bot") == true || field.text("__typename") == "Bot"
      || field.text("type") == "Bot"
    return isMachine && !login.hasSuffix("[bot]") ? login + "[bot]" : login
  }

  /// A person by login, or a team by its name.
  static func reviewer(_ field: ImportField) -> String {
    let person = field["requestedReviewer"] ?? field
    let login = person.text("login")
    return login.isEmpty ? person.text("slug", "name") : GitHubAccount.login(person)
  }
}

/// One pull request with everything that stands inside it.
private struct GitHubRequest {
  private let field: ImportField
  private let number: Int
  private let opened: Instant

  init(_ field: ImportField) throws(ImportRefusal) {
    self.field = field
    number = try field.number("number")
    opened = try field.requiredTime("createdAt", "created_at")
  }

  func read(into input: inout ForgeInput) throws(ImportRefusal) {
    let merged = try field.time("mergedAt", "merged_at")
    let closed = try field.time("closedAt", "closed_at")
    let target = field["base"]?.text("ref") ?? field.text("baseRefName")
    guard !target.isEmpty else { throw field.refusal("baseRefName", "the name of the target branch") }
    var request = ForgeRequest(
      number: number, opened: opened, requester: GitHubAccount.login(field.first(["author", "user"])),
      title: field.text("title"), reviewRef: "refs/pull/\(number)/head",
      targetRef: target.hasPrefix("refs/") ? target : "refs/heads/\(target)",
      state: merged != nil ? .merged : isOpen(closed) ? .open : .closed)
    request.base = field["base"]?.commit("sha") ?? field.commit("baseRefOid")
    request.head = field["head"]?.commit("sha") ?? field.commit("headRefOid")
    request.commits = field.list("commits").compactMap { $0.commit("oid") ?? $0["commit"]?.commit("oid") }
    if merged != nil {
      request.landed = field["mergeCommit"]?.commit("oid") ?? field.commit("merge_commit_sha")
    }
    request.closed = closed
    request.updated = try field.time("updatedAt", "updated_at")
    request.isDraft = field.truth("isDraft", "draft")
    request.awaited =
      (field.list("reviewRequests") + field.list("requested_reviewers") + field.list("requested_teams"))
      .map(GitHubAccount.reviewer).filter { !$0.isEmpty }
    guard !request.candidates.isEmpty else { throw field.refusal("headRefOid", "a commit id of 40 digits") }
    let timeline = try GitHubTimeline(field)
    request.events = timeline.events.filter { event in
      // GitHub tells a merge as a merge and a close.
      event.event != .closed || merged.map { event.at < $0 } ?? true
    }
    if let merged { request.events.append(landing(at: merged, of: request)) }
    if request.state == .closed, let closed, !request.events.contains(where: { $0.event == .closed }) {
      request.events.append(ForgeEvent(.closed, closed))
    }
    input.add(request)
    readComments(into: &input, timeline)
  }

  private func isOpen(_ closed: Instant?) -> Bool {
    switch field.text("state") {
    case "OPEN", "open": true
    case "CLOSED", "closed", "MERGED": false
    default: closed == nil
    }
  }

  private func landing(at merged: Instant, of request: ForgeRequest) -> ForgeEvent {
    let by = field.first(["mergedBy", "merged_by"]).map { GitHubAccount.login($0) } ?? ""
    var event = ForgeEvent(.merged, merged, by: by)
    event.commit = request.landed ?? request.head
    return event
  }

  private func readComments(into input: inout ForgeInput, _ timeline: GitHubTimeline) {
    for key in ["reviews", "latestReviews", "comments", "reviewThreads"] { refuseFurtherPages(key, &input) }
    for review in field.list("reviews") + timeline.reviews {
      input.comment { (input) throws(ImportRefusal) in
        try GitHubComment.read(review: review, of: number, timeline.dismissals, into: &input)
      }
    }
    for comment in field.list("comments") + timeline.comments {
      input.comment { (input) throws(ImportRefusal) in
        try GitHubComment.read(comment: comment, of: number, into: &input)
      }
    }
    for thread in field.list("reviewThreads") {
      for comment in thread.list("comments") {
        input.comment { (input) throws(ImportRefusal) in
          try GitHubComment.read(
            onCode: comment, of: number, isOpen: thread.truth("isResolved").map { !$0 }, into: &input)
        }
      }
    }
  }

  private func refuseFurtherPages(_ key: String, _ input: inout ForgeInput) {
    guard field[key]?["pageInfo"]?.truth("hasNextPage") == true, let place = field[key]?.place else { return }
    input.refuse(
      ImportRefusal(place: place.words, what: "has further pages, which this input does not hold"))
  }
}

/// What `timelineItems` of GraphQL tell.
struct GitHubTimeline {
  private(set) var events: [ForgeEvent] = []
  private(set) var reviews: [ImportField] = []
  private(set) var comments: [ImportField] = []
  /// By the ids of the reviews that were dismissed.
  private(set) var dismissals: [String: Dismissal] = [:]

  struct Dismissal {
    var by: String
    var at: Instant
    /// What the review had said.
    var opinion: Bool?
  }

  init(_ request: ImportField) throws(ImportRefusal) {
    for item in request.list("timelineItems") { try read(item) }
  }

  private mutating func read(_ item: ImportField) throws(ImportRefusal) {
    switch item.text("__typename") {
    case "ReadyForReviewEvent": try add(.ready, item)
    case "ConvertToDraftEvent": try add(.draft, item)
    case "ClosedEvent": try add(.closed, item)
    case "ReopenedEvent": try add(.reopened, item)
    case "ReviewRequestedEvent": try add(.reviewRequested, item, about: GitHubAccount.reviewer(item))
    case "ReviewRequestRemovedEvent": try add(.reviewerRemoved, item, about: GitHubAccount.reviewer(item))
    case "HeadRefForcePushedEvent":
      if let head = item["afterCommit"]?.commit("oid") { try add(.revision, item, commit: head) }
    case "ReviewDismissedEvent":
      let previous = item.text("previousReviewState")
      dismissals[item["review"]?.id("id") ?? ""] = Dismissal(
        by: item["actor"].map { GitHubAccount.login($0) } ?? "", at: try item.requiredTime("createdAt"),
        opinion: previous == "APPROVED" ? true : previous == "CHANGES_REQUESTED" ? false : nil)
    case "PullRequestReview": reviews.append(item)
    case "IssueComment": comments.append(item)
    default: break
    }
  }

  private mutating func add(
    _ kind: ForgeMark.Event, _ item: ImportField, about subject: String? = nil, commit: ObjectName? = nil
  ) throws(ImportRefusal) {
    guard subject != "" else { return }
    var event = ForgeEvent(
      kind, try item.requiredTime("createdAt"), by: item["actor"].map { GitHubAccount.login($0) } ?? "")
    event.subject = subject ?? ""
    event.commit = commit
    events.append(event)
  }
}
