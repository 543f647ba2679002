/// Under which heading of a help page an option stands.
public enum OptionGroup: String, Hashable, Sendable, CaseIterable {
  case own = "Options"
  case input = "Input"
  case window = "Window"
  case output = "Output"
}

/// What the parser, the help and the completions know of an option.
public struct OptionDeclaration: Hashable, Sendable {
  /// The long name without dashes.
  public let name: String
  public let short: Character?
  /// Nil for a flag, which takes no value.
  public let kind: ValueKind?
  /// What stands for the value in help pages.
  public let placeholder: String
  /// Whether every use counts, not only the last one, which overrules a default set by a script.
  public let repeats: Bool
  public let summary: String
  public let group: OptionGroup

  /// How the option is written: `--window`.
  public var spelling: String { "--\(name)" }

  init(
    _ name: String, short: Character? = nil, _ kind: ValueKind?, placeholder: String = "",
    repeats: Bool = false,
    group: OptionGroup, summary: String
  ) {
    self.name = name
    self.short = short
    self.kind = kind
    self.placeholder = placeholder
    self.repeats = repeats
    self.group = group
    self.summary = summary
  }
}

/// An option with a value, by which the value is asked for: `arguments[Options.jobs]`.
public struct Option<Value: Sendable>: Sendable {
  public let declaration: OptionDeclaration
  /// Succeeds for every text that the declared kind accepts.
  let read: @Sendable (String) -> Value?

  init(
    _ name: String, short: Character? = nil, _ kind: ValueKind, _ placeholder: String, repeats: Bool = false,
    group: OptionGroup = .own, _ summary: String, read: @escaping @Sendable (String) -> Value?
  ) {
    declaration = OptionDeclaration(
      name, short: short, kind, placeholder: placeholder, repeats: repeats, group: group, summary: summary)
    self.read = read
  }
}

extension Option where Value == String {
  init(
    _ name: String, short: Character? = nil, _ kind: ValueKind = .text, _ placeholder: String,
    repeats: Bool = false, group: OptionGroup = .own, _ summary: String
  ) {
    self.init(name, short: short, kind, placeholder, repeats: repeats, group: group, summary) { $0 }
  }
}

extension Option where Value: CaseIterable & RawRepresentable<String> {
  /// An option whose values are the cases of an enumeration.
  init(
    choiceOf name: String, _ placeholder: String, repeats: Bool = false, group: OptionGroup = .own,
    _ summary: String
  ) {
    self.init(
      name, .choice(Value.allCases.map(\.rawValue)), placeholder, repeats: repeats, group: group, summary
    ) { Value(rawValue: $0) }
  }

  /// The same option where only some of its values make sense.
  func limited(to values: [Value]) -> OptionDeclaration {
    OptionDeclaration(
      declaration.name, short: declaration.short, .choice(values.map(\.rawValue)),
      placeholder: declaration.placeholder, repeats: declaration.repeats, group: declaration.group,
      summary: declaration.summary)
  }
}

/// An option without a value, by which one asks whether it was given: `arguments[Options.quiet]`.
public struct Flag: Hashable, Sendable {
  public let declaration: OptionDeclaration

  init(_ name: String, short: Character? = nil, group: OptionGroup = .own, _ summary: String) {
    declaration = OptionDeclaration(name, short: short, nil, group: group, summary: summary)
  }
}

/// A word on the command line that belongs to no option.
public struct Operand: Hashable, Sendable {
  /// How many words are meant; only the last operand of a command may be `many`.
  public enum Count: Hashable, Sendable {
    case one
    case optional
    case many
  }

  /// What stands for it in help pages.
  public let name: String
  public let kind: ValueKind
  public let count: Count
  public let summary: String

  init(_ name: String, _ kind: ValueKind, _ count: Count, _ summary: String) {
    self.name = name
    self.kind = kind
    self.count = count
    self.summary = summary
  }
}
