internal import Git
internal import Reports
internal import Rules

/// The whole program: a catalog of commands and what each of them does.
public struct Program {
  /// Does what a command line asks for.
  public typealias Body = (Arguments, World) throws -> Ending

  private let catalog: Catalog
  private let bodies: [CommandID: Body]

  /// `bodies` need not name help, completions and manual, which need nothing but the catalog.
  public init(catalog: Catalog = .tributary, bodies: [CommandID: Body]) {
    self.catalog = catalog
    self.bodies = bodies.merging(Self.own(catalog)) { given, _ in given }
  }

  /// Commands that nothing is known to do for.
  public var missing: [CommandID] { CommandID.allCases.filter { bodies[$0] == nil } }

  /// Runs one command line (without the program's name) to its end; errors are told here and nowhere else.
  public func run(arguments: [String], world: World) -> Ending {
    do {
      let ending = try start(arguments, world)
      return try finish(ending, world)
    } catch let problem as UsageProblem {
      complain(problem.lines(program: catalog.program), world)
      return .misused
    } catch let failure as FileFailure {
      // A reader such as `head` that has seen enough is no failure.
      if failure.isBrokenPipe { return .met }
      complain(["\(catalog.program, .label): \(failure.description)"], world)
      return failure.ending
    } catch let failure as CommandFailure {
      flushBeforeComplaint(world)
      // Only what we broke into lines ourselves stays so; a line break in foreign text is escaped.
      let lines = failure.lines.map { StyledText($0) }
      complain([StyledText("\(catalog.program, .label): ") + (lines.first ?? "")] + lines.dropFirst(), world)
      return failure.ending
    } catch {
      flushBeforeComplaint(world)
      complain(["\(catalog.program, .label): \(String(describing: error))"], world)
      return .failed
    }
  }

  private func start(_ arguments: [String], _ world: World) throws -> Ending {
    switch try ArgumentParser(catalog: catalog).parse(arguments) {
    case .version(let isVerbose):
      try world.output(Array("\(catalog.program) \(catalog.version)\n".utf8))
      if isVerbose { try world.output(Array(foundations(world).utf8)) }
      return .met
    case .help(let path): return try Self.showHelp(path, Arguments(), catalog, world)
    case .run(let invocation):
      guard let body = bodies[invocation.command] else { throw NotInThisBuild(command: invocation.command) }
      return try body(invocation.arguments, world)
    }
  }

  /// The versions of the library that reads repositories and of the time zone data, which other machines may not have.
  private func foundations(_ world: World) -> String {
    let zones = world.timeZones([])
    return "libgit2 \(LibraryVersion.libgit2)\ntime zones \(zones.version) (\(zones.source))\n"
  }

  /// The ending, once all output is out; a reader who left early does not turn a failed judgement into a pass.
  private func finish(_ ending: Ending, _ world: World) throws(FileFailure) -> Ending {
    do throws(FileFailure) {
      try world.finishOutput()
    } catch {
      guard error.isBrokenPipe else { throw error }
    }
    return ending
  }

  /// What was found before a failure is still worth having; that it cannot be written as well is not news.
  private func flushBeforeComplaint(_ world: World) { try? world.finishOutput() }

  private func complain(_ lines: [StyledText], _ world: World) {
    let palette = ColorChoice.auto.palette(for: world.complaintTerminal, environment: world.environment)
    for line in lines { world.complaint(Painter.text(line, palette: palette)) }
  }

  // MARK: Commands that need nothing but the catalog

  private static func own(_ catalog: Catalog) -> [CommandID: Body] {
    [
      .help: { arguments, world in try showHelp(arguments[Operands.topic], arguments, catalog, world) },
      .completions: { arguments, world in
        for shell in arguments[Operands.shell].compactMap(Shell.init(rawValue:)) {
          try world.output(Array(Completions(catalog: catalog).script(for: shell).utf8))
        }
        return .met
      },
      .man: { _, world in
        try world.output(Array(ManualPage(catalog: catalog).source.utf8))
        return .met
      },
    ]
  }

  private static func showHelp(
    _ path: [String], _ arguments: Arguments, _ catalog: Catalog, _ world: World
  ) throws -> Ending {
    guard let document = HelpPage(catalog: catalog).document(on: path) else {
      let suggestions = ArgumentParser(catalog: catalog).suggestions(for: path)
      throw UsageProblem(.unknownCommand(path.joined(separator: " "), suggestions: suggestions))
    }
    // Lines of prose wider than this are hard to read.
    let width = arguments[Options.width] ?? min(world.outputTerminal.columns, 100)
    let text = Painter.text(document, width: width, palette: arguments.palette(in: world))
    try world.output(Array(text.utf8))
    return .met
  }
}

/// A declared command that this build of the program cannot do.
struct NotInThisBuild: Error, CustomStringConvertible {
  let command: CommandID

  var description: String { "'\(command.rawValue)' is not part of this build" }
}
