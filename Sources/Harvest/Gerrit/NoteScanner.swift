import Facts
import Git

/// Reads the notes on a patch set: the comments of `RevisionNoteData`, without building a tree of the text.
///
/// A note may have megabytes, nearly all of it text that nothing here needs; so the scanner steps over what it does
/// not keep. It takes what RFC 8259 takes, but does not look into numbers and words that it steps over.
struct NoteScanner {
  /// Deeper nesting than this is refused, so that hostile text cannot exhaust the stack.
  private static let depthLimit = 64

  private let bytes: [UInt8]
  private var place = 0
  private let limit: Int

  /// What went wrong, with the place as a byte offset.
  struct Problem: Error, Hashable {
    let offset: Int
    let what: String
  }

  init(_ bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  /// The comments of a note; nil when it has no list of comments, such as one that holds only a push certificate.
  mutating func comments(
    _ make: (NoteComment) -> Void
  ) throws(Problem) -> Bool {
    var hasComments = false
    try members { scanner, key throws(Problem) in
      guard key.isEqual("comments"), scanner.peek == UInt8(ascii: "[") else { return false }
      hasComments = true
      var count = 0
      try scanner.elements { scanner throws(Problem) in
        count += 1
        guard count <= scanner.limit else { throw scanner.problem("more than \(scanner.limit) comments") }
        make(try scanner.comment())
      }
      return true
    }
    skipBlanks()
    guard place == bytes.count else { throw problem("text after the end of the value") }
    return hasComments
  }

  private mutating func comment() throws(Problem) -> NoteComment {
    var comment = NoteComment()
    try members { scanner, key throws(Problem) in
      switch true {
      case key.isEqual("key"):
        try scanner.members { scanner, key throws(Problem) in
          switch true {
          case key.isEqual("uuid"): comment.uuid = try scanner.text()
          case key.isEqual("filename"): comment.file = try scanner.text()
          case key.isEqual("patchSetId"): comment.patchSet = try scanner.integer()
          default: return false
          }
          return true
        }
      case key.isEqual("author"):
        try scanner.members { scanner, key throws(Problem) in
          guard key.isEqual("id") else { return false }
          comment.author = try scanner.integer()
          return true
        }
      case key.isEqual("writtenOn"): comment.written = try scanner.text()
      case key.isEqual("unresolved"): comment.isUnresolved = try scanner.isTrue()
      case key.isEqual("tag"): comment.tag = try scanner.text()
      case key.isEqual("serverId"): comment.server = try scanner.text()
      case key.isEqual("robotId"): comment.robot = try scanner.text()
      default: return false
      }
      return true
    }
    return comment
  }
}

/// One comment as a note holds it.
struct NoteComment {
  var uuid: String?
  var file: String?
  var patchSet: Int64?
  var author: Int64?
  var written: String?
  var isUnresolved = false
  var tag: String?
  var server: String?
  var robot: String?
}

/// A key of an object, compared in place; keys with escapes are none of ours.
private struct NoteKey {
  let bytes: ArraySlice<UInt8>

  func isEqual(_ text: String) -> Bool { bytes.count == text.utf8.count && text.utf8.elementsEqual(bytes) }
}

extension NoteScanner {
  /// Goes through an object; the closure reads the value of a key and says so, else it is stepped over.
  ///
  /// Anything but an object is stepped over as a whole.
  private mutating func members(
    _ read: (inout NoteScanner, NoteKey) throws(Problem) -> Bool
  ) throws(Problem) {
    skipBlanks()
    guard take(UInt8(ascii: "{")) else { return try skip(depth: 0) }
    skipBlanks()
    if take(UInt8(ascii: "}")) { return }
    while true {
      skipBlanks()
      let key = NoteKey(bytes: bytes[try string()])
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw problem("a colon was expected") }
      skipBlanks()
      if !(try read(&self, key)) { try skip(depth: 0) }
      skipBlanks()
      if take(UInt8(ascii: "}")) { return }
      guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing brace was expected") }
    }
  }

