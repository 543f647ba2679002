internal import Facts
internal import Harvest

/// Reads what `glab api` prints: merge requests, and notes, discussions, approvals and versions wherever they stand.
struct GitLabReader {
  private(set) var input = ForgeInput()
  private var requests: [ImportField] = []
  /// Things about a merge request, which a list of their own need not name: then its number is nil.
  private var loose: [(field: ImportField, number: Int?)] = []
  /// The numbers that people use, by the numbers that the server uses itself.
  private var numbers: [Int64: Int] = [:]

  mutating func read(_ documents: [ImportField]) {
    for document in documents { visit(document, within: nil) }
    for request in requests {
      input.request { (input) throws(ImportRefusal) in try GitLabRequest(request).read(into: &input) }
    }
    var threads = GitLabThreads()
    for (field, number) in loose {
      do throws(ImportRefusal) {
        threads.add(field, to: try self.number(of: field, number), &input)
      } catch {
        input.comment { (_) throws(ImportRefusal) in throw error }
      }
    }
    threads.finish(&input)
  }

  /// Looks at one value; `number` is that of the merge request inside which it stands.
  private mutating func visit(_ field: ImportField, within number: Int?) {
    if field.isArray {
      for element in field.elements { visit(element, within: number) }
    } else if field["iid"] != nil, field.first(["source_branch", "target_branch"]) != nil {
      visitRequest(field)
    } else if Self.belongsToRequest(field) {
      loose.append((field, number ?? field["iid"]?.value.integer.flatMap { Int(exactly: $0) }))
    } else {
      let message = field.text("message", "error")
      let what =
        message.isEmpty
        ? "is no merge request, note, discussion, approval or version of GitLab; a merge request has `iid` and `source_branch`"
        : "GitLab says: \(message)"
      input.request { (_) throws(ImportRefusal) in throw ImportRefusal(place: field.place.words, what: what) }
    }
  }

  private mutating func visitRequest(_ field: ImportField) {
    requests.append(field)
    let number = field["iid"]?.value.integer.flatMap { Int(exactly: $0) }
    if let own = field["id"]?.value.integer, let number { numbers[own] = number }
    for key in ["notes", "discussions", "versions", "resource_state_events"] {
      for element in field.list(key) { visit(element, within: number) }
    }
    if let approvals = field["approvals"] { visit(approvals, within: number) }
    if field["approved_by"] != nil { loose.append((field, number)) }
  }

  private static func belongsToRequest(_ field: ImportField) -> Bool {
    field["noteable_type"] != nil || (field["body"] != nil && field["system"] != nil)
      || (field["notes"] != nil && field["individual_note"] != nil) || field["approved_by"] != nil
      || field["head_commit_sha"] != nil || field["resource_type"] != nil
  }

  private func number(of field: ImportField, _ outer: Int?) throws(ImportRefusal) -> Int {
    let note = field.list("notes").first ?? field
    if let number = outer ?? note["noteable_iid"]?.value.integer.flatMap({ Int(exactly: $0) }), number > 0 {
      return number
    }
    let own = note.first(["noteable_id", "merge_request_id", "resource_id"])?.value.integer
    guard let number = own.flatMap({ numbers[$0] }) else {
      throw field.refusal(
        "noteable_iid",
        "the number of the merge request, or the merge request itself in the same input")
    }
    return number
  }
}

/// One merge request without what was said about it.
private struct GitLabRequest {
  private let field: ImportField

  init(_ field: ImportField) { self.field = field }

  func read(into input: inout ForgeInput) throws(ImportRefusal) {
    let number = try field.number("iid")
    let target = field.text("target_branch")
    guard !target.isEmpty else { throw field.refusal("target_branch", "the name of the target branch") }
    let word = field.text("state")
    let merged = try field.time("merged_at")
    var request = ForgeRequest(
      number: number, opened: try field.requiredTime("created_at"),
      requester: GitLabRequest.user(field["author"]), title: field.text("title"),
      reviewRef: "refs/merge-requests/\(number)/head", targetRef: "refs/heads/\(target)",
      state: merged != nil || word == "merged" ? .merged : word == "closed" ? .closed : .open)
    request.updated = try field.time("updated_at")
    request.closed = try field.time("closed_at")
    request.base = field["diff_refs"]?.commit("base_sha")
    request.head = field.commit("sha") ?? field["diff_refs"]?.commit("head_sha")
    request.isDraft = field.truth("draft", "work_in_progress")
    request.awaited = field.list("reviewers").map { GitLabRequest.user($0) }
    if request.state == .merged {
      request.landed = field.commit("merge_commit_sha") ?? field.commit("squash_commit_sha") ?? request.head
    }
    guard !request.candidates.isEmpty else { throw field.refusal("sha", "a commit id of 40 digits") }
    request.events = ending(of: request, merged: merged)
    input.add(request)
  }

