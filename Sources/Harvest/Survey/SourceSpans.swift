internal import Facts

/// What the traces of each source tell, and over which time: the same for every source.
struct SourceSpans {
  fileprivate struct Span {
    var oldest: Instant?
    var newest: Instant?
    var years: [Int: Int] = [:]
    var facts: [FactKind: SourceReport.FactCount] = [:]
  }

  private var spans: [SourceKind: Span] = [:]

  init(_ traces: [Trace]) {
    for trace in traces {
      var newest: Instant?
      var told: [FactKind: Grade] = [:]
      for observation in trace.observations {
        if let fact = observation.kind.fact { told[fact] = max(told[fact] ?? .absent, observation.grade) }
        guard let moment = Self.moment(of: observation) else { continue }
        newest = max(newest ?? moment, moment)
        spans[trace.source, default: Span()].see(moment)
      }
      if let newest { spans[trace.source, default: Span()].years[newest.year, default: 0] += 1 }
      for (fact, grade) in told { spans[trace.source, default: Span()].add(fact, grade) }
    }
  }

  /// The report with what the traces of its source tell.
  func completed(_ report: SourceReport) -> SourceReport {
    guard let span = spans[report.source] else { return report }
    var report = report
    (report.oldest, report.newest) = (span.oldest, span.newest)
    report.perYear = span.years.sorted { $0.key < $1.key }.map { YearCount(year: $0.key, count: $0.value) }
    report.facts = FactKind.allCases.compactMap { span.facts[$0] }
    return report
  }

  /// When an observation shows that something happened: an exact moment, or the commit of a revision.
  ///
  /// The limits of openings come from author dates, which say nothing of how far a source reaches.
  private static func moment(of observation: Observation) -> Instant? {
    switch (observation.time, observation.kind) {
    case (.at(let moment), _): moment
    case (.between(let earliest?, _), .revision): earliest
    default: nil
    }
  }
}

extension SourceSpans.Span {
  fileprivate mutating func see(_ moment: Instant) {
    oldest = min(oldest ?? moment, moment)
    newest = max(newest ?? moment, moment)
  }

  fileprivate mutating func add(_ fact: FactKind, _ grade: Grade) {
    var count = facts[fact] ?? SourceReport.FactCount(fact: fact, best: .absent, weakest: .signed, records: 0)
    count.records += 1
    count.best = max(count.best, grade)
    count.weakest = min(count.weakest, grade)
    facts[fact] = count
  }
}
