internal import Facts
internal import Git

/// The events of one version of a series: its posting and the answers to it.
struct SeriesObservations {
  let messages: [MailMessage]
  let archives: [MailArchive]
  let replies: SeriesReplies
  /// The archive's commit of the first mail of the version stands for the version.
  let revision: ObjectName
  private(set) var observations: [Observation] = []
  /// Patches that each person approved in this version, by address.
  private var approved: [Address: Set<Int>] = [:]
  /// Trailers that speak for somebody else than the sender; they are no verdicts.
  private(set) var relayed = 0
  /// Where the events of the mail at hand begin; one mail says nothing twice.
  private var start = 0
  /// Answers without a word of their own.
  private(set) var empty = 0

  init(_ replies: SeriesReplies, revision: ObjectName, _ messages: [MailMessage], _ archives: [MailArchive]) {
    self.messages = messages
    self.archives = archives
    self.replies = replies
    self.revision = revision
    for reply in replies.replies { add(reply) }
  }

  /// Everybody whose approval covers the whole version.
  var approvers: Set<Address> { Set(approved.filter { $0.value.count == replies.parts.count }.keys) }

  private mutating func add(_ reply: SeriesReplies.Reply) {
    let message = messages[reply.mail]
    guard let text = message.reply else { return }
    start = observations.count
    if message.isAutomatic { return append(.automatic(tag: "auto-generated"), message) }
    if text.hasOwnText || (message.isHardToRead && text.trailers.isEmpty) {
      append(.comment(onCode: text.isOnCode, asks: text.isOnCode || text.asks), message)
    }
    if text.refuses { append(.verdict(.reject, revision: revision), message) }
    for trailer in text.trailers { add(trailer, reply, message) }
    if observations.count == start { empty += 1 }
  }

  private mutating func add(_ trailer: MailTrailer, _ reply: SeriesReplies.Reply, _ message: MailMessage) {
    guard MailTrailers.isOwn(trailer.person.email, sender: message.sender.email) else {
      relayed += 1
      return
    }
    switch trailer.kind {
    case .reviewed: approve(reply, Vote(label: "Reviewed-by", value: 2), message)
    case .acked: approve(reply, Vote(label: "Acked-by", value: 1), message)
    case .tested: append(.labelled(Vote(label: "Tested", value: 1), revision: revision), message)
    case .nacked: append(.verdict(.reject, revision: revision), message)
    case .reported: append(.inputBy(key: "Reported-by"), message)
    }
  }

  /// An approval of single patches approves the version once it covers all of them; until then it is a review.
  private mutating func approve(_ reply: SeriesReplies.Reply, _ vote: Vote, _ message: MailMessage) {
    let person = message.sender.address
    if approved[person, default: []].count < replies.parts.count {
      approved[person, default: []].formUnion(replies.covered(by: reply.extent))
    }
    let isWhole = approved[person]?.count == replies.parts.count
    append(.verdict(isWhole ? .approve : .neutral, revision: revision), message, vote: vote)
  }

  private mutating func append(_ kind: Observation.Kind, _ message: MailMessage, vote: Vote? = nil) {
    var observation = Observation(
      kind, message.time.known, by: message.sender, message.time.grade, archives.evidence(of: message))
    observation.vote = vote
    if !observations[start...].contains(observation) { observations.append(observation) }
  }
}

extension [MailArchive] {
  /// The archive's commit that brought a mail.
  func evidence(of message: MailMessage) -> Evidence {
    Evidence(ref: self[message.place.archive].ref, object: ObjectName(git: message.place.commit))
  }
}
