internal import Facts
internal import Rules

extension Observation.Kind {
  /// The word for this kind of event in JSON.
  var label: String {
    switch self {
    case .opened: "opened"
    case .ready: "ready"
    case .draft: "draft"
    case .revision: "revision"
    case .reviewRequested: "review-requested"
    case .comment: "comment"
    case .verdict(.approve, _): "approve"
    case .verdict(.reject, _): "reject"
    case .verdict(.neutral, _): "neutral-verdict"
    case .verdictWithdrawn: "verdict-withdrawn"
    case .verdictCarried: "verdict-carried"
    case .labelled: "label"
    case .reviewerRemoved: "reviewer-removed"
    case .attention(_, let isNeeded): isNeeded ? "attention-needed" : "attention-no-longer-needed"
    case .automatic: "automatic-message"
    case .related(let relation, _): relation.rawValue
    case .approvedByTrailer: "approved-by-trailer"
    case .inputBy: "input-by-trailer"
    case .landed: "landed"
    case .abandoned: "abandoned"
    case .restored: "restored"
    case .reverted: "reverted"
    }
  }
}

extension Words {
  static func event(_ kind: Observation.Kind, _ people: People) -> StyledText {
    let detail = detail(kind, people)
    let word = StyledText(kind.label.replacingDashes)
    return detail.spans.isEmpty ? word : word + " " + detail
  }

  /// What the event adds to its kind: a revision, a key, a person.
  static func detail(_ kind: Observation.Kind, _ people: People) -> StyledText {
    switch kind {
    case .revision(let commit), .landed(let commit): "\(commit.short, .id)"
    case .reverted(let commit): "by \(commit.short, .id)"
    case .verdict(_, let revision?): "of \(revision.short, .id)"
    case .verdictCarried(_, let revision?): "to \(revision.short, .id)"
    case .labelled(let vote, let revision):
      "\(vote.words)" + (revision.map { " of \($0.short, .id)" } ?? StyledText())
    case .automatic(let tag): "(\(tag))"
    case .related(_, let other): "\(other.description, .id)"
    case .reviewerRemoved(let person), .attention(let person, _):
      "of \(person.name.isEmpty ? person.email : person.name, .person)"
    case .comment(let onCode, let asks):
      StyledText(
        [onCode ? "on the code" : nil, asks ? "asks for an answer" : nil].compactMap { $0 }.joined(
          separator: ", "))
    case .reviewRequested(let person): "of \(person.name.isEmpty ? person.email : person.name, .person)"
    case .approvedByTrailer(let key), .inputBy(let key): "(\(key))"
    default: StyledText()
    }
  }

  static func when(_ time: KnownTime) -> StyledText {
    switch time {
    case .at(let instant): "\(instant.shown.words)"
    case .between(let earliest?, let latest?): "\(earliest.shown.date) to \(latest.shown.date)"
    case .between(let earliest?, nil): "from \(earliest.shown.date)"
    case .between(nil, let latest?): "by \(latest.shown.date)"
    case .between(nil, nil), .unknown: "not known"
    }
  }

  static func person(_ id: PersonID?, _ identity: Identity?, _ people: People) -> StyledText {
    guard let id else { return "not known" }
    let person = people[id]
    var text: StyledText = "\(person.name, .person)"
    if let identity { text = text + " <\(identity.email)>" }
    let key = person.key.description
    return key == identity?.email || key == person.name ? text : text + ", known as \(key)"
  }

  static func authorised(_ assessment: Assessment) -> StyledText {
    let counted = assessment.approvals.count(where: \.counted)
    let ignored = assessment.approvals.count - counted
    let tally = "\(counted) approvals counted, \(ignored) not"
    return assessment.isAuthorised
      ? "\(StyledText("yes", .good)) – \(tally)" : "\(StyledText("no", .bad)) – \(tally)"
  }

  static func finding(_ finding: Finding) -> StyledText {
    switch finding {
    case .landedWithoutAcceptance: "landed without an accepting comment on record"
    case .landedDespiteRejection: "landed although the review record rejects it"
    case .selfApproval: "approved by somebody who wrote it; such approvals are shown and not counted"
    case .selfMerged: "landed by somebody who wrote it"
    case .unauthorisedApproval: "approved by somebody not entitled to it at that moment"
    case .staleApproval: "an approval was given on an older revision"
    case .responseBeforeOpening: "has comments dated before its opening: the opening was rewritten later"
    case .reverted: "a later commit undid it"
    case .missingObject: "the commit that its records are about is not in this clone"
    case .notFoundInHistory: "its head is not in history; open or declined, Git cannot tell"
    case .nameNotVerified: "its number could not be checked against the request's own head"
    case .beforeFirstPolicy: "older than the first policy, which is applied all the same"
    case .lateFirstReview: "the first review was promised earlier than it came, or it has not come in time"
    }
  }
}

extension Vote {
  /// As Gerrit writes it: `Code-Review+2`.
  var words: String { value > 0 ? "\(label)+\(value)" : "\(label)\(value)" }
}

extension String {
  fileprivate var replacingDashes: String { String(map { $0 == "-" ? " " : $0 }) }
}
