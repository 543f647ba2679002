internal import Git

/// A line `Key: value` of a commit message, with the lines that continue it.
struct ReviewLine {
  /// As written; blanks inside are possible, as in `Reviewed by`.
  let key: ArraySlice<UInt8>
  var value: ArraySlice<UInt8>

  /// Nil for a line that does not begin with a key of letters, digits, `-` and blanks, and a colon.
  init?(_ line: ArraySlice<UInt8>) {
    guard let colon = line.prefix(40).firstIndex(of: UInt8(ascii: ":")), let first = line.first,
      first | 0x20 >= 0x61, first | 0x20 <= 0x7A
    else { return nil }
    let key = line[..<colon].trimmedEnd
    guard
      key.allSatisfy({ isDigit($0) || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2D || $0 == 0x20 })
    else { return nil }
    self.key = key
    value = line[(colon + 1)...].trimmed
  }
}

extension ArraySlice<UInt8> {
  /// Whether this begins as Apache's merge script lists a squashed commit: `1a2b3c4 [Name] Subject`.
  var isListedCommit: Bool {
    let rest = drop { hexDigit($0) != nil }
    return rest.startIndex - startIndex >= 7 && rest.starts(with: " [".utf8)
  }
}

/// The lines at the end of a commit message that can tell about people.
///
/// These are the lines of the trailer block as Git finds it, and those of the paragraphs right above it (or at the
/// end, where Git finds no block) that consist for the most part of keys known here: many projects part them by
/// an empty line, put a line of prose among them, or let a tool add a paragraph of its own below (`--HG--`).
enum ReviewLines {
  /// More is not read of a message, counted from its end.
  private static let byteLimit = 65_536

  static func read(_ whole: ArraySlice<UInt8>) -> [ReviewLine] {
    let message = whole.suffix(byteLimit)
    let body = endOfTitle(message)
    guard body < message.endIndex else { return [] }
    let block = Trailers.parse(message, mode: .git).block
    var (start, end) = (message.endIndex, message.endIndex)
    if !block.isEmpty {
      start = message.startIndex + block.lowerBound
      end = message.startIndex + block.upperBound
    }
    while let paragraph = paragraph(in: message[body..<start]), isReview(paragraph) || isLeftByTool(paragraph)
    {
      start = paragraph.startIndex
    }
    return lines(of: message[start..<end])
  }

  private static func lines(of text: ArraySlice<UInt8>) -> [ReviewLine] {
    var found: [ReviewLine] = []
    for line in text.split(separator: 0x0A) {
      if let read = ReviewLine(line.trimmedEnd) ?? indented(line) {
        found.append(read)
      } else if let last = found.last, continues(last, line) {
        found[found.count - 1].value = ArraySlice(Array(last.value) + [0x20] + Array(line.trimmed))
      }
    }
    return found
  }

  /// An indented line that nobody can mean as the rest of the one above.
  private static func indented(_ line: ArraySlice<UInt8>) -> ReviewLine? {
    guard let read = ReviewLine(line.trimmed), TrailerMeaning(key: read.key) != nil else { return nil }
    return read
  }

  /// An indented line, or the next one of a list of people that ends with a comma.
  private static func continues(_ last: ReviewLine, _ line: ArraySlice<UInt8>) -> Bool {
    guard last.value.count < 8192, let first = line.first else { return false }
    return first == 0x20 || first == 0x09 || last.value.last == UInt8(ascii: ",")
  }

  /// Where the first paragraph, the title, ends.
  private static func endOfTitle(_ message: ArraySlice<UInt8>) -> Int {
    var line = message.firstIndex { !isBlank($0) } ?? message.endIndex
    while line < message.endIndex {
      let end = message[line...].firstIndex(of: 0x0A) ?? message.endIndex
      if message[line..<end].allSatisfy(isBlank) { return end }
      line = min(end + 1, message.endIndex)
    }
    return message.endIndex
  }

  /// The last run of lines that are not empty.
  private static func paragraph(in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let text = text.trimmedEnd
    guard !text.isEmpty else { return nil }
    var start = text.endIndex
    while start > text.startIndex {
      let line = text[..<(start - 1)].lastIndex(of: 0x0A).map { $0 + 1 } ?? text.startIndex
      if text[line..<start].allSatisfy(isBlank) { break }
      start = line
    }
    return text[start...]
  }

  /// Mercurial's extra data as hg-git leaves it, a list of conflicts, GitHub's line of dashes, or what Apache's merge
  /// script says of conflicts and squashed commits.
  private static func isLeftByTool(_ paragraph: ArraySlice<UInt8>) -> Bool {
    let starts = ["--HG--", "Conflicts:", "#", "This patch had conflicts when merged"]
    return starts.contains { paragraph.starts(with: $0.utf8) } || paragraph.isListedCommit
      || paragraph.allSatisfy { $0 == 0x2D || isBlank($0) }
  }

  /// Whether more than half of the lines have a key that is known to stand with reviews.
  private static func isReview(_ paragraph: ArraySlice<UInt8>) -> Bool {
    var (lines, known) = (0, 0)
    var goesOn = false
    for line in paragraph.split(separator: 0x0A) {
      if isKnown(line) || indented(line) != nil {
        known += 1
        lines += 1
      } else if !goesOn, line.first != 0x20, line.first != 0x09 {
        lines += 1
      }
      goesOn = line.trimmedEnd.last == UInt8(ascii: ",")
    }
    return known * 2 > lines
  }

  private static func isKnown(_ line: ArraySlice<UInt8>) -> Bool {
    for start in ["See merge request ", "Closes #", "(cherry picked from "]
    where line.starts(with: start.utf8) {
      return true
    }
    guard let read = ReviewLine(line) else { return false }
    return TrailerMeaning(key: read.key) != nil || companions.contains { read.key.equalsIgnoringCase($0) }
  }

  /// Keys that stand beside those about people.
  private static let companions = [
    "signed-off-by", "tested-by", "cc", "link", "fixes", "closes", "message-id", "discussion",
    "backpatch-through", "change-id", "reviewed-on", "part-of", "pr-url", "pull-request", "bug", "nacked-by",
    "helped-by", "differential revision", "related work items", "backport-of", "fbshipit-source-id",
    "ghstack-source-id",
  ]

  /// Whether a message can hold such a line at all: `-by:`, ` by:`, `Reviewers:` or `Author:` in any letter case.
  static func mayHoldPeople(_ message: ArraySlice<UInt8>) -> Bool {
    var start = message.startIndex
    while let colon = message[start...].firstIndex(of: UInt8(ascii: ":")) {
      start = colon + 1
      var end = colon
      while end > message.startIndex, message[end - 1] == 0x20 { end -= 1 }
      guard end - message.startIndex >= 3 else { continue }
      switch message[end - 1] | 0x20 {
      case UInt8(ascii: "y"):
        let isBy = message[end - 2] | 0x20 == UInt8(ascii: "b")
        if isBy, message[end - 3] == UInt8(ascii: "-") || message[end - 3] == 0x20 { return true }
      case UInt8(ascii: "s"), UInt8(ascii: "r"):
        if endsWithRole(message[..<end]) { return true }
      default: break
      }
    }
    return false
  }

  private static func endsWithRole(_ text: ArraySlice<UInt8>) -> Bool {
    ["reviewers", "reviewer", "author"].contains { text.suffix($0.utf8.count).equalsIgnoringCase($0) }
  }
}
