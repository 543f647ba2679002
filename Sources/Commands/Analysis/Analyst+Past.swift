internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

extension Analyst {
  /// The repositories as of several moments, oldest first, each by the policy of its moment.
  ///
  /// Everything is read once, by this analyst's own plan, which must reach back as far as any of the others; each moment
  /// is then told from what was there at the time, and handed out before the next one is judged.
  func analyse(at plans: [AnalysisPlan], _ take: (Analysis) throws -> Void) throws {
    let fixed = try plan.policies.map {
      try PolicyLoading(world: world).fixed($0, repositories: plan.repositories)
    }
    let names = RepositoryNames.names(for: plan.repositories, world: world)
    let read = try zip(plan.repositories, names).map { path, name in
      let repository = try world.openRepository(path)
      let reading = try timed("read \(name)") { try self.reading(repository, path, fixed?.history) }
      let own = try fixed ?? PolicyLoading(world: world).ofBranch(reading.now)
      return ReadRepository(path: path, name: name, repository: repository, reading: reading, policies: own)
    }
    for plan in plans {
      let analyst = Analyst(plan: plan, world: world)
      try take(
        try timed("judged as of \(plan.asOf)") { try analyst.past(read, fixed: fixed) })
    }
  }

  /// A repository that was read, with all versions of the policy that judges it.
  private struct ReadRepository {
    let path: String
    let name: String
    let repository: Repository
    let reading: HarvestReading
    let policies: PolicyLoading.Loaded
  }

  /// The repositories as of the moment of the plan.
  private func past(_ read: [ReadRepository], fixed: PolicyLoading.Loaded?) throws -> Analysis {
    var analysis = Analysis(plan: plan, repositories: [], source: fixed?.source ?? .none)
    for item in read {
      let past = try standing(item.reading, item.path)
      let policies = fixed ?? item.policies.standing(in: past)
      if fixed == nil { analysis.source = policies.source.over(analysis.source) }
      analysis.repositories.append(
        try judge(
          past, policies.history, item.repository, item.path, name: item.name,
          remote: remote(of: item.repository, branch: item.reading.now.branch)))
    }
    return analysis
  }

  private func standing(_ reading: HarvestReading, _ path: String) throws -> Harvested {
    do {
      return try reading.standing(at: plan.asOf)
    } catch {
      throw CommandFailure.harvest(error, path: path)
    }
  }
}

extension PolicyLoading.Loaded {
  /// The versions that were on the branch at an earlier moment.
  ///
  /// A version that was broken then is left out, so that its forerunner stays in force.
  func standing(in past: Harvested) -> PolicyLoading.Loaded {
    let commits = Set(past.policies.map(\.commit))
    let versions = history.versions.filter { $0.commit.map(commits.contains) ?? false }
    guard let newest = versions.last?.commit, let history = PolicyHistory(versions) else {
      return PolicyLoading.Loaded(history: PolicyHistory(always: .defaults), source: .none)
    }
    let place = "\(past.branch):policies"
    let isRemoved = past.policies.last?.files.isEmpty ?? false
    return PolicyLoading.Loaded(
      history: history,
      source: isRemoved
        ? .removed(place, versions: versions.count, by: newest)
        : .branch(place, versions: versions.count, newest: newest))
  }
}

extension PolicySource {
  /// Of several repositories the last one with a policy of its own is named.
  fileprivate func over(_ other: PolicySource) -> PolicySource {
    switch self {
    case .branch, .removed: self
    default: other
    }
  }
}
