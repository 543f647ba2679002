/// Reads a run of bytes from its front; every step is checked, nothing can run past the end.
struct ByteScanner {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// Consumes `literal` if the rest begins with exactly these bytes.
  mutating func take(_ literal: String) -> Bool {
    guard rest.starts(with: literal.utf8) else { return false }
    rest = rest.dropFirst(literal.utf8.count)
    return true
  }

  /// Consumes spaces and tabs; says whether there were any.
  @discardableResult
  mutating func blanks() -> Bool {
    let end = rest.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? rest.endIndex
    defer { rest = rest[end...] }
    return end > rest.startIndex
  }

  /// Consumes a decimal number of one to nine digits without a zero in front, as forges number their requests.
  mutating func number() -> Int? {
    let end = rest.firstIndex { !isDigit($0) } ?? rest.endIndex
    let digits = rest[..<end]
    guard let first = digits.first, first != UInt8(ascii: "0"), digits.count <= 9 else { return nil }
    rest = rest[end...]
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Consumes everything up to the next white space, or the end.
  mutating func token() -> ArraySlice<UInt8> {
    let end = rest.firstIndex { isBlank($0) } ?? rest.endIndex
    defer { rest = rest[end...] }
    return rest[..<end]
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// White space as `\s` has it within ASCII.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

/// An ASCII letter in lower case; any other byte as it is.
func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

extension ArraySlice<UInt8> {
  /// Without white space at the end.
  var trimmedEnd: ArraySlice<UInt8> {
    guard let last = lastIndex(where: { !isBlank($0) }) else { return prefix(0) }
    return self[...last]
  }

  /// Without white space at either end.
  var trimmed: ArraySlice<UInt8> { trimmedEnd.drop(while: isBlank) }

  /// Whether these are the bytes of an ASCII text that is given in lower case, letters compared without case.
  func equalsIgnoringCase(_ lowercase: String) -> Bool {
    count == lowercase.utf8.count && zip(self, lowercase.utf8).allSatisfy { lowered($0) == $1 }
  }

  /// The first place at or after `from` where `pattern` stands.
  func firstRange(of pattern: String, from: Int? = nil) -> Range<Int>? {
    let wanted = Array(pattern.utf8)
    guard let first = wanted.first else { return nil }
    var start = from ?? startIndex
    while let candidate = self[start...].firstIndex(of: first) {
      guard candidate + wanted.count <= endIndex else { return nil }
      if self[candidate..<candidate + wanted.count].elementsEqual(wanted) {
        return candidate..<candidate + wanted.count
      }
      start = candidate + 1
    }
    return nil
  }

  /// The last place where `pattern` stands.
  func lastRange(of pattern: String) -> Range<Int>? {
    var found: Range<Int>?
    var start = startIndex
    while let next = firstRange(of: pattern, from: start) {
      found = next
      start = next.lowerBound + 1
    }
    return found
  }

  /// The text that occurs most often, empty when there is none; of several the first in byte order.
  static func mostFrequent(_ texts: some Sequence<ArraySlice<UInt8>>) -> ArraySlice<UInt8> {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for text in texts { counts[text, default: 0] += 1 }
    return counts.max { left, right in
      left.value != right.value
        ? left.value < right.value : right.key.lexicographicallyPrecedes(left.key)
    }?.key ?? []
  }

  /// Text for display; bytes that are not UTF-8 become U+FFFD.
  var text: String { String(decoding: self, as: UTF8.self) }
}

/// The subject and the rest of a commit message: blank lines at its start are skipped, as git does.
struct MessageParts {
  /// The first line that is not blank, without its line end.
  let subject: ArraySlice<UInt8>
  let body: ArraySlice<UInt8>

  init(_ message: ArraySlice<UInt8>) {
    let start = message.firstIndex { !isBlank($0) } ?? message.endIndex
    let lineStart = message[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? message.startIndex
    let end = message[start...].firstIndex(of: 0x0A) ?? message.endIndex
    subject = message[lineStart..<end].trimmedEnd
    body = end < message.endIndex ? message[(end + 1)...] : message[message.endIndex...]
  }

  /// The first line of the body that is not blank, trimmed.
  var firstBodyLine: ArraySlice<UInt8> {
    let start = body.firstIndex { !isBlank($0) } ?? body.endIndex
    let end = body[start...].firstIndex(of: 0x0A) ?? body.endIndex
    return body[start..<end].trimmedEnd
  }
}
