internal import Facts

/// Which mail answers which, and which patch or cover letter an answer is about.
struct MailThreads {
  /// The mail that each one answers; −1 for none that is here.
  let parents: [Int]
  /// The nearest patch or cover letter above each mail (itself not counted); −1 for none.
  let postings: [Int]
  /// Answers whose thread is broken, placed by their subject.
  let bySubject: Int
  /// Mails that name an earlier one that is not here.
  let dangling: Int
  /// Mails by their Message-IDs.
  let numbers: [String: Int]

  /// How long after a patch a mail with the same subject may still be an answer, in seconds.
  private static let patience: Int64 = 180 * 86_400

  init(_ messages: [MailMessage]) {
    var numbers: [String: Int] = [:]
    numbers.reserveCapacity(messages.count)
    for (number, message) in messages.enumerated() { numbers[message.id] = numbers[message.id] ?? number }
    for (number, message) in messages.enumerated() {
      for id in message.otherIDs where numbers[id] == nil { numbers[id] = number }
    }
    var parents = messages.map { message in message.parents.lazy.compactMap { numbers[$0] }.first ?? -1 }
    dangling = messages.indices.count { parents[$0] < 0 && !messages[$0].parents.isEmpty }
    var placed = 0
    let subjects = SubjectIndex(messages)
    for number in messages.indices where parents[number] < 0 && messages[number].subject.isReply {
      guard let patch = subjects.patch(before: messages[number], within: Self.patience) else { continue }
      parents[number] = patch
      placed += 1
    }
    bySubject = placed
    self.numbers = numbers
    self.parents = parents
    postings = Self.nearestPostings(messages, parents)
  }

  /// Follows every mail upwards once; mails that answer each other in a circle have no posting above them.
  private static func nearestPostings(_ messages: [MailMessage], _ parents: [Int]) -> [Int] {
    let unknown = -2
    var found = Array(repeating: unknown, count: messages.count)
    for start in messages.indices where found[start] == unknown {
      var path: [Int] = []
      var seen = Set<Int>()
      var next = start
      var answer = -1
      while true {
        path.append(next)
        guard seen.insert(next).inserted else { break }
        let parent = parents[next]
        if parent < 0 { break }
        if messages[parent].posting != nil {
          answer = parent
          break
        }
        if found[parent] != unknown {
          answer = found[parent]
          break
        }
        next = parent
      }
      for mail in path { found[mail] = answer }
    }
    return found
  }
}

/// Patches by their subjects, for answers whose thread is broken.
private struct SubjectIndex {
  private struct Key: Hashable {
    let title: String
    let version: Int
    let part: Int?
    let total: Int?

    init(_ subject: MailSubject) {
      title = subject.comparableTitle
      version = subject.version
      part = subject.part
      total = subject.total
    }
  }

  private var patches: [Key: [Int]] = [:]
  private let messages: [MailMessage]

  init(_ messages: [MailMessage]) {
    self.messages = messages
    for (number, message) in messages.enumerated() where message.posting != nil {
      patches[Key(message.subject), default: []].append(number)
    }
  }

  /// The newest patch of the same subject that is not younger than the mail.
  func patch(before mail: MailMessage, within patience: Int64) -> Int? {
    guard mail.subject.isPatch || mail.subject.isDraft, !mail.subject.title.isEmpty else { return nil }
    let earliest = mail.time.instant.advanced(by: -patience)
    return patches[Key(mail.subject)]?.suffix(1_000).filter { number in
      let time = messages[number].time.instant
      return time <= mail.time.instant && time >= earliest
    }.max { messages[$0].time.seconds < messages[$1].time.seconds }
  }
}
