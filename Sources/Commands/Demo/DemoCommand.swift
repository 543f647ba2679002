internal import Facts
internal import Glibc
internal import Reports

/// `demo`: builds the sample repository and shows it, as of the end of its story.
enum DemoCommand {
  /// Where the sample goes without a word about it.
  static let defaultDirectory = "tributary-demo"
  /// The end of the story as it is typed.
  static let asOf = "\(DemoCalendar.end.utcDate)"

  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let directory = arguments[Operands.demoDirectory].first ?? defaultDirectory
    try refuseOccupied(directory, world)
    let path = (directory.hasSuffix("/") ? directory : directory + "/") + "platform.git"
    try world.createDirectory(directory)
    let sample = try build(at: path, world)
    let commands = DemoCommands(sample: sample, path: path)
    try arguments.write(DemoText.introduction(path), to: world)
    for (words, body) in [(commands.backlog, BacklogCommand.run), (commands.health, HealthCommand.run)] {
      try arguments.write(DemoText.prompt(words), unwrappedTo: world)
      try show(words, body, like: arguments, world)
    }
    try arguments.write(DemoText.next, to: world)
    for suggestion in commands.suggestions {
      try arguments.write(DemoText.purpose(suggestion), to: world)
      try arguments.write(DemoText.line(suggestion), unwrappedTo: world)
    }
    return .met
  }

  /// Runs one command as if the user had typed it, with the colours and the width asked for here.
  private static func show(
    _ words: [String], _ body: Program.Body, like arguments: Arguments, _ world: World
  ) throws {
    var words = words
    if let color = arguments[Options.color] { words.append("--color=\(color.rawValue)") }
    if let width = arguments[Options.width] { words.append("--width=\(width)") }
    guard case .run(let invocation) = try ArgumentParser(catalog: .tributary).parse(words) else { return }
    _ = try body(invocation.arguments, world)
  }

  /// Nothing that is there already is ever mixed with the sample.
  private static func refuseOccupied(_ directory: String, _ world: World) throws {
    do {
      guard let first = try world.listDirectory(directory).first else { return }
      throw CommandFailure.other(
        """
        \(directory) is not empty (it holds \(first.name)); name a directory that is empty or not there yet, \
        such as `tributary demo \(DemoText.quoted(directory + "-2"))`
        """)
    } catch let failure as FileFailure {
      switch failure.cause {
      case .system(ENOENT): return
      case .system(ENOTDIR):
        throw CommandFailure.other(
          "\(directory) is no directory; name one that is empty or not there yet")
      default: throw failure
      }
    }
  }

  private static func build(at path: String, _ world: World) throws -> DemoRepository {
    do {
      return try DemoRepository.build(at: path)
    } catch {
      // What cannot be listed is not there.
      let isLeft = (try? world.listDirectory(path)) != nil
      let advice =
        isLeft
        ? "\(path) may hold a part of it: remove that, or name another directory" : "nothing of it is left"
      throw CommandFailure.other("the sample could not be built: \(error); \(advice)")
    }
  }
}

extension Arguments {
  /// Writes a document whose lines are meant to be copied: however long, they stay whole.
  fileprivate func write(_ document: TextDocument, unwrappedTo world: World) throws(FileFailure) {
    let text = Painter.text(document, width: 4_096, palette: palette(in: world))
    try world.output(Array(text.utf8))
  }
}
