import Reports
import Support
import Testing

@testable import Commands

@Suite struct ArgumentHelpTests {
  private func help(_ path: [String], width: Int = 80) throws -> String {
    let document = try #require(HelpPage(catalog: .tributary).document(on: path))
    return Painter.text(document, width: width, palette: .plain)
  }

  @Test func `shows the program on one page`() throws {
    try expectSnapshot(help([]), "help.txt")
  }

  @Test func `shows a command with operands, options and examples`() throws {
    try expectSnapshot(help(["explain"]), "help-explain.txt")
  }

  @Test func `shows the commands of a group`() throws {
    try expectSnapshot(help(["policy"]), "help-policy.txt")
  }

  @Test(arguments: CommandID.allCases, [20, 40, 72, 100])
  func `wraps every page to the width, and leaves examples whole`(id: CommandID, width: Int) throws {
    let command = try #require(Catalog.tributary.command(at: id.path))
    var examples = Set(command.examples.map(\.line))
    for line in try help(command.path, width: width).split(separator: "\n") {
      if let example = examples.first(where: line.hasSuffix) {
        examples.remove(example)
      } else {
        #expect(DisplayWidth.of(String(line)) <= width, "\(line)")
      }
    }
    #expect(examples.isEmpty)
  }

  @Test(arguments: CommandID.allCases)
  func `names every option and example`(id: CommandID) throws {
    let command = try #require(Catalog.tributary.command(at: id.path))
    let text = try help(command.path, width: 200)
    for option in command.options { #expect(text.contains(option.usage)) }
    for example in command.examples { #expect(text.contains(example.line)) }
  }

  @Test func `lists no hidden commands but explains them`() throws {
    #expect(try !help([]).contains("benchmark"))
    #expect(try help(["benchmark"]).contains("Usage"))
  }

  @Test func `words every problem with its place, what was expected and where to read on`() {
    let problems: [UsageProblem] = [
      UsageProblem(.missingCommand),
      UsageProblem(.unknownCommand("stauts", suggestions: ["status"])),
      UsageProblem(.unknownOption("--polices", suggestions: ["--policies", "--page"]), in: ["backlog"]),
      UsageProblem(.missingValue(Options.window.declaration), in: ["health"]),
      UsageProblem(.unexpectedValue(Options.quiet.declaration, "yes"), in: ["backlog"]),
      UsageProblem(
        .unacceptable("2w", for: "--window", expected: "a duration", suggestions: []), in: ["policy", "show"]),
      UsageProblem(.missingOperand(Operands.id), in: ["explain"]),
      UsageProblem(.surplusOperand("\u{1B}[2J"), in: ["demo"]),
      UsageProblem(.exclusive("--mine", "ID"), in: ["status"]),
    ]
    let lines = problems.flatMap { $0.lines(program: "tributary").map(\.plain) }
    #expect(
      lines.joined(separator: "\n") == """
        tributary: which command?
        Try 'tributary help'.
        tributary: there is no command 'stauts'
        Did you mean status?
        Try 'tributary help'.
        tributary backlog: unknown option --polices
        Did you mean --policies or --page?
        Try 'tributary help backlog'.
        tributary health: --window needs a value, DURATION
        Try 'tributary help health'.
        tributary backlog: --quiet takes no value, but got 'yes'
        Try 'tributary help backlog'.
        tributary policy show: --window: '2w' is not a duration
        Try 'tributary help policy show'.
        tributary explain: ID is missing: A contribution, such as pr/76, mr/45 or commit/1a2b3c4d5e6f.
        Try 'tributary help explain'.
        tributary demo: '\\x1B[2J' is one word too many
        Try 'tributary help demo'.
        tributary status: --mine and ID exclude each other
        Try 'tributary help status'.
        """)
  }
}
