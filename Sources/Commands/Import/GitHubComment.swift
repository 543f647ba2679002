internal import Facts
internal import Harvest

/// Reviews and comments of GitHub, inside their pull request or in a list of their own.
enum GitHubComment {
  /// A review or comment of the REST interface, which names its pull request by an address.
  static func read(loose field: ImportField, into input: inout ForgeInput) throws(ImportRefusal) {
    if let url = field["pull_request_url"] {
      let number = try number(in: url)
      if field.first(["path", "diff_hunk"]) != nil {
        return try read(onCode: field, of: number, isOpen: nil, into: &input)
      }
      return try read(review: field, of: number, [:], into: &input)
    }
    guard let url = field["issue_url"] else { return }
    // The list of all comments holds those on issues as well.
    if field.text("html_url").contains("/issues/") { return }
    try read(comment: field, of: try number(in: url), into: &input)
  }

  private static func number(in url: ImportField) throws(ImportRefusal) -> Int {
    let last = url.value.text?.split(separator: "/").last
    guard let number = last.flatMap({ Int($0) }), number > 0, number <= Int(Int32.max) else {
      throw url.refusal("an address that ends in the number of the pull request")
    }
    return number
  }

  static func read(
    review field: ImportField, of number: Int, _ dismissals: [String: GitHubTimeline.Dismissal],
    into input: inout ForgeInput
  ) throws(ImportRefusal) {
    let state = field.text("state")
    // Nobody but the author sees a review that has not been handed in.
    guard state != "PENDING" else { return }
    var review = ForgeComment(
      .review, id: try id(of: field), at: try field.requiredTime("submittedAt", "submitted_at", "createdAt"),
      by: author(of: field), field.text("body"))
    review.commit = field["commit"]?.commit("oid") ?? field.commit("commit_id")
    switch state {
    case "APPROVED": review.resolved = true
    case "CHANGES_REQUESTED": review.resolved = false
    case "COMMENTED": break
    case "DISMISSED":
      let dismissal = dismissals[review.id]
      review.resolved = dismissal?.opinion
      review.withdrawal = (dismissal?.by ?? "", dismissal?.at)
    default: throw field.refusal("state", "APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED or PENDING")
    }
    input.add(review, to: number)
    for comment in field.list("comments") {
      input.comment { (input) throws(ImportRefusal) in
        try read(onCode: comment, of: number, isOpen: nil, into: &input)
      }
    }
  }

  static func read(
    comment field: ImportField, of number: Int, into input: inout ForgeInput
  ) throws(ImportRefusal) {
    var comment = ForgeComment(
      .comment, id: try id(of: field), at: try field.requiredTime("createdAt", "created_at"),
      by: author(of: field), field.text("body"))
    comment.edited = try field.time("lastEditedAt", "updatedAt", "updated_at")
    input.add(comment, to: number)
  }

  static func read(
    onCode field: ImportField, of number: Int, isOpen: Bool?, into input: inout ForgeInput
  ) throws(ImportRefusal) {
    var comment = ForgeComment(
      .comment, id: try id(of: field), at: try field.requiredTime("createdAt", "created_at"),
      by: author(of: field), field.text("body"))
    comment.edited = try field.time("lastEditedAt", "updatedAt", "updated_at")
    comment.path = field.text("path")
    let line = field.first(["originalLine", "original_line", "line"])?.value.integer ?? 0
    comment.line = UInt32(exactly: line) ?? 0
    comment.commit =
      field["originalCommit"]?.commit("oid") ?? field["commit"]?.commit("oid")
      ?? field.commit("original_commit_id", "commit_id")
    comment.parent = field["replyTo"]?.id("id") ?? field.id("in_reply_to_id")
    comment.otherID = field.id("databaseId", "fullDatabaseId", "id")
    // The state of a thread is that of its first comment.
    comment.isThreadOpen = comment.parent.isEmpty ? isOpen : nil
    input.add(comment, to: number)
  }

  private static func author(of field: ImportField) -> String {
    GitHubAccount.login(field.first(["author", "user"]))
  }

  /// The id that GraphQL and the REST interface share, else the number.
  private static func id(of field: ImportField) throws(ImportRefusal) -> String {
    let id = field.id("node_id", "id")
    guard !id.isEmpty else { throw field.refusal("id", "an id") }
    return id
  }
}
