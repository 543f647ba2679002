public import Facts
internal import Git

/// One repository read once, which can tell how everything stood at earlier moments.
///
/// An earlier standing leaves out what came later: commits that the branch did not hold yet, records with later times,
/// endings that were still to come. It is what a reading as of that moment gives, but for what Git does not keep: whom an
/// account number belongs to is taken from everything that was read, titles are those of the newest version, and of a review
/// that goes on only that it does is told, not how far its own system says it is.
public final class HarvestReading {
  /// How it stands at the moment up to which was read.
  public let now: Harvested

  /// What earlier standings are made from.
  struct Parts {
    let gathered: GatheredTraces
    let reading: BranchReading
    let context: SourceContext
    /// The newest commit of the branch that counts.
    let newest: Int32
  }

  private let parts: Parts?
  private lazy var line = parts.map { LineMoments($0.context.history, $0.reading.line, from: $0.newest) }

  /// Without `parts` there is nothing to tell of any moment.
  init(_ now: Harvested, _ parts: Parts? = nil) {
    self.now = now
    self.parts = parts
  }

  /// How everything stood at a moment not after the one up to which was read.
  ///
  /// Diagnostics and what the sources hold are those of the whole reading.
  public func standing(at moment: Instant) throws(HarvestProblem) -> Harvested {
    guard let parts, let line else { return now }
    let history = parts.context.history
    guard let tip = history.newest(from: parts.newest, notAfter: moment) else {
      return Harvested(branch: now.branch, tip: nil)
    }
    var past = now
    past.tip = ObjectName(git: history.id(tip))
    past.newestCommit = Instant(seconds: history.committerSeconds(tip))
    past.policies = now.policies.filter { version in
      history.index(of: ObjectID(version.commit)).map { line.holds($0, at: moment) } ?? false
    }
    past.ownership = now.ownership.until(moment)
    do {
      try parts.gathered.standing(at: moment, line)
        .complete(&past, parts.reading, parts.context.asOf(moment), tip: tip)
    } catch {
      throw .unreadable(String(describing: error))
    }
    past.diagnostics = now.diagnostics
    past.sources = now.sources
    return past
  }
}

extension SourceContext {
  /// The same where nothing later than a moment exists.
  fileprivate func asOf(_ moment: Instant) -> SourceContext {
    SourceContext(
      repository: repository, companions: companions, references: references, history: history, line: line,
      branch: branch, since: since, asOf: moment, jobs: jobs, verifier: verifier)
  }
}
