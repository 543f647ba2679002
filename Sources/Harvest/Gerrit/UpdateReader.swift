import Facts
import Git

/// Reads one commit of a change's log: its footers, and what kind of text it carries.
///
/// The grammar is that of Gerrit's `ChangeNotesParser`: footers are the last paragraph alone, their names match
/// without regard to case, and `Patch-set` stands there exactly once.
struct UpdateReader {
  /// What a log says once for the whole change; the newest value of each.
  struct Header {
    var changeID: String?
    var subject: String?
    var branch: String?
  }

  private(set) var header = Header()
  private(set) var update: GerritUpdate
  /// What could not be made sense of, in words for a diagnostic.
  private(set) var problems: [String] = []
  private var patchSetFooters = 0

  /// Nil with a problem when the commit is no update of a change.
  static func read(
    _ commit: CommitObject, id: ObjectName, accounts: inout GerritAccounts
  ) -> (update: GerritUpdate?, header: Header, problems: [String]) {
    guard let time = commit.committed else { return (nil, Header(), ["a commit of the log has no date"]) }
    let actor = commit.author.flatMap { accounts.account(name: $0.name[...], email: $0.email[...]) }
    var reader = UpdateReader(GerritUpdate(commit: id, time: time, actor: actor))
    let footers = Trailers.parse(commit.message, mode: .strict)
    for footer in footers.trailers { reader.take(footer, &accounts) }
    guard reader.patchSetFooters == 1 else {
      return (nil, reader.header, ["\(reader.patchSetFooters) Patch-set footers"])
    }
    reader.update.isFinalMigration = commit.message.starts(with: "Final NoteDb migration".utf8)
    reader.update.message = MessageReader.read(
      commit.message[..<max(0, footers.block.lowerBound)], isEvent: reader.isEvent)
    return (reader.update, reader.header, reader.problems)
  }

  private init(_ update: GerritUpdate) { self.update = update }

  /// The update is a push or a change of status, whose text Gerrit writes.
  private var isEvent: Bool { update.upload != nil || update.status != nil }

  private mutating func take(_ footer: Trailer, _ accounts: inout GerritAccounts) {
    let value = footer.value
    switch FooterName.named(footer.key) {
    case .patchSet?: takePatchSet(value)
    case .changeID?: header.changeID = ChangeID.valid(value)
    case .subject?: header.subject = value
    case .branch?: header.branch = value.hasPrefix("refs/") ? value : "refs/heads/" + value
    case .status?: takeStatus(value)
    case .commit?: takeCommit(value)
    case .tag?: update.tag = value
    case .submissionID?: update.isSubmission = true
    case .label?: takeLabel(value, &accounts)
    case .copiedLabel?: takeCopiedLabel(value, &accounts)
    case .reviewer?, .reviewerEmail?: takeReviewer(.reviewer, value, &accounts)
    case .copied?, .copiedEmail?: takeReviewer(.copied, value, &accounts)
    case .removed?, .removedEmail?: takeReviewer(.removed, value, &accounts)
    case .attention?: takeAttention(value, &accounts)
    case .workInProgress?: update.isWorkInProgress = truth(value)
    case .isPrivate?: update.isPrivate = truth(value)
    case .current?: update.makesCurrent = truth(value) ?? false
    case .realUser?: update.realActor = accounts.person(Array(value.utf8)[...])
    case .revertOf?: takeRelation(.revertOf, value)
    case .cherryPickOf?: takeRelation(.cherryPickOf, value)
    case nil: break  // Topic, hashtags, groups and the like say nothing of a review.
    }
  }

  private func truth(_ value: String) -> Bool? {
    switch value.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
  }

  /// `N`, `N (PUBLISHED)`, `N (DRAFT)` or `N (DELETED)`.
  private mutating func takePatchSet(_ value: String) {
    patchSetFooters += 1
    var scanner = ByteScanner(Array(value.utf8)[...])
    guard let number = scanner.number() else {
      problems.append("a Patch-set footer without a number")
      return
    }
    update.patchSet = number
    scanner.blanks()
    switch scanner.rest.text.uppercased() {
    case "(DRAFT)": update.isDraft = true
    case "(DELETED)": update.deletesPatchSet = true
    default: break
    }
  }

  private mutating func takeStatus(_ value: String) {
    switch value.lowercased() {
    case "new", "submitted": update.status = .new
    case "draft":
      update.status = .new
      update.isDraft = true
    case "merged": update.status = .merged
    case "abandoned": update.status = .abandoned
    default: problems.append("an unknown status")
    }
  }

  private mutating func takeCommit(_ value: String) {
    guard let commit = ObjectName(hex: value) else {
      problems.append("a Commit footer without an object id")
      return
    }
    update.upload = commit
  }

  private mutating func takeReviewer(
    _ state: GerritReviewer.State, _ value: String, _ accounts: inout GerritAccounts
  ) {
    guard let person = accounts.person(Array(value.utf8)[...]) else {
      problems.append("a reviewer footer without a person")
      return
    }
    update.reviewers.append(GerritReviewer(state: state, person: person))
  }

  /// A change's number, with a patch set behind a comma for a cherry-pick; empty takes it back.
  private mutating func takeRelation(_ relation: Relation, _ value: String) {
    var scanner = ByteScanner(Array(value.utf8)[...])
    guard let number = scanner.number() else { return }
    update.relations.append(GerritRelation(relation: relation, number: number))
  }
}

extension UpdateReader {
  private mutating func takeLabel(_ value: String, _ accounts: inout GerritAccounts) {
    guard let footer = LabelFooter(value) else {
      problems.append("a Label footer that is no vote")
      return
    }
    let voter = footer.voter.isEmpty ? update.actor : accounts.person(footer.voter)
    var vote = GerritVote(label: footer.label, value: footer.value, voter: voter)
    vote.isRemoval = footer.isRemoval
    update.votes.append(vote)
  }

  private mutating func takeCopiedLabel(_ value: String, _ accounts: inout GerritAccounts) {
    guard let footer = LabelFooter(value), !footer.voter.isEmpty, let voter = accounts.person(footer.voter)
    else {
      problems.append("a Copied-Label footer that is no vote")
      return
    }
    var vote = GerritVote(label: footer.label, value: footer.value, voter: voter)
    vote.isRemoval = footer.isRemoval
    update.copiedVotes.append(vote)
  }

  /// `{"person_ident": "Name <N@server>", "operation": "ADD", "reason": "…"}`.
  private mutating func takeAttention(_ value: String, _ accounts: inout GerritAccounts) {
    do {
      let record = try JSONValue(value.utf8)
      guard let person = record["person_ident"]?.text.flatMap({ accounts.person(Array($0.utf8)[...]) }),
        let operation = record["operation"]?.text, operation == "ADD" || operation == "REMOVE"
      else {
        problems.append("an Attention footer without a person or an operation")
        return
      }
      update.attention.append(GerritAttention(person: person, isNeeded: operation == "ADD"))
    } catch {
      problems.append("an Attention footer that is no JSON: \(error.what)")
    }
  }
}
