internal import Facts
internal import Git

/// Puts together what the archives tell of one series.
struct SeriesTrace {
  private(set) var trace: Trace
  /// Somebody else answered.
  private(set) var isAnswered = false
  private(set) var isDraft = false
  /// Mails say that every patch of a version was applied.
  private(set) var isApplied = false
  private(set) var relayed = 0
  /// Answers that say nothing.
  private(set) var empty = 0
  /// The archive was filled too late to tell when the series was opened.
  let hasMigratedTimes: Bool

  private let reading: MailReadings
  private let authors: Set<Address>
  /// What versions said of other people already.
  private var told: Set<Told> = []

  private struct Told: Hashable {
    let kind: Observation.Kind
    let person: Identity
  }

  /// `names` are those of the pull requests of which the series was made.
  init(_ series: MailSeries, _ reading: MailReadings, names: [ContributionID] = []) {
    self.reading = reading
    let postings = series.postings.map { reading.postings.postings[$0] }
    let messages = reading.messages
    let first = messages[postings[0].root]
    let opening = postings.first { !$0.isDraft } ?? postings[0]
    hasMigratedTimes = opening.first.basis == .sent
    trace = Trace(source: .mail, id: .mail(first.id))
    trace.aliases = names
    let people = SeriesAuthors(postings, messages)
    trace.author = people.author
    trace.coauthors = people.coauthors
    authors = people.addresses
    trace.title = messages[postings[postings.count - 1].root].subject.title
    isDraft = postings.allSatisfy(\.isDraft)
    open(opening, postings)
    var given: Set<Address> = []
    var seen: Set<Int> = []
    for posting in postings {
      let isRepeated = posting.isResend && !seen.insert(posting.version).inserted
      seen.insert(posting.version)
      if !isRepeated { addRevision(posting, given) }
      given.formUnion(addReplies(posting))
    }
    addRequests(postings)
    trace.standing = .series(isApplied ? .applied : .posted)
  }

  private var messages: [MailMessage] { reading.messages }

  private func evidence(_ mail: Int) -> Evidence { reading.archives.evidence(of: messages[mail]) }

  private mutating func open(_ opening: MailPosting, _ postings: [MailPosting]) {
    func add(_ kind: Observation.Kind, _ posting: MailPosting) {
      trace.observations.append(
        Observation(
          kind, posting.first.known, by: messages[posting.root].sender, posting.first.grade,
          evidence(posting.root)))
    }
    add(.opened, opening)
    if postings[0].isDraft { add(.draft, postings[0]) }
    if postings[0].isDraft, !opening.isDraft { add(.ready, opening) }
  }

  /// A new version, and the approvals of earlier ones that its text carries on.
  private mutating func addRevision(_ posting: MailPosting, _ given: Set<Address>) {
    let object = ObjectName(git: messages[posting.root].place.commit)
    trace.observations.append(
      Observation(
        .revision(object), posting.first.known, by: messages[posting.root].sender, posting.first.grade,
        evidence(posting.root)))
    for claim in SeriesClaims(posting, messages).claims {
      let time = KnownTime.between(nil, posting.first.instant)
      let kind: Observation.Kind
      switch claim.kind {
      case .approval(let key):
        guard !authors.contains(claim.person.address) else { continue }
        kind =
          given.contains(claim.person.address)
          ? .verdictCarried(.approve, revision: object) : .approvedByTrailer(key: key)
      case .input(let key): kind = .inputBy(key: key)
      }
      let isCarried = if case .verdictCarried = kind { true } else { false }
      let observation = Observation(
        kind, isCarried ? posting.first.known : time, by: claim.person, .claimed, evidence(posting.root))
      if told.insert(Told(kind: kind, person: claim.person)).inserted {
        trace.observations.append(observation)
      }
    }
  }

  /// The answers to one version; gives everybody who approved all of it.
  private mutating func addReplies(_ posting: MailPosting) -> Set<Address> {
    let mails = posting.mails.flatMap { reading.answers[$0] ?? [] }
    guard !mails.isEmpty else { return [] }
    let replies = SeriesReplies(mails, to: posting, messages, reading.threads)
    let revision = ObjectName(git: messages[posting.root].place.commit)
    let told = SeriesObservations(replies, revision: revision, messages, reading.archives)
    trace.observations += told.observations
    relayed += told.relayed
    empty += told.empty
    let others = replies.replies.filter { isOther($0.mail) && !messages[$0.mail].isAutomatic }
    if !others.isEmpty { isAnswered = true }
    addLandings(AppliedClaims(replies, messages, isOther: isOther), posting)
    return told.approvers
  }

  private func isOther(_ mail: Int) -> Bool { !authors.contains(messages[mail].sender.address) }

  /// What answers say of the landing; the commit itself, where it is on the branch, is told by `SeriesLanding`.
  private mutating func addLandings(_ applied: AppliedClaims, _ posting: MailPosting) {
    guard applied.isComplete else { return }
    isApplied = true
    guard let claim = applied.claims.last(where: { $0.commit?.utf8.count == 40 }),
      let commit = claim.commit.flatMap({ ObjectName(hex: $0) })
    else { return }
    let earliest = min(posting.first.instant, messages[claim.mail].time.instant)
    trace.observations.append(
      Observation(
        .landed(commit: commit), .between(earliest, messages[claim.mail].time.instant),
        by: messages[claim.mail].sender, .claimed, evidence(claim.mail)))
  }

