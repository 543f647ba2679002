internal import Facts

/// Answers to a mail that introduces a series without the form of a cover letter.
///
/// Such a mail is no answer itself, has the sender of the series, and all patches that answer nothing of the series
/// answer it. The first version that does so has it; later ones that answer the same mail have cover letters of
/// their own, or none.
struct IntroducedAnswers {
  /// Answers with the number of the posting that they are about, in the order of the mails.
  private(set) var found: [(mail: Int, posting: Int)] = []

  private let messages: [MailMessage]
  private let threads: MailThreads

  /// How far up a thread the introduction is looked for.
  private static let mostSteps = 100

  init(_ messages: [MailMessage], _ threads: MailThreads, _ postings: MailPostings) {
    self.messages = messages
    self.threads = threads
    var introductions: [Int: Int] = [:]
    for (number, posting) in postings.postings.enumerated() {
      guard let mail = introduction(of: posting), introductions[mail] == nil else { continue }
      introductions[mail] = number
    }
    guard !introductions.isEmpty else { return }
    for mail in messages.indices where messages[mail].posting == nil && threads.postings[mail] < 0 {
      if let posting = posting(above: mail, introductions) { found.append((mail, posting)) }
    }
  }

  private func introduction(of posting: MailPosting) -> Int? {
    guard posting.total != nil, !messages[posting.root].subject.isCover else { return nil }
    let members = Set(posting.mails)
    let above = Set(posting.mails.map { threads.parents[$0] }.filter { !members.contains($0) })
    guard let mail = above.first, above.count == 1, mail >= 0, messages[mail].posting == nil,
      !messages[mail].subject.isReply, threads.postings[mail] < 0,
      messages[mail].sender.address == messages[posting.root].sender.address
    else { return nil }
    return mail
  }

  private func posting(above mail: Int, _ introductions: [Int: Int]) -> Int? {
    var next = threads.parents[mail]
    var steps = 0
    while next >= 0, steps < Self.mostSteps {
      if let posting = introductions[next] { return posting }
      next = threads.parents[next]
      steps += 1
    }
    return nil
  }
}
