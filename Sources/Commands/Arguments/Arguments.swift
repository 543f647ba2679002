/// What was said on a command line, by option and operand.
public struct Arguments: Hashable, Sendable {
  /// Checked texts by option name, in the order given; a flag has an empty text for each use.
  var values: [String: [String]] = [:]
  var operands: [String: [String]] = [:]

  /// The value of an option, the last one if it was given more than once.
  public subscript<Value>(_ option: Option<Value>) -> Value? { all(option).last }

  public subscript(_ flag: Flag) -> Bool { values[flag.declaration.name] != nil }

  /// The words given for an operand.
  public subscript(_ operand: Operand) -> [String] { operands[operand.name] ?? [] }

  /// The values of an option that may be repeated, in the order given.
  public func all<Value>(_ option: Option<Value>) -> [Value] {
    // Nothing is lost: the parser has let through only what the kind accepts.
    (values[option.declaration.name] ?? []).compactMap(option.read)
  }

  /// The repositories named, as operands or with `--repository`; none means the current one.
  public var repositories: [String] { self[Operands.repositories] + all(Options.repository) }
}

/// A command with what was said to it.
public struct Invocation: Hashable, Sendable {
  public let command: CommandID
  public let arguments: Arguments

  public init(_ command: CommandID, _ arguments: Arguments) {
    self.command = command
    self.arguments = arguments
  }
}
