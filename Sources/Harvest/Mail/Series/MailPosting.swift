internal import Facts

/// One version of a series as it was posted: a cover letter and its patches, or a single patch.
struct MailPosting {
  /// Numbers of the mails, by part and then by time; the first is the cover letter or the first patch.
  fileprivate(set) var mails: [Int]
  let version: Int
  let total: Int?
  let isDraft: Bool
  let isResend: Bool
  /// When the first of its mails came.
  let first: MailTime

  /// The cover letter or the first patch.
  var root: Int { mails[0] }
}

/// Why mails that look like patches are no contributions.
enum MailExclusion: String, CaseIterable {
  /// A re-post of landed commits for a stable branch, by hand.
  case stable
  /// The same, picked by a machine.
  case autosel
}

/// Puts patches and cover letters together that were posted as one series.
struct MailPostings {
  /// By the time of their first mail.
  private(set) var postings: [MailPosting] = []
  /// The posting of each mail; −1 for mails that are no patch, or whose patch does not count.
  private(set) var postingOf: [Int]
  /// Patch mails that do not count, by reason.
  private(set) var excluded: [MailExclusion: Int] = [:]

  private let messages: [MailMessage]
  private var leader: [Int]

  /// How long posting a series may take where its mails do not refer to each other, in seconds.
  private static let postingTime: Int64 = 3600

  init(_ messages: [MailMessage], _ threads: MailThreads) {
    self.messages = messages
    leader = Array(messages.indices)
    postingOf = Array(repeating: -1, count: messages.count)
    let patches = messages.indices.filter { messages[$0].posting != nil }
      .sorted { (messages[$0].time.seconds, $0) < (messages[$1].time.seconds, $1) }
    connectThreads(patches, threads)
    connectUnthreaded(patches, threads)
    collect(patches)
  }

  private struct Shape: Hashable {
    /// By full name, so that a series sent from several addresses of one person is one.
    let sender: String
    let version: Int
    let total: Int?
    let isDraft: Bool
    /// A mail of another kind that all parts answer, where there is one.
    let answered: String?

    init(_ message: MailMessage, answered: String? = nil) {
      let person = message.sender
      sender = person.name.utf8.contains(0x20) ? person.name.lowercased() : person.address.text
      version = message.subject.version
      total = message.subject.total
      isDraft = message.subject.isDraft
      self.answered = answered
    }
  }

  /// Parts of one sender, version and number of parts that answer each other, or all answer one and the same mail.
  private mutating func connectThreads(_ patches: [Int], _ threads: MailThreads) {
    var siblings: [Shape: Int] = [:]
    for patch in patches where messages[patch].subject.total != nil {
      let parent = threads.parents[patch]
      if parent >= 0, messages[parent].posting != nil, Shape(messages[parent]) == Shape(messages[patch]) {
        connect(parent, patch)
      } else if let answered = parent >= 0 ? messages[parent].id : messages[patch].parents.first {
        let shape = Shape(messages[patch], answered: answered)
        if let other = siblings[shape] { connect(other, patch) } else { siblings[shape] = patch }
      }
    }
  }

  /// Parts that answer nothing, posted by one sender within an hour, each number once.
  private mutating func connectUnthreaded(_ patches: [Int], _ threads: MailThreads) {
    var open: [Shape: (mail: Int, until: Int64, parts: Set<Int>)] = [:]
    for patch in patches {
      let message = messages[patch]
      guard threads.parents[patch] < 0, message.parents.isEmpty, let part = message.subject.part,
        message.subject.total != nil
      else { continue }
      let shape = Shape(message)
      if var known = open[shape], message.time.seconds <= known.until, known.parts.insert(part).inserted {
        open[shape] = known
        connect(known.mail, patch)
      } else {
        open[shape] = (patch, message.time.seconds &+ Self.postingTime, [part])
      }
    }
  }

  private mutating func root(_ mail: Int) -> Int {
    var mail = mail
    while leader[mail] != mail {
      leader[mail] = leader[leader[mail]]
      mail = leader[mail]
    }
    return mail
  }

  private mutating func connect(_ one: Int, _ other: Int) {
    let (left, right) = (root(one), root(other))
    leader[max(left, right)] = min(left, right)
  }

  private mutating func collect(_ patches: [Int]) {
    var groups: [Int: [Int]] = [:]
    for patch in patches { groups[root(patch), default: []].append(patch) }
    for group in groups.values {
      // `[0/3]` may head anything; only patches make it a cover letter.
      guard group.contains(where: { messages[$0].subject.isPatch || messages[$0].subject.isDraft }) else {
        continue
      }
      if let reason = exclusion(of: group) {
        excluded[reason, default: 0] += group.count
      } else {
        postings.append(posting(group))
      }
    }
    postings.sort { ($0.first.seconds, $0.root) < ($1.first.seconds, $1.root) }
    for (number, posting) in postings.enumerated() {
      for mail in posting.mails { postingOf[mail] = number }
    }
  }

  private func posting(_ group: [Int]) -> MailPosting {
    let mails = group.sorted { one, other in
      let (left, right) = (messages[one], messages[other])
      return (left.subject.part ?? 1, left.time.seconds, one) < (
        right.subject.part ?? 1, right.time.seconds, other
      )
    }
    let subject = messages[mails[0]].subject
    return MailPosting(
      mails: mails, version: subject.version, total: subject.total, isDraft: subject.isDraft,
      isResend: subject.isResend,
      first: group.map { messages[$0].time }.min { $0.seconds < $1.seconds } ?? messages[mails[0]].time)
  }

  private func exclusion(of group: [Int]) -> MailExclusion? {
    if group.contains(where: { messages[$0].subject.isAutomaticPick }) { return .autosel }
    let isCopy = group.contains { mail in
      messages[mail].subject.namesRelease && messages[mail].posting?.isUpstreamCopy ?? false
    }
    let isReview = group.contains { mail in
      let subject = messages[mail].subject
      return subject.namesRelease && subject.isCover && subject.comparableTitle.hasSuffix(" review")
    }
    return isCopy || isReview ? .stable : nil
  }
}
