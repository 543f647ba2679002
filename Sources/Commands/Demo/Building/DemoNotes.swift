internal import Facts
internal import Git
internal import Harvest

/// Writes the reviews of the story as git-appraise does: one line for each record, one commit for each line.
struct DemoNotes {
  /// A line on its way into a notes reference.
  private struct Line {
    let at: Instant
    let by: DemoPerson
    let annotated: ObjectID
    let bytes: [UInt8]
  }

  private let writer: RepositoryWriter

  init(_ writer: RepositoryWriter) { self.writer = writer }

  func write(_ contributions: [DemoBuilder.Written]) throws {
    var requests: [Line] = []
    var comments: [Line] = []
    for written in contributions {
      guard let review = written.contribution.review, let first = written.commits.first else { continue }
      requests += lines(requesting: review, of: written, on: first)
      comments += lines(discussing: review, of: written, on: first)
    }
    try write(requests, to: "refs/notes/devtools/reviews")
    try write(comments, to: "refs/notes/devtools/discuss")
  }

  private func lines(
    requesting review: DemoReview, of written: DemoBuilder.Written, on first: ObjectID
  ) -> [Line] {
    let contribution = written.contribution
    var request = AppraiseRequest()
    request.timestamp = "\(review.opened.seconds)"
    request.reviewRef =
      written.number.map { "refs/pull/\($0)/head" } ?? "refs/heads/\(DemoMessages.branch(of: contribution))"
    request.targetRef = "refs/heads/main"
    request.requester = contribution.author.address(at: review.opened)
    request.reviewers = review.reviewers.map { $0.address(at: review.opened) }
    request.description = review.description ?? contribution.title
    request.baseCommit = written.base?.hex ?? ""
    var lines = [Line(at: review.opened, by: contribution.author, annotated: first, bytes: request.line)]
    if let abandoned = review.abandoned {
      request.timestamp = "\(abandoned.seconds)"
      request.targetRef = ""
      lines.append(Line(at: abandoned, by: contribution.author, annotated: first, bytes: request.line))
    }
    return lines
  }

  private func lines(
    discussing review: DemoReview, of written: DemoBuilder.Written, on first: ObjectID
  ) -> [Line] {
    var lines: [Line] = []
    var last: ObjectName?
    var rejection: ObjectName?
    for remark in review.remarks {
      var comment = AppraiseComment()
      comment.timestamp = "\(remark.at.seconds)"
      comment.author = remark.by.address(at: remark.at)
      comment.description = remark.text
      switch remark.kind {
      case .note: break
      case .accept: comment.resolved = true
      case .reject: comment.resolved = false
      case .settle: (comment.parent, comment.resolved) = (rejection?.hex ?? "", true)
      case .reply: comment.parent = last?.hex ?? ""
      }
      if comment.parent.isEmpty { comment.location = location(of: remark, in: written) }
      if remark.kind == .reject { rejection = comment.id }
      last = comment.id
      lines.append(Line(at: remark.at, by: remark.by, annotated: first, bytes: comment.line))
    }
    return lines
  }

  /// The newest commit that was there, and the line if the remark is about one.
  private func location(of remark: DemoRemark, in written: DemoBuilder.Written) -> AppraiseComment.Location? {
    let commits = Array(zip(written.contribution.commits, written.commits))
    guard let (commit, id) = commits.last(where: { $0.0.at <= remark.at }) else { return nil }
    var location = AppraiseComment.Location()
    location.commit = id.hex
    if remark.line > 0, case .extend(let path, _)? = commit.edits.first {
      location.path = path
      location.range = AppraiseComment.Range()
      location.range?.startLine = remark.line
    }
    return location
  }

  /// Appends each line to its note, in the order of time.
  private func write(_ lines: [Line], to reference: String) throws {
    let inOrder = lines.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    var texts: [ObjectID: [UInt8]] = [:]
    var notes: [ObjectID: ObjectID] = [:]
    var tip: ObjectID?
    for (_, line) in inOrder {
      let text = (texts[line.annotated].map { $0 + [0x0A] } ?? []) + line.bytes + [0x0A]
      texts[line.annotated] = text
      notes[line.annotated] = try writer.object(.blob, text)
      let ident = line.by.ident(at: line.at)
      tip = try writer.commit(
        tree: try writer.noteTree(notes), parents: [tip].compactMap { $0 }, author: ident, committer: ident,
        message: "Notes added by 'git notes append'\n")
    }
    if let tip { try writer.updateReference(reference, from: nil, to: tip) }
  }
}
