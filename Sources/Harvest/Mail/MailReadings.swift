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
    self.threads = threads
    self.postings = postings
    self.answers = answers
  }
}
