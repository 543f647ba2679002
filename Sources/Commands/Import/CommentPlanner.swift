internal import Facts
internal import Harvest

/// Decides which comment lines tell what was said about one request and the ledger does not tell yet.
struct CommentPlanner {
  private let forge: Forge
  private let name: String
  private let clock: Instant
  private(set) var lines: [AppraiseComment] = []
  private(set) var reviews = ImportCount()
  private(set) var comments = ImportCount()
  private(set) var automatic = ImportCount()
  private(set) var shortened = 0
  /// By the forge's ids: the record that began it, and its latest version.
  private var told: [String: (first: AppraiseComment, latest: AppraiseComment)] = [:]
  /// The forge's ids by other ids of the same comments.
  private var otherIDs: [String: String] = [:]

  init(forge: Forge, name: String, clock: Instant, known: [AppraiseComment]) {
    self.forge = forge
    self.name = name
    self.clock = clock
    for comment in known.sorted(by: Self.precedes) { remember(comment) }
  }

  /// Plans what was said; `request` is needed for approvals without a time of their own.
  mutating func plan(
    _ said: [ForgeComment], approvals: [(by: String, at: Instant?)], of request: ForgeRequest?
  ) {
    var said = said
    if let request { said += Self.unseen(approvals, of: request, said, clock: clock) }
    said = Self.merged(said)
    for comment in said where !comment.otherID.isEmpty { otherIDs[comment.otherID] = comment.id }
    // What is answered is written before the answer, whose parent's name it needs.
    said.sort { ($0.at, $0.parent.isEmpty ? 0 : 1, $0.id) < ($1.at, $1.parent.isEmpty ? 0 : 1, $1.id) }
    for comment in said { plan(comment) }
    settle()
  }

  /// Approvals of now that no note tells; not before the opening, not after the end.
  private static func unseen(
    _ approvals: [(by: String, at: Instant?)], of request: ForgeRequest, _ said: [ForgeComment],
    clock: Instant
  ) -> [ForgeComment] {
    let approving = Set(said.filter { $0.resolved == true && $0.withdrawal == nil }.map(\.author))
    let end = request.events.filter { $0.event == .merged || $0.event == .closed }.map(\.at).max()
    return approvals.filter { !approving.contains($0.by) }.map { approval in
      let latest = max(min(end ?? clock, clock), request.opened)
      var review = ForgeComment(
        .review, id: "approval/\(approval.by)", at: approval.at ?? latest, by: approval.by, "")
      review.resolved = true
      if approval.at == nil, latest > request.opened { review.notBefore = request.opened }
      return review
    }
  }

  /// Each comment once, in the order of their first tellings.
  private static func merged(_ said: [ForgeComment]) -> [ForgeComment] {
    var places: [String: Int] = [:]
    var merged: [ForgeComment] = []
    for comment in said {
      if let place = places[comment.id] {
        merged[place].merge(comment)
      } else {
        places[comment.id] = merged.count
        merged.append(comment)
      }
    }
    return merged
  }

  private mutating func plan(_ said: ForgeComment) {
    let outcome = write(said)
    switch said.event {
    case .review, .vote, .withdrawn: reviews.add(outcome)
    case .automatic: automatic.add(outcome)
    default: comments.add(outcome)
    }
  }

  private mutating func write(_ said: ForgeComment) -> ImportCount.Outcome {
    guard let known = told[said.id] else {
      let first = record(of: said, opinion: said.resolved)
      append(first)
      if let withdrawal = said.withdrawal, said.resolved != nil, let at = withdrawal.at {
        appendVersion(of: said, opinion: nil, by: withdrawal.by, at: at, exact: true, after: first)
      }
      return .added
    }
    let opinion = said.withdrawal == nil ? said.resolved : nil
    guard record(of: said, opinion: opinion).differs(from: known.latest) else { return .unchanged }
    let at = said.withdrawal.map(\.at) ?? said.edited
    appendVersion(
      of: said, opinion: opinion, by: said.withdrawal?.by ?? "", at: at ?? clock, exact: at != nil,
      after: known.latest)
    return .changed
  }

