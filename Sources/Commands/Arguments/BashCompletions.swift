/// A completion function for bash 4 and later, without the help of the bash-completion package.
struct BashCompletions {
  let catalog: Catalog

  var script: String {
    """
    # bash completion for \(catalog.program); load with: source <(\(catalog.program) completions bash)
    _\(catalog.program)() {
      local current=${COMP_WORDS[COMP_CWORD]} previous= command= index=1 word
      local words=() kind=
      # Bash takes --option=value apart at the equals sign.
      if [[ $current == "=" ]]; then
        previous=${COMP_WORDS[COMP_CWORD-1]} current=
      elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD-1]} == "=" ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
      else
        previous=${COMP_WORDS[COMP_CWORD-1]}
      fi
      while ((index < COMP_CWORD)); do
        word=${COMP_WORDS[index]}
        case $word in
          \(catalog.valuedSpellings.joined(separator: "|")))
            [[ ${COMP_WORDS[index+1]} == "=" ]] && ((index++))
            ((index++)) ;;
          -*) ;;
          *)
            case "$command" in
              \(groupPatterns)
              "") command=$word ;;
            esac ;;
        esac
        ((index++))
      done
      case "$command:$previous" in
    \(valueCases)
      esac
      if [[ -z $kind && ${#words[@]} -eq 0 ]]; then
        case "$command" in
    \(commandCases)
        esac
      fi
      COMPREPLY=()
      local IFS=$'\\n'
      case $kind in
        directory) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -W "${words[*]}" -d -- "$current")) ;;
        file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current")) ;;
        *)
          for word in "${words[@]}"; do
            [[ $word == "$current"* ]] && COMPREPLY+=("$word")
          done ;;
      esac
    }
    complete -F _\(catalog.program) \(catalog.program)

    """
  }

  /// Words after which a second word belongs to the command; after one that is a command too, only a member does.
  private var groupPatterns: String {
    let pure = catalog.groups.filter { !catalog.isCommand($0) }.map(\.name).joined(separator: "|")
    let mixed = catalog.groups.filter(catalog.isCommand).map { group in
      let members = catalog.members(of: group).map { $0.path[1] }.joined(separator: "|")
      return "              \(group.name)) [[ $word =~ ^(\(members))$ ]] && command+=\" $word\" ;;"
    }
    return (["\(pure)) command+=\" $word\" ;;"] + mixed).joined(separator: "\n")
  }

  /// One case for each option of each command that takes a value.
  private var valueCases: String {
    catalog.listed.flatMap { command in
      command.options.filter { $0.kind != nil }.map { option in
        let patterns = option.spellings.map { "\"\(command.id.rawValue):\($0)\"" }.joined(separator: "|")
        return "    \(patterns)) \(Self.reaction(to: option.kind)) ;;"
      }
    }.joined(separator: "\n")
  }

  /// What stands where no value of an option is wanted.
  private var commandCases: String {
    var cases = [
      "      \"\") words=(\((catalog.firstWords + ["--help", "--version"]).joined(separator: " "))) ;;"
    ]
    for group in catalog.groups where !catalog.isCommand(group) {
      let words = catalog.members(of: group).map { $0.path[1] } + ["--help"]
      cases.append("      \(group.name)) words=(\(words.joined(separator: " "))) ;;")
    }
    for command in catalog.listed {
      let options = command.options.map(\.spelling).joined(separator: " ")
      let members = catalog.group(of: command).map(catalog.members)?.map { $0.path[1] }
      let operand =
        command.id == .help
        ? "words=(\(catalog.firstWords.joined(separator: " ")))"
        : (members.map { "words=(\($0.joined(separator: " "))); " } ?? "")
          + Self.reaction(to: command.operands.last?.kind)
      cases.append(
        "      \"\(command.id.rawValue)\") if [[ $current == -* ]]; then words=(\(options)); else \(operand); fi ;;"
      )
    }
    return cases.joined(separator: "\n")
  }

  private static func reaction(to kind: ValueKind?) -> String {
    switch kind {
    case .file: "kind=file"
    case .directory: "kind=directory"
    case .choice(let words): "words=(\(words.joined(separator: " ")))"
    case .time: "words=(now)"
    case .span: "words=(28d 90d 180d 365d all)"
    case .integer, .timeZone, .text, nil: "kind=none"
    }
  }
}
