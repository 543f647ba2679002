/// Completions for fish.
struct FishCompletions {
  let catalog: Catalog

  var script: String {
    let head = [
      "# fish completion for \(catalog.program); put it into ~/.config/fish/completions/\(catalog.program).fish",
      "complete -c \(catalog.program) -f",
      line("__fish_use_subcommand", "-s V -l version", Options.version.declaration.summary),
      line("__fish_use_subcommand", "-s h -l help", Options.help.declaration.summary),
    ]
    let words = catalog.firstWords.map { word in
      let summary = catalog.command(at: [word])?.summary ?? catalog.group(at: [word])?.summary ?? ""
      return line("__fish_use_subcommand", "-a \(word)", summary)
    }
    let members = catalog.groups.flatMap { group in
      catalog.members(of: group).map { member in
        line("\(seen(group.name)); and not \(seen(names(of: group)))", "-a \(member.path[1])", member.summary)
      }
    }
    return (head + words + members + catalog.listed.flatMap(lines)).joined(separator: "\n") + "\n"
  }

  private func names(of group: GroupDeclaration) -> String {
    catalog.members(of: group).map { $0.path[1] }.joined(separator: " ")
  }

  private func lines(_ command: CommandDeclaration) -> [String] {
    let alone = catalog.group(of: command).map { "; and not \(seen(names(of: $0)))" } ?? ""
    let condition = command.path.map(seen).joined(separator: "; and ") + alone
    let options = command.options.map { option in
      let short = option.short.map { "-s \($0) " } ?? ""
      let value = option.kind.map { " \(Self.candidates(of: $0))" } ?? ""
      return line(condition, "\(short)-l \(option.name)\(value)", option.summary)
    }
    return options + operandLines(command, condition)
  }

  private func operandLines(_ command: CommandDeclaration, _ condition: String) -> [String] {
    guard let operand = command.operands.last else { return [] }
    if command.id == .help {
      return [line(condition, "-a \(catalog.firstWords.joined(separator: " ").shellQuoted)", operand.summary)]
    }
    switch operand.kind {
    case .file: return [line(condition, "-F", operand.summary)]
    case .directory: return [line(condition, "-a '(__fish_complete_directories)'", operand.summary)]
    case .choice(let words):
      return [line(condition, "-a \(words.joined(separator: " ").shellQuoted)", operand.summary)]
    case .time, .span, .integer, .timeZone, .text: return []
    }
  }

  private func seen(_ words: String) -> String { "__fish_seen_subcommand_from \(words)" }

  private func line(_ condition: String, _ what: String, _ summary: String) -> String {
    "complete -c \(catalog.program) -n \(condition.shellQuoted) \(what) -d \(Self.quoted(summary))"
  }

  /// Fish has its own escapes within single quotes.
  private static func quoted(_ text: String) -> String {
    "'"
      + text.reduce(into: "") { result, character in
        if character == "'" || character == "\\" { result.append("\\") }
        result.append(character)
      } + "'"
  }

  /// What may follow an option: `-r` lets file names in, `-x` only what is listed.
  private static func candidates(of kind: ValueKind) -> String {
    switch kind {
    case .file: "-r -F"
    case .directory: "-x -a '(__fish_complete_directories)'"
    case .choice(let words): "-x -a \(words.joined(separator: " ").shellQuoted)"
    case .time: "-x -a now"
    case .span: "-x -a '28d 90d 180d 365d all'"
    case .integer, .timeZone, .text: "-x"
    }
  }
}
