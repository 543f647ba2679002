internal import Facts
internal import Git

/// Which patch mails landed on the branch, and with which commits.
///
/// In this order: the commit links to the mail (`Link:`, `Message-Id:`) or a note names it; the commit has the mail's
/// author, date and title (`git am` copies all three); a mail says that the patch was applied as that commit; the
/// commit makes the same change by the same author; it has the same author and title only.
struct MailLandings {
  struct Landing: Hashable {
    let commit: Int32
    let isCertain: Bool
  }

  /// By the number of the mail, oldest commit first.
  private(set) var landings: [Int: [Landing]] = [:]

  private let context: SourceContext
  private let messages: [MailMessage]
  private let threads: MailThreads
  private let postings: MailPostings
  private var tied: Set<Int32> = []

  /// How long after a mail a commit is looked for by title or change, in seconds: one year.
  private static let patience: Int64 = 365 * 86_400
  /// How far a committer's clock may be behind, in seconds.
  private static let clockDifference: Int64 = 3600
  /// How many of an author's patches are compared with one commit.
  private static let mostCandidates = 200

  init(
    _ context: SourceContext, _ messages: [MailMessage], _ threads: MailThreads, _ postings: MailPostings,
    notes: [ObjectName: [String]]
  ) {
    self.context = context
    self.messages = messages
    self.threads = threads
    self.postings = postings
    let commits = context.line.held.reversed().filter { context.history.parentCount($0) < 2 }
    tieByLinks(commits, notes)
    let titles = titles()
    tieByTitle(commits, titles, exactDate: true)
  }

  /// Ties patches to commits that mails name; what is not on the branch is left out.
  mutating func tie(_ mail: Int, to commit: Int32) {
    guard context.line.holds(commit), !tied.contains(commit), landings[mail] == nil else { return }
    add(mail, commit, isCertain: true)
  }

  /// The weaker rules, for what is left.
  mutating func tieTheRest(_ changes: inout MailChanges) {
    let commits = context.line.held.reversed().filter {
      context.history.parentCount($0) < 2 && !tied.contains($0)
    }
    tieByChange(commits, &changes)
    tieByTitle(commits, titles(), exactDate: false)
  }

  private mutating func add(_ mail: Int, _ commit: Int32, isCertain: Bool) {
    tied.insert(commit)
    landings[mail, default: []].append(Landing(commit: commit, isCertain: isCertain))
  }

  private func subject(_ commit: Int32) -> String {
    MailSubject.comparable(MailSubject(MessageParts(context.history.utf8Message(commit)).subject.text).title)
  }

  private func author(_ commit: Int32) -> Identity {
    let identity = context.history.identities[Int(context.history.author(commit))]
    return Identity(name: identity.name, email: identity.email)
  }

  /// Whether a commit's author is who sent the patch, or who it says wrote it; by address or full name.
  private func isAuthor(_ author: Identity, of mail: Int) -> Bool {
    let people = [messages[mail].sender, messages[mail].posting?.author].compactMap { $0 }
    return people.contains { person in
      person.address == author.address
        || (person.name.utf8.contains(0x20) && person.name.lowercased() == author.name.lowercased())
    }
  }

  private mutating func tieByLinks(_ commits: [Int32], _ notes: [ObjectName: [String]]) {
    for commit in commits {
      let noted = notes[ObjectName(git: context.history.id(commit))] ?? []
      let linked = MessageLinks.messageIDs(of: context.history.utf8Message(commit))
      let mail = last(of: noted, commit, mustFit: false) ?? last(of: linked, commit, mustFit: true)
      if let mail { add(mail, commit, isCertain: true) }
    }
  }

  /// The last of the ids that names a patch: projects link to discussions first, and to the version applied last.
  private func last(of ids: [String], _ commit: Int32, mustFit: Bool) -> Int? {
    for id in ids.reversed() {
      if let mail = patch(named: id, commit, mustFit: mustFit) { return mail }
    }
    return nil
  }

  /// The patch mail of a Message-ID; of a cover letter the patch of the commit's title.
  ///
  /// A link may also lead to a discussion or another patch; it counts when title or author are the commit's.
  private func patch(named id: String, _ commit: Int32, mustFit: Bool) -> Int? {
    guard let mail = threads.numbers[id], postings.postingOf[mail] >= 0 else { return nil }
    let title = subject(commit)
    if messages[mail].subject.isCover {
      let patches = postings.postings[postings.postingOf[mail]].mails.filter { !messages[$0].subject.isCover }
      return patches.first { messages[$0].subject.comparableTitle == title }
    }
    let fits = messages[mail].subject.comparableTitle == title || isAuthor(author(commit), of: mail)
    return fits || !mustFit ? mail : nil
  }

  /// Patches that are tied to nothing yet, by title.
  private func titles() -> [String: [Int]] {
    var titles: [String: [Int]] = [:]
    for posting in postings.postings {
      for mail in posting.mails where !messages[mail].subject.isCover && landings[mail] == nil {
        titles[messages[mail].subject.comparableTitle, default: []].append(mail)
      }
    }
    return titles
  }

  private mutating func tieByTitle(_ commits: [Int32], _ titles: [String: [Int]], exactDate: Bool) {
    for commit in commits where !tied.contains(commit) {
      let title = subject(commit)
      guard !title.isEmpty, let mails = titles[title] else { continue }
      let author = author(commit)
      let date = context.history.authorSeconds(commit)
      let candidates = mails.filter { mail in
        guard isAuthor(author, of: mail) else { return false }
        return exactDate ? messages[mail].sent == date : mayBecome(mail, commit)
      }
      let newest = candidates.max { isOlder($0, $1) }
      if let newest { add(newest, commit, isCertain: exactDate) }
    }
  }

  /// Whether a commit is of an age to have come from a mail.
  private func mayBecome(_ mail: Int, _ commit: Int32) -> Bool {
    let committed = context.history.committerSeconds(commit)
    let posted = messages[mail].time.seconds
    return committed >= posted &- Self.clockDifference && committed &- posted <= Self.patience
  }

  private mutating func tieByChange(_ commits: [Int32], _ changes: inout MailChanges) {
    let byAuthor = patchesByAuthor()
    for commit in commits where !tied.contains(commit) {
      let candidates = newest(of: byAuthor[author(commit).address] ?? [], before: commit)
      if let mail = candidates.first(where: { changes.areSame(messages[$0].place, commit) }) {
        add(mail, commit, isCertain: true)
      }
    }
  }

  /// Patches that are tied to nothing yet, by who sent and who wrote them, oldest first.
  private func patchesByAuthor() -> [Address: [Int]] {
    var found: [Address: [Int]] = [:]
    for mail in titles().values.joined().sorted(by: { isOlder($0, $1) }) {
      for person in Set([messages[mail].sender, messages[mail].posting?.author].compactMap { $0?.address }) {
        found[person, default: []].append(mail)
      }
    }
    return found
  }

  private func isOlder(_ one: Int, _ other: Int) -> Bool {
    (messages[one].time.seconds, one) < (messages[other].time.seconds, other)
  }

  /// The newest patches of a list, oldest first, from which a commit may have been made; the newest first.
  private func newest(of mails: [Int], before commit: Int32) -> [Int] {
    let latest = context.history.committerSeconds(commit) &+ Self.clockDifference
    var (low, high) = (0, mails.count)
    while low < high {
      let middle = (low + high) / 2
      if messages[mails[middle]].time.seconds <= latest { low = middle + 1 } else { high = middle }
    }
    return mails[..<low].suffix(Self.mostCandidates).reversed().filter { mayBecome($0, commit) }
  }
}
