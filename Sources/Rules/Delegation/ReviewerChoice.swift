public import Facts

/// Who may approve some paths at a moment, and which few people would do.
public struct ReviewerChoice: Sendable {
  /// Where the files of a policy stand on a branch.
  static let policyDirectory = "policies/"

  /// By what right somebody may approve a path.
  public enum Authority: Hashable, Sendable {
    case platform(team: String)
    /// Without a roster: landed so many contributions of others.
    case inferred(landings: Int)
    /// A line of an ownership file names them.
    case owner(OwnershipPlace)
    /// By these grants, the first granter's at the front, until the first of them ends.
    case delegated([String], until: Instant?)
  }

  /// Somebody who may be asked.
  public struct Candidate: Hashable, Sendable {
    public var key: PersonKey
    public var name: String
    /// The name as people read it, told apart from that of others.
    public var shown: String
    /// Teams at the moment, sorted.
    public var teams: [String]
    /// Contributions of others that they landed, where the host team is inferred from that.
    public var landings: Int?

    public init(
      key: PersonKey, name: String, shown: String? = nil, teams: [String] = [], landings: Int? = nil
    ) {
      self.key = key
      self.name = name
      self.shown = shown ?? name
      self.teams = teams
      self.landings = landings
    }
  }

  /// What is asked.
  public struct Question: Sendable {
    /// Paths, each once, sorted.
    public var paths: [String]
    public var change: GrantChains.Change
    /// Whoever wrote part of the change.
    public var contributors: Set<PersonKey>
    /// Whose approvals of the change count already.
    public var approved: Set<PersonKey>
    public var asOf: Instant
    /// Name of the repository in the platform file.
    public var repository: String?

    public init(
      paths: [String], change: GrantChains.Change, contributors: Set<PersonKey> = [],
      approved: Set<PersonKey> = [], asOf: Instant, repository: String? = nil
    ) {
      self.paths = paths
      self.change = change
      self.contributors = contributors
      self.approved = approved
      self.asOf = asOf
      self.repository = repository
    }
  }

  /// Somebody who may approve, by number among the candidates.
  public struct Entitled: Hashable, Sendable {
    public var person: Int
    public var authority: Authority
  }

  /// Paths that the same people may approve by the same rights.
  public struct Need: Hashable, Sendable {
    public var paths: [String]
    public var components: [String]
    /// Distinct people whose approval the paths need in all.
    public var count: Int
    /// Whose approvals the rule takes.
    public var from: Set<DelegationPolicy.Source>
    public var entitled: [Entitled]
    /// People whose approval of these paths counts already, by number.
    public var approved: [Int]
    /// People who may review, and not approve, by number.
    public var reviewers: [Int]
    /// People who would be entitled, had they not written part of the change, by number.
    public var contributors: [Int]
    /// Why nobody else may: who came nearest, and what was missing.
    public var nearest: NearMiss?

    /// How many more people have to approve.
    public var open: Int { max(0, count - approved.count) }
    /// Whether there are enough people left to ask.
    public var isBlocked: Bool { entitled.count < open }
  }

  /// Somebody who nearly had a right.
  public struct NearMiss: Hashable, Sendable {
    public var person: Int
    public var miss: GrantMiss
  }

  /// Sorted by key.
  public let candidates: [Candidate]
  /// In the order of their first paths.
  public let needs: [Need]
  /// The smallest sets of people who would do for all that is not blocked.
  public let cover: ReviewerCover

  /// `owners` names those whom ownership files make owners of a path, by number among the candidates; `load` is the
  /// work that each candidate has.
  public init(
    _ question: Question, _ chains: GrantChains, _ candidates: [Candidate], load: [Int],
    owners: (String) -> [Int: OwnershipPlace] = { _ in [:] }
  ) {
    self.candidates = candidates
    let finder = NeedFinder(question: question, chains: chains, candidates: candidates)
    var needs: [Need] = []
    var places: [Need: Int] = [:]
    for path in question.paths {
      var need = finder.need(of: path, owners: owners(path))
      need.paths = []
      if let place = places[need] {
        needs[place].paths.append(path)
      } else {
        places[need] = needs.count
        need.paths = [path]
        needs.append(need)
      }
    }
    self.needs = needs
    let askable = needs.filter { !$0.isBlocked && $0.open > 0 }
    // Where everything that is still asked for is blocked, no set would do, not even that of nobody.
    let asked = askable.isEmpty ? needs.filter(\.isBlocked) : askable
    cover = ReviewerCover(
      asked.map { .init(count: $0.open, people: $0.entitled.map(\.person)) }, load: load)
  }
}