  private mutating func elements(_ read: (inout NoteScanner) throws(Problem) -> Void) throws(Problem) {
    guard take(UInt8(ascii: "[")) else { return try skip(depth: 0) }
    skipBlanks()
    if take(UInt8(ascii: "]")) { return }
    while true {
      try read(&self)
      skipBlanks()
      if take(UInt8(ascii: "]")) { return }
      guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing bracket was expected") }
    }
  }

  private mutating func skip(depth: Int) throws(Problem) {
    guard depth < Self.depthLimit else { throw problem("nested more than \(Self.depthLimit) deep") }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let isObject = peek == UInt8(ascii: "{")
      let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
      place += 1
      skipBlanks()
      if take(close) { return }
      while true {
        skipBlanks()
        if isObject {
          _ = try string()
          skipBlanks()
          guard take(UInt8(ascii: ":")) else { throw problem("a colon was expected") }
        }
        try skip(depth: depth + 1)
        skipBlanks()
        if take(close) { return }
        guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing bracket was expected") }
      }
    default: try word()
    }
  }

  /// A number, or one of the three words.
  private mutating func word() throws(Problem) {
    let start = place
    while let byte = peek,
      isDigit(byte) || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte == 0x2B
        || byte == 0x2D || byte == 0x2E
    { place += 1 }
    guard place > start else { throw problem("a value was expected") }
  }

  /// The place of a text between its quotes, escapes as they stand.
  private mutating func string() throws(Problem) -> Range<Int> {
    guard take(UInt8(ascii: "\"")) else { throw problem("a text in quotes was expected") }
    let start = place
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        return start..<place - 1
      case UInt8(ascii: "\\"): place += 2
      default: place += 1
      }
    }
    throw problem("a text without its closing quote")
  }

  /// A text without its escapes; nil for any other value.
  private mutating func text() throws(Problem) -> String? {
    guard peek == UInt8(ascii: "\"") else {
      try skip(depth: 0)
      return nil
    }
    let quoted = place
    let range = try string()
    guard let text = Self.decoded(bytes[quoted..<place]) else {
      throw Problem(offset: range.lowerBound, what: "a broken escape")
    }
    return text
  }

  /// A text in its quotes without the escapes; nil when one of them is broken.
  private static func decoded(_ quoted: ArraySlice<UInt8>) -> String? {
    guard quoted.contains(UInt8(ascii: "\\")) else { return quoted.dropFirst().dropLast().text }
    do {
      return try JSONValue(quoted).text
    } catch {
      return nil
    }
  }

  /// A whole number that fits; nil for any other value.
  private mutating func integer() throws(Problem) -> Int64? {
    let start = place
    try skip(depth: 0)
    return Int64(bytes[start..<place].text)
  }

  private mutating func isTrue() throws(Problem) -> Bool {
    let start = place
    try skip(depth: 0)
    return bytes[start..<place].elementsEqual("true".utf8)
  }

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
  }

  private func problem(_ what: String) -> Problem { Problem(offset: place, what: what) }
}

extension NoteScanner {
  /// The ids of all comments of a note, in order.
  ///
  /// Sound for JSON only: inside a text the closing quote of `"uuid"` would be escaped, so the bytes found are keys.
  static func identifiers(_ bytes: [UInt8], _ found: (String) -> Void) {
    let key = Array("\"uuid\"".utf8)
    var place = 0
    while place + key.count < bytes.count {
      guard bytes[place] == key[0] else {
        place += 1
        continue
      }
      guard bytes[place + 1] == key[1], bytes[place..<place + key.count].elementsEqual(key) else {
        place += 1
        continue
      }
      place += key.count
      while place < bytes.count, bytes[place] == 0x20 || bytes[place] == UInt8(ascii: ":") { place += 1 }
      guard place < bytes.count, bytes[place] == key[0] else { continue }
      let start = place + 1
      var end = start
      while end < bytes.count, bytes[end] != key[0] { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
      guard end < bytes.count else { return }
      found(decoded(bytes[start - 1...end]) ?? bytes[start..<end].text)
      place = end + 1
    }
  }
}
