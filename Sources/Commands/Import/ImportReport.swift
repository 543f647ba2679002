internal import Facts
internal import Reports

/// What an import has read and written, for the person who ran it.
struct ImportReport {
  let forge: Forge
  let outcome: ImportOutcome
  let isRehearsal: Bool
  /// The side ledger, where there is one.
  let ledger: String?
  let refused: Int

  func text() -> TextDocument {
    var table = TextTable([
      .init(""), .init("read", align: .right), .init("added", align: .right),
      .init("changed", align: .right), .init("unchanged", align: .right), .init("refused", align: .right),
    ])
    let tally = outcome.tally
    for (name, count) in [
      ("requests", tally.requests), ("events", tally.events), ("reviews and votes", tally.reviews),
      ("comments", tally.comments), ("automatic messages", tally.automatic),
    ] where count != ImportCount() {
      table.append(
        [StyledText(name)]
          + [count.read, count.added, count.changed, count.unchanged, count.refused].map {
            StyledText("\($0)")
          })
    }
    return TextDocument(
      [
        .title(StyledText("Import from \(forge.title)\(isRehearsal ? " (nothing was written)" : "")")),
        .table(table),
      ]
        + notes.map { .note($0) } + [.paragraph(result)])
  }

  private var notes: [StyledText] {
    var notes: [StyledText] = []
    let tally = outcome.tally
    if tally.leftOut > 0 {
      notes.append(
        StyledText(
          "\(tally.leftOut) left out: about requests that are not known here, or not meant for everybody"))
    }
    if tally.shortened > 0 {
      notes.append(StyledText("\(tally.shortened) cut after \(LedgerPlanner.textLimit) bytes"))
    }
    if refused > 0 { notes.append(StyledText("\(refused) refused; the reasons are on standard error")) }
    return notes
  }

  private var result: StyledText {
    if isRehearsal { return "Run it without \("--dry-run", .code) to write." }
    guard !outcome.commits.isEmpty else { return "Everything was known already; no reference was moved." }
    let places = outcome.commits.map { StyledText("\($0.reference) at \($0.commit.short)", .id) }
    let into = StyledText.joined(places, by: ", ")
    guard let ledger else { return "Written: " + into + "." }
    return "Written: " + into + ". Read it back with " + StyledText("--with \(ledger)", .code) + "."
  }

  /// A command line whose output can be imported.
  static func example(_ forge: Forge) -> String {
    switch forge {
    case .github: "`gh pr list --state all --json number,… | tributary import github`"
    case .gitlab: "`glab api --paginate projects/:id/merge_requests?state=all | tributary import gitlab`"
    case .gerrit: "`ssh -p 29418 HOST gerrit query --format=JSON … | tributary import gerrit`"
    }
  }
}