/// Answers for one path.
private struct NeedFinder {
  let question: ReviewerChoice.Question
  let chains: GrantChains
  let candidates: [ReviewerChoice.Candidate]

  func need(of path: String, owners: [Int: OwnershipPlace]) -> ReviewerChoice.Need {
    let bytes = Array(path.utf8)
    let policy = chains.policy
    let rule = rule(for: bytes)
    var need = ReviewerChoice.Need(
      paths: [],
      components: policy.platform.components(of: bytes, in: question.repository).map(\.id).sorted(),
      count: rule.count, from: rule.from, entitled: [], approved: [], reviewers: [], contributors: [])
    guard rule.count > 0 else { return need }
    let hosts = policy.hostTeams(of: bytes, in: question.repository)
    let takesOwn = policy.delegation.takesSelfApproval(on: bytes)
    for (number, candidate) in candidates.enumerated() {
      let answer = authority(of: candidate, bytes, hosts, owners[number], rule)
      switch answer {
      case .success(let authority):
        if question.contributors.contains(candidate.key), !takesOwn {
          need.contributors.append(number)
        } else if question.approved.contains(candidate.key) {
          need.approved.append(number)
        } else {
          need.entitled.append(.init(person: number, authority: authority))
        }
      case .failure(let missed):
        if missed.mayReview, !question.contributors.contains(candidate.key) { need.reviewers.append(number) }
        guard let miss = missed.miss, miss != .noGrant else { continue }
        if need.nearest.map({ $0.miss < miss }) ?? true {
          need.nearest = .init(person: number, miss: miss)
        }
      }
    }
    if !need.isBlocked { need.nearest = nil }
    return need
  }

  /// What the path needs; a change of the policy itself needs at least what the gate asks of one.
  private func rule(for path: [UInt8]) -> DelegationPolicy.ApprovalRule {
    var rule = chains.policy.delegation.approvalRule(for: path)
    guard path.starts(with: ReviewerChoice.policyDirectory.utf8) else { return rule }
    let change = chains.policy.delegation.gate.policyChange
    rule.count = max(rule.count, change.count)
    rule.from.formIntersection(change.from)
    return rule
  }

  /// Why somebody may not approve a path.
  private struct Missed: Error {
    var miss: GrantMiss?
    var mayReview = false
  }

  private func authority(
    of candidate: ReviewerChoice.Candidate, _ path: [UInt8], _ hosts: [String], _ owner: OwnershipPlace?,
    _ rule: DelegationPolicy.ApprovalRule
  ) -> Result<ReviewerChoice.Authority, Missed> {
    if rule.from.contains(.platform) {
      if let team = candidate.teams.first(where: hosts.contains) { return .success(.platform(team: team)) }
      if let owner { return .success(.owner(owner)) }
      if let landings = candidate.landings { return .success(.inferred(landings: landings)) }
    }
    guard case .handle(let handle) = candidate.key, !chains.isEmpty else { return .failure(Missed()) }
    let holder = GrantChains.Holder(handle: handle, teams: candidate.teams)
    func right(_ verb: Grant.Verb) -> GrantChains.Answer {
      chains.right(of: holder, to: verb, on: path, in: question.change, at: question.asOf)
    }
    let mayReview = right(.review).right != nil
    guard rule.from.contains(.delegated) else { return .failure(Missed(mayReview: mayReview)) }
    switch right(.approve) {
    case .held(let held):
      return .success(.delegated(held.chain.map(\.id), until: held.chain.compactMap(\.end).min()))
    case .missed(let miss): return .failure(Missed(miss: miss, mayReview: mayReview))
    }
  }
}
