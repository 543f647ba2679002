import Facts
import Git
import Support

@testable import Harvest

/// A mail as a test writes it.
struct TestMail {
  var id: String
  var from = "Bo Lin <bo@example.org>"
  var subject: String
  var answers: String?
  var to = "pool@lists.example.org"
  var fields: [String] = []
  var body = "Text.\n"
  /// The sender's clock, in minutes after the start of the test's time.
  var sent: Int64
  /// When the receiving server stamped the mail, in minutes; nil leaves the stamp out.
  var received: Int64?
  /// When the archive got it, in minutes; the same as sent when nil.
  var archived: Int64?
  var isRemoval = false

  static let start = TemporaryRepository.start

  var bytes: [UInt8] {
    var lines: [String] = []
    if let received {
      lines += ["Received: from a.example.org by mx.example.org;", "\t\(Self.date(received))"]
    }
    lines += [
      "From: \(from)", "To: \(to)", "Subject: \(subject)", "Message-ID: <\(id)>", "Date: \(Self.date(sent))",
    ]
    if let answers { lines.append("In-Reply-To: <\(answers)>") }
    return Array(((lines + fields + ["", body]).joined(separator: "\n")).utf8)
  }

  static func instant(_ minutes: Int64) -> Instant { Instant(seconds: start + minutes * 60) }

  /// A date as mails have it; the test's time starts on Monday, 1 January 2024.
  static func date(_ minutes: Int64) -> String {
    let text = instant(minutes).rfc3339
    let parts = text.split { !$0.isNumber }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(Int(parts[2]) ?? 1) \(months[(Int(parts[1]) ?? 1) - 1]) \(parts[0]) "
      + "\(parts[3]):\(parts[4]):\(parts[5]) +0000"
  }
}

/// A mail archive in the form that public-inbox writes, made by `git fast-import`.
final class MailArchiveFixture {
  let fixture: TemporaryRepository

  /// Version 2: one commit for each mail, with the mail alone in its tree.
  init(_ mails: [TestMail]) throws {
    fixture = try TemporaryRepository(bare: true, branch: "master")
    try add(mails)
  }

  /// Version 1: every mail stays in the tree, at a path that the digest of its id gives.
  init(fannedOut mails: [TestMail]) throws {
    fixture = try TemporaryRepository(bare: true, branch: "master")
    var stream: [UInt8] = []
    for mail in mails {
      let name = SHA1.digest(of: Array(mail.id.utf8)).hex
      let path = "\(name.prefix(2))/\(name.dropFirst(2))"
      stream += Self.commit(mail, mail.isRemoval ? .remove(path) : .write(path), clearing: false)
    }
    try fixture.git(["fast-import", "--quiet"], stdin: stream)
  }

  /// Appends mails to a version 2 archive.
  func add(_ mails: [TestMail]) throws {
    var stream: [UInt8] = []
    for (place, mail) in mails.enumerated() {
      var commit = Self.commit(mail, .write(mail.isRemoval ? "d" : "m"), clearing: true)
      if place == 0, (try? fixture.id(of: "refs/heads/master")) != nil {
        // Without a tip there is nothing to go on from, which is what the first commits want.
        commit = Self.commit(
          mail, .write(mail.isRemoval ? "d" : "m"), clearing: true, from: "refs/heads/master^0")
      }
      stream += commit
    }
    try fixture.git(["fast-import", "--quiet"], stdin: stream)
  }

  /// The archive's commits, oldest first.
  func commits() throws -> [ObjectName] {
    try fixture.git("rev-list", "--reverse", "master").split(separator: "\n").compactMap {
      ObjectName(hex: $0)
    }
  }

  func harvest(_ options: Harvester.Options = .init()) throws -> Harvested {
    try Harvester(try fixture.open(), options).harvest()
  }

  private enum File {
    case write(String)
    case remove(String)
  }

  private static func commit(
    _ mail: TestMail, _ file: File, clearing: Bool, from start: String? = nil
  ) -> [UInt8] {
    let archived = TestMail.instant(mail.archived ?? mail.received ?? mail.sent).seconds
    var text = "commit refs/heads/master\n"
    text += "author \(mail.from) \(TestMail.instant(mail.sent).seconds) +0000\n"
    text += "committer pool <pool@lists.example.org> \(archived) +0000\n"
    text += "data \(mail.subject.utf8.count)\n\(mail.subject)\n"
    if let start { text += "from \(start)\n" }
    if clearing { text += "deleteall\n" }
    switch file {
    case .write(let path):
      let bytes = mail.bytes
      return Array((text + "M 100644 inline \(path)\ndata \(bytes.count)\n").utf8) + bytes + [0x0A]
    case .remove(let path): return Array((text + "D \(path)\n\n").utf8)
    }
  }
}

extension Harvested {
  /// The series of one Message-ID.
  func series(_ id: String) -> Trace? { trace("mail/\(id)", .mail) }

  /// One figure of the report on mail archives.
  func mailCount(_ name: String) -> Int? {
    sources.first { $0.source == .mail }?.counts.first { $0.name == name }?.value
  }
}

extension Trace {
  /// Events in the order told, each as a short text: kind, minutes, who.
  var story: [String] {
    observations.compactMap { observation in
      let who = observation.actor.map { String($0.email.prefix { $0 != "@" }) } ?? "nobody"
      let minute = observation.time.instant.map { String(($0.seconds - TestMail.start) / 60) } ?? "?"
      switch observation.kind {
      case .opened: return "\(minute) opened by \(who)"
      case .draft: return "\(minute) draft"
      case .ready: return "\(minute) ready"
      case .revision: return "\(minute) revision"
      case .comment(let onCode, let asks):
        return "\(minute) \(onCode ? "code" : "text")\(asks ? "?" : "") by \(who)"
      case .verdict(let opinion, _): return "\(minute) \(opinion) by \(who)"
      case .verdictCarried(let opinion, _): return "\(minute) \(opinion) of \(who) carried on"
      case .labelled(let vote, _): return "\(minute) \(vote.label) by \(who)"
      case .automatic: return "\(minute) machine"
      case .approvedByTrailer(let key): return "\(key) \(who)"
      case .inputBy(let key): return "\(key) \(who)"
      case .reviewRequested(let asked): return "\(minute) asks \(asked.email)"
      case .landed: return "\(minute) landed by \(who)"
      default: return "other"
      }
    }
  }
}
