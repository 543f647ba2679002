import Facts

@testable import Git
@testable import Harvest

extension FuzzTarget {
  /// Mails, as archives of mailing lists keep them.
  static let mail = FuzzTarget(name: "mail") { bytes throws(Broken) in
    let limits = MailLimits()
    let place = MailMessage.Place(archive: 0, commit: .zero, blob: .zero)
    for committed in [0, 1_700_000_000, Int64.max, .min] {
      guard
        let mail = MailMessage(
          bytes, place, committed: committed, archive: Address("list@example.org"), limits: limits)
      else { break }
      try hold(!mail.id.isEmpty && !mail.id.contains("<") && !mail.id.contains(">"), "the id \(mail.id)")
      try hold(!mail.parents.contains(mail.id), "a mail that answers itself")
      try hold(mail.parents.count <= limits.references + 10, "\(mail.parents.count) parents")
      try hold(mail.recipients.count <= limits.recipients * 40, "\(mail.recipients.count) recipients")
      if mail.time.basis == .received || mail.time.basis == .archived {
        try hold(mail.time.seconds <= committed, "a mail that came after it was there")
      }
    }
    let subject = MailSubject(String(decoding: bytes.prefix(1_000), as: UTF8.self))
    if let part = subject.part { try hold(part >= 0, "part \(part)") }
    _ = AppliedWords.extent(bytes[...])
    _ = DiffPaths(bytes[...], limit: 100)
    _ = EncodedWords.decode(bytes)
    if let seconds = MailDate.seconds(bytes) {
      try hold(abs(seconds) < 1 << 50, "a date of \(seconds) seconds")
    }
  }

  /// Logs and notes of Gerrit: updates of NoteDb, notes on patch sets, and the notes of the reviewnotes plugin.
  static let notedb = FuzzTarget(name: "notedb") { bytes throws(Broken) in
    let header = "tree \(ObjectID.zero.hex)\nauthor Gerrit User 7 <7@server> 1700000000 +0000\n"
    let text = Array((header + "committer Gerrit <g@server> 1700000000 +0000\n\n").utf8) + bytes
    var accounts = GerritAccounts()
    let name = ObjectName(high: 1, middle: 2, low: 3)
    let read = UpdateReader.read(CommitObject.parse(text), id: name, accounts: &accounts)
    if let update = read.update {
      try hold(update.patchSet >= 0, "patch set \(update.patchSet)")
      try hold((update.votes + update.copiedVotes).allSatisfy { abs($0.value) < 10_000 }, "a vote too large")
      try hold((update.votes + update.copiedVotes).allSatisfy { !$0.label.isEmpty }, "a vote without label")
    }
    try comments(bytes)
    _ = ReviewNotesText(bytes)
  }

  /// What a note's comments are called is found by the quick search as well.
  private static func comments(_ bytes: [UInt8]) throws(Broken) {
    var named: Set<String> = []
    var quick: Set<String> = []
    NoteScanner.identifiers(bytes) { quick.insert($0) }
    var scanner = NoteScanner(bytes, limit: 1_000)
    do throws(NoteScanner.Problem) {
      _ = try scanner.comments { comment in
        if let uuid = comment.uuid { named.insert(uuid) }
      }
    } catch {
      return
    }
    // Only of JSON the quick search promises anything, and the scanner steps over some texts that are none.
    guard (try? JSONValue(bytes)) != nil else { return }
    try hold(named.isSubset(of: quick), "not found by the quick search: \(named.subtracting(quick))")
  }
}
