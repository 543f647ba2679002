import Facts

/// A commit that a comment names, as found in the repository.
struct ReviewedCommit {
  let id: ObjectName
  let committed: Instant
}

/// What the comments of one review say happened, record by record.
///
/// Every record keeps its own time. A comment counts at the time it was first written, with the text and opinion
/// of then; an edit that changes the opinion of a root comment is a verdict of its own, at the time of the edit
/// and by its author (git-appraise lets anybody edit). So a past moment can be judged by what was known then,
/// and the latest edit decides in the end.
struct CommentObservations {
  let threads: CommentThreads
  let arrivals: LineArrivals
  let evidence: Evidence
  /// The commits named by comments, by the text in the comment.
  let commits: [String: ReviewedCommit]
  /// Approving records that a signature proves.
  var signed: Set<ObjectName> = []

  func all() -> [Observation] {
    var observations: [Observation] = []
    for node in threads.nodes where node.source.record.original.isEmpty {
      observations += written(node)
      if node.source.record.parent.isEmpty { observations += edited(node) }
    }
    for (root, answer) in threads.liftedRejections() {
      observations.append(lifted(root, by: answer))
    }
    return observations
  }

  /// The comment, and the verdict that a root comment with an opinion is.
  private func written(_ node: CommentThreads.Node) -> [Observation] {
    let comment = node.source.record
    let dating = node.source.dating(arrivals)
    if let kinds = instead(comment) { return kinds.map { observation($0, dating) } }
    let onCode = !(comment.location?.path ?? "").isEmpty
    let asks = comment.resolved == false || comment.mark?.thread == "open"
    let opinion = comment.parent.isEmpty ? comment.opinion ?? comment.mark?.neutral : nil
    var observations: [Observation] = []
    if opinion == nil || onCode || !comment.description.isEmpty {
      observations.append(observation(.comment(onCode: onCode, asks: asks), dating))
    }
    if let opinion {
      var verdict = verdict(opinion, node.source, dating)
      verdict.vote = comment.mark?.vote
      observations.append(verdict)
    }
    return observations
  }

  /// What an imported record says in place of a comment; nil for all others.
  private func instead(_ comment: AppraiseComment) -> [Observation.Kind]? {
    guard let mark = comment.mark else { return nil }
    switch mark.event {
    case .settled: return []
    case .automatic: return [.automatic(tag: mark.tag)]
    case .withdrawn: return [.verdictWithdrawn]
    case .vote where !mark.isCodeReview:
      return mark.vote.map { [.labelled($0, revision: revision(of: comment))] } ?? []
    default: return nil
    }
  }

  /// The changes of opinion that edits of a root comment make, oldest first.
  private func edited(_ node: CommentThreads.Node) -> [Observation] {
    var before = node.source
    var observations: [Observation] = []
    for index in node.edits.sorted(by: isEarlier) {
      let edit = threads.nodes[index].source
      defer { before = edit }
      let sameAuthor = edit.record.author == before.record.author
      if edit.record.resolved == before.record.resolved && sameAuthor { continue }
      let dating = edit.dating(arrivals)
      if before.record.opinion != nil && !(sameAuthor && edit.record.opinion != nil) {
        let withdrawn = Observation(
          .verdictWithdrawn, dating.time, by: before.dating(arrivals).person, dating.grade, evidence)
        observations.append(withdrawn)
      }
      if let opinion = edit.record.opinion {
        observations.append(verdict(opinion, edit, dating))
      }
    }
    return observations
  }

  /// A rejection that its answers settled: withdrawn from its author, whoever wrote the answer.
  private func lifted(_ root: Int, by answer: Int) -> Observation {
    let dating = threads.current(answer).dating(arrivals)
    let rejecter = threads.current(root).dating(arrivals).person
    return Observation(.verdictWithdrawn, dating.time, by: rejecter, dating.grade, evidence)
  }

  private func observation(_ kind: Observation.Kind, _ dating: Dating) -> Observation {
    Observation(kind, dating.time, by: dating.person, dating.grade, evidence)
  }

  private func verdict(
    _ opinion: Opinion, _ record: NoteRecord<AppraiseComment>, _ dating: Dating
  ) -> Observation {
    var verdict = observation(.verdict(opinion, revision: revision(of: record.record)), dating)
    if opinion == .approve, dating.grade == .recorded, signed.contains(record.digest) {
      verdict.grade = .signed
    }
    return verdict
  }

  private func revision(of comment: AppraiseComment) -> ObjectName? {
    guard let location = comment.location else { return nil }
    return commits[location.commit]?.id ?? (comment.mark == nil ? nil : location.commit.fullObjectName)
  }

  private func isEarlier(_ one: Int, _ other: Int) -> Bool {
    let (first, second) = (threads.nodes[one].source, threads.nodes[other].source)
    if first.record.timestamp.precedesInBytes(second.record.timestamp) { return true }
    if second.record.timestamp.precedesInBytes(first.record.timestamp) { return false }
    return first.line < second.line
  }
}

extension ForgeMark {
  /// The label on which Gerrit's reviewers give their opinion; the others are for builds and processes.
  ///
  /// A tool's vote is none, whatever its label.
  var isCodeReview: Bool { label == "Code-Review" && !tag.hasPrefix("autogenerated:") }

  /// The opinion of a review that neither accepts nor rejects.
  fileprivate var neutral: Opinion? {
    switch event {
    case .review: .neutral
    case .vote: isCodeReview ? .neutral : nil
    default: nil
    }
  }
}

extension AppraiseComment {
  /// What a root comment says of the whole review.
  var opinion: Opinion? { resolved.map { $0 ? .approve : .reject } }
}
