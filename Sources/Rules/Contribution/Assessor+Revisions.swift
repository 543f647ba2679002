public import Facts

extension Assessor {
  /// The last revision that came after the one approved and before the change landed; nil where none did, or where the
  /// policy lets no revision end an approval.
  ///
  /// A revision that the review system lets the approval stand for takes the place of the one approved.
  func replacement(
    of approved: ObjectName?, _ place: Int, _ contribution: Contribution, _ policy: DelegationPolicy
  ) -> JudgedApproval.Replacement? {
    guard policy.staleOnNewRevision, var approved else { return nil }
    var last: (revision: ObjectName, source: SourceKind)?
    for event in contribution.events[(place + 1)...] {
      if case .landed = event.kind { break }
      switch event.kind {
      case .revision(let later) where event.time.instant != nil && (later != approved || last != nil):
        last = (later, event.source)
      case .verdictCarried(.approve, let later?) where event.person == contribution.events[place].person:
        approved = later
        last = nil
      default: continue
      }
    }
    guard let last else { return nil }
    let question = RevisionQuestion(
      approved: approved, later: last.revision, base: contribution.base(ofRevisionsIn: last.source))
    guard policy.survivesTrivialRebase else { return JudgedApproval.Replacement(question, nil) }
    let isBack = last.revision == approved
    return JudgedApproval.Replacement(question, isBack ? .sameChange : likeness[question] ?? .notKnown)
  }
}

extension Contribution {
  /// Against what the revisions that a source records are compared.
  fileprivate func base(ofRevisionsIn source: SourceKind) -> RevisionQuestion.Base {
    switch source {
    case .gerrit, .changeRefs: .parent
    default: .branch(landing: landing?.commit, commits: commits)
    }
  }
}

extension Assessment {
  /// What Git must be asked before the approvals can be judged in full.
  public var openQuestions: [RevisionQuestion] {
    approvals.compactMap { approval in
      approval.replacement.flatMap { $0.likeness == .notKnown ? $0.question : nil }
    }
  }
}
