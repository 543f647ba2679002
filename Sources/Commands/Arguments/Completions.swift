/// Completion scripts for shells, made from the declarations.
///
/// The scripts are complete in themselves: completing never runs the program, so it is fast and works in any
/// directory.
struct Completions {
  let catalog: Catalog

  func script(for shell: Shell) -> String {
    switch shell {
    case .bash: BashCompletions(catalog: catalog).script
    case .zsh: ZshCompletions(catalog: catalog).script
    case .fish: FishCompletions(catalog: catalog).script
    }
  }
}

extension Catalog {
  /// Options that take a value, each spelling once, sorted; a name means the same in all commands.
  var valuedSpellings: [String] {
    let options = listed.flatMap(\.options).filter { $0.kind != nil }
    return Set(options.flatMap(\.spellings)).sorted()
  }
}

extension OptionDeclaration {
  /// Long and short spelling.
  var spellings: [String] { [spelling] + (short.map { ["-\($0)"] } ?? []) }
}

extension String {
  /// The text in single quotes, as every shell here reads them.
  ///
  /// By code points: to `Character` an apostrophe with an accent upon it is no apostrophe, to a shell it is.
  var shellQuoted: String {
    "'" + unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
