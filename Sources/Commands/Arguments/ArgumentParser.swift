/// Takes a command line apart by the declarations of a catalog, in the way of GNU and POSIX.
struct ArgumentParser {
  /// What a command line asks for.
  enum Request: Hashable {
    case run(Invocation)
    /// Help on a command, a group, or (without words) the program.
    case help([String])
    /// With the versions of what the program stands on, when more was asked for.
    case version(isVerbose: Bool)
  }

  let catalog: Catalog

  func parse(_ arguments: [String]) throws(UsageProblem) -> Request {
    let (path, words) = splitCommand(arguments)
    guard let command = catalog.command(at: path) else { return try parseWithoutCommand(path, words) }
    do throws(UsageProblem) {
      let arguments = try parse(words, for: command)
      if arguments[Options.help] { return .help(path) }
      if arguments[Options.version] { return .version(isVerbose: arguments[Options.verbose]) }
      return .run(Invocation(command.id, arguments))
    } catch {
      // Whoever asks for help gets it, whatever else is wrong.
      if Self.asksForHelp(words) { return .help(path) }
      throw error
    }
  }

  // MARK: Which command

  /// The leading words that name a command, and everything else in its order.
  ///
  /// Options may stand before the command. To step over their values it must be known which options take one;
  /// a name means the same in all commands.
  private func splitCommand(_ arguments: [String]) -> (path: [String], rest: [String]) {
    var path: [String] = []
    var rest: [String] = []
    var words = arguments[...]
    while let word = words.first, word != "--", !isComplete(path) {
      if word.hasPrefix("-") && word != "-" {
        words.removeFirst()
        rest.append(word)
        if takesNextWord(word), let value = words.popFirst() { rest.append(value) }
      } else if continues(path, word) {
        words.removeFirst()
        path.append(word)
      } else {
        break
      }
    }
    return (path, rest + words)
  }

  /// Whether no further word can belong to the name of the command.
  private func isComplete(_ path: [String]) -> Bool { !path.isEmpty && catalog.group(at: path) == nil }

  /// Whether a word belongs to the name; after a group that is a command too, only a member of the group does.
  private func continues(_ path: [String], _ word: String) -> Bool {
    path.isEmpty || catalog.command(at: path) == nil || catalog.command(at: path + [word]) != nil
  }

  private func takesNextWord(_ word: String) -> Bool {
    let options = catalog.commands.flatMap(\.options)
    if word.hasPrefix("--") { return options.first { $0.spelling == word }?.kind != nil }
    for (offset, letter) in word.dropFirst().enumerated() {
      guard let option = options.first(where: { $0.short == letter }) else { return false }
      if option.kind != nil { return offset == word.count - 2 }
    }
    return false
  }

  private func parseWithoutCommand(_ path: [String], _ rest: [String]) throws(UsageProblem) -> Request {
    let known = path.isEmpty || catalog.group(at: path) != nil
    guard known else {
      throw UsageProblem(
        .unknownCommand(path.joined(separator: " "), suggestions: suggestions(for: path)),
        in: Array(path.dropLast()))
    }
    if Self.asksForHelp(rest) { return .help(path) }
    if rest.contains(where: {
      $0 == Options.version.declaration.spelling || $0 == "-V" || $0 == "-vV" || $0 == "-Vv"
    }) {
      return .version(
        isVerbose: rest.contains { ["-v", "-vV", "-Vv", Options.verbose.declaration.spelling].contains($0) })
    }
    if let option = rest.first, option.hasPrefix("-"), option != "--", !takesNextWord(option) {
      let known = [Options.help.declaration.spelling, Options.version.declaration.spelling]
      throw UsageProblem(
        .unknownOption(option, suggestions: Suggestion.nearest(to: option, among: known)), in: path)
    }
    throw UsageProblem(.missingCommand, in: path)
  }

  /// Commands that were probably meant, as they would be typed.
  func suggestions(for path: [String]) -> [String] {
    guard let word = path.last else { return [] }
    if path.count == 2, let group = catalog.group(at: [path[0]]) {
      return Suggestion.nearest(to: word, among: catalog.members(of: group).map { $0.path[1] })
    }
    let members = catalog.listed.filter { $0.path.count == 2 && $0.path[1] == word }
    if !members.isEmpty { return members.map(\.id.rawValue) }
    return Suggestion.nearest(to: word, among: catalog.firstWords)
  }

  static func asksForHelp(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains { $0 == Options.help.declaration.spelling || $0 == "-h" }
  }

  // MARK: What was said to it

  private func parse(_ words: [String], for command: CommandDeclaration) throws(UsageProblem) -> Arguments {
    var reading = ArgumentReading(command)
    var words = words[...]
    while let word = words.popFirst() {
      if word == "--" {
        reading.operands += words
        break
      } else if word.hasPrefix("--") {
        try reading.readLong(word.dropFirst(2), &words)
      } else if word.hasPrefix("-") && word != "-" {
        try reading.readShort(word.dropFirst(), &words)
      } else {
        reading.operands.append(word)
      }
    }
    return try reading.finished()
  }
}
