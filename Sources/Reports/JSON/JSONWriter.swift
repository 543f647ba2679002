public import Facts

/// How a JSON text is laid out.
public enum JSONLayout: Hashable, Sendable {
  /// One member or element a line, two spaces for each level.
  case pretty
  /// No white space at all, for one object a line.
  case compact
}

/// Writes one JSON text (RFC 8259) as bytes, members in the order of the calls.
///
/// Objects and arrays are closures, so brackets always match, and a key cannot be without its value. The text
/// is valid whatever the strings hold. Not checked: that keys within an object differ.
public enum JSONText {
  /// The bytes of an object; the pretty layout ends with a line feed, so that files do.
  public static func object<Failure: Error>(
    _ layout: JSONLayout = .pretty, _ body: (inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) -> [UInt8] {
    var core = JSONCore(layout)
    try core.object(body)
    if layout == .pretty { core.bytes.append(UInt8(ascii: "\n")) }
    return core.bytes
  }

  /// Objects, one a line, for an array that is a member of the outermost object; see `JSONArray.elements`.
  ///
  /// So the parts of a long list can be written at the same time.
  public static func lines<Value>(
    _ values: some Sequence<Value>, _ body: (Value, inout JSONObject) -> Void
  ) -> [UInt8] {
    var core = JSONCore(elementsAtDepth: 2)
    for value in values {
      core.element()
      core.line { body(value, &$0) }
    }
    return core.bytes
  }

  /// The bytes of an array; the pretty layout ends with a line feed, so that files do.
  public static func array<Failure: Error>(
    _ layout: JSONLayout = .pretty, _ body: (inout JSONArray) throws(Failure) -> Void
  ) throws(Failure) -> [UInt8] {
    var core = JSONCore(layout)
    try core.array(body)
    if layout == .pretty { core.bytes.append(UInt8(ascii: "\n")) }
    return core.bytes
  }
}

/// The members of an object that is being written.
public struct JSONObject: ~Copyable {
  var core: JSONCore

  public mutating func string(_ key: StaticString, _ value: String?) {
    core.key(key)
    core.string(value)
  }

  public mutating func integer(_ key: StaticString, _ value: Int?) {
    core.key(key)
    core.integer(value)
  }

  public mutating func boolean(_ key: StaticString, _ value: Bool?) {
    core.key(key)
    core.boolean(value)
  }

  /// A moment in RFC 3339, UTC.
  public mutating func time(_ key: StaticString, _ value: Instant?) {
    core.key(key)
    core.quoted(value) { $0.shown.appendRFC3339(to: &$1) }
  }

  /// The 40 digits of an object's name.
  public mutating func object(_ key: StaticString, named value: ObjectName?) {
    core.key(key)
    core.quoted(value) { $0.appendHex(to: &$1) }
  }

  /// Evidence as `REF@OBJECT-ID` or `commit@OBJECT-ID`.
  public mutating func evidence(_ key: StaticString, _ value: Evidence?) {
    core.key(key)
    guard let value, value.ref == nil else { return core.string(value?.description) }
    core.quoted(value.object) { name, bytes in
      bytes.append(contentsOf: "commit@".utf8)
      name.appendHex(to: &bytes)
    }
  }

  /// A number with a fixed count of decimals; what is no number is null.
  public mutating func decimal(_ key: StaticString, _ value: Double?, digits: Int) {
    core.key(key)
    core.raw(value.flatMap { FixedDecimal.text($0, digits: digits) })
  }

  /// The exact quotient of two counts with a fixed count of decimals; null when the divisor is zero.
  public mutating func quotient(_ key: StaticString, _ part: Int, by whole: Int, digits: Int) {
    core.key(key)
    core.raw(FixedDecimal.quotient(part, by: whole, digits: digits))
  }

  public mutating func null(_ key: StaticString) {
    core.key(key)
    core.raw(nil)
  }

  public mutating func strings(_ key: StaticString, _ values: some Sequence<String>) {
    array(key) { array in
      for value in values { array.string(value) }
    }
  }

  public mutating func object<Failure: Error>(
    _ key: StaticString, _ body: (inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) {
    core.key(key)
    try core.object(body)
  }

  /// An object, or null where there is no value to describe.
  public mutating func object<Value, Failure: Error>(
    _ key: StaticString, _ value: Value?, _ body: (Value, inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) {
    guard let value else { return null(key) }
    core.key(key)
    try core.object { (object: inout JSONObject) throws(Failure) in try body(value, &object) }
  }

  /// An object whose keys are data, such as team names; the caller puts them in order.
  public mutating func members<Failure: Error>(
    _ key: StaticString, _ body: (inout JSONMembers) throws(Failure) -> Void
  ) throws(Failure) {
    core.key(key)
    try core.members(body)
  }

  public mutating func array<Failure: Error>(
    _ key: StaticString, _ body: (inout JSONArray) throws(Failure) -> Void
  ) throws(Failure) {
    core.key(key)
    try core.array(body)
  }

  /// An array with one object for each value.
  public mutating func objects<Value, Failure: Error>(
    _ key: StaticString, _ values: some Sequence<Value>,
    _ body: (Value, inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) {
    core.key(key)
    try core.array { (array: inout JSONArray) throws(Failure) in
      for value in values {
        try array.object { (object: inout JSONObject) throws(Failure) in try body(value, &object) }
      }
    }
  }

  /// Hands out what has been written so far and forgets it, so that a long text need not be kept whole.
  public mutating func drain() -> [UInt8] { core.drain() }
}

/// The members of an object whose keys are data.
public struct JSONMembers: ~Copyable {
  var core: JSONCore

  public mutating func object<Failure: Error>(
    _ key: String, _ body: (inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) {
    core.key(key)
    try core.object(body)
  }

  public mutating func integer(_ key: String, _ value: Int?) {
    core.key(key)
    core.integer(value)
  }

  public mutating func string(_ key: String, _ value: String?) {
    core.key(key)
    core.string(value)
  }
}

/// The elements of an array that is being written.
public struct JSONArray: ~Copyable {
  var core: JSONCore

  public mutating func string(_ value: String?) {
    core.element()
    core.string(value)
  }

  public mutating func integer(_ value: Int?) {
    core.element()
    core.integer(value)
  }

  public mutating func object<Failure: Error>(
    _ body: (inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) {
    core.element()
    try core.object(body)
  }

  /// Makes ready for elements that `JSONText.lines` wrote for an array at this depth.
  ///
  /// The caller drains this text and puts them behind it, so that they are never copied.
  public mutating func startElements(_ written: [UInt8]) { core.startElements(written) }

  /// An object on a line of its own, which keeps long lists short and easy to search and compare.
  public mutating func line<Failure: Error>(
    _ body: (inout JSONObject) throws(Failure) -> Void
  ) throws(Failure) {
    core.element()
    try core.line(body)
  }

  public mutating func array<Failure: Error>(
    _ body: (inout JSONArray) throws(Failure) -> Void
  ) throws(Failure) {
    core.element()
    try core.array(body)
  }

  /// Hands out what has been written so far and forgets it, so that a long text need not be kept whole.
  public mutating func drain() -> [UInt8] { core.drain() }
}
