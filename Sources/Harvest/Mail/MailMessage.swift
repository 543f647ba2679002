internal import Facts
internal import Git

/// One mail of an archive, reduced to what matters for reviews.
struct MailMessage {
  /// Where the mail lies.
  struct Place: Hashable {
    /// A number of the archives read.
    var archive: Int
    /// The commit that brought it.
    var commit: ObjectID
    var blob: ObjectID
  }

  enum Content {
    /// A patch or a cover letter that was posted.
    case posting(PatchText)
    case other(ReplyText)
  }

  let place: Place
  /// The Message-ID without its brackets.
  let id: String
  /// Further ones, when the header has several.
  let otherIDs: [String]
  /// Ids of the mail that this one answers, the likeliest first.
  let parents: [String]
  let subject: MailSubject
  let sender: Identity
  /// Whom a posting is addressed to.
  let recipients: [Identity]
  /// Addresses of lists that the mail names as its own, and that of the archive.
  let lists: [Address]
  /// The sender's clock, in seconds since 1970.
  let sent: Int64?
  let time: MailTime
  /// The mail says of itself that a machine wrote it.
  let isAutomatic: Bool
  /// It has more parts than are read, or a text only as HTML.
  let isHardToRead: Bool
  let content: Content

  /// Nil when the mail has no Message-ID or no sender.
  init?(_ bytes: [UInt8], _ place: Place, committed: Int64, archive: Address?, limits: MailLimits) {
    let header = MailHeader(bytes[...], limits: limits)
    lists = Self.lists(header) + [archive].compactMap { $0 }
    let ids = header.all("message-id").flatMap { MessageIDs.list($0, limit: 10) }
    guard let id = ids.first, let sender = Self.sender(header, lists: lists) else { return nil }
    self.place = place
    self.id = id
    otherIDs = ids.dropFirst().filter { $0 != id }
    self.sender = sender
    let answered = MessageIDs.list(header.first("in-reply-to") ?? [], limit: 10)
    let thread = MessageIDs.list(header.first("references") ?? [], limit: limits.references)
    parents = (answered + thread.reversed()).filter { $0 != id }
    subject = MailSubject(
      String(EncodedWords.decode(header.first("subject", limit: 4096) ?? []).prefix(1_000)))
    sent = header.first("date").flatMap { MailDate.seconds($0) }
    time = MailTime(sent: sent, received: Self.received(header), committed: committed)
    isAutomatic = header.first("auto-submitted").map { $0[...].startsFolded("auto-generated") } ?? false
    let parts = MailParts(header, limits: limits)
    isHardToRead = parts.isCut || parts.isHTMLOnly
    let isBareCover = subject.isCover && (parents.isEmpty || subject.version > 1)
    if !subject.isReply, subject.isPatch || subject.isDraft || isBareCover, !subject.isPull {
      let patch = PatchText(parts, limits: limits)
      if subject.isPatch || subject.part != nil || patch.hasDiff {
        content = .posting(patch)
        recipients = (header.all("to", limit: 16 << 10) + header.all("cc", limit: 16 << 10))
          .flatMap { MailAddresses.list($0, limit: limits.recipients) }
        return
      }
    }
    recipients = []
    content = .other(ReplyText(parts.text, limits: limits))
  }

  /// Who wrote the mail; where a list put itself into `From:`, the one it stands for.
  private static func sender(_ header: MailHeader, lists: [Address]) -> Identity? {
    guard let from = header.first("from", limit: 4096).flatMap({ MailAddresses.first($0) }) else {
      return nil
    }
    let viaList = from.name.lowercased().contains(" via ")
    guard viaList || lists.contains(from.address) else { return from }
    for field in ["x-original-from", "reply-to", "x-original-sender"] {
      guard let original = header.first(field, limit: 4096).flatMap({ MailAddresses.first($0) }),
        original.email.utf8.contains(UInt8(ascii: "@")), !lists.contains(original.address)
      else { continue }
      return original.name.isEmpty
        ? Identity(name: Self.withoutList(from.name), email: original.email) : original
    }
    return from
  }

  /// The lists through which a mail came, as its header says.
  private static func lists(_ header: MailHeader) -> [Address] {
    ["x-mailing-list", "list-post", "list-id"].flatMap { field -> [Address] in
      guard let value = header.first(field, limit: 1_000) else { return [] }
      return MailAddresses.list(value, limit: 3).map { list in
        var text = list.email
        if text.lowercased().hasPrefix("mailto:") { text = String(text.dropFirst(7)) }
        // `<pool.lists.example.org>` names the list pool@lists.example.org.
        if field == "list-id", !text.contains("@"), let dot = text.firstIndex(of: ".") {
          text.replaceSubrange(dot...dot, with: "@")
        }
        return Address(text)
      }
    }
  }

  /// `Ada Ray via pool-list` without the list.
  private static func withoutList(_ name: String) -> String {
    ArraySlice(name.utf8).lastRange(of: " via ").map { range in
      ArraySlice(name.utf8)[..<range.lowerBound].text
    } ?? name
  }

  /// The newest `Received:` stamp: that of the server from which the archive got the mail.
  private static func received(_ header: MailHeader) -> Int64? {
    guard let field = header.first("received"), let semicolon = field.lastIndex(of: UInt8(ascii: ";")) else {
      return nil
    }
    return MailDate.seconds(field[(semicolon + 1)...])
  }

  /// The text and the patch of a posting.
  var posting: PatchText? {
    if case .posting(let patch) = content { patch } else { nil }
  }

  var reply: ReplyText? {
    if case .other(let text) = content { text } else { nil }
  }
}

/// When a mail came to the list, and how well that is known.
///
/// The receiving server's own stamp is the best witness: archives are filled hours or months after it. Without one
/// that fits between the sender's clock and the commit, the commit's time counts when the archive got the mail within
/// two hours; else only the sender's clock tells.
struct MailTime: Hashable {
  enum Basis: Hashable {
    case received
    case archived
    /// The archive was filled later: the sender's word is all there is.
    case sent
    /// Nothing but that it was not after the mail came into the archive.
    case before
  }

  let basis: Basis
  /// Seconds since 1970; for `before` the latest possible moment.
  let seconds: Int64

  /// How much two clocks may differ, in seconds.
  private static let tolerance: Int64 = 600
  /// How long a live archive takes to get a mail, in seconds.
  private static let promptness: Int64 = 7200
  /// How far behind a sender's clock may be that a server's stamp is still believed: lists hold mails for moderators.
  private static let patience: Int64 = 400 * 86_400

  init(sent: Int64?, received: Int64?, committed: Int64) {
    let earliest = (sent ?? committed) &- 86_400
    if let received, received <= committed &+ Self.tolerance, received >= earliest,
      received &- earliest <= Self.patience
    {
      (basis, seconds) = (.received, min(received, committed))
    } else if let sent, sent < committed &- Self.promptness, sent > 0 {
      (basis, seconds) = (.sent, sent)
    } else if let sent, sent <= committed &+ 86_400 {
      (basis, seconds) = (.archived, committed)
    } else {
      (basis, seconds) = (.before, committed)
    }
  }

  var instant: Instant { Instant(seconds: seconds) }

  var known: KnownTime { basis == .before ? .between(nil, instant) : .at(instant) }

  var grade: Grade {
    switch basis {
    case .received, .archived: .recorded
    case .sent: .claimed
    case .before: .bounded
    }
  }
}
