internal import Facts

/// Further names of landed changes, told by notes on their commits.
struct NamedCommits {
  private let names: [ObjectName: [ContributionID]]

  init(_ names: [ObjectName: [ContributionID]]) { self.names = names }

  /// One trace for each trace that holds a named commit and does not go by the name already, to be joined with it.
  ///
  /// A name says only where a change was proposed; all else is known of it from elsewhere. Nothing is told of commits
  /// that no trace holds.
  func traces(for known: [Trace]) -> [Trace] {
    guard !names.isEmpty else { return [] }
    return known.compactMap { trace in
      // A mail archive knows all versions of a change itself, and names it by the first.
      guard trace.source != .mail else { return nil }
      var found: [ContributionID] = []
      for commit in trace.commits {
        for name in names[commit] ?? [] where name != trace.id && !trace.aliases.contains(name) {
          if !found.contains(name) { found.append(name) }
        }
      }
      guard !found.isEmpty else { return nil }
      var named = Trace(source: .commitNotes, id: trace.id)
      named.aliases = found
      named.commits = trace.commits
      return named
    }
  }
}
