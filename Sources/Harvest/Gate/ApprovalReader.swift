internal import Facts
internal import Git

/// Finds the approvals that bear on a proposed update among git-appraise's notes of one repository.
///
/// First the reviews of the commits that would land are looked at; where these do not suffice, all other reviews of the
/// same branch, because a rebase or squash lands under new names.
struct ApprovalReader {
  private let updates: ProposalReader
  private let takesImports: Bool
  let reader: TolerantReader
  private let requests: NoteSource?
  let comments: NoteSource?

  /// Takes the reader of the same repository's updates, so that trees are compared once; `named` are the systems that
  /// the policy names.
  init(_ updates: ProposalReader, named: Set<ApprovalSource>) {
    self.updates = updates
    takesImports = named.contains(.forgeImport)
    reader = TolerantReader(updates.repository, limits: AppraiseLimits())
    // What was fetched from elsewhere lies where anybody may push.
    requests = NoteSource(.reviews, in: reader, takesFetched: false)
    comments = NoteSource(.discuss, in: reader, takesFetched: false)
  }

  /// What of the notes could not be read so far.
  var diagnostics: [Diagnostic] { reader.diagnostics }

  /// Adds the approvals in reviews of the update's own commits.
  func add(to update: inout ProposedUpdate) throws(UpdateObstacle) {
    guard let requests, let comments, !update.commits.isEmpty else { return }
    let places = Dictionary(
      update.commits.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    let direct = update.commits.map(\.name).filter { requests.hasNote(on: $0) }
    update.approvals += try approvals(direct, requests, comments, update, places)
    addDistant(requests, comments, to: &update)
  }

  /// Adds the approvals in other reviews of the same branch that bear on the update; false where there are none.
  func addOthers(to update: inout ProposedUpdate) throws(UpdateObstacle) -> Bool {
    guard let requests, let comments, !update.commits.isEmpty else { return false }
    let places = Dictionary(
      update.commits.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { one, _ in one })
    let others = requests.annotated.filter { places[$0] == nil }
    let found = try approvals(others, requests, comments, update, places, onlyOfTarget: true)
      .filter { $0.binding != .none }
    update.approvals += found
    if !found.isEmpty { addDistant(requests, comments, to: &update) }
    return !found.isEmpty
  }

  private func approvals(
    _ annotated: [ObjectName], _ requests: NoteSource, _ comments: NoteSource, _ update: ProposedUpdate,
    _ places: [ObjectName: Int], onlyOfTarget: Bool = false
  ) throws(UpdateObstacle) -> [ProposedApproval] {
    var found: [ProposedApproval] = []
    for object in annotated where comments.hasNote(on: object) {
      if updates.budget.isSpent() { throw updates.obstacle(.outOfTime) }
      let asked = records(of: requests, on: object, read: AppraiseRequest.init(line:))
      let said = records(of: comments, on: object, read: AppraiseComment.init(line:))
      guard let notes = ReviewNotes(requests: asked, comments: said), !notes.isAbandoned else { continue }
      if onlyOfTarget, notes.current.targetRef != update.reference { continue }
      found += ReviewApprovals(object, notes, ref: comments.ref).list
    }
    var bindings = RevisionBindings(updates, update, places)
    var bound: [ProposedApproval] = []
    for var approval in found {
      if let revision = approval.revision { approval.bind(try bindings.binding(of: revision)) }
      bound.append(approval)
    }
    return bound
  }

  /// What a forge's request holds in notes on other commits against the approvals that were found.
  ///
  /// Two people may have imported it from clones that hold different commits.
  private func addDistant(_ requests: NoteSource, _ comments: NoteSource, to update: inout ProposedUpdate) {
    let groups = Set(update.approvals.filter { $0.binding != .none }.compactMap(\.forgeRequest))
    guard takesImports, !groups.isEmpty else { return }
    for object in requests.annotated where comments.hasNote(on: object) {
      let said = records(of: comments, on: object, read: AppraiseComment.init(line:)).map(\.record)
      let decisions = ForgeDecisions(said.filter { $0.mark.map { groups.contains($0.group) } ?? false })
      for number in update.approvals.indices where update.approvals[number].review != object {
        decisions.apply(to: &update.approvals[number])
      }
    }
  }

  func records<Record>(
    of source: NoteSource, on object: ObjectName,
    read: (ArraySlice<UInt8>) throws(RecordFailure) -> Record
  ) -> [NoteRecord<Record>] {
    let records = source.records(on: object, from: reader, read: read)
    reader.report(records.diagnostics(ref: source.ref, object: object))
    return records.records
  }
}
