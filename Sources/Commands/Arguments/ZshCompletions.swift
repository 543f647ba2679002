/// A completion function for zsh, to be found through `fpath` as `_tributary`.
struct ZshCompletions {
  let catalog: Catalog

  var script: String {
    """
    #compdef \(catalog.program)
    # zsh completion for \(catalog.program); put it into a directory of fpath as _\(catalog.program)
    _\(catalog.program)() {
      local context state state_descr line
      typeset -A opt_args
      local -a commands
      commands=(
    \(descriptions(catalog.firstWords.map { ($0, summary(ofFirstWord: $0)) }))
      )
      _arguments -C '(- *)'{-h,--help}'[Show help and do nothing else.]' \\
        '(- *)'{-V,--version}'[Show the version and do nothing else.]' \\
        '1: :->command' '*:: :->rest' && return 0
      case $state in
        command) _describe -t commands 'command' commands ;;
        rest)
          case $line[1] in
    \(cases)
          esac ;;
      esac
    }
    if [[ $funcstack[1] == _\(catalog.program) ]]; then _\(catalog.program) "$@"; else compdef _\(catalog.program) \(catalog.program); fi

    """
  }

  private var cases: String {
    let single = catalog.listed.filter { $0.path.count == 1 && catalog.group(of: $0) == nil }
      .map { branch($0.path[0], $0, indent: 8) }
    return (single + catalog.groups.map(groupBranch)).joined(separator: "\n")
  }

  private func groupBranch(_ group: GroupDeclaration) -> String {
    let members = catalog.members(of: group)
    if let own = catalog.command(at: [group.name]) { return mixedBranch(group, own, members) }
    return """
              \(group.name))
                local -a members
                members=(
      \(descriptions(members.map { ($0.path[1], $0.summary) }))
                )
                _arguments -C '1: :->member' '*:: :->details' && return 0
                case $state in
                  member) _describe -t commands '\(group.name) command' members ;;
                  details)
                    case $line[1] in
      \(members.map { branch($0.path[1], $0, indent: 14) }.joined(separator: "\n"))
                    esac ;;
                esac ;;
      """
  }

  /// Of a word that is a command of its own as well: a member, or what the command takes.
  private func mixedBranch(
    _ group: GroupDeclaration, _ own: CommandDeclaration, _ members: [CommandDeclaration]
  ) -> String {
    """
            \(group.name))
              local -a members
              members=(
    \(descriptions(members.map { ($0.path[1], $0.summary) }))
              )
              case $words[2] in
                \(members.map { $0.path[1] }.joined(separator: "|"))) (( CURRENT > 2 )) && shift words && (( CURRENT-- )) ;;
              esac
              (( CURRENT == 2 )) && [[ $words[1] == \(group.name) ]] && _describe -t commands '\(group.name) command' members
              case $words[1] in
    \((members.map { branch($0.path[1], $0, indent: 12) } + [branch("*", own, indent: 12)]).joined(separator: "\n"))
              esac ;;
    """
  }

  private func branch(_ word: String, _ command: CommandDeclaration, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    let specs =
      command.options.map(Self.spec) + command.operands.enumerated().map { spec($1, at: $0 + 1, of: command) }
    let lines = specs.map { "\(margin)    \($0)" }.joined(separator: " \\\n")
    return "\(margin)\(word))\n\(margin)  _arguments -s -S \\\n\(lines) ;;"
  }

  /// `'*--jobs=[summary]:N:'`, with both spellings where there is a short one.
  private static func spec(_ option: OptionDeclaration) -> String {
    let text =
      "[\(escaped(option.summary))]"
      + (option.kind.map { ":\(escaped(option.placeholder)):\(action($0))" } ?? "")
    let equals = option.kind == nil ? "" : "="
    let plus = option.kind == nil ? "" : "+"
    guard let short = option.short else { return "'*\(option.spelling)\(equals)'\(text.shellQuoted)" }
    return "'*'{-\(short)\(plus),\(option.spelling)\(equals)}\(text.shellQuoted)"
  }

  private func spec(_ operand: Operand, at position: Int, of command: CommandDeclaration) -> String {
    let action =
      command.id == .help ? "(\(catalog.firstWords.joined(separator: " ")))" : Self.action(operand.kind)
    let place =
      switch operand.count {
      case .one: "\(position):"
      case .optional: "\(position)::"
      case .many: "*:"
      }
    return "\(place)\(Self.escaped(operand.name)):\(action)".shellQuoted
  }

  private static func action(_ kind: ValueKind) -> String {
    switch kind {
    case .file: "_files"
    case .directory: "_files -/"
    case .choice(let words): "(\(words.joined(separator: " ")))"
    case .time: "(now)"
    case .span: "(28d 90d 180d 365d all)"
    case .integer, .timeZone, .text: " "
    }
  }

  private func summary(ofFirstWord word: String) -> String {
    catalog.command(at: [word])?.summary ?? catalog.group(at: [word])?.summary ?? ""
  }

  private func descriptions(_ words: [(String, String)]) -> String {
    words.map { "    " + "\($0.0):\($0.1)".shellQuoted }.joined(separator: "\n")
  }

  /// Brackets and colons have a meaning in a specification.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "[]:\\".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
