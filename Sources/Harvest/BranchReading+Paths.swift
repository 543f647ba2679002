internal import Facts
internal import Git

extension BranchReading {
  /// Gives reviews the paths that they would change, where history has not told them.
  ///
  /// Of a review of git-appraise these are the paths that differ between its newest head and where it left the branch;
  /// of a Gerrit change those of its patch set against the first parent, as Gerrit itself lists them; of a mailed
  /// series those in `listed`, which its own diffs name.
  func completePaths(of traces: inout [Trace], listed: [ContributionID: [[UInt8]]]) {
    var patchSets: [ObjectName] = []
    for place in traces.indices where traces[place].paths == nil {
      switch traces[place].source {
      case .appraise: traces[place].paths = pathsOfNewestHead(traces[place])
      case .mail:
        traces[place].paths = listed[traces[place].id].map(comparison.numbers)
        if traces[place].paths != nil { traces[place].pathsGrade = .claimed }
      default: patchSets += traces[place].patchSet.map { [$0] } ?? []
      }
    }
    guard !patchSets.isEmpty else { return }
    let paths = comparison.paths(ofCommits: Set(patchSets).sorted())
    for place in traces.indices where traces[place].paths == nil {
      traces[place].paths = traces[place].patchSet.flatMap { paths[$0] }
    }
  }

  private func pathsOfNewestHead(_ trace: Trace) -> [Int32]? {
    let heads = trace.observations.compactMap { observation -> Int32? in
      guard case .revision(let head) = observation.kind else { return nil }
      return history.index(of: ObjectID(head))
    }
    guard let newest = heads.max(by: { history.generation($0) < history.generation($1) }),
      !line.holds(newest)
    else { return nil }
    return comparison.paths(of: newest)
  }
}

extension Trace {
  /// The commit of a Gerrit change that would land, or landed on another branch.
  fileprivate var patchSet: ObjectName? {
    switch source {
    case .gerrit, .changeRefs, .reviewNotes: commits.last
    default: nil
    }
  }
}
