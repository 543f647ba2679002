internal import Facts

/// The figures of a report on mail archives.
struct MailTally {
  private let summary: MailSummary
  private let place: String
  private let patches: Int
  private let covers: Int
  private let pulls: Int
  private let excluded: [MailExclusion: Int]
  private let dangling: Int
  private let bySubject: Int
  private let bySender: Int
  private var series = 0
  private var versions = 0
  private var drafts = 0
  private var answered = 0
  private var applied = 0
  private var landed = 0
  private var landedInPart = 0
  private var relayed = 0
  private var empty = 0

  init(_ collection: MailCollection, _ reading: MailReadings) {
    let messages = collection.messages
    let (summary, threads) = (collection.summary, reading.threads)
    self.summary = summary
    place = reading.archives.count == 1 ? reading.archives[0].ref : "\(reading.archives.count) mail archives"
    let postings = messages.indices.filter { reading.postings.postingOf[$0] >= 0 }
    covers = postings.count { messages[$0].subject.isCover }
    patches = postings.count - covers
    pulls = messages.count { $0.subject.isPull && !$0.subject.isReply }
    excluded = reading.postings.excluded
    dangling = threads.dangling
    bySubject = threads.bySubject
    bySender = messages.count { $0.time.basis == .sent }
  }

  mutating func count(_ series: MailSeries, _ told: SeriesTrace, _ landing: SeriesLanding?) {
    self.series += 1
    versions += series.postings.count
    relayed += told.relayed
    empty += told.empty
    if told.isDraft { drafts += 1 }
    if told.isAnswered { answered += 1 }
    if told.isApplied { applied += 1 }
    guard let landing else { return }
    if landing.isComplete { landed += 1 } else { landedInPart += 1 }
  }

  var report: SourceReport {
    let exclusions = MailExclusion.allCases.map {
      SourceReport.Count("excluded-\($0.rawValue)", excluded[$0] ?? 0)
    }
    return SourceReport(
      .mail, place: place, records: summary.messages, unreadable: summary.unreadable,
      counts: [
        .init("series", series), .init("versions", versions), .init("patches", patches),
        .init("cover-letters", covers), .init("drafts", drafts), .init("answered", answered),
        .init("applied", applied), .init("landed", landed), .init("landed-in-part", landedInPart),
        .init("deleted", summary.deleted), .init("duplicates", summary.duplicates),
        .init("without-mail", summary.without), .init("beyond-limit", summary.beyondLimit),
        .init("hard-to-read", summary.hardToRead), .init("dangling", dangling),
        .init("by-subject", bySubject), .init("times-from-sender", bySender),
        .init("trailers-for-others", relayed), .init("empty-answers", empty), .init("pull-requests", pulls),
      ] + exclusions)
  }
}
