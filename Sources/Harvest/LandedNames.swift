internal import Facts

/// The names under which landed commits are told, for records that know a commit and nothing else.
struct LandedNames {
  private struct Landed {
    let id: ContributionID
    let by: Identity?
  }

  /// By the commit with which it landed.
  private var landed: [ObjectName: [Landed]] = [:]

  /// - Parameters:
  ///   - records: traces with the ids of commits.
  ///   - traces: those of history and of request heads.
  init(for records: [Trace], in traces: [Trace]) {
    for case .commit(let commit) in records.lazy.map(\.id) { landed[commit] = [] }
    guard !landed.isEmpty else { return }
    for trace in traces {
      for observation in trace.observations {
        guard case .landed(let commit) = observation.kind, let known = landed[commit],
          !known.contains(where: { $0.id == trace.id })
        else { continue }
        landed[commit] = known + [Landed(id: trace.id, by: observation.actor)]
      }
    }
  }

  /// The records, one for each change that landed with their commit, under its name; landings also with who landed
  /// it.
  ///
  /// A record of a commit that brought nothing that is told keeps the commit's name. `review` gives the name of the
  /// review that a plain commit belongs to.
  func named(_ records: [Trace], review: (ContributionID) -> ContributionID?) -> [Trace] {
    records.flatMap { record -> [Trace] in
      guard case .commit(let commit) = record.id, let known = landed[commit], !known.isEmpty else {
        return [record]
      }
      return known.map { landed in
        var trace = record
        trace.id = review(landed.id) ?? landed.id
        for place in trace.observations.indices where trace.observations[place].actor == nil {
          if case .landed = trace.observations[place].kind { trace.observations[place].actor = landed.by }
        }
        return trace
      }
    }
  }
}
