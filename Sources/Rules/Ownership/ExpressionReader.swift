/// Reads the regular expressions that Perl and RE2 understand in the same way.
///
/// Literals, `.`, classes, groups, `|`, `* + ? {n,m}` (lazy or not), `^ $ \A \z \Z \b \B`, `\d \w \s` and their
/// opposites. Back references, look-around, flags, possessive repetition and named classes are refused by name.
struct ExpressionReader {
  /// What an expression holds that is not evaluated here.
  struct Refusal: Error, Hashable {
    var what: String
  }

  static let byteLimit = 1_024
  private static let depthLimit = 32
  private static let repetitionLimit = 255

  private let bytes: [UInt8]
  private let isExtended: Bool
  private var place = 0
  private var depth = 0

  /// Reads an expression; `extended` leaves out blanks and comments, as Perl's `/x` does.
  static func shape(_ bytes: [UInt8], extended: Bool = false) throws(Refusal) -> Shape {
    guard bytes.count <= byteLimit else { throw Refusal(what: "more than \(byteLimit) bytes") }
    var reader = ExpressionReader(bytes, extended)
    let shape = try reader.choice()
    guard reader.peek == nil else { throw Refusal(what: "unmatched )") }
    return shape
  }

  private init(_ bytes: [UInt8], _ isExtended: Bool) {
    self.bytes = bytes
    self.isExtended = isExtended
  }

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func take(_ byte: Character) -> Bool {
    guard let found = peek, found == byte.asciiValue else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    guard isExtended else { return }
    while let byte = peek {
      if byte == UInt8(ascii: "#") {
        while let byte = peek, byte != 0x0A { place += byte == 0x0A ? 0 : 1 }
      } else if ByteSet.blanks.contains(byte) {
        place += 1
      } else {
        return
      }
    }
  }

  private mutating func choice() throws(Refusal) -> Shape {
    guard depth < Self.depthLimit else { throw Refusal(what: "groups more than \(Self.depthLimit) deep") }
    var ways = [try sequence()]
    while take("|") { ways.append(try sequence()) }
    return ways.count == 1 ? ways[0] : .choice(ways)
  }

