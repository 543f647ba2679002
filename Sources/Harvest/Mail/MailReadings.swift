internal import Facts
internal import Git

/// The mails of all archives, put in order: threads, postings, series, and the answers to each patch.
struct MailReadings {
  let archives: [MailArchive]
  let messages: [MailMessage]
  let lists: Set<Address>
  let threads: MailThreads
  let postings: MailPostings
  let series: [MailSeries]
  /// Answers by the patch or cover letter above them.
  let answers: [Int: [Int]]
  let limits: MailLimits

  init(_ collection: MailCollection, limits: MailLimits) {
    archives = collection.archives
    messages = collection.messages
    lists = collection.lists
    self.limits = limits
    let threads = MailThreads(messages)
    let postings = MailPostings(messages, threads)
    var builder = MailSeriesBuilder(messages, threads, postings)
    series = builder.build()
    var answers: [Int: [Int]] = [:]
    for mail in messages.indices where messages[mail].posting == nil && threads.postings[mail] >= 0 {
      answers[threads.postings[mail], default: []].append(mail)
    }
    for (mail, posting) in IntroducedAnswers(messages, threads, postings).found {
      answers[postings.postings[posting].root, default: []].append(mail)
    }
    self.threads = threads
    self.postings = postings
    self.answers = answers
  }

  /// The paths that the newest version of a series lists, sorted; nil when a patch of it is missing or not readable.
  func paths(of series: MailSeries) -> [[UInt8]]? {
    guard let newest = series.postings.last.map({ postings.postings[$0] }) else { return nil }
    let patches = newest.mails.filter { !messages[$0].subject.isCover }
    let parts = Set(patches.map { messages[$0].subject.part ?? 1 })
    guard !patches.isEmpty, parts.count >= newest.total ?? 1 else { return nil }
    var paths: Set<[UInt8]> = []
    for patch in patches {
      guard let listed = messages[patch].posting?.paths else { return nil }
      paths.formUnion(listed)
    }
    return paths.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
