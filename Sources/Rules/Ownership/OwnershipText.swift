internal import Facts

/// The lines of an ownership file, with their numbers.
struct OwnershipLines: Sequence {
  /// The most lines that are read.
  static let limit = 200_000

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func makeIterator() -> AnyIterator<(number: Int, text: ArraySlice<UInt8>)> {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 0
    return AnyIterator {
      guard start < bytes.count, number < Self.limit else { return nil }
      var end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let next = end + 1
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      let line = bytes[start..<end]
      start = next
      number += 1
      return (number, line)
    }
  }

  /// Whether lines are left out because there are too many.
  var isCut: Bool { bytes.count(where: { $0 == 0x0A }) > Self.limit }
}

extension ArraySlice<UInt8> {
  /// The slice without blanks at both ends.
  var trimmed: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first == 0x20 || first == 0x09 { slice.removeFirst() }
    while let last = slice.last, last == 0x20 || last == 0x09 || last == 0x0D { slice.removeLast() }
    return slice
  }

  var text: String { String(decoding: self, as: UTF8.self) }

  func isText(_ text: String) -> Bool { elementsEqual(text.utf8) }

  /// The words between blanks; a backslash keeps the byte after it, and with it a blank, in the word.
  var words: [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var isEscaped = false
    for byte in self {
      if !isEscaped, byte == 0x20 || byte == 0x09 || byte == 0x0B || byte == 0x0C {
        if !word.isEmpty { words.append(word) }
        word = []
        continue
      }
      word.append(byte)
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}

/// The forms in which forges name people.
enum OwnerName {
  /// `@user`, `@organisation/team` or an address; nil for anything else.
  static func forge(_ word: some Collection<UInt8>) -> Owner.Name? {
    guard word.first == UInt8(ascii: "@") else { return address(word).map { .address(name: "", email: $0) } }
    let name = word.dropFirst()
    let parts = name.split(separator: GlobReader.slash, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ part in !part.isEmpty && part.allSatisfy(isNameByte) }) else { return nil }
    let text = String(decoding: name, as: UTF8.self)
    return parts.count > 1 ? .team(text) : .login(text)
  }

  /// A word with one `@` that is not at its ends, and nothing that ends a word of a list.
  static func address(_ word: some Collection<UInt8>) -> String? {
    let parts = word.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    guard word.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !"<>()[]\\,;:\"".utf8.contains($0) }) else {
      return nil
    }
    return String(decoding: word, as: UTF8.self)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    ByteSet.word.contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
}
