internal import Facts

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
