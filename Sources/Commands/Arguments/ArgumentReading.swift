internal import Rules

/// The options and operands of one command while they are being read.
struct ArgumentReading {
  private let command: CommandDeclaration
  private var arguments = Arguments()
  var operands: [String] = []

  init(_ command: CommandDeclaration) { self.command = command }

  /// `--name`, `--name=value`, or `--name` with the value as the next word.
  mutating func readLong(_ text: Substring, _ words: inout ArraySlice<String>) throws(UsageProblem) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    guard let option = option({ $0.name == name }) else {
      let nearest = Suggestion.nearest(to: name, among: command.options.map(\.name))
      throw problem(.unknownOption("--\(name)", suggestions: nearest.map { "--\($0)" }))
    }
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard option.kind != nil else {
      if let attached { throw problem(.unexpectedValue(option, attached)) }
      record("", for: option)
      return
    }
    guard let value = attached ?? words.popFirst() else { throw problem(.missingValue(option)) }
    try take(value, for: option)
  }

  /// `-x`, several flags as `-xy`, and a value as `-xVALUE` or the next word.
  mutating func readShort(_ letters: Substring, _ words: inout ArraySlice<String>) throws(UsageProblem) {
    var letters = letters
    while let letter = letters.popFirst() {
      guard let option = option({ $0.short == letter }) else {
        throw problem(.unknownOption("-\(letter)", suggestions: []))
      }
      guard option.kind != nil else {
        record("", for: option)
        continue
      }
      let attached = letters.isEmpty ? nil : String(letters)
      guard let value = attached ?? words.popFirst() else { throw problem(.missingValue(option)) }
      try take(value, for: option)
      return
    }
  }

  /// Everything read, once operands and exclusions have been checked.
  mutating func finished() throws(UsageProblem) -> Arguments {
    if arguments[Options.help] || arguments[Options.version] { return arguments }
    try assignOperands()
    for names in command.exclusions {
      let given = names.filter { arguments.values[$0] != nil || arguments.operands[$0] != nil }
      if given.count > 1 { throw problem(.exclusive(spelling(given[0]), spelling(given[1]))) }
    }
    return arguments
  }

  private mutating func assignOperands() throws(UsageProblem) {
    var rest = operands[...]
    for operand in command.operands {
      switch operand.count {
      case .one:
        guard let word = rest.popFirst() else { throw problem(.missingOperand(operand)) }
        arguments.operands[operand.name] = [word]
      case .optional: arguments.operands[operand.name] = rest.popFirst().map { [$0] }
      case .many:
        arguments.operands[operand.name] = rest.isEmpty ? nil : Array(rest)
        rest = []
      }
      for word in arguments.operands[operand.name] ?? [] {
        try check(word, operand.kind, named: operand.name)
      }
    }
    if let word = rest.first { throw problem(.surplusOperand(word)) }
  }

  private mutating func take(_ value: String, for option: OptionDeclaration) throws(UsageProblem) {
    if let kind = option.kind { try check(value, kind, named: option.spelling) }
    record(value, for: option)
  }

  private mutating func record(_ value: String, for option: OptionDeclaration) {
    arguments.values[option.name, default: []].append(value)
  }

  private func check(_ text: String, _ kind: ValueKind, named name: String) throws(UsageProblem) {
    guard let expected = kind.expectation(unmetBy: text) else { return }
    var suggestions: [String] = []
    switch kind {
    case .choice(let words): suggestions = Suggestion.nearest(to: text, among: words)
    case .timeZone: suggestions = Suggestion.nearest(to: text, among: TimeZones.builtInNames)
    default: break
    }
    throw problem(.unacceptable(text, for: name, expected: expected, suggestions: suggestions))
  }

  private func option(_ matches: (OptionDeclaration) -> Bool) -> OptionDeclaration? {
    command.options.first(where: matches) ?? [Options.version.declaration].first(where: matches)
  }

  private func spelling(_ name: String) -> String {
    command.options.first { $0.name == name }?.spelling ?? name
  }

  private func problem(_ kind: UsageProblem.Kind) -> UsageProblem { UsageProblem(kind, in: command.path) }
}
