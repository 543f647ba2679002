/// The bytes of a JSON text under construction, and where in it the writer stands.
struct JSONCore {
  var bytes: [UInt8] = []
  private let isPretty: Bool
  private var depth = 0
  /// Whether nothing has been written yet in the innermost object or array.
  private var isEmpty = true
  /// Whether what is being written stays on one line although the text is pretty.
  private var isOnOneLine = false

  init(_ layout: JSONLayout) { isPretty = layout == .pretty }

  /// Elements of an array that stands `depth` levels deep in a pretty text, written apart from it.
  init(elementsAtDepth depth: Int) {
    isPretty = true
    self.depth = depth
  }

  /// Writes what stands between the elements that are there and those that were written apart.
  mutating func startElements(_ written: [UInt8]) {
    guard !written.isEmpty else { return }
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
  }

  mutating func drain() -> [UInt8] {
    var drained: [UInt8] = []
    swap(&drained, &bytes)
    return drained
  }

  // MARK: Structure

  mutating func object<Failure: Error>(
    _ body: (inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) {
    open(UInt8(ascii: "{"))
    var object = JSONObject(core: take())
    do { try body(&object) } catch {
      self = object.core
      throw error
    }
    self = object.core
    close(UInt8(ascii: "}"))
  }

  /// An object whose members follow each other on one line, in a pretty text too.
  mutating func line<Failure: Error>(
    _ body: (inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) {
    let outer = isOnOneLine
    isOnOneLine = true
    defer { isOnOneLine = outer }
    try object(body)
  }

  mutating func members<Failure: Error>(
    _ body: (inout JSONMembers) throws(Failure) -> Void
  ) throws(Failure) {
    open(UInt8(ascii: "{"))
    var members = JSONMembers(core: take())
    do { try body(&members) } catch {
      self = members.core
      throw error
    }
    self = members.core
    close(UInt8(ascii: "}"))
  }

  mutating func array<Failure: Error>(
    _ body: (inout JSONArray) throws(Failure) -> Void
  ) throws(Failure) {
    open(UInt8(ascii: "["))
    var array = JSONArray(core: take())
    do { try body(&array) } catch {
      self = array.core
      throw error
    }
    self = array.core
    close(UInt8(ascii: "]"))
  }

  /// Lends everything out and keeps an empty buffer, so that the bytes have one owner and are never copied.
  private mutating func take() -> JSONCore {
    let taken = self
    bytes = []
    return taken
  }

  private mutating func open(_ bracket: UInt8) {
    bytes.append(bracket)
    depth += 1
    isEmpty = true
  }

  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    if !isEmpty { newLine() }
    bytes.append(bracket)
    isEmpty = false
  }

  mutating func element() {
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    isEmpty = false
    newLine()
  }

  /// A key of our own: plain ASCII without anything to escape.
  mutating func key(_ key: StaticString) {
    element()
    bytes.append(UInt8(ascii: "\""))
    key.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
  }

  mutating func key(_ key: String) {
    element()
    string(key)
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func newLine() {
    guard isPretty, !isOnOneLine else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  // MARK: Values

  /// A literal that is valid JSON by itself, or null.
  mutating func raw(_ literal: String?) { bytes.append(contentsOf: (literal ?? "null").utf8) }

  mutating func boolean(_ value: Bool?) { raw(value.map { $0 ? "true" : "false" }) }

  mutating func integer(_ value: Int?) { raw(value.map { String($0) }) }

  /// A string of our own making that holds nothing to escape, or null.
  mutating func quoted<Value>(_ value: Value?, _ write: (Value, inout [UInt8]) -> Void) {
    guard let value else { return raw(nil) }
    bytes.append(UInt8(ascii: "\""))
    write(value, &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func string(_ value: String?) {
    guard let value else { return raw(nil) }
    bytes.append(UInt8(ascii: "\""))
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
      bytes.append(contentsOf: value.utf8)
    } else {
      for scalar in value.unicodeScalars { escape(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// One code point of a string; what could harm a terminal becomes `\u…`, which says the same.
  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": raw("\\\"")
    case "\\": raw("\\\\")
    case "\n": raw("\\n")
    case "\r": raw("\\r")
    case "\t": raw("\\t")
    case _ where scalar.isHazardous:
      for unit in scalar.utf16 { unicodeEscape(unit) }
    default:
      for byte in scalar.utf8 { bytes.append(byte) }
    }
  }

  private mutating func unicodeEscape(_ unit: UInt16) {
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(UInt8(ascii: "u"))
    for shift: UInt16 in [12, 8, 4, 0] {
      let digit = UInt8(truncatingIfNeeded: unit >> shift & 15)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}
