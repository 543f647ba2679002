/// What the subject of a mail says by the customs of patch lists.
///
/// `Re:` and its like, then groups in brackets, then the title. Words of a group stand in any order and case,
/// separated by blanks or commas: `PATCH`, `RFC`, `RESEND`, `v3`, `02/15`, names of trees. The rules are those of
/// git-send-email, patchwork and b4.
struct MailSubject: Hashable {
  /// An answer, or forwarded.
  private(set) var isReply = false
  private(set) var isPatch = false
  /// A request for comments: a draft.
  private(set) var isDraft = false
  /// Posted again without a change.
  private(set) var isResend = false
  /// A pull request by mail.
  private(set) var isPull = false
  /// Picked for a stable branch by a machine.
  private(set) var isAutomaticPick = false
  /// A group names a release, as reviews of stable branches do: `[PATCH 5.10 12/80]`.
  private(set) var namesRelease = false
  /// 1 when the subject does not say.
  private(set) var version = 1
  /// `n` of `n/m`; 0 is a cover letter.
  private(set) var part: Int?
  private(set) var total: Int?
  private(set) var title = ""

  var isCover: Bool { part == 0 }

  init(_ subject: String) {
    var scanner = ByteScanner(ArraySlice(subject.utf8))
    while true {
      scanner.blanks()
      if !isPatch, scanner.skipReplyWord() {
        isReply = true
      } else if let group = scanner.bracketGroup() {
        for word in Self.words(group) { read(word) }
        readPartInWords(Self.words(group))
      } else {
        break
      }
    }
    title = scanner.rest.trimmed.text
  }

  /// The title as it is compared: letters and digits in lower case, everything else one blank.
  var comparableTitle: String { Self.comparable(title) }

  static func comparable(_ title: String) -> String {
    title.utf8.split { $0 < 0x80 && !MailLetters.isWord($0) }
      .map { String(decoding: ArraySlice($0).folded, as: UTF8.self) }.joined(separator: " ")
  }

  private static func words(_ group: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    group.split {
      isBlank($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]")
    }
  }

  private mutating func read(_ word: ArraySlice<UInt8>) {
    if readPart(word) { return }
    for piece in word.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }) {
      readPlain(piece)
      // `RESEND-PATCH`, `PATCH-next`: only a whole word `patch` counts.
      let words = piece.split(separator: UInt8(ascii: "-"))
      if words.count > 1, words.contains(where: { $0.isFolded("patch") }) { words.forEach { readPlain($0) } }
    }
  }

  private mutating func readPlain(_ word: ArraySlice<UInt8>) {
    switch String(decoding: word.folded, as: UTF8.self) {
    case "patch", "patches": isPatch = true
    case "rfc", "rft": isDraft = true
    case "resend", "re-send", "resent", "repost", "re-post": isResend = true
    case "pull": isPull = true
    case "autosel": isAutomaticPick = true
    case let text where text.hasPrefix("patchv"): if readVersion(word.dropFirst(5)) { isPatch = true }
    case let text where text.hasPrefix("rfcv"): if readVersion(word.dropFirst(3)) { isDraft = true }
    default: if !readVersion(word), Self.isRelease(word) { namesRelease = true }
    }
  }

  /// `v3`, `V3`; of `v2.1` and `v2b` the number before what follows.
  private mutating func readVersion(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first, first | 0x20 == UInt8(ascii: "v") else { return false }
    let digits = word.dropFirst().prefix(while: isDigit)
    guard (1...4).contains(digits.count) else { return false }
    version = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return true
  }

  /// `n/m` with or without zeros in front.
  private mutating func readPart(_ word: ArraySlice<UInt8>) -> Bool {
    let sides = word.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard sides.count == 2, let number = Self.number(sides[0]), let count = Self.number(sides[1]) else {
      return false
    }
    set(number, of: count)
    return true
  }

  /// `n of m`, as some programs write it.
  private mutating func readPartInWords(_ words: [ArraySlice<UInt8>]) {
    guard words.count >= 3 else { return }
    for place in 1..<(words.count - 1) where words[place].isFolded("of") {
      guard let number = Self.number(words[place - 1]), let count = Self.number(words[place + 1]) else {
        continue
      }
      set(number, of: count)
    }
  }

  private mutating func set(_ number: Int, of count: Int) {
    guard part == nil, number <= count else { return }
    part = number
    total = count
  }

  private static func number(_ word: ArraySlice<UInt8>) -> Int? {
    guard (1...4).contains(word.count), word.allSatisfy(isDigit) else { return nil }
    return word.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// `5.10`, `5.10.3`, `5.10-stable`, `linux-5.10.y`.
  private static func isRelease(_ word: ArraySlice<UInt8>) -> Bool {
    var text = word.folded[...]
    if text.starts(with: "linux-".utf8) { text = text.dropFirst(6) }
    for suffix in ["-stable", ".y"] where text.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
      text = text.dropLast(suffix.utf8.count)
    }
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (2...4).contains(parts.count) && parts.allSatisfy { number($0) != nil }
  }
}

extension ByteScanner {
  /// Consumes `Re:`, `Aw[2]:`, `Fwd:` and the like.
  fileprivate mutating func skipReplyWord() -> Bool {
    for word in ["re", "aw", "sv", "vs", "antw", "fwd", "fw"] where rest.startsFolded(word) {
      var tail = rest.dropFirst(word.utf8.count)
      if tail.first == UInt8(ascii: "["), let close = tail.prefix(6).firstIndex(of: UInt8(ascii: "]")) {
        tail = tail[(close + 1)...]
      }
      tail = tail.drop { $0 == 0x20 }
      guard tail.first == UInt8(ascii: ":") else { continue }
      self = ByteScanner(tail.dropFirst())
      return true
    }
    return false
  }

  /// Consumes a group in brackets and gives what is inside; brackets may lie inside one another.
  ///
  /// Where the last one is missing, the group ends at the first that closes.
  fileprivate mutating func bracketGroup() -> ArraySlice<UInt8>? {
    guard rest.first == UInt8(ascii: "[") else { return nil }
    var depth = 0
    var firstClose: Int?
    for index in rest.indices {
      if rest[index] == UInt8(ascii: "[") { depth += 1 }
      guard rest[index] == UInt8(ascii: "]") else { continue }
      depth -= 1
      firstClose = firstClose ?? index
      if depth == 0 { return take(upTo: index) }
    }
    return firstClose.map { take(upTo: $0) }
  }

  private mutating func take(upTo close: Int) -> ArraySlice<UInt8> {
    let inside = rest[(rest.startIndex + 1)..<close]
    self = ByteScanner(rest[(close + 1)...])
    return inside
  }
}
