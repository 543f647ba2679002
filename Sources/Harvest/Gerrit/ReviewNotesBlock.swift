internal import Facts

/// One change as a note of Gerrit's reviewnotes plugin tells it: its last votes, who landed it when, and where.
struct ReviewNotesBlock: Hashable {
  /// One vote as it stood when the change landed; the plugin leaves zeros out.
  struct Ballot: Hashable {
    let vote: Vote
    /// Nil when the note names nobody.
    let voter: Identity?
  }

  /// In the order of the note.
  var ballots: [Ballot] = []
  var submitter: Identity?
  var submitted: Instant?
  /// The change's page, of which host and number count.
  var link: ReviewNotesLink?
  /// `I` and 40 digits; only notes of the plugin's first years have it.
  var changeID: String?
  var project: String?
  /// Full name of the branch on which the change landed.
  var branch: String?
  var comments: Int?
  var unresolvedComments: Int?

  /// Whether any line was read into it.
  var isEmpty: Bool { self == ReviewNotesBlock() }
}

/// The place of a change on a server: `https://HOST/…/NUMBER`.
struct ReviewNotesLink: Hashable {
  /// In lower case, with the port when there is one.
  let host: String
  /// Decimal digits without zeros in front.
  let number: String

  /// Reads the forms of several server versions; nil when there is no host or no number.
  ///
  /// `https://host/123`, `https://host/r/123`, `https://host/c/project/+/123`, with or without a patch set or a slash
  /// behind the number, and `https://host/#/c/123/4/`. A number behind `/+/` or `/#/c/` is the change's; otherwise
  /// the last part of the path that is a number.
  init?(_ text: ArraySlice<UInt8>) {
    guard let scheme = text.firstRange(of: "://") else { return nil }
    let rest = text[scheme.upperBound...].prefix { $0 != UInt8(ascii: "?") && !isBlank($0) }
    let parts = rest.split(separator: UInt8(ascii: "/"))
    guard let first = parts.first, rest.first != UInt8(ascii: "/") else { return nil }
    let host = first[((first.lastIndex(of: UInt8(ascii: "@")) ?? first.startIndex - 1) + 1)...]
    guard !host.isEmpty, let number = Self.number(in: parts.dropFirst()) else { return nil }
    self.host = Address(host.text).text
    self.number = number.text
  }

  private static func number(in parts: ArraySlice<ArraySlice<UInt8>>) -> ArraySlice<UInt8>? {
    for mark in parts.indices where parts[mark].elementsEqual("+".utf8) {
      if mark + 1 < parts.endIndex, let number = number(parts[mark + 1]) { return number }
    }
    for mark in parts.indices where parts[mark].elementsEqual("#".utf8) && mark + 2 < parts.endIndex {
      if parts[mark + 1].elementsEqual("c".utf8), let number = number(parts[mark + 2]) { return number }
    }
    return parts.reversed().lazy.compactMap { number($0) }.first
  }

  /// A whole part of nothing but digits, at most eighteen without the zeros in front.
  private static func number(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !part.isEmpty, part.allSatisfy(isDigit) else { return nil }
    let digits = part.drop { $0 == UInt8(ascii: "0") }
    return digits.isEmpty || digits.count > 18 ? nil : digits
  }
}

/// The meaning of one line of a note.
enum ReviewNotesLine: Hashable {
  case ballot(ReviewNotesBlock.Ballot)
  case submitter(Identity?)
  case submitted(Instant)
  case link(ReviewNotesLink)
  case changeID(String)
  case project(String)
  case branch(String)
  case comments(Int)
  case unresolvedComments(Int)
  /// A `Key: value` line that means nothing here.
  case other
  case blank

  /// Why a line is none of these.
  struct Problem: Error, Hashable {
    let detail: String
  }

  init(_ line: ArraySlice<UInt8>) throws(Problem) {
    let line = line.trimmedEnd
    guard !line.isEmpty else {
      self = .blank
      return
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
      line[..<colon].allSatisfy({ Self.isKeyByte($0) || $0 == UInt8(ascii: "+") })
    else { throw Problem(detail: "a key and a colon were expected") }
    let value = line[(colon + 1)...].trimmed
    if let vote = try Self.vote(line[..<colon]) {
      self = .ballot(.init(vote: vote, voter: Self.person(value)))
    } else {
      try self.init(key: line[..<colon].text, value)
    }
  }

  private init(key: String, _ value: ArraySlice<UInt8>) throws(Problem) {
    switch key.lowercased() {
    case "submitted-by": self = .submitter(Self.person(value))
    case "submitted-at":
      guard let instant = ReviewNotesDate.instant(value) else {
        throw Problem(detail: "no date after \(key)")
      }
      self = .submitted(instant)
    case "reviewed-on":
      guard let link = ReviewNotesLink(value) else { throw Problem(detail: "no change after \(key)") }
      self = .link(link)
    case "change-id": self = .changeID(value.text)
    case "project": self = .project(value.text)
    case "branch": self = .branch(value.text)
    case "comments-total": self = .comments(try Self.count(value, key))
    case "comments-unresolved": self = .unresolvedComments(try Self.count(value, key))
    case let key where key.utf8.contains(UInt8(ascii: "+")):
      throw Problem(detail: "no number after the label")
    default: self = .other
    }
  }

  /// `Label+2` or `Label-1`; nil when the key ends without a sign and digits.
  private static func vote(_ key: ArraySlice<UInt8>) throws(Problem) -> Vote? {
    let digits = key.reversed().prefix(while: isDigit).count
    guard digits > 0, digits < key.count - 1 else { return nil }
    let sign = key.endIndex - digits - 1
    guard key[sign] == UInt8(ascii: "+") || key[sign] == UInt8(ascii: "-") else { return nil }
    let label = key[..<sign]
    guard label.allSatisfy(isKeyByte) else { throw Problem(detail: "no label before the vote") }
    guard digits <= 4, let value = Int(key[(sign + 1)...].text) else {
      throw Problem(detail: "a vote of more than four digits")
    }
    return Vote(label: label.text, value: key[sign] == UInt8(ascii: "-") ? -value : value)
  }

  private static func count(_ value: ArraySlice<UInt8>, _ key: String) throws(Problem) -> Int {
    guard !value.isEmpty, value.count <= 9, value.allSatisfy(isDigit), let count = Int(value.text) else {
      throw Problem(detail: "no number after \(key)")
    }
    return count
  }

  /// `Name <mail>`, either of which may be missing; nil for nobody.
  ///
  /// Accounts without a name are shown as `Anonymous Coward`; unless a number or an address is with it, that could be
  /// anybody.
  private static func person(_ value: ArraySlice<UInt8>) -> Identity? {
    guard value.last == UInt8(ascii: ">"), let open = value.lastIndex(of: UInt8(ascii: "<")) else {
      let isAddress = value.contains(UInt8(ascii: "@")) && !value.contains(where: isBlank)
      let name = value.text
      if name.isEmpty || name == "Anonymous Coward" { return nil }
      return isAddress ? Identity(name: "", email: name) : Identity(name: name, email: "")
    }
    let (name, email) = (value[..<open].trimmedEnd.text, value[(open + 1)...].dropLast().trimmed.text)
    if email.isEmpty, name.isEmpty || name == "Anonymous Coward" { return nil }
    return Identity(name: name, email: email)
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "-") || (0x61...0x7A).contains(byte | 0x20)
  }
}
