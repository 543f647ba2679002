internal import Facts
internal import Git

/// All mails of some archives, each Message-ID once.
struct MailCollection {
  private(set) var messages: [MailMessage] = []
  private(set) var summary = MailSummary()
  private(set) var diagnostics: [Diagnostic] = []
  /// Addresses that are lists, not people.
  private(set) var lists: Set<Address> = []
  let archives: [MailArchive]

  private let limits: MailLimits
  private let asOf: Instant?
  private var numbers: [String: Int] = [:]
  private var removed: Set<Int> = []

  /// Reads the archives, oldest mail first; `asOf` leaves out what came later.
  init(_ archives: [MailArchive], asOf: Instant?, jobs: Int, limits: MailLimits) throws(GitError) {
    self.archives = archives
    self.asOf = asOf
    self.limits = limits
    for number in archives.indices {
      let archive = archives[number]
      let (entries, deleted) = try archive.entries(jobs: jobs)
      summary.commits += entries.count
      summary.deleted += deleted
      // A piece at a time, so that never all mails are in memory with their texts.
      for start in stride(from: 0, to: entries.count, by: 8192) {
        let piece = Array(entries[start..<min(start + 8192, entries.count)])
        let limits = limits
        let read = archive.repository.concurrently(piece.count, jobs: jobs, chunk: 64) { repository, place in
          MailReading(repository, piece[place], archive: number, limits: limits)
        }
        for (entry, reading) in zip(piece, read) { take(reading, MailMessage.Place(number, entry)) }
      }
    }
    if !removed.isEmpty {
      messages = messages.indices.filter { !removed.contains($0) }.map { messages[$0] }
    }
    summary.messages = messages.count
  }

  private mutating func take(_ reading: MailReading, _ place: MailMessage.Place) {
    switch reading {
    case .mail(let message): add(message)
    case .removal(let ids):
      summary.deleted += 1
      for id in ids {
        if let number = numbers.removeValue(forKey: id) { removed.insert(number) }
      }
    case .nothing: summary.without += 1
    case .unreadable(let kind):
      summary.unreadable += 1
      report(kind, place)
    }
  }

  private mutating func add(_ message: MailMessage) {
    if let asOf, message.time.instant > asOf { return }
    guard messages.count < limits.mails else {
      if summary.beyondLimit == 0 {
        report(.oversized(bytes: messages.count, limit: limits.mails), message.place)
      }
      summary.beyondLimit += 1
      return
    }
    guard numbers[message.id] == nil else {
      summary.duplicates += 1
      return
    }
    numbers[message.id] = messages.count
    if lists.count < 10_000 { lists.formUnion(message.lists) }
    if message.isHardToRead { summary.hardToRead += 1 }
    messages.append(message)
  }

  private mutating func report(_ kind: Diagnostic.Kind, _ place: MailMessage.Place) {
    diagnostics.append(
      Diagnostic(kind, ref: archives[place.archive].ref, object: ObjectName(git: place.commit)))
  }
}

/// What came of reading one commit of an archive.
enum MailReading: Sendable {
  case mail(MailMessage)
  /// Whatever came under these Message-IDs before no longer counts.
  case removal([String])
  /// Neither a mail nor a removal.
  case nothing
  case unreadable(Diagnostic.Kind)

  init(_ repository: Repository, _ entry: MailArchive.Entry, archive: Int, limits: MailLimits) {
    do {
      self = try Self.read(repository, entry, archive, limits)
    } catch {
      self = .unreadable(.corruptObject(detail: error.message))
    }
  }

  private static func read(
    _ repository: Repository, _ entry: MailArchive.Entry, _ archive: Int, _ limits: MailLimits
  ) throws(GitError) -> MailReading {
    var blob = entry.object
    var isRemoval = false
    if entry.isTree {
      guard let files = try repository.tree(entry.object) else { return .unreadable(.missingObject) }
      guard let file = MailArchive.oneFile(files) else { return .nothing }
      blob = file.id
      isRemoval = file.name[0] == UInt8(ascii: "d")
    }
    guard let header = try repository.header(of: blob) else { return .unreadable(.missingObject) }
    guard header.size <= limits.mailBytes else {
      return .unreadable(.oversized(bytes: header.size, limit: limits.mailBytes))
    }
    guard let bytes = try repository.read(blob, limit: limits.mailBytes)?.bytes else {
      return .unreadable(.missingObject)
    }
    if isRemoval {
      let ids = MailHeader(bytes[...], limits: limits).all("message-id")
      return .removal(ids.flatMap { MessageIDs.list($0, limit: 10) })
    }
    var place = MailMessage.Place(archive, entry)
    place.blob = blob
    let message = MailMessage(bytes, place, committed: entry.committed, archive: entry.list, limits: limits)
    return message.map { .mail($0) }
      ?? .unreadable(.unreadableRecord(line: 1, detail: "no Message-ID or no sender"))
  }
}

extension MailMessage.Place {
  fileprivate init(_ archive: Int, _ entry: MailArchive.Entry) {
    self.archive = archive
    commit = entry.commit
    blob = entry.object
  }
}

/// What was counted while archives were read.
struct MailSummary: Hashable {
  var commits = 0
  var messages = 0
  var deleted = 0
  var duplicates = 0
  var unreadable = 0
  /// Commits with neither a mail nor a removal.
  var without = 0
  var beyondLimit = 0
  /// Mails with more parts than are read, or with a text only as HTML.
  var hardToRead = 0
}
