/// A value read from JSON5, with the place where it begins.
struct Node {
  var value: Value
  /// Byte offset of its first character.
  var offset: Int

  indirect enum Value {
    case object([Member])
    case array([Node])
    case string(String)
    case number(Double)
    case bool(Bool)
    case null
  }

  /// One key and its value; keys keep the order of the file.
  struct Member {
    var key: String
    /// Byte offset of the key.
    var keyOffset: Int
    var node: Node
  }

  /// What the value is, in the words of an error message.
  var kind: String {
    switch value {
    case .object: "an object"
    case .array: "a list"
    case .string: "a string"
    case .number: "a number"
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    }
  }
}

/// A place where a text is not JSON5.
struct SyntaxError: Error {
  var offset: Int
  /// What is wrong and what was expected.
  var message: String
}
