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
  /// is then told from what was there at the time.
  func analyse(at plans: [AnalysisPlan]) throws -> [Analysis] {
    let fixed = try plan.policies.map {
      try PolicyLoading(world: world).fixed($0, repositories: plan.repositories)
    }
    let names = RepositoryNames.names(for: plan.repositories, world: world)
    var analyses = plans.map { Analysis(plan: $0, repositories: [], source: fixed?.source ?? .none) }
    for (path, name) in zip(plan.repositories, names) {
      let repository = try world.openRepository(path)
      let reading = try timed("read \(name)") { try self.reading(repository, path, fixed?.history) }
      let own = try fixed ?? PolicyLoading(world: world).ofBranch(reading.now)
      let remote = remote(of: repository, branch: reading.now.branch)
      let told: [(RepositoryAnalysis, PolicySource)] = try timed("judged \(name) at \(plans.count) moments") {
        try plans.map { plan in
          let analyst = Analyst(plan: plan, world: world)
          let past = try analyst.standing(reading, path)
          let policies = fixed ?? own.standing(in: past)
          let judged = try analyst.judge(past, policies.history, repository, path, name: name, remote: remote)
          return (judged, policies.source)
        }
      }
      for (place, (repository, source)) in told.enumerated() {
        analyses[place].repositories.append(repository)
        if fixed == nil { analyses[place].source = source.over(analyses[place].source) }
      }
    }
    return analyses
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
