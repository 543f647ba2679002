internal import Facts
internal import Git

/// Names series by the pull requests of which they were made.
///
/// The mail alone proves nothing: anybody can write such a line, and the number may be another repository's. Where the
/// repository has `refs/pull/N/head`, one of its newest commits must have the title of a patch. Where it has none, the name is
/// that of the other numbering (`pr/N@OWNER`), and the Message-ID must be of the form that the program makes,
/// `pull.N.…`.
struct SeriesRequests {
  private let context: SourceContext
  private let reading: MailReadings
  private let heads: [RequestKey: RequestRefs.Head]
  private var titles: [Int: Set<String>] = [:]

  /// How many commits of a request are looked at, from its head down.
  private static let mostCommits = 30

  init(_ context: SourceContext, _ reading: MailReadings) {
    self.context = context
    self.reading = reading
    heads = RequestRefs(context.references).heads
  }

  /// The names of all requests of a series, sorted.
  mutating func names(of series: MailSeries) -> [ContributionID] {
    let mails = series.postings.flatMap { reading.postings.postings[$0].mails }
    var names: Set<ContributionID> = []
    for mail in mails {
      guard let request = reading.messages[mail].posting?.request else { continue }
      if heads[RequestKey(forge: .github, number: request.number)] == nil {
        guard reading.messages[mail].id.hasPrefix("pull.\(request.number).") else { continue }
        names.insert(.otherPullRequest(request.number, forge: request.owner.lowercased()))
      } else if mails.contains(where: { has(request.number, patch: $0) }) {
        names.insert(.pullRequest(request.number))
      }
    }
    return names.sorted()
  }

  private mutating func has(_ number: Int, patch mail: Int) -> Bool {
    let subject = reading.messages[mail].subject
    guard !subject.isCover, !subject.comparableTitle.isEmpty else { return false }
    let known = titles[number] ?? titles(of: number)
    titles[number] = known
    return known.contains(subject.comparableTitle)
  }

  /// The titles of the newest commits of a request; read from the objects, so that a window changes nothing.
  private func titles(of number: Int) -> Set<String> {
    var titles: Set<String> = []
    var next = heads[RequestKey(forge: .github, number: number)]?.target
    var left = Self.mostCommits
    // A commit that is missing or broken has no title; the reading of heads reports it.
    while left > 0, let id = next, let commit = try? context.repository.commit(id) {
      titles.insert(MailSubject.comparable(MailSubject(commit.subject).title))
      next = commit.parents.count == 1 ? commit.parents.first : nil
      left -= 1
    }
    return titles
  }
}
