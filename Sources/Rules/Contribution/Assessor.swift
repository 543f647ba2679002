public import Facts

/// Judges contributions of one repository: origin, authority of approvals, level, findings, turn.
///
/// Everything is judged by the policy, the roster and the memberships in force at the moment of the event: the
/// opening for the origin, each approval for its authority.
public final class Assessor {
  let people: People
  let policies: PolicyHistory
  let hosts: HostInference
  let owners: OwnershipRecord
  let book: ServiceLevelBook?
  private let grants: GrantHistory?
  /// What Git answered to the questions that a first judgement left open.
  let likeness: [RevisionQuestion: RevisionLikeness]
  private var chains: [Int: GrantChains] = [:]
  private let paths: [String]
  private let repository: String?
  private var scopes: [Instant: TouchedPaths] = [:]

  /// Takes everything that is the same for all contributions.
  ///
  /// `hosts` is the inferred host team, used only for moments whose policy has no roster; `paths` is the
  /// repository's path table, to which contributions refer by index; `repository` is its name in the platform file,
  /// if it has one; `owners` is what ownership files say of these paths; without a `book` no service level is judged; `likeness` is what Git says of revisions
  /// (``Assessment/openQuestions``): what it does not answer is not known.
  public init(
    people: People, policies: PolicyHistory, hosts: HostInference, paths: [String], repository: String?,
    owners: OwnershipRecord = OwnershipRecord(), book: ServiceLevelBook? = nil, grants: GrantHistory? = nil,
    likeness: [RevisionQuestion: RevisionLikeness] = [:]
  ) {
    self.likeness = likeness
    self.people = people
    self.policies = policies
    self.hosts = hosts
    self.owners = owners
    self.book = book
    self.grants = grants
    self.paths = paths
    self.repository = repository
  }

  /// The whole judgement of one contribution as of a moment.
  public func assess(_ contribution: Contribution, asOf: Instant) -> Assessment {
    let moment = contribution.earliestOpening ?? contribution.latestActivity ?? asOf
    let inForce = policies.inForce(at: moment)
    let scope = scope(of: inForce)
    let timeline = Timeline(contribution, bots: people.bots)
    let origin = origin(of: contribution, at: moment, scope)
    let approvals = judgeApprovals(of: contribution, asOf: asOf)
    let isAuthorised = isAuthorised(contribution, by: approvals, scope)
    let handOff = policies.inForce(at: asOf).policy.serviceLevels.handOff
    let (turn, since) = turn(timeline, handOff, isAuthorised: isAuthorised)
    var assessment = Assessment(
      contribution: contribution, origin: origin,
      authorTeams: teams(of: contribution.author, at: moment, inForce.policy),
      components: scope.components(of: contribution.paths), hostTeams: scope.hosts(of: contribution.paths),
      approvals: approvals, isAuthorised: isAuthorised,
      level: level(of: contribution, origin: origin, approvals: approvals, isAuthorised: isAuthorised, scope),
      findings: [], turn: turn, waitingSince: since,
      firstResponse: timeline.firstResponse, firstReview: timeline.firstReview,
      policy: PolicyVersion(commit: inForce.version.commit, isBeforeFirst: inForce.beforeFirst))
    assessment.serviceLevels = serviceLevels(of: assessment, asOf: asOf)
    widen(&assessment, timeline, scope, asOf: asOf)
    assessment.findings = findings(of: assessment, timeline)
    if turn != nil { assessment.owners = changeOwners(contribution, at: asOf) }
    if assessment.timeliness == .late { assessment.findings.append(.lateFirstReview) }
    return assessment
  }

  func scope(of inForce: PolicyHistory.InForce) -> TouchedPaths {
    // A second version may hold from the same moment as the first, which then only judges what came before.
    let key = inForce.beforeFirst ? Instant(seconds: .min) : inForce.version.from
    if let known = scopes[key] { return known }
    let scope = TouchedPaths(inForce.policy, paths: paths, repository: repository)
    scopes[key] = scope
    return scope
  }

  /// The grants of the policy in force, as far as its history lets them count.
  func chains(of inForce: PolicyHistory.InForce) -> GrantChains {
    if let known = chains[inForce.place] { return known }
    let made = GrantChains(inForce.policy, flaws: grants?.flaws(inVersion: inForce.place) ?? [:])
    chains[inForce.place] = made
    return made
  }

  /// The path's bytes.
  func bytes(ofPath path: Int32) -> [UInt8] { Array(paths[Int(path)].utf8) }

  /// Teams of a person at a moment, sorted; none for somebody the roster does not know.
  func teams(of person: PersonID?, at moment: Instant, _ policy: Policy) -> [String] {
    guard let person, let roster = policy.roster else { return [] }
    return roster.teams(of: people[person].key, at: moment).sorted()
  }

  /// Whether the roster says anything about a person: by name, or by a team's claim to the address's domain.
  func isKnown(_ person: PersonID, at moment: Instant, _ roster: Roster) -> Bool {
    switch people[person].key {
    case .handle(let handle): roster.person(handle: handle) != nil
    case let key: !roster.teams(of: key, at: moment).isEmpty
    }
  }

  func turn(_ timeline: Timeline, _ handOff: HandOff, isAuthorised: Bool) -> (Turn?, KnownTime) {
    guard let (turn, since) = timeline.turn(handOff: handOff) else { return (nil, .unknown) }
    guard isAuthorised, turn == .reviewers else { return (turn, since) }
    return (.landing, timeline.contribution.events.last { $0.kind.isApproval }?.time ?? since)
  }
}

