internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// Puts what was read of a repository into the words of reports.
enum Summaries {
  static func summary(
    of harvested: Harvested, name: String, people: People, policy: Policy, hosts: HostInference,
    entries: [ContributionEntry], readSince: Instant?
  ) -> RepositorySummary {
    var summary = RepositorySummary(
      name: name, branch: harvested.branch, tip: harvested.tip, newestCommit: harvested.newestCommit,
      commits: harvested.commitCount, isShallow: harvested.isShallow, readSince: readSince,
      coverage: coverage(of: entries, people), hosts: who(policy, hosts, people),
      sources: harvested.sources.map { source in
        let own = source.counts.map { SourceSummary.Count(name: $0.name, value: $0.value) }
        return SourceSummary(
          source: source.source, place: source.place, records: source.records, unreadable: source.unreadable,
          counts: source.source == .appraise ? own + responses(in: harvested, people) : own)
      },
      diagnostics: DiagnosticCount.grouped(harvested.diagnostics))
    summary.completeSince = harvested.completeSince
    return summary
  }

  /// How the reviews of git-appraise were answered, each review by itself.
  ///
  /// A contribution may hold several reviews (a branch that was rewritten), so these counts are the source's own.
  private static func responses(in harvested: Harvested, _ people: People) -> [SourceSummary.Count] {
    let joining = Joining { people.id(of: $0) ?? PersonID(index: 0) }
    var waits: [Survival.Wait] = []
    for trace in harvested.traces where trace.source == .appraise {
      for review in joining.join([trace]) {
        guard case .exact(let seconds)? = Timeline(review, bots: people.bots).firstResponse?.wait else {
          continue
        }
        waits.append(.init(seconds: seconds, ended: true))
      }
    }
    guard let median = Survival(waits).medianOfEnded else { return [.init(name: "answered", value: 0)] }
    return [
      .init(name: "answered", value: waits.count),
      .init(name: "first-response-median-seconds", value: Int(clamping: median)),
    ]
  }

  private static func who(_ policy: Policy, _ hosts: HostInference, _ people: People) -> Hosts {
    if let roster = policy.roster { return .roster(teams: roster.hostTeams.map(\.id).sorted()) }
    guard !hosts.isEmpty else { return .unknown }
    let sorted = hosts.landings.sorted { ($1.value, people[$0.key].key) < ($0.value, people[$1.key].key) }
    return .inferred(
      sorted.map { .init(name: people[$0.key].name, shown: people[$0.key].shown, landings: $0.value) })
  }

  /// How much of the authorship the roster knows; service accounts are left out.
  private static func coverage(of entries: [ContributionEntry], _ people: People) -> Coverage {
    var counts: [PersonID: Int] = [:]
    var unknown: [PersonID: Int] = [:]
    for entry in entries {
      guard let author = entry.contribution.author, !people.bots.contains(author) else { continue }
      counts[author, default: 0] += 1
      if entry.assessment.origin.kind == .unknown { unknown[author, default: 0] += 1 }
    }
    let total = counts.values.reduce(0, +)
    let missing = unknown.values.reduce(0, +)
    let top = unknown.sorted { ($1.value, people[$0.key].key) < ($0.value, people[$1.key].key) }.prefix(10)
    return Coverage(
      authors: counts.count, knownAuthors: counts.count - unknown.count, contributions: total,
      knownContributions: total - missing,
      unresolved: top.map { person, count in
        .init(
          address: people[person].email.isEmpty ? people[person].name : people[person].email,
          contributions: count)
      })
  }
}

/// Short names for the repositories of a report: never a path, which would differ between machines.
enum RepositoryNames {
  /// The last part of each path that says something; parts in front are added until names differ.
  static func names(for paths: [String], world: World) -> [String] {
    let parts = paths.map { path -> [Substring] in
      let whole = path.hasPrefix("/") ? path : (world.environment("PWD") ?? "") + "/" + path
      var parts: [Substring] = []
      for part in whole.split(separator: "/") where part != "." {
        if part == ".." { _ = parts.popLast() } else { parts.append(part) }
      }
      if parts.last == ".git" { parts.removeLast() }
      return parts
    }
    return parts.enumerated().map { place, own in
      for length in 1...max(1, own.count) {
        let name = own.suffix(length)
        let isUnique = !parts.enumerated().contains { $0 != place && $1.suffix(length) == name }
        if isUnique { return name.map(shown).joined(separator: "/") }
      }
      return "\(own.last.map(shown) ?? "repository") (\(place + 1))"
    }
  }

  private static func shown(_ part: Substring) -> String {
    part.hasSuffix(".git") && part.count > 4 ? String(part.dropLast(4)) : String(part)
  }
}