  /// A new version of a comment: a record of its own that names the one it replaces.
  private mutating func appendVersion(
    of said: ForgeComment, opinion: Bool?, by actor: String, at moment: Instant, exact: Bool,
    after latest: AppraiseComment
  ) {
    guard let before = Instant(stamp: latest.timestamp), let first = told[said.id]?.first else { return }
    var version = record(of: said, opinion: opinion)
    let isLater = moment > before
    version.timestamp = (isLater ? moment : before.advanced(by: 1)).stamp
    version.original = first.id.hex
    version.parent = ""
    version.mark?.actor = actor
    version.mark?.notBefore = exact && isLater ? "" : before.stamp
    append(version)
  }

  private mutating func record(of said: ForgeComment, opinion: Bool?) -> AppraiseComment {
    var record = AppraiseComment()
    record.timestamp = said.at.stamp
    record.author = said.author
    record.description = said.text.cut(to: LedgerPlanner.textLimit)
    if record.description != said.text { shortened += 1 }
    record.resolved = opinion
    if let parent = told[otherIDs[said.parent] ?? said.parent]?.first, !said.parent.isEmpty {
      record.parent = parent.id.hex
    }
    if said.commit != nil || !said.path.isEmpty {
      var location = AppraiseComment.Location()
      location.commit = said.commit?.hex ?? ""
      location.path = said.path.cut(to: 4_096)
      if !said.path.isEmpty, said.line > 0 {
        var range = AppraiseComment.Range()
        range.startLine = said.line
        location.range = range
      }
      record.location = location
    }
    var mark = ForgeMark(forge: forge.rawValue, request: name, id: said.id, event: said.event)
    mark.notBefore = said.notBefore.map(\.stamp) ?? ""
    (mark.label, mark.value, mark.tag) = (said.label, said.value, said.tag)
    let isOpen = said.isThreadOpen ?? (told[said.id]?.latest.mark?.thread == "open")
    mark.thread = isOpen ? "open" : ""
    record.mark = mark
    return record
  }

  private mutating func append(_ record: AppraiseComment) {
    lines.append(record)
    remember(record)
  }

  private mutating func remember(_ record: AppraiseComment) {
    guard let id = record.mark?.id else { return }
    told[id] = (told[id]?.first ?? record, record)
  }

  private static func precedes(_ one: AppraiseComment, _ other: AppraiseComment) -> Bool {
    if one.original.isEmpty != other.original.isEmpty { return one.original.isEmpty }
    if one.timestamp != other.timestamp {
      return one.timestamp.utf8.lexicographicallyPrecedes(other.timestamp.utf8)
    }
    return one.line.lexicographicallyPrecedes(other.line)
  }

  /// Lifts rejections that their own authors have replaced by an approval.
  ///
  /// On a forge the last review of a person counts. git-appraise goes on counting a rejection until an answer to it says
  /// that it is done, so such an answer is written.
  private mutating func settle() {
    let opinions = told.values.filter { $0.latest.resolved != nil && $0.first.parent.isEmpty }
    for (rejection, latest) in opinions where latest.resolved == false {
      let later = opinions.map(\.latest).filter { approval in
        approval.resolved == true && approval.author == rejection.author
          && rejection.timestamp.utf8.lexicographicallyPrecedes(approval.timestamp.utf8)
      }
      guard let approval = later.min(by: Self.precedes), let approved = approval.mark,
        let rejected = rejection.mark
      else { continue }
      let id = "\(approved.id)/settles/\(rejected.id)"
      guard told[id] == nil else { continue }
      var answer = AppraiseComment()
      answer.timestamp = approval.timestamp
      answer.author = approval.author
      answer.parent = rejection.id.hex
      answer.resolved = true
      answer.mark = ForgeMark(forge: forge.rawValue, request: name, id: id, event: .settled)
      append(answer)
    }
    lines.sort { Self.precedes($0, $1) }
  }
}

extension AppraiseComment {
  /// Whether a person would see another comment than before.
  fileprivate func differs(from other: AppraiseComment) -> Bool {
    description != other.description || resolved != other.resolved || mark?.thread != other.mark?.thread
      || mark?.value != other.mark?.value
  }
}

extension ImportCount {
  enum Outcome {
    case added
    case changed
    case unchanged
  }

  fileprivate mutating func add(_ outcome: Outcome) {
    read += 1
    switch outcome {
    case .added: added += 1
    case .changed: changed += 1
    case .unchanged: unchanged += 1
    }
  }
}
