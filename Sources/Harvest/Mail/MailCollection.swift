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
  init(_ archives: [MailArchive], asOf: Instant?, limits: MailLimits) throws(GitError) {
    self.archives = archives
    self.asOf = asOf
    self.limits = limits
    for number in archives.indices {
      switch archives[number].layout {
      case .oneFile: try readCommits(number)
      case .fanOut: try readTree(number)
      }
    }
    if !removed.isEmpty {
      messages = messages.indices.filter { !removed.contains($0) }.map { messages[$0] }
    }
    summary.messages = messages.count
  }

  /// Follows version 2: every commit brings or removes one mail.
  private mutating func readCommits(_ number: Int) throws(GitError) {
    let archive = archives[number]
    let history = try History.load(
      archive.repository, roots: [archive.tip], options: .init(changedPaths: .none))
    guard let newest = history.index(of: archive.tip) else { return }
    noteCommitter(history, newest)
    for commit in history.firstParentChain(from: newest).reversed() {
      summary.commits += 1
      let id = history.id(commit)
      let entries = attempt(archive, id) { repository throws(GitError) in
        try repository.tree(history.tree(commit))
      }
      guard let entries else { continue }
      guard let entry = MailArchive.oneFile(entries) else {
        summary.without += 1
        continue
      }
      let place = MailMessage.Place(archive: number, commit: id, blob: entry.id)
      if entry.name[0] == UInt8(ascii: "d") {
        remove(place)
      } else {
        add(place, committed: history.committerSeconds(commit))
      }
    }
  }

  /// Reads version 1: the newest tree holds all mails, and history tells when each came.
  private mutating func readTree(_ number: Int) throws(GitError) {
    let archive = archives[number]
    let history = try History.load(archive.repository, roots: [archive.tip])
    guard let newest = history.index(of: archive.tip) else { return }
    noteCommitter(history, newest)
    var came: [Int32: Int32] = [:]
    var order: [Int32] = []
    for commit in history.firstParentChain(from: newest).reversed() {
      summary.commits += 1
      for change in history.changes(commit) ?? [] {
        switch change.status {
        case .deleted:
          came[change.path] = nil
          summary.deleted += 1
        default:
          if came.updateValue(commit, forKey: change.path) == nil { order.append(change.path) }
        }
      }
    }
    for path in order {
      guard let commit = came.removeValue(forKey: path) else { continue }
      let entry = attempt(archive, history.id(commit)) { repository throws(GitError) in
        try repository.entry(atPath: history.paths.string(path), inTree: history.tree(newest))
      }
      guard case .found(let file)? = entry else { continue }
      add(
        MailMessage.Place(archive: number, commit: history.id(commit), blob: file.id),
        committed: history.committerSeconds(commit))
    }
  }

  private mutating func add(_ place: MailMessage.Place, committed: Int64) {
    guard messages.count < limits.mails else {
      if summary.beyondLimit == 0 {
        report(.oversized(bytes: messages.count, limit: limits.mails), place)
      }
      summary.beyondLimit += 1
      return
    }
    guard let bytes = bytes(place) else { return }
    noteLists(bytes)
    guard let message = MailMessage(bytes, place, committed: committed, lists: lists, limits: limits) else {
      summary.unreadable += 1
      return report(.unreadableRecord(line: 1, detail: "no Message-ID or no sender"), place)
    }
    if let asOf, message.time.instant > asOf { return }
    guard numbers[message.id] == nil else {
      summary.duplicates += 1
      return
    }
    numbers[message.id] = messages.count
    if message.isHardToRead { summary.hardToRead += 1 }
    messages.append(message)
  }

  /// Notes that a mail was removed: whatever came under its Message-ID before no longer counts.
  private mutating func remove(_ place: MailMessage.Place) {
    summary.deleted += 1
    guard let bytes = bytes(place) else { return }
    let ids = MailHeader(bytes[...], limits: limits).all("message-id")
    for id in ids.flatMap({ MessageIDs.list($0, limit: 10) }) {
      if let number = numbers.removeValue(forKey: id) { removed.insert(number) }
    }
  }

  private mutating func bytes(_ place: MailMessage.Place) -> [UInt8]? {
    let archive = archives[place.archive]
    let header = attempt(archive, place.commit) { repository throws(GitError) in
      try repository.header(of: place.blob)
    }
    guard let header else {
      summary.unreadable += 1
      report(.missingObject, place)
      return nil
    }
    guard header.size <= limits.mailBytes else {
      summary.unreadable += 1
      report(.oversized(bytes: header.size, limit: limits.mailBytes), place)
      return nil
    }
    let limits = limits
    return attempt(archive, place.commit) { repository throws(GitError) in
      try repository.mail(place.blob, limits)
    }
  }

  /// The committer of an archive is the list itself, unless the program that fills it signs as the sender.
  private mutating func noteCommitter(_ history: History, _ newest: Int32) {
    let committer = Address(history.identities[Int(history.committer(newest))].email)
    let author = Address(history.identities[Int(history.author(newest))].email)
    if committer != author { lists.insert(committer) }
  }

  /// Keeps the addresses of lists that a header names.
  private mutating func noteLists(_ bytes: [UInt8]) {
    let header = MailHeader(bytes[...], limits: limits)
    for field in ["x-mailing-list", "list-post", "list-id"] {
      guard let value = header.first(field, limit: 1_000), lists.count < 10_000 else { continue }
      for list in MailAddresses.list(value, limit: 3) {
        var text = list.email
        if text.lowercased().hasPrefix("mailto:") { text = String(text.dropFirst(7)) }
        // `<pool.lists.example.org>` names the list pool@lists.example.org.
        if field == "list-id", !text.contains("@"), let dot = text.firstIndex(of: ".") {
          text.replaceSubrange(dot...dot, with: "@")
        }
        lists.insert(Address(text))
      }
    }
  }

  private mutating func report(_ kind: Diagnostic.Kind, _ place: MailMessage.Place) {
    diagnostics.append(
      Diagnostic(kind, ref: archives[place.archive].ref, object: ObjectName(git: place.commit)))
  }

  private mutating func attempt<Found>(
    _ archive: MailArchive, _ commit: ObjectID, _ body: (Repository) throws(GitError) -> Found?
  ) -> Found? {
    do {
      return try body(archive.repository)
    } catch {
      summary.unreadable += 1
      diagnostics.append(
        Diagnostic(.corruptObject(detail: error.message), ref: archive.ref, object: ObjectName(git: commit)))
      return nil
    }
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
