/// The lines of some bytes without their line ends (LF or CR LF).
///
/// A last line end ends the last line; it does not start another one.
struct MailLines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// What follows the lines taken so far.
  var remaining: ArraySlice<UInt8> { rest }

  mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
    var line = rest[rest.startIndex..<end]
    rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
    if line.last == 0x0D { line.removeLast() }
    return line
  }
}

extension ArraySlice<UInt8> {
  /// Whether the bytes begin with an ASCII text, without regard to case; `lower` is in lower case.
  func startsFolded(_ lower: String) -> Bool {
    let wanted = lower.utf8
    guard count >= wanted.count else { return false }
    return zip(self, wanted).allSatisfy { MailLetters.lower($0) == $1 }
  }

  /// Whether the bytes are an ASCII text, without regard to case; `lower` is in lower case.
  func isFolded(_ lower: String) -> Bool { count == lower.utf8.count && startsFolded(lower) }

  /// ASCII letters in lower case, nothing else changed.
  var folded: [UInt8] { map(MailLetters.lower) }
}

/// Kinds of ASCII bytes.
enum MailLetters {
  static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 0x5F }
}
