internal import Facts
internal import Git
internal import Harvest
internal import Reports

/// `review show`: a review with its texts, for teams that have no other tool to read them with.
enum ReviewShowCommand {
  static let schema = "tributary/review-discussion/1"

  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let repository = try world.openReviewed(arguments)
    let reading = try ReviewReading(arguments, repository, world: world)
    let subject = try ReviewSubject(arguments[Operands.id].first ?? "", in: reading)
    for remark in reading.remarks { world.complain("tributary: \(remark)") }
    // A head that is not clear is told by whoever wants to give a verdict on it.
    let head = try? ReviewHead(of: subject, lookedAt: nil, in: repository).commit
    if arguments[Options.format] == .json {
      try world.output(json(subject, head))
    } else {
      try arguments.write(text(subject, head), to: world)
    }
    return .met
  }

  // MARK: Text

  private static func text(_ subject: ReviewSubject, _ head: ObjectID?) -> TextDocument {
    let current = subject.discussion.current
    let opening = subject.discussion.opening
    var fields: [TextDocument.Field] = [
      .init("state", StyledText(subject.contribution.state.rawValue)),
      .init("verdict", StyledText(word(subject.discussion.isAccepted))),
    ]
    if !current.reviewRef.isEmpty { fields.append(.init("branch", StyledText(current.reviewRef))) }
    if let target = subject.contribution.target { fields.append(.init("target", StyledText(target))) }
    if let head { fields.append(.init("head", StyledText(head.hex, .id))) }
    fields.append(.init("asked by", StyledText("\(opening.requester), \(time(opening.timestamp))")))
    if !current.reviewers.isEmpty {
      fields.append(.init("reviewers", StyledText(current.reviewers.joined(separator: ", "))))
    }
    var blocks: [TextDocument.Block] = [
      .title(StyledText("\(subject.id.description): \(subject.contribution.title)")), .fields(fields),
      .group(paragraphs(current.description)),
    ]
    blocks += subject.discussion.comments.map { comment in
      .section(StyledText(heading(comment)), [.group(paragraphs(comment.record.description))])
    }
    if subject.discussion.comments.isEmpty { blocks.append(.note("Nobody has said anything yet.")) }
    return TextDocument(blocks)
  }

  private static func heading(_ comment: ReviewDiscussion.Comment) -> String {
    let record = comment.record
    var parts = ["\(comment.id.short)  \(record.author), \(time(record.timestamp))"]
    if let parent = comment.parent { parts.append("answers \(parent.short)") }
    if let state = state(comment) { parts.append(state) }
    if let place = place(record) { parts.append(place) }
    if comment.isEdited { parts.append("new version") }
    return parts.joined(separator: ", ")
  }

  /// What a comment says of the change, or of what it answers.
  private static func state(_ comment: ReviewDiscussion.Comment) -> String? {
    switch (comment.parent == nil, comment.record.resolved) {
    case (_, nil): nil
    case (true, true?): "approves"
    case (true, false?): comment.resolved == false ? "rejects" : "rejected, settled"
    case (false, true?): "says that it is done"
    case (false, false?): "says that it is not done"
    }
  }

  private static func place(_ record: AppraiseComment) -> String? {
    guard let location = record.location else { return nil }
    let commit = String(location.commit.prefix(12))
    guard !location.path.isEmpty else { return record.parent.isEmpty ? commit : nil }
    let line = location.range.map { $0.startLine } ?? 0
    return location.path + (line > 0 ? ":\(line)" : "") + " in \(commit)"
  }

  private static func paragraphs(_ text: String) -> [TextDocument.Block] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      .paragraph(StyledText(EscapedText(escaping: String($0), limit: ReviewVoice.textLimit)))
    }
  }

  private static func time(_ timestamp: String) -> String {
    Int64(timestamp).map { Instant(seconds: $0).rfc3339 } ?? "at an unknown time"
  }

  private static func word(_ isAccepted: Bool?) -> String {
    isAccepted.map { $0 ? "accepted" : "rejected" } ?? "none"
  }

  // MARK: JSON

  private static func json(_ subject: ReviewSubject, _ head: ObjectID?) -> [UInt8] {
    let current = subject.discussion.current
    return JSONText.object { json in
      json.string("schema", schema)
      json.string("id", subject.id.description)
      json.string("title", subject.contribution.title)
      json.string("state", subject.contribution.state.rawValue)
      json.boolean("accepted", subject.discussion.isAccepted)
      json.object("annotated", named: ObjectName(id: subject.annotated))
      json.string("branch", current.reviewRef.isEmpty ? nil : current.reviewRef)
      json.string("target", subject.contribution.target)
      json.object("head", named: head.map { ObjectName(id: $0) })
      json.string("requester", subject.discussion.opening.requester)
      json.time("requestedAt", instant(subject.discussion.opening.timestamp))
      json.strings("reviewers", current.reviewers)
      json.string("description", current.description)
      json.objects("comments", subject.discussion.comments) { comment, json in
        write(comment, into: &json)
      }
    }
  }

  private static func write(_ comment: ReviewDiscussion.Comment, into json: inout JSONObject) {
    let record = comment.record
    json.object("id", named: comment.id)
    json.object("parent", named: comment.parent)
    json.string("author", record.author)
    json.time("at", instant(record.timestamp))
    json.boolean("resolved", record.resolved)
    json.boolean("threadResolved", comment.resolved)
    json.string("commit", record.location?.commit)
    json.string("path", record.location.flatMap { $0.path.isEmpty ? nil : $0.path })
    json.integer("line", record.location?.range.map { Int($0.startLine) })
    json.boolean("edited", comment.isEdited)
    json.boolean("carriesSignature", !record.signature.isEmpty)
    json.string("text", record.description)
  }

  private static func instant(_ timestamp: String) -> Instant? {
    Int64(timestamp).map { Instant(seconds: $0) }
  }
}
