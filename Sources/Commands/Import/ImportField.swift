internal import Facts
internal import Harvest

/// Why something in the input could not be imported: where it stands, and what was expected.
struct ImportRefusal: Error, Hashable {
  let place: String
  let what: String

  var description: String { "\(place): \(what)" }
}

/// Where a value stands in the input; put into words only when somebody wants to know.
indirect enum ImportPlace {
  /// Counted from 1.
  case document(Int)
  case key(ImportPlace, String)
  /// Counted from 0, as in JavaScript and `jq`.
  case element(ImportPlace, Int)

  /// The place as a person writes it: `document 2: [3].reviews[0]`.
  var words: String {
    var parts: [String] = []
    var place = self
    while true {
      switch place {
      case .document(let number):
        let path = parts.reversed().joined()
        return "document \(number)"
          + (path.isEmpty ? "" : ": \(path.hasPrefix(".") ? String(path.dropFirst()) : path)")
      case .key(let outer, let key):
        parts.append(".\(key.unicodeScalars.prefix(40).map(String.init).joined())")
        place = outer
      case .element(let outer, let index):
        parts.append("[\(index)]")
        place = outer
      }
    }
  }
}

/// A value of the input that knows where it stands.
struct ImportField {
  let value: JSONValue
  let place: ImportPlace

  /// A member of an object; nil when it is missing, null, or this is no object.
  subscript(_ key: String) -> ImportField? {
    value[key].map { ImportField(value: $0, place: .key(place, key)) }
  }

  /// The first of several members that is there: forges spell one thing in several ways.
  func first(_ keys: [String]) -> ImportField? {
    for key in keys { if let found = self[key] { return found } }
    return nil
  }

  var isObject: Bool { if case .object = value { true } else { false } }

  var isArray: Bool { if case .array = value { true } else { false } }

  /// The elements of a list: an array, or one of GraphQL's connections.
  var elements: [ImportField] {
    if isArray {
      return value.elements.enumerated().map { ImportField(value: $1, place: .element(place, $0)) }
    }
    if let nodes = self["nodes"] { return nodes.elements }
    return self["edges"]?.elements.compactMap { $0["node"] } ?? []
  }

  /// The elements of a member that is a list; none when it is not there.
  func list(_ key: String) -> [ImportField] { self[key]?.elements ?? [] }

  /// A text, or nothing when it is missing or of another kind.
  func text(_ keys: String...) -> String { first(keys)?.value.text ?? "" }

  func truth(_ keys: String...) -> Bool? { first(keys)?.value.truth }

  /// A text or a whole number, as forges give ids.
  func id(_ keys: String...) -> String {
    guard let field = first(keys) else { return "" }
    return field.value.text ?? field.value.integer.map(String.init) ?? ""
  }

  /// A positive number that must be there.
  func number(_ keys: String...) throws(ImportRefusal) -> Int {
    guard let number = first(keys)?.value.integer, number > 0, number <= Int64(Int32.max) else {
      throw refusal(keys[0], "a positive number")
    }
    return Int(number)
  }

  /// A moment; nil when it is missing, a refusal when it is there and cannot be read.
  func time(_ keys: String...) throws(ImportRefusal) -> Instant? {
    guard let field = first(keys) else { return nil }
    guard let moment = field.moment else { throw field.refusal("a time such as 2024-01-02T03:04:05Z") }
    return moment
  }

  /// A moment that must be there.
  func requiredTime(_ keys: String...) throws(ImportRefusal) -> Instant {
    guard let field = first(keys) else { throw refusal(keys[0], "a time such as 2024-01-02T03:04:05Z") }
    guard let moment = field.moment else { throw field.refusal("a time such as 2024-01-02T03:04:05Z") }
    return moment
  }

  /// RFC 3339, Gerrit's `2024-01-02 03:04:05.000000000` in UTC, or seconds since 1970; years 1970 to 9999.
  private var moment: Instant? {
    let read: Instant?
    if let seconds = value.integer {
      read = Instant(seconds: seconds)
    } else if let text = value.text, text.utf8.count > 10 {
      let parts = text.split(separator: " ", omittingEmptySubsequences: false)
      read = Instant(text: parts.count == 2 ? "\(parts[0])T\(parts[1])Z" : text)
    } else {
      read = nil
    }
    return read.flatMap { (0...253_402_300_799).contains($0.seconds) ? $0 : nil }
  }

  /// A commit's full id; nil when it is missing or something else.
  func commit(_ keys: String...) -> ObjectName? {
    first(keys)?.value.text.flatMap { $0.utf8.count == 40 ? ObjectName(hex: $0) : nil }
  }

  /// Says what was expected in a member.
  func refusal(_ key: String, _ expected: String) -> ImportRefusal {
    if let field = self[key] { return field.refusal(expected) }
    return ImportRefusal(
      place: ImportPlace.key(place, key).words, what: "is missing, \(expected) was expected")
  }

  /// Says what was expected here.
  func refusal(_ expected: String) -> ImportRefusal {
    ImportRefusal(place: place.words, what: "is \(shown), \(expected) was expected")
  }

  private var shown: String {
    switch value {
    case .null: "null"
    case .bool(let truth): "\(truth)"
    case .number(let digits): String(digits.prefix(40))
    case .string(let text): "'\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(40))))'"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
