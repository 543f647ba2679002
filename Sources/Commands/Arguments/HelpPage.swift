import Reports

/// Help pages, made from the declarations.
struct HelpPage {
  let catalog: Catalog

  /// The page on a command, on a group, or (without words) on the program; nil when there is no such thing.
  func document(on path: [String]) -> TextDocument? {
    if path.isEmpty { return overview }
    if let command = catalog.command(at: path) { return page(on: command) }
    return catalog.group(at: path).map(page(on:))
  }

  // MARK: Program and groups

  private var overview: TextDocument {
    let program = catalog.program
    return TextDocument([
      .paragraph("\(program, .title): \(catalog.summary)"),
      .section("Usage", [.verbatim(["\(program) COMMAND [OPTION...] [OPERAND...]"])]),
      .section("Commands", [.fields(catalog.listed.map(Self.field))]),
      .section(
        "Start here",
        [
          .fields([
            field("\(program) demo", "Look around in a sample repository."),
            field("\(program) backlog", "See what waits in the current one."),
            field("\(program) policy init", "Infer who is who, and correct it."),
          ])
        ]),
      .section("Exit status", [.fields(Self.endings)]),
      .note("Try '\("\(program) help COMMAND", .code)' for options and examples."),
    ])
  }

  private func page(on group: GroupDeclaration) -> TextDocument {
    TextDocument([
      .paragraph(StyledText(group.summary)),
      .section("Usage", [.verbatim(["\(catalog.program) \(group.name) COMMAND [OPTION...]"])]),
      .section("Commands", [.fields(catalog.members(of: group).map(Self.field))]),
      .note("Try '\("\(catalog.program) help \(group.name) COMMAND", .code)' for options and examples."),
    ])
  }

  static var endings: [TextDocument.Field] {
    Ending.allCases.map { TextDocument.Field("\($0.rawValue)", StyledText($0.meaning)) }
  }

  private static func field(_ command: CommandDeclaration) -> TextDocument.Field {
    TextDocument.Field("\(command.id.rawValue)", StyledText(command.summary))
  }

  private func field(_ label: String, _ value: StyledText) -> TextDocument.Field {
    TextDocument.Field("\(label)", value)
  }

  // MARK: One command

  private func page(on command: CommandDeclaration) -> TextDocument {
    var document = TextDocument([.paragraph(StyledText(command.summary))])
    document.append(.section("Usage", [.verbatim([StyledText(usage(of: command))])]))
    for paragraph in command.discussion { document.append(.paragraph(StyledText(paragraph))) }
    if !command.operands.isEmpty {
      let fields = command.operands.map { TextDocument.Field("\($0.name)", StyledText($0.explanation)) }
      document.append(.section("Operands", [.fields(fields)]))
    }
    for group in OptionGroup.allCases {
      let options = command.options.filter { $0.group == group }
      if !options.isEmpty {
        document.append(.section("\(group.rawValue)", [.group(options.map(Self.block))]))
      }
    }
    let examples = command.examples.map { example -> TextDocument.Block in
      .group([.paragraph(StyledText(example.purpose)), .copied(["  \(example.line)"])])
    }
    document.append(.section("Examples", examples))
    if let group = catalog.group(of: command) {
      document.append(.section("Commands", [.fields(catalog.members(of: group).map(Self.field))]))
      document.append(.note("Try '\("\(catalog.program) help \(group.name) COMMAND", .code)' for these."))
    }
    return document
  }

  /// The usage line: `tributary explain [OPTION...] ID [REPOSITORY...]`.
  func usage(of command: CommandDeclaration) -> String {
    let words = [catalog.program, command.id.rawValue, "[OPTION...]", command.operandUsage]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// An option on a line of its own, and under it what it means.
  private static func block(_ option: OptionDeclaration) -> TextDocument.Block {
    .section(StyledText(option.usage, .code), [.paragraph(StyledText(option.explanation))])
  }
}

extension OptionDeclaration {
  /// How the option is written with its value: `-C, --repository PATH`.
  var usage: String {
    let names = short.map { "-\($0), \(spelling)" } ?? spelling
    return kind == nil ? names : "\(names) \(placeholder)"
  }

  /// The summary, with the words to choose from.
  var explanation: String {
    guard case .choice(let words) = kind else { return summary }
    return "\(summary) One of \(words.joined(separator: ", "))."
  }
}

extension Operand {
  /// The summary, with the words to choose from.
  var explanation: String {
    guard case .choice(let words) = kind else { return summary }
    return "\(summary) One of \(words.joined(separator: ", "))."
  }
}