  private mutating func sequence() throws(Refusal) -> Shape {
    var parts: [Shape] = []
    while true {
      skipBlanks()
      guard let byte = peek, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") else { break }
      let part = try atom()
      skipBlanks()
      parts.append(try repeated(part))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repeated(_ part: Shape) throws(Refusal) -> Shape {
    let least: Int
    let most: Int?
    if take("*") {
      (least, most) = (0, nil)
    } else if take("+") {
      (least, most) = (1, nil)
    } else if take("?") {
      (least, most) = (0, 1)
    } else if let (low, high) = try counts() {
      (least, most) = (low, high)
    } else {
      return part
    }
    if peek == UInt8(ascii: "+") { throw Refusal(what: "possessive repetition") }
    _ = take("?")
    if let byte = peek, byte == UInt8(ascii: "*") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "?") {
      throw Refusal(what: "repeated repetition")
    }
    return .repeated(part, least: least, most: most)
  }

  /// `{n}`, `{n,}` or `{n,m}`; any other brace stands for itself.
  private mutating func counts() throws(Refusal) -> (Int, Int?)? {
    let start = place
    guard take("{"), let low = number() else {
      place = start
      return nil
    }
    var high: Int? = low
    if take(",") { high = number() }
    guard take("}") else {
      place = start
      return nil
    }
    guard low <= Self.repetitionLimit, (high ?? 0) <= Self.repetitionLimit, high.map({ $0 >= low }) ?? true
    else { throw Refusal(what: "repetition of more than \(Self.repetitionLimit), or backwards") }
    return (low, high)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let byte = peek, ByteSet.digits.contains(byte) {
      value = min((value ?? 0) * 10 + Int(byte - 0x30), 1_000_000)
      place += 1
    }
    return value
  }

  private mutating func atom() throws(Refusal) -> Shape {
    guard let byte = peek else { return .nothing }
    place += 1
    switch byte {
    case UInt8(ascii: "."): return .bytes(ByteSet(0x0A).inverted)
    case UInt8(ascii: "^"): return .edge(.start)
    case UInt8(ascii: "$"): return .edge(.end)
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return .bytes(try set())
    case UInt8(ascii: "\\"): return try escape()
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      throw Refusal(what: "repetition of nothing")
    default: return .byte(byte)
    }
  }

  private mutating func group() throws(Refusal) -> Shape {
    if take("?") {
      guard take(":") else { throw Refusal(what: "a group that begins with (?") }
    } else if peek == UInt8(ascii: "*") {
      throw Refusal(what: "a group that begins with (*")
    }
    depth += 1
    let shape = try choice()
    depth -= 1
    guard take(")") else { throw Refusal(what: "unmatched (") }
    return shape
  }

  private mutating func escape() throws(Refusal) -> Shape {
    guard let byte = peek else { throw Refusal(what: "a \\ at the end") }
    if let set = classes(byte) {
      place += 1
      return .bytes(set)
    }
    place += 1
    switch byte {
    case UInt8(ascii: "b"): return .edge(.word(true))
    case UInt8(ascii: "B"): return .edge(.word(false))
    case UInt8(ascii: "A"): return .edge(.start)
    case UInt8(ascii: "z"), UInt8(ascii: "Z"): return .edge(.end)
    default: return .byte(try literal(byte))
    }
  }

  /// What an escaped byte stands for, in and outside of classes.
  private func literal(_ byte: UInt8) throws(Refusal) -> UInt8 {
    switch byte {
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case let byte where ByteSet.word.contains(byte) || byte > 127:
      throw Refusal(what: "\\" + String(decoding: [byte], as: UTF8.self))
    default: return byte
    }
  }

  private func classes(_ byte: UInt8) -> ByteSet? {
    switch byte {
    case UInt8(ascii: "d"): .digits
    case UInt8(ascii: "D"): ByteSet.digits.inverted
    case UInt8(ascii: "w"): .word
    case UInt8(ascii: "W"): ByteSet.word.inverted
    case UInt8(ascii: "s"): .blanks
    case UInt8(ascii: "S"): ByteSet.blanks.inverted
    default: nil
    }
  }

  private mutating func set() throws(Refusal) -> ByteSet {
    let isInverted = take("^")
    var set = ByteSet()
    var isFirst = true
    while true {
      guard let byte = peek else { throw Refusal(what: "unmatched [") }
      if byte == UInt8(ascii: "]"), !isFirst { break }
      isFirst = false
      if byte == UInt8(ascii: "["), place + 1 < bytes.count, ":.=".utf8.contains(bytes[place + 1]) {
        throw Refusal(what: "a named class")
      }
      if byte == UInt8(ascii: "\\"), place + 1 < bytes.count, let known = classes(bytes[place + 1]) {
        set.formUnion(known)
        place += 2
        continue
      }
      let low = try member()
      guard peek == UInt8(ascii: "-"), place + 1 < bytes.count, bytes[place + 1] != UInt8(ascii: "]") else {
        set.insert(low)
        continue
      }
      place += 1
      if peek == UInt8(ascii: "\\"), place + 1 < bytes.count, classes(bytes[place + 1]) != nil {
        throw Refusal(what: "a range with a class")
      }
      let high = try member()
      guard low <= high else { throw Refusal(what: "a range backwards") }
      set.formUnion(ByteSet(low...high))
    }
    place += 1
    return isInverted ? set.inverted : set
  }

  private mutating func member() throws(Refusal) -> UInt8 {
    guard let byte = peek else { throw Refusal(what: "unmatched [") }
    place += 1
    guard byte == UInt8(ascii: "\\") else { return byte }
    guard let escaped = peek else { throw Refusal(what: "a \\ at the end") }
    place += 1
    if escaped == UInt8(ascii: "b") { return 0x08 }
    return try literal(escaped)
  }
}
