internal import Facts

/// All versions of one proposed change.
struct MailSeries {
  /// Numbers of the postings, oldest first.
  let postings: [Int]
}

/// Joins the versions of a series.
///
/// Two postings are versions of one series when they have the same `change-id:` (b4), when the later one answers the
/// earlier one or links to it, or when the same sender posts the same title again. The later one must have a
/// higher version, be the first that is no draft any more, or say that it was sent again.
struct MailSeriesBuilder {
  private let messages: [MailMessage]
  private let postings: [MailPosting]
  private let postingOf: [Int]
  private let threads: MailThreads
  private var leader: [Int]

  /// How long after a version the next one is looked for by title, in seconds: two years.
  private static let patience: Int64 = 730 * 86_400

  init(_ messages: [MailMessage], _ threads: MailThreads, _ grouped: MailPostings) {
    self.messages = messages
    self.threads = threads
    postings = grouped.postings
    postingOf = grouped.postingOf
    leader = Array(postings.indices)
  }

  /// The series in the order of their first postings.
  mutating func build() -> [MailSeries] {
    connectChangeIDs()
    var titles: [TitleKey: [Int]] = [:]
    for number in postings.indices {
      let keys = keys(of: number)
      if let earlier = answered(number) ?? linked(number) ?? sameTitle(keys, number, in: titles) {
        connect(earlier, number)
      }
      for key in keys { titles[key, default: []].append(number) }
    }
    var members: [Int: [Int]] = [:]
    for number in postings.indices { members[root(number), default: []].append(number) }
    return members.keys.sorted().compactMap { members[$0].map { MailSeries(postings: $0) } }
  }

  private struct TitleKey: Hashable {
    /// An address or a name, so that people with several addresses are found by their name.
    let sender: String
    let title: String
  }

  private mutating func connectChangeIDs() {
    var first: [String: Int] = [:]
    for number in postings.indices {
      for mail in postings[number].mails {
        guard let id = messages[mail].posting?.changeID else { continue }
        if let other = first[id] { connect(other, number) } else { first[id] = number }
      }
    }
  }

  /// Whether one posting can be the next version of another.
  private func mayFollow(_ number: Int, _ earlier: Int) -> Bool {
    let (later, former) = (postings[number], postings[earlier])
    guard number != earlier, former.first.seconds <= later.first.seconds else { return false }
    if former.isDraft && !later.isDraft { return true }
    if later.isDraft && !former.isDraft { return false }
    return former.version < later.version || (later.isResend && former.version == later.version)
  }

  /// The posting that the first mail of this one answers, directly or further up.
  private func answered(_ number: Int) -> Int? {
    let above = threads.postings[postings[number].root]
    guard above >= 0, postingOf[above] >= 0 else { return nil }
    let earlier = postingOf[above]
    return mayFollow(number, earlier) && haveSameSender(number, earlier) ? earlier : nil
  }

  /// The newest posting that the first mail of this one names on a line about an earlier version.
  private func linked(_ number: Int) -> Int? {
    let ids = messages[postings[number].root].posting?.earlier ?? []
    return ids.compactMap { threads.numbers[$0] }.compactMap { postingOf[$0] >= 0 ? postingOf[$0] : nil }
      .filter { mayFollow(number, $0) && haveSameSender(number, $0) }.max()
  }

  /// The newest earlier posting with a title in common, by a sender of the same address or name.
  private func sameTitle(_ keys: [TitleKey], _ number: Int, in titles: [TitleKey: [Int]]) -> Int? {
    var best: Int?
    for key in keys {
      for earlier in (titles[key] ?? []).reversed().prefix(50) {
        let age = postings[number].first.seconds &- postings[earlier].first.seconds
        guard age <= Self.patience else { break }
        if mayFollow(number, earlier) {
          best = max(best ?? earlier, earlier)
          break
        }
      }
    }
    return best
  }

  private func keys(of number: Int) -> [TitleKey] {
    var keys = Set<TitleKey>()
    let senders = senders(of: number)
    for mail in postings[number].mails.prefix(100) {
      let title = messages[mail].subject.comparableTitle
      guard title.utf8.count >= 4 else { continue }
      for sender in senders { keys.insert(TitleKey(sender: sender, title: title)) }
    }
    return keys.sorted { ($0.title, $0.sender) < ($1.title, $1.sender) }
  }

  /// Who posted, by address and by full name.
  private func senders(of number: Int) -> [String] {
    let mail = messages[postings[number].root]
    var keys: [String] = []
    for person in [mail.sender, mail.posting?.author].compactMap({ $0 }) {
      keys.append(person.address.text)
      if person.name.utf8.contains(0x20) { keys.append(person.name.lowercased()) }
    }
    return keys
  }

  private func haveSameSender(_ one: Int, _ other: Int) -> Bool {
    !Set(senders(of: one)).isDisjoint(with: senders(of: other))
  }

  private mutating func root(_ number: Int) -> Int {
    var number = number
    while leader[number] != number {
      leader[number] = leader[leader[number]]
      number = leader[number]
    }
    return number
  }

  private mutating func connect(_ one: Int, _ other: Int) {
    let (left, right) = (root(one), root(other))
    leader[max(left, right)] = min(left, right)
  }
}
