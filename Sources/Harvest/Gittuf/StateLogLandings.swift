internal import Facts
internal import Git

/// When the commits of the branch's own line were pushed, by the log's own time.
///
/// An entry tells of the commits between the entry before and its own target. The first entry tells nothing: how long
/// its target had been there, the log does not know.
struct StateLogLandings {
  struct Push {
    let commit: ObjectName
    let trace: Trace
  }

  /// Oldest first; each to be joined with what landed with its commit.
  private(set) var traces: [Push] = []

  init(_ log: ReferenceLog, ref: String, _ context: SourceContext, _ reader: GittufReader) {
    let history = context.history
    var places: [Int32: Int] = [:]
    for (place, commit) in context.line.line.enumerated() { places[commit] = place }
    var told: Set<Int> = []
    var before: Int?
    for entry in log.entries {
      guard let target = history.index(of: ObjectID(entry.target)), let place = places[target] else {
        before = nil
        continue
      }
      defer { before = place }
      guard let before, place < before else { continue }
      for pushed in (place..<before).reversed() where told.insert(pushed).inserted {
        let commit = context.line.line[pushed]
        // A clock that runs behind that of the committer by more than an hour says nothing of the push.
        guard entry.at.seconds >= history.committerSeconds(commit) - 3600 else {
          reader.report(.dateOutOfOrder, ref: ref, object: entry.id)
          continue
        }
        if let since = context.since, entry.at < since { continue }
        add(ObjectName(git: history.id(commit)), entry, ref)
      }
    }
  }

  private mutating func add(_ commit: ObjectName, _ entry: ReferenceLog.Entry, _ ref: String) {
    var trace = Trace(source: .pushLog, id: .commit(commit))
    trace.observations = [
      Observation(
        .landed(commit: commit), .at(entry.at), by: nil, .recorded, Evidence(ref: ref, object: entry.id))
    ]
    traces.append(Push(commit: commit, trace: trace))
  }
}
