internal import Facts
internal import Git

/// Reads mail archives: patch series as contributions, answers as reviews.
///
/// The archive is the repository itself, or accompanies a repository of code; then series are tied to the commits
/// with which they landed. Where the repository itself is an archive its commits are mails, and no changes.
enum MailHarvest {
  static func read(_ context: SourceContext) throws -> SourceHarvest { try read(context, MailLimits()) }

  static func read(_ context: SourceContext, _ limits: MailLimits) throws -> SourceHarvest {
    let own = try ownArchive(context)
    var others: [MailArchive] = []
    for companion in context.companions {
      if let archive = try MailArchive(companion, limits: limits) { others.append(archive) }
    }
    let archives = try MailArchive.inOrder((own.map { [$0] } ?? []) + others)
    guard !archives.isEmpty else { return SourceHarvest() }
    let collection = try MailCollection(archives, asOf: context.asOf, jobs: context.jobs, limits: limits)
    let reading = MailReadings(collection, limits: limits)
    var harvest = SourceHarvest()
    harvest.ownsHistory = own != nil
    harvest.diagnostics = collection.diagnostics
    var tally = MailTally(collection, reading)
    var requests = SeriesRequests(context, reading)
    let landings = own == nil ? try self.landings(context, reading) : nil
    for series in reading.series {
      var told = SeriesTrace(series, reading, names: requests.names(of: series))
      let landing = landings.flatMap { SeriesLanding(series, reading, $0, context) }
      if let landing { told.land(landing) }
      tally.count(series, told, landing)
      if told.hasMigratedTimes { harvest.diagnostics.append(Self.migrated(told.trace)) }
      if let since = context.since, let latest = told.latest, latest < since { continue }
      harvest.traces.append(told.trace)
      harvest.paths[told.trace.id] = reading.paths(of: series)
    }
    harvest.sources = [tally.report]
    return harvest
  }

  /// The branch that was read, if it holds mails.
  private static func ownArchive(_ context: SourceContext) throws -> MailArchive? {
    guard let target = try context.repository.resolve(reference: context.branch),
      let tip = try context.repository.peelToCommit(target)
    else { return nil }
    return try MailArchive(context.repository, ref: context.branch, tip: tip)
  }

  /// The series was opened at a time that only its sender's clock tells.
  private static func migrated(_ trace: Trace) -> Diagnostic {
    let opening = trace.observations.first { $0.kind == .opened }
    return Diagnostic(.migratedTimes, ref: opening?.evidence.ref, object: opening?.evidence.object)
  }

  private static func landings(_ context: SourceContext, _ reading: MailReadings) throws -> MailLandings {
    let hasNotes = context.references.contains { $0.name == AmlogNotes.reference }
    let notes = hasNotes ? try AmlogNotes(context)?.ids ?? [:] : [:]
    var landings = MailLandings(context, reading.messages, reading.threads, reading.postings, notes: notes)
    var named = NamedInMails(context, limit: reading.limits.lookups)
    for (mail, digits) in reading.appliedCommits {
      if let commit = named.commit(digits) { landings.tie(mail, to: commit) }
    }
    var changes = MailChanges(context, reading.archives, reading.limits)
    landings.tieTheRest(&changes)
    return landings
  }
}

extension MailReadings {
  /// Patches that answers say were applied, each with the digits of the commit, in the order of the mails.
  fileprivate var appliedCommits: [(mail: Int, digits: String)] {
    postings.postings.flatMap { posting -> [(mail: Int, digits: String)] in
      let mails = posting.mails.flatMap { answers[$0] ?? [] }
      guard mails.contains(where: { messages[$0].reply?.applied != nil }) else { return [] }
      let authors = SeriesAuthors([posting], messages).addresses
      let applied = AppliedClaims(SeriesReplies(mails, to: posting, messages, threads), messages) {
        !authors.contains(messages[$0].sender.address)
      }
      return applied.claims.compactMap { claim in
        guard let digits = claim.commit,
          let patch = posting.mails.first(where: { (messages[$0].subject.part ?? 1) == claim.part })
        else { return nil }
        return (patch, digits)
      }
    }
  }
}

/// Finds commits by the digits that mails give.
private struct NamedInMails {
  private let context: SourceContext
  private var left: Int

  init(_ context: SourceContext, limit: Int) {
    self.context = context
    left = limit
  }

  /// Nil for digits that no loaded commit has, or that several objects share.
  mutating func commit(_ digits: String) -> Int32? {
    if let id = ObjectID(hex: digits) { return context.history.index(of: id) }
    guard left > 0 else { return nil }
    left -= 1
    // A mail may name a commit of any other repository: that it is not here is no problem of this one.
    guard let id = try? context.repository.commitish(digits) else { return nil }
    return context.history.index(of: id)
  }
}
