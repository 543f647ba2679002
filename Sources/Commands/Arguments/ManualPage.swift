/// The manual page in the `man` macros of roff, made from the declarations.
struct ManualPage {
  let catalog: Catalog

  var source: String {
    var lines = [
      ".TH \(catalog.program.uppercased()) 1 \"\" \"\(catalog.program) \(catalog.version)\" \"User Commands\"",
      ".SH NAME", "\(catalog.program) \\- \(Self.text(withoutFullStop(catalog.summary)))",
      ".SH SYNOPSIS", ".B \(catalog.program)", ".I COMMAND", "[\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]",
      ".SH DESCRIPTION",
      Self.text(
        "Reads clones of Git repositories and writes nothing into them. Each report names its evidence."),
      ".SH COMMANDS",
    ]
    for command in catalog.listed { lines += section(on: command) }
    lines += [
      ".SH OPTIONS", "These options are common to several commands; each page of help names its own.",
    ]
    for group in OptionGroup.allCases where group != .own {
      lines += [".SS \(group.rawValue)"] + commonOptions(of: group).flatMap(Self.item)
    }
    lines += [".SH EXIT STATUS"]
    for ending in Ending.allCases { lines += [".TP", ".B \(ending.rawValue)", Self.text(ending.meaning)] }
    lines += [".SH ENVIRONMENT"] + Self.environment
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(on command: CommandDeclaration) -> [String] {
    var lines = [
      ".SS \(Self.text(HelpPage(catalog: catalog).usage(of: command)))", Self.text(command.summary),
    ]
    for paragraph in command.discussion { lines += [".PP", Self.text(paragraph)] }
    for operand in command.operands {
      lines += [".TP", ".I \(Self.text(operand.name))", Self.text(operand.explanation)]
    }
    for option in command.options where option.group == .own { lines += Self.item(option) }
    for example in command.examples {
      lines += [".PP", Self.text(example.purpose), ".RS 4", ".nf", Self.text(example.line), ".fi", ".RE"]
    }
    return lines
  }

  /// Options of a group as they first occur; one with fewer values in some command is shown with all.
  private func commonOptions(of group: OptionGroup) -> [OptionDeclaration] {
    var options: [OptionDeclaration] = []
    for option in catalog.listed.flatMap(\.options) where option.group == group {
      if !options.contains(where: { $0.name == option.name }) { options.append(option) }
    }
    return group == .output ? options + [Options.version.declaration] : options
  }

  private static func item(_ option: OptionDeclaration) -> [String] {
    [".TP", "\\fB\(text(option.usage))\\fR", text(option.explanation)]
  }

  private static let environment = [
    ("NO_COLOR", "When not empty, no colours unless asked for with --color."),
    ("CLICOLOR_FORCE", "When neither empty nor 0, colours even if standard output is no terminal."),
    ("TERM", "The terminal type dumb means no colours."),
    ("COLUMNS", "The width of a terminal that does not tell its own."),
  ].flatMap { [".TP", ".B \($0.0)", text($0.1)] }

  private func withoutFullStop(_ text: String) -> String {
    text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// Text that roff takes literally: backslashes and dashes escaped, no line that starts like a request.
  static func text(_ text: String) -> String {
    let escaped = text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "~": result += "\\(ti"
      default: result.append(character)
      }
    }
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }
}
