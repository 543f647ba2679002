/// The fields that Phabricator's `arc` writes into a commit message: `Reviewers:`, `Reviewed By:` and their like.
///
/// A field begins with its name at the start of a line and lasts to the next empty line or field. Only the last
/// of them are a trailer block to Git, and their names hold blanks.
struct PhabricatorFields {
  private(set) var reviewers: [ArraySlice<UInt8>] = []
  private(set) var reviewedBy: [ArraySlice<UInt8>] = []

  /// Nil for a message that has none of the fields that only Phabricator writes.
  init?(_ message: ArraySlice<UInt8>) {
    let body = MessageParts(message.prefix(262_144)).body
    let marks = ["Differential Revision:", "Reviewed By:", "Test Plan:"]
    guard marks.contains(where: { Self.hasLine(body, startingWith: $0) }) else { return nil }
    var field: Field?
    for line in body.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if let (found, value) = Self.field(line) {
        field = found
        take(value, field)
      } else if line.allSatisfy(isBlank) {
        field = nil
      } else {
        take(line, field)
      }
    }
  }

  private enum Field {
    case reviewers
    case reviewedBy
    case other
  }

  private mutating func take(_ value: ArraySlice<UInt8>, _ field: Field?) {
    let value = value.trimmed
    guard !value.isEmpty else { return }
    switch field {
    case .reviewers: reviewers.append(value)
    case .reviewedBy: reviewedBy.append(value)
    case .other, nil: break
    }
  }

  private static let others = [
    "summary", "test plan", "subscribers", "cc", "ccs", "maniphest tasks", "tags", "differential revision",
    "projects", "auditors", "revert plan", "jira issues", "fbshipit-source-id", "ghstack-source-id",
  ]

  private static func field(_ line: ArraySlice<UInt8>) -> (Field, ArraySlice<UInt8>)? {
    guard let read = ReviewLine(line) else { return nil }
    if read.key.equalsIgnoringCase("reviewers") || read.key.equalsIgnoringCase("reviewer") {
      return (.reviewers, read.value)
    }
    if read.key.equalsIgnoringCase("reviewed by") { return (.reviewedBy, read.value) }
    return others.contains { read.key.equalsIgnoringCase($0) } ? (.other, read.value) : nil
  }

  private static func hasLine(_ body: ArraySlice<UInt8>, startingWith mark: String) -> Bool {
    var start = body.startIndex
    while let found = body.firstRange(of: mark, from: start) {
      if found.lowerBound == body.startIndex || body[found.lowerBound - 1] == 0x0A { return true }
      start = found.upperBound
    }
    return false
  }
}

/// Reviewers in a subject as Mozilla writes them: `Bug 123 - Title. r=ada,#core!`, and `r?bo` for who was asked.
struct SubjectReviewers {
  private(set) var approvers: [ArraySlice<UInt8>] = []
  private(set) var requested: [ArraySlice<UInt8>] = []

  /// Nil for a subject without `r=` or `r?`, or one that names no bug in a message without a revision.
  init?(_ subject: ArraySlice<UInt8>, hasRevision: Bool) {
    var start = subject.startIndex
    while let place = subject[start...].firstIndex(of: UInt8(ascii: "r")) {
      start = place + 1
      guard start < subject.endIndex, place == subject.startIndex || !Self.isWord(subject[place - 1]) else {
        continue
      }
      if subject[start] == UInt8(ascii: "=") { approvers += Self.logins(subject[(start + 1)...]) }
      if subject[start] == UInt8(ascii: "?") { requested += Self.logins(subject[(start + 1)...]) }
    }
    guard !(approvers.isEmpty && requested.isEmpty), hasRevision || Self.namesBug(subject) else { return nil }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == 0x5F || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }

  /// A comma list of logins; groups (`#core`) are left out, `!` and full stops at the end belong to nobody.
  private static func logins(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let list = text.prefix { isWord($0) || [0x2C, 0x2E, 0x21, 0x23, 0x2D, 0x5B, 0x5D].contains($0) }
    return list.split(separator: 0x2C).compactMap { word in
      let end = word.lastIndex { $0 != 0x21 && $0 != 0x2E } ?? word.startIndex
      let login = word[...end]
      return login.first == 0x23 || login.first == 0x21 || login.first == 0x2E ? nil : login
    }
  }

  private static func namesBug(_ subject: ArraySlice<UInt8>) -> Bool {
    for word in ["Bug ", "bug "] {
      if let found = subject.firstRange(of: word), found.upperBound < subject.endIndex,
        isDigit(subject[found.upperBound])
      {
        return true
      }
    }
    return subject.starts(with: "No bug".utf8) || subject.starts(with: "no bug".utf8)
  }
}
