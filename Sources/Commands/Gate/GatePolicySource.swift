internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles
internal import Rules

/// The policy by which updates are judged, and what is said against its grants.
struct GatePolicySource {
  let repository: Repository
  let world: World
  let line: PolicyLine
  let budget: Budget

  init(_ repository: Repository, directory: String, budget: Budget, world: World) {
    self.repository = repository
    self.world = world
    self.budget = budget
    line = PolicyLine(repository, directory: directory, budget: budget)
  }

  enum Reading {
    case policy(Policy)
    /// Each problem as a line.
    case broken([String])
    case none
  }

  func read(at commit: ObjectID) throws(UpdateObstacle) -> Reading {
    switch try line.contents(at: commit) {
    case .none: return .none
    case .foreign(let entries):
      return .broken(
        entries.map { entry in
          "\(entry.path.isEmpty ? "the policy directory" : entry.path) is \(entry.words)"
        })
    case .files(let files):
      let (policy, problems) = PolicyFiles.load(files, hasZone: world.hasTimeZone)
      guard let policy else { return .broken(problems.filter { $0.severity == .error }.map(\.description)) }
      return .policy(policy)
    }
  }

  /// What the history says against those grants on which the rights of some people rest.
  func flaws(
    of policy: Policy, upTo tip: ObjectID, branch: String, for holders: Set<String>
  ) throws(UpdateObstacle) -> [String: GrantFlaw] {
    let wanted = GrantChains(policy).lineage(of: holders)
    guard !wanted.isEmpty else { return [:] }
    let names = Set(wanted.map { "grants/\($0).json5" })
    let current = try files(named: names, at: tip)
    let versions = try line.versions(upTo: tip) { version in
      version.files.allSatisfy { file in !names.contains(file.path) || current[file.path] != file.bytes }
    }
    return try flaws(versions, policy, branch, adding: nil)
  }

  /// What the whole history says against the grants of a policy that a push would bring.
  func flaws(
    of policy: Policy, after tip: ObjectID, in new: ObjectID, branch: String, by bringers: [PersonKey]
  ) throws(UpdateObstacle) -> [String: GrantFlaw] {
    guard !policy.grants.isEmpty else { return [:] }
    let versions = try line.versions(upTo: tip) { _ in false }
    return try flaws(versions, policy, branch, adding: (ObjectName(git: new), bringers))
  }

  private func flaws(
    _ files: [PolicyFilesVersion], _ newest: Policy, _ branch: String,
    adding: (commit: ObjectName, bringers: [PersonKey])?
  ) throws(UpdateObstacle) -> [String: GrantFlaw] {
    var versions: [PolicyHistory.Version] = []
    for version in files {
      // A version that could not be read was never in force.
      guard let policy = PolicyFiles.load(version.files, hasZone: world.hasTimeZone).policy else { continue }
      // A date in the future would put everything that came later there as well.
      versions.append(.init(from: min(version.from, world.now), commit: version.commit, policy: policy))
    }
    if let adding { versions.append(.init(from: world.now, commit: adding.commit, policy: newest)) }
    guard let history = PolicyHistory(versions) else { return [:] }
    var behind: [ObjectName: [PersonKey]] = [:]
    if let adding { behind[adding.commit] = adding.bringers }
    // Who approved is only asked where those who wrote and landed do not answer for a grant: there may be many reviews.
    var found: GrantHistory?
    for asksReviews in [false, true] {
      for (place, version) in history.versions.enumerated() where place > 0 {
        let before = history.versions[place - 1].policy
        guard let commit = version.commit, commit != adding?.commit, version.policy.grants != before.grants,
          found.map({ $0.isUnentitled(inVersion: place) }) != false
        else { continue }
        behind[commit] = try bringers(of: commit, branch, by: before, asksReviews: asksReviews)
      }
      let known = behind
      found = GrantHistory(history) { known[$0] ?? [] }
      guard found?.hasUnentitled == true else { break }
    }
    return found?.flaws(inVersion: history.versions.count - 1) ?? [:]
  }

  /// The people behind a commit of the branch: who wrote it, or what it merged, who landed it, who approved it.
  private func bringers(
    of name: ObjectName, _ branch: String, by policy: Policy, asksReviews: Bool
  ) throws(UpdateObstacle) -> [PersonKey] {
    let reader = ProposalReader(repository, budget: budget, seconds: 0)
    let commit = try reader.identities(of: name)
    var update = try reader.read(reference: branch, old: commit.parent, new: ObjectID(name))
    let named = policy.delegation.gate.approvalsFrom
    if asksReviews {
      let approvals = ApprovalSources(reader, named: named, by: nil, now: world.now)
      try approvals.add(to: &update)
      _ = try approvals.addOthers(to: &update)
    }
    let approvers = update.approvals.filter { $0.stands(from: named, on: branch) }.map(\.person)
    let authors = update.commits.flatMap(\.contributors).filter { $0.role != .coauthor }.map(\.identity)
    return (commit.people + authors + approvers).compactMap { person in
      policy.roster?.resolve(person).map { .handle($0.handle) }
    }
  }

  private func files(named names: Set<String>, at tip: ObjectID) throws(UpdateObstacle) -> [String: [UInt8]] {
    guard case .files(let files) = try line.contents(at: tip) else { return [:] }
    return Dictionary(
      files.filter { names.contains($0.path) }.map { ($0.path, $0.bytes) },
      uniquingKeysWith: { one, _ in one })
  }
}