  /// Everybody to whom a version was addressed, lists and the author left out, from the first such version on.
  private mutating func addRequests(_ postings: [MailPosting]) {
    var asked = authors.union(reading.lists)
    for posting in postings {
      var count = 0
      for person in posting.mails.flatMap({ messages[$0].recipients }) where count < reading.limits.recipients
      {
        guard !MailLists.isList(person.address), asked.insert(person.address).inserted else { continue }
        count += 1
        trace.observations.append(
          Observation(
            .reviewRequested(of: person), posting.first.known, by: messages[posting.root].sender,
            posting.first.grade, evidence(posting.root)))
      }
    }
  }

  /// Adds the commits with which the series landed.
  mutating func land(_ landing: SeriesLanding) {
    trace.observations.removeAll { if case .landed = $0.kind { true } else { false } }
    trace.commits = landing.commits
    trace.target = landing.branch
    trace.observations.append(landing.observation)
  }

  /// The latest moment at which anything happened.
  var latest: Instant? {
    trace.observations.compactMap { observation in
      switch observation.time {
      case .at(let instant): instant
      case .between(let earliest, let latest): latest ?? earliest
      case .unknown: nil
      }
    }.max()
  }
}

/// Who proposed a series, and who else wrote part of it.
struct SeriesAuthors {
  let author: Identity
  var coauthors: [Identity] = []
  /// The addresses of all of them.
  var addresses: Set<Address>

  /// The author is whoever the patches of the first version say wrote them, if they all name the same; else the sender.
  ///
  /// Everybody else who sent a version or wrote a patch is a co-author, so that nobody reviews their own work.
  init(_ postings: [MailPosting], _ messages: [MailMessage]) {
    let sender = messages[postings[0].root].sender
    let patches = postings[0].mails.filter { !messages[$0].subject.isCover }
    let written = Set(patches.map { (messages[$0].posting?.author ?? messages[$0].sender).address })
    let first = patches.first.map { messages[$0].posting?.author ?? messages[$0].sender }
    author = written.count == 1 ? first ?? sender : sender
    addresses = [author.address]
    for mail in postings.flatMap(\.mails) {
      var people = [messages[mail].sender, messages[mail].posting?.author].compactMap { $0 }
      for trailer in messages[mail].posting?.trailers ?? []
      where ["co-developed-by", "co-authored-by"].contains(trailer.key.lowercased()) {
        people += PersonList.parse(trailer.value)
      }
      for person in people where addresses.insert(person.address).inserted { coauthors.append(person) }
    }
  }
}

/// What the trailers in the patches of one version say of other people.
struct SeriesClaims {
  enum Kind: Hashable {
    case approval(key: String)
    case input(key: String)
  }

  struct Claim: Hashable {
    let kind: Kind
    let person: Identity
  }

  /// In the order of the patches; an approval only when every patch has it.
  private(set) var claims: [Claim] = []

  init(_ posting: MailPosting, _ messages: [MailMessage]) {
    var patches: [Claim: Set<Int>] = [:]
    var order: [Claim] = []
    var parts: Set<Int> = []
    for mail in posting.mails {
      let part = messages[mail].subject.part ?? 1
      if part > 0 { parts.insert(part) }
      for trailer in messages[mail].posting?.trailers ?? [] {
        guard let kind = Self.kind(trailer.key) else { continue }
        for person in PersonList.parse(trailer.value) where person.email.utf8.contains(UInt8(ascii: "@")) {
          let claim = Claim(kind: kind, person: person)
          if patches[claim, default: []].insert(part).inserted, patches[claim]?.count == 1 {
            order.append(claim)
          }
        }
      }
    }
    claims = order.filter { claim in
      if case .input = claim.kind { return true }
      let covered = patches[claim] ?? []
      return covered.contains(0) || covered == parts
    }
  }

  private static func kind(_ key: String) -> Kind? {
    switch key.lowercased() {
    case "reviewed-by", "acked-by", "approved-by": .approval(key: key)
    case "suggested-by", "requested-by", "reported-by": .input(key: key)
    default: nil
    }
  }
}

/// Addresses that are lists by their domain.
enum MailLists {
  private static let hosts: Set<String> = [
    "vger.kernel.org", "googlegroups.com", "kvack.org", "freedesktop.org", "nongnu.org", "gnu.org",
    "sourceware.org", "infradead.org", "ozlabs.org", "sourceforge.net",
  ]

  static func isList(_ address: Address) -> Bool {
    guard let domain = address.domain else { return true }
    if domain.hasPrefix("lists.") || domain.contains(".lists.") { return true }
    guard hosts.contains(domain) else { return false }
    // People have addresses at some of these hosts, too; a list's name has a hyphen, or the host has lists only.
    return domain == "vger.kernel.org" || domain == "googlegroups.com" || address.localPart.contains("-")
  }
}