  private func ending(of request: ForgeRequest, merged: Instant?) -> [ForgeEvent] {
    switch request.state {
    case .open: return []
    case .merged:
      guard let at = merged ?? request.closed ?? request.updated else { return [] }
      var event = ForgeEvent(.merged, at, by: actor("merge_user", "merged_by"))
      event.commit = request.landed
      if merged == nil { event.notBefore = request.opened }
      return [event]
    case .closed:
      guard let at = request.closed ?? request.updated else { return [] }
      var event = ForgeEvent(.closed, at, by: actor("closed_by"))
      if request.closed == nil { event.notBefore = request.opened }
      return [event]
    }
  }

  private func actor(_ keys: String...) -> String { field.first(keys).map { GitLabRequest.user($0) } ?? "" }

  /// The login; `ghost`, as GitLab itself says, where the account is gone.
  static func user(_ field: ImportField?) -> String {
    let name = field?.text("username") ?? ""
    return name.isEmpty ? "ghost" : name
  }
}

/// What was said about merge requests, and the notes in which GitLab itself writes down what happened.
private struct GitLabThreads {
  private struct Said {
    var number: Int
    var comment: ForgeComment
  }

  private var said: [Said] = []

  mutating func add(_ field: ImportField, to number: Int, _ input: inout ForgeInput) {
    if field["notes"] != nil, field["individual_note"] != nil {
      var first = ""
      for note in field.list("notes") {
        input.comment { (input) throws(ImportRefusal) in
          try addNote(note, to: number, after: first, &input)
        }
        if first.isEmpty { first = "note/\(note.id("id"))" }
      }
      return
    }
    input.comment { (input) throws(ImportRefusal) in
      if let approvals = field["approved_by"] {
        try addApprovals(approvals, to: number, &input)
      } else if let head = field.commit("head_commit_sha") {
        var event = ForgeEvent(.revision, try field.requiredTime("created_at"))
        event.commit = head
        input.update(number) { $0.events.append(event) }
      } else if field["resource_type"] != nil {
        try addState(field, to: number, &input)
      } else {
        try addNote(field, to: number, after: "", &input)
      }
    }
  }

  private func addApprovals(
    _ approvals: ImportField, to number: Int, _ input: inout ForgeInput
  ) throws(ImportRefusal) {
    for approval in approvals.elements {
      let by = GitLabRequest.user(approval["user"] ?? approval)
      let at = try approval.time("approved_at")
      input.update(number) { $0.approvals.append((by, at)) }
    }
  }

  private func addState(
    _ field: ImportField, to number: Int, _ input: inout ForgeInput
  ) throws(ImportRefusal) {
    let event: ForgeMark.Event? =
      switch field.text("state") {
      case "closed": .closed
      case "reopened": .reopened
      default: nil
      }
    guard let event else { return }
    try addEvent(event, field, to: number, &input)
  }

  private func addEvent(
    _ kind: ForgeMark.Event, _ field: ImportField, about subject: String = "", to number: Int,
    _ input: inout ForgeInput
  ) throws(ImportRefusal) {
    var event = ForgeEvent(
      kind, try field.requiredTime("created_at"), by: GitLabRequest.user(field["user"] ?? field["author"]))
    event.subject = subject
    input.update(number) { request in
      // The request itself and the note about it tell the same end, at times a second apart.
      let isTold = request.events.contains { known in
        known.event == kind && kind == .closed && abs(known.at.since(event.at)) <= 2
      }
      if !isTold { request.events.append(event) }
    }
  }

