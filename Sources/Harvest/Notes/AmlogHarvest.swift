internal import Facts
internal import Git

/// Gives landed changes the Message-IDs under which `refs/notes/amlog` says that they were posted.
enum AmlogHarvest {
  static func read(_ context: SourceContext) throws -> SourceHarvest {
    guard context.references.contains(where: { $0.name == AmlogNotes.reference }),
      let notes = try AmlogNotes(context)
    else { return SourceHarvest() }
    var harvest = SourceHarvest()
    harvest.diagnostics = notes.diagnostics
    harvest.sources = [SourceReport(notes)]
    harvest.names = notes.ids.mapValues { ids in ids.map { .mail($0) } }
    return harvest
  }
}

extension SourceReport {
  /// Counts of the notes, and how many of them name a mail for a commit of the branch.
  init(_ notes: AmlogNotes) {
    let byID = notes.ids.values.reduce(into: [String: Int]()) { counts, ids in
      for id in ids { counts[id, default: 0] += 1 }
    }
    self.init(
      .commitNotes, place: AmlogNotes.reference, records: notes.notes, unreadable: notes.unreadable,
      counts: [
        Count("commits", notes.ids.count), Count("mails", byID.count),
        Count("mails-of-several-commits", byID.values.count { $0 > 1 }),
        Count("several-ids", notes.severalIDs), Count("without-id", notes.withoutID),
        Count("missing-objects", notes.missing), Count("not-commits", notes.notCommits),
      ])
  }
}
