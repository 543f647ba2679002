import Facts
import Rules
import Testing

/// Changes judged together, with the deeds they show.
struct DeedFixture {
  let judgement: Judgement
  let book: DeedBook
  let policies: PolicyHistory

  init(_ changes: [Change], _ policy: Policy, asOf: Instant = Judgement.asOf) {
    self.init(changes, PolicyHistory(always: policy), asOf: asOf)
  }

  init(_ changes: [Change], _ policies: PolicyHistory, asOf: Instant = Judgement.asOf) {
    judgement = Judgement(changes, policies, asOf: asOf)
    self.policies = policies
    var book = DeedBook()
    book.add(
      judgement.assessments, by: judgement.assessor, repository: "platform", paths: Judgement.paths,
      asOf: asOf)
    self.book = book
  }

  /// Judges people on some paths by a ladder.
  func judge(
    _ ladder: DelegationPolicy.Ladder, _ paths: [String] = ["docs/**"], asOf: Instant = Judgement.asOf,
    inferredHosts: Set<PersonKey> = []
  ) throws -> ReadinessJudge {
    let policies = policies
    return ReadinessJudge(
      book,
      .init(
        paths: try PathList(paths), ladder: ladder, verbs: [.approve], asOf: asOf,
        inferredHosts: inferredHosts)
    ) { GrantChains(policies.inForce(at: $0).policy) }
  }

  func audit(_ history: GrantHistory? = nil, since: Instant? = nil, asOf: Instant = Judgement.asOf)
    -> DelegationAudit
  {
    DelegationAudit(
      policies, history,
      [.init(repository: "platform", assessments: judgement.assessments, assessor: judgement.assessor)], book,
      .init(asOf: asOf, since: since))
  }
}

extension Change {
  /// A change by somebody that landed in an hour after its opening.
  static func landed(
    _ number: Int, by author: String, at hours: Int64, by lander: String = "bo", paths: [Int32] = [0]
  )
    throws -> Change
  {
    try Change(number, by: author, opened: .at(hour(hours - 5)), paths: paths, status: .submitted)
      .landed(hours, by: lander)
  }
}