  private mutating func addNote(
    _ note: ImportField, to number: Int, after parent: String, _ input: inout ForgeInput
  ) throws(ImportRefusal) {
    if let type = note["noteable_type"], type.value.text != "MergeRequest" { return input.leftOut += 1 }
    // What only members may read does not belong into everybody's clone.
    if note.truth("internal", "confidential") == true { return input.leftOut += 1 }
    if note.truth("system") == true { return try addSystemNote(note, to: number, &input) }
    let id = note.id("id")
    guard !id.isEmpty else { throw note.refusal("id", "the note's number") }
    var comment = ForgeComment(
      .comment, id: "note/\(id)", at: try note.requiredTime("created_at"),
      by: GitLabRequest.user(note["author"]),
      note.text("body"))
    comment.edited = try note.time("updated_at")
    comment.parent = parent
    if parent.isEmpty, note.truth("resolvable") == true {
      comment.isThreadOpen = note.truth("resolved").map { !$0 }
    }
    if let position = note["position"] {
      comment.path = position.text("new_path", "old_path")
      let line = position.first(["new_line", "old_line"])?.value.integer ?? 0
      comment.line = UInt32(exactly: line) ?? 0
      comment.commit = position.commit("head_sha")
    }
    said.append(Said(number: number, comment: comment))
  }

  /// Reads the sentences of GitLab's `SystemNoteService`, in English as the server writes them.
  private mutating func addSystemNote(
    _ note: ImportField, to number: Int, _ input: inout ForgeInput
  ) throws(ImportRefusal) {
    let text = note.text("body").lowercased()
    if text.hasPrefix("approved this merge request") {
      try addOpinion(true, note, number)
    } else if text.hasPrefix("requested changes") {
      try addOpinion(false, note, number)
    } else if text.hasPrefix("unapproved this merge request") {
      try addOpinion(nil, note, number)
    } else if text.hasPrefix("unmarked ") || (text.hasPrefix("marked ") && text.contains("**ready**")) {
      try addEvent(.ready, note, to: number, &input)
    } else if text.hasPrefix("marked "), text.contains("**draft**") || text.contains("**work in progress**") {
      try addEvent(.draft, note, to: number, &input)
    } else if text.hasPrefix("requested review from") || text.hasPrefix("removed review request for") {
      try addReviewers(note, number, &input)
    } else if text == "closed" || text.hasPrefix("closed via ") {
      try addEvent(.closed, note, to: number, &input)
    } else if text == "reopened" {
      try addEvent(.reopened, note, to: number, &input)
    }
  }

  /// Reads `requested review from @ada, @bo and removed review request for @cy`.
  private func addReviewers(
    _ note: ImportField, _ number: Int, _ input: inout ForgeInput
  ) throws(ImportRefusal) {
    var isRequest = true
    for word in note.text("body").split(whereSeparator: { $0 == " " || $0 == "," || $0 == "\n" }) {
      switch word {
      case "requested": isRequest = true
      case "removed": isRequest = false
      case _ where word.hasPrefix("@") && word.utf8.count > 1:
        let kind: ForgeMark.Event = isRequest ? .reviewRequested : .reviewerRemoved
        try addEvent(kind, note, about: String(word.dropFirst()), to: number, &input)
      default: break
      }
    }
  }

  private mutating func addOpinion(
    _ opinion: Bool?, _ note: ImportField, _ number: Int
  ) throws(ImportRefusal) {
    var comment = ForgeComment(
      opinion == nil ? .withdrawn : .review, id: "note/\(note.id("id"))",
      at: try note.requiredTime("created_at"), by: GitLabRequest.user(note["author"]), "")
    comment.resolved = opinion
    said.append(Said(number: number, comment: comment))
  }

  /// Hands everything over, approvals that were taken back with the moment at which they were.
  mutating func finish(_ input: inout ForgeInput) {
    var standing: [Int: [String: Int]] = [:]
    let order = said.indices.sorted { (said[$0].comment.at, $0) < (said[$1].comment.at, $1) }
    var spent: Set<Int> = []
    for place in order {
      let (number, comment) = (said[place].number, said[place].comment)
      if comment.resolved == true { standing[number, default: [:]][comment.author] = place }
      guard comment.event == .withdrawn, let before = standing[number]?[comment.author] else { continue }
      said[before].comment.withdrawal = (comment.author, comment.at)
      standing[number]?[comment.author] = nil
      spent.insert(place)
    }
    for place in order where !spent.contains(place) { input.add(said[place].comment, to: said[place].number) }
  }
}
