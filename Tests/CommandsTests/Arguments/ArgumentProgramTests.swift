import Commands
import Facts
import Testing

@Suite struct ArgumentProgramTests {
  private struct Refused: Error, CustomStringConvertible {
    var description: String { "no such contribution: pr/76\u{1B}[2J" }
  }

  @Test func `runs the body of the command with its arguments and the world`() {
    let recorded = RecordedWorld()
    let ending = recorded.run(
      "backlog", "--jobs", "3",
      bodies: [
        .backlog: { arguments, world in
          try world.output(Array("\(arguments[Options.jobs] ?? 0) at \(world.now.seconds)\n".utf8))
          return .notMet
        }
      ])
    #expect(ending == .notMet)
    #expect(recorded.output == "3 at 1772323200\n")
    #expect(recorded.complaints == [])
  }

  @Test func `ends with 64 and says why when the command line makes no sense`() {
    let recorded = RecordedWorld()
    #expect(recorded.run("backlog", "--polices", "x") == .misused)
    #expect(recorded.output == "")
    #expect(
      recorded.complaints == [
        "tributary backlog: unknown option --polices", "Did you mean --policies?",
        "Try 'tributary help backlog'.",
      ])
  }

  @Test func `ends with 2 and the words of the error, made safe, when a body fails`() {
    let recorded = RecordedWorld()
    #expect(recorded.run("explain", "pr/76", bodies: [.explain: { _, _ in throw Refused() }]) == .failed)
    #expect(recorded.complaints == ["tributary: no such contribution: pr/76\\x1B[2J"])
  }

  @Test func `ends with 2 for input that cannot be read and 74 for output that cannot be written`() {
    let recorded = RecordedWorld()
    let reading: Program.Body = { _, world in
      _ = try world.readFile("gone")
      return .met
    }
    #expect(recorded.run("demo", bodies: [.demo: reading]) == .failed)
    #expect(recorded.complaints == ["tributary: cannot read gone: No such file or directory"])
    recorded.outputFailure = FileFailure(.write, "standard output", .system(28))
    #expect(recorded.run("help") == .unwritable)
    #expect(recorded.complaints.last == "tributary: cannot write standard output: No space left on device")
  }

  @Test(arguments: [Ending.met, .notMet, .incomplete])
  func `keeps the judgement when the reader of the output has gone`(judged: Ending) {
    let recorded = RecordedWorld()
    recorded.outputFailure = FileFailure(.write, "standard output", .system(32))
    #expect(recorded.run("demo", bodies: [.demo: { _, _ in judged }]) == judged)
    #expect(recorded.complaints == [])
  }

  @Test func `ends quietly when the reader goes while output is being written`() {
    let recorded = RecordedWorld()
    let writing: Program.Body = { _, _ in throw FileFailure(.write, "standard output", .system(32)) }
    #expect(recorded.run("demo", bodies: [.demo: writing]) == .met)
    #expect(recorded.complaints == [])
  }

  @Test func `says that a declared command is not part of the build`() {
    let recorded = RecordedWorld()
    #expect(recorded.run("backlog") == .failed)
    #expect(recorded.complaints == ["tributary: 'backlog' is not part of this build"])
    #expect(
      Program(bodies: [:]).missing == CommandID.allCases.filter { ![.completions, .man, .help].contains($0) })
  }

  @Test func `shows version and help on standard output`() {
    let recorded = RecordedWorld()
    #expect(recorded.run("--version") == .met)
    #expect(recorded.output == "tributary \(Catalog.tributary.version)\n")
    #expect(recorded.run("help", "policy", "check") == .met)
    #expect(recorded.output.contains("tributary policy check [OPTION...] [PATH...]"))
    #expect(recorded.run("help", "bogus") == .misused)
    #expect(recorded.run("completions", "bash") == .met)
    #expect(recorded.run("man") == .met)
  }

  @Test(
    arguments: [
      (nil, [:], true, true), (nil, [:], false, false), (nil, ["NO_COLOR": "1"], true, false),
      (nil, ["NO_COLOR": ""], true, true), (nil, ["TERM": "dumb"], true, false),
      (nil, ["CLICOLOR": "0"], true, false),
      (nil, ["CLICOLOR_FORCE": "1"], false, true), (nil, ["CLICOLOR_FORCE": "0"], false, false),
      (nil, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], true, false),
      ("always", ["NO_COLOR": "1"], false, true),
      ("never", ["CLICOLOR_FORCE": "1"], true, false), ("auto", [:], true, true),
    ] as [(String?, [String: String], Bool, Bool)])
  func `uses colours as asked, then as the environment says, then on terminals`(
    choice: String?, variables: [String: String], isTerminal: Bool, expected: Bool
  ) {
    let recorded = RecordedWorld()
    recorded.variables = variables
    recorded.outputTerminal = Terminal(isTerminal: isTerminal, columns: 80)
    let arguments = ["help"] + (choice.map { ["--color", $0] } ?? [])
    #expect(Program(bodies: [:]).run(arguments: arguments, world: recorded.world) == .met)
    #expect(recorded.output.contains("\u{1B}[") == expected)
  }
}
