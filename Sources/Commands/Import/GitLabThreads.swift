internal import Facts
internal import Harvest

/// What was said about merge requests, and the notes in which GitLab itself writes down what happened.
struct GitLabThreads {
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
      } else if let revision = try Self.revision(field) {
        input.add(revision: revision, to: number)
      } else if field["resource_type"] != nil {
        try addState(field, to: number, &input)
      } else {
        try addNote(field, to: number, after: "", &input)
      }
    }
  }

  /// The head that a version tells; nil for anything else.
  static func revision(_ field: ImportField) throws(ImportRefusal) -> ForgeEvent? {
    guard let head = field.commit("head_commit_sha") else { return nil }
    var event = ForgeEvent(.revision, try field.requiredTime("created_at"))
    event.commit = head
    return event
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