extension Assessor {
  private func origin(of contribution: Contribution, at moment: Instant, _ scope: TouchedPaths)
    -> JudgedOrigin
  {
    guard let author = contribution.author else { return JudgedOrigin(.unknown, .noAuthor) }
    if people.bots.contains(author) { return JudgedOrigin(.bot, .botRule) }
    guard let roster = scope.policy.roster else {
      return inferredOrigin(of: author, contribution, at: moment, scope.policy)
    }
    guard isKnown(author, at: moment, roster) else { return JudgedOrigin(.unknown, .notInRoster) }
    let teams = teams(of: author, at: moment, scope.policy)
    let hosting = Set(scope.hosts(of: contribution.paths))
    if let team = teams.first(where: hosting.contains) {
      return JudgedOrigin(.platform, .membership(team: team))
    }
    return JudgedOrigin(.external, .otherTeams(teams))
  }

  /// Without a roster: owners of a touched path by the files at the base, then those who land the work of others.
  private func inferredOrigin(
    of author: PersonID, _ contribution: Contribution, at moment: Instant, _ policy: Policy
  ) -> JudgedOrigin {
    let owned = ownerPlace(
      author, of: contribution.paths ?? [], contribution, policy, at: moment, everyone: false)
    if let owned { return JudgedOrigin(.platform, .ownerByFile(owned)) }
    if let landings = hosts.landings[author] {
      return JudgedOrigin(.platform, .inferredHost(landings: landings))
    }
    if !hosts.isEmpty { return JudgedOrigin(.external, .inferredGuest) }
    return hasKnownOwners(contribution, policy)
      ? JudgedOrigin(.external, .notOwnerByFile) : JudgedOrigin(.unknown, .noHostKnown)
  }

  func level(
    of contribution: Contribution, origin: JudgedOrigin, approvals: [JudgedApproval], isAuthorised: Bool,
    _ scope: TouchedPaths, widened: PathList = .nothing
  ) -> Level {
    switch origin.kind {
    case .bot: return Level(nil, .bot)
    case .unknown: return Level(nil, .unknownAuthor)
    case .platform:
      return Level(1, hasStakeholderInput(contribution) ? .requestedByStakeholder : .writtenByHostTeam)
    case .external: break
    }
    if isAuthorised {
      let delegated = approvals.filter { $0.counted && $0.authority == .delegated }
      if !delegated.isEmpty, self.isAuthorised(contribution, by: delegated, scope, widened: widened) {
        return Level(3, .authorisedByDelegates)
      }
      if approvals.contains(where: { $0.counted && $0.authority == .platform }) {
        var level = Level(2, .authorisedByPlatform)
        level.isAssisted = !delegated.isEmpty
        return level
      }
    }
    let byPeople = approvals.filter { $0.reason != .machine }
    if byPeople.contains(where: { $0.authority != .`self` }) { return Level(nil, .unauthorised) }
    if !byPeople.isEmpty { return Level(nil, .selfApproved) }
    let hasReviewRecord = contribution.hasReviewRecord
    return Level(nil, hasReviewRecord ? .unreviewed : .reviewNotInGit)
  }

  /// Whether somebody outside the host team is on record as having asked for the change.
  private func hasStakeholderInput(_ contribution: Contribution) -> Bool {
    contribution.events.contains { event in
      guard case .inputBy = event.kind, let person = event.person, !contribution.isAuthor(person) else {
        return false
      }
      let moment = event.time.instant ?? contribution.landing?.at ?? contribution.earliestOpening
      guard let moment, !people.bots.contains(person) else { return false }
      let inForce = policies.inForce(at: moment)
      guard inForce.policy.roster != nil else {
        return inferredOrigin(of: person, contribution, at: moment, inForce.policy).kind == .external
      }
      let hosting = Set(scope(of: inForce).hosts(of: contribution.paths))
      return hosting.isDisjoint(with: teams(of: person, at: moment, inForce.policy))
    }
  }

  private func findings(of assessment: Assessment, _ timeline: Timeline) -> [Finding] {
    let contribution = assessment.contribution
    var found = Set<Finding>()
    for standing in contribution.standings {
      guard let finding = standing.finding else { continue }
      if finding != .notFoundInHistory || contribution.state == .undetermined { found.insert(finding) }
    }
    if contribution.basis == .missingObject { found.insert(.missingObject) }
    for approval in assessment.approvals {
      if approval.authority == .`self` { found.insert(.selfApproval) }
      if approval.authority == .unauthorised { found.insert(.unauthorisedApproval) }
      if approval.reason == .stale { found.insert(.staleApproval) }
    }
    if let lander = contribution.landing?.by, contribution.isAuthor(lander), isProposal(contribution) {
      found.insert(.selfMerged)
    }
    if timeline.responsesBeforeOpening > 0 { found.insert(.responseBeforeOpening) }
    if contribution.landing?.grade == .claimed { found.insert(.nameNotVerified) }
    if assessment.policy.isBeforeFirst { found.insert(.beforeFirstPolicy) }
    if contribution.events.contains(where: { if case .reverted = $0.kind { true } else { false } }) {
      found.insert(.reverted)
    }
    return Finding.allCases.filter(found.contains)
  }

  func isProposal(_ contribution: Contribution) -> Bool {
    if case .commit = contribution.id { false } else { true }
  }
}

extension Standing {
  fileprivate var finding: Finding? {
    switch self {
    case .appraise(.submittedWithoutAcceptance): .landedWithoutAcceptance
    case .appraise(.submittedDespiteRejection): .landedDespiteRejection
    case .head(.notFound): .notFoundInHistory
    case .head(.namedNotVerified): .nameNotVerified
    default: nil
    }
  }
}
