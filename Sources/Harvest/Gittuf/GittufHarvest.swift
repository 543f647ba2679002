internal import Facts
internal import Git

/// Reads what gittuf keeps in a repository: requests and approvals of a forge as its app attests them, approvals by
/// signature, and the log of pushes.
///
/// The formats are those of gittuf/gittuf (`internal/attestations`, `pkg/rsl`).
enum GittufHarvest {
  static func read(_ context: SourceContext) throws -> SourceHarvest {
    var harvest = SourceHarvest()
    var pushed: Set<ObjectName> = []
    let prefixes = GittufPrefix.all(in: context.references)
    if prefixes.count > GittufPrefix.limit {
      harvest.diagnostics.append(
        Diagnostic(
          .oversized(bytes: prefixes.count, limit: GittufPrefix.limit), ref: prefixes[GittufPrefix.limit].name
        ))
    }
    for prefix in prefixes.prefix(GittufPrefix.limit) {
      let reader = GittufReader(context.repository)
      if let tip = prefix.attestations {
        let ref = prefix.name + "/attestations"
        let history = AttestationHistory(reader, ref: ref, tip: tip, asOf: context.asOf)
        var traces = GittufTraces(context, reader, ref: ref)
        traces.build(history)
        harvest.traces += traces.requests
        harvest.onLanded += traces.onLanded
        harvest.sources.append(traces.report)
        harvest.diagnostics += traces.diagnostics
      }
      if let tip = prefix.log {
        let ref = prefix.name + "/reference-state-log"
        let log = ReferenceLog(reader, ref: ref, tip: tip, branch: context.branch, asOf: context.asOf)
        let pushes = StateLogLandings(log, ref: ref, context, reader)
        harvest.onLanded += pushes.traces.filter { pushed.insert($0.commit).inserted }.map(\.trace)
        harvest.sources.append(
          SourceReport(
            .pushLog, place: ref, records: log.total,
            counts: [
              .init("pushes", log.entries.count), .init("remarks", log.remarks),
              .init("withdrawn", log.skipped), .init("landed", pushes.traces.count),
            ]))
      }
      harvest.diagnostics += reader.diagnostics
    }
    return harvest
  }
}

/// One set of gittuf's refs: `refs/gittuf/…`, or another one beside it such as `refs/gittuf-dogfood/…`.
struct GittufPrefix {
  let name: String
  var attestations: ObjectID?
  var log: ObjectID?

  /// More sets than this are not read.
  static let limit = 16

  /// `refs/gittuf` first, then the others by name.
  static func all(in references: [Reference]) -> [GittufPrefix] {
    var found: [String: GittufPrefix] = [:]
    for reference in references {
      let parts = reference.name.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[1] == "gittuf" || parts[1].hasPrefix("gittuf-"),
        let tip = reference.target
      else { continue }
      let name = "refs/\(parts[1])"
      switch parts[2] {
      case "attestations": found[name, default: GittufPrefix(name: name)].attestations = tip
      case "reference-state-log": found[name, default: GittufPrefix(name: name)].log = tip
      default: continue
      }
    }
    return found.values.sorted { $0.name < $1.name }
  }
}
