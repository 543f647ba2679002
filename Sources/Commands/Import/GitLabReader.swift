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
        input.comment { (input) throws(ImportRefusal) in
          // Versions name their request by the server's own number; their commits may say which one it is.
          guard let own = field["merge_request_id"]?.value.integer,
            let revision = try GitLabThreads.revision(field)
          else { throw error }
          input.add(revision: revision, ofServerNumber: own)
        }
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
struct GitLabRequest {
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
