internal import Facts
internal import Git

/// Reads `refs/notes/review`, in which Gerrit's reviewnotes plugin keeps how each landed change was reviewed.
///
/// The grammar is that of the plugin's `CreateReviewNotes` and `HeaderFormatter`. Only landed changes have a note, and
/// it tells how the votes stood in the end, not when they were given.
enum ReviewNotesHarvest {
  static func read(_ context: SourceContext) throws -> SourceHarvest {
    let collection = try ReviewNotesCollection(context)
    guard collection.noteCount > 0 || !collection.diagnostics.isEmpty else { return SourceHarvest() }
    let told = ReviewNotesTraces(collection, context)
    return SourceHarvest(
      traces: told.traces, diagnostics: collection.diagnostics, sources: [SourceReport(collection, told)])
  }
}

extension SourceReport {
  /// The reviewnotes plugin's notes: changes and votes, then what is left open or was told twice.
  init(_ collection: ReviewNotesCollection, _ told: ReviewNotesTraces) {
    let blocks = told.entries.map(\.block)
    self.init(
      .reviewNotes, place: ReviewNotesCollection.ref, records: collection.noteCount,
      unreadable: collection.unreadable,
      counts: [
        Count("changes", told.traces.count),
        Count("votes", blocks.reduce(0) { $0 + $1.ballots.count }),
        Count("comments", blocks.reduce(0) { $0 + ($1.comments ?? 0) }),
        Count("unresolved-comments", blocks.reduce(0) { $0 + ($1.unresolvedComments ?? 0) }),
        Count("without-number", blocks.count { $0.link == nil }),
        Count("without-submitter", blocks.count { $0.submitter == nil }),
        Count("told-again", told.repeated),
        Count("numbers-of-another-host", told.renamed),
        Count("missing-objects", collection.missingCommits),
      ])
  }
}
