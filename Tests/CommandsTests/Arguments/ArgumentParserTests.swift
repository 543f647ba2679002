import Facts
import Testing

@testable import Commands

@Suite struct ArgumentParserTests {
  private func parse(_ line: String) throws(UsageProblem) -> ArgumentParser.Request {
    try ArgumentParser(catalog: .tributary).parse(line.split(separator: " ").map(String.init))
  }

  private func arguments(_ line: String) throws -> Arguments {
    guard case .run(let invocation) = try parse(line) else {
      Issue.record("\(line) does not run a command")
      return Arguments()
    }
    return invocation.arguments
  }

  private func problem(_ line: String) -> UsageProblem.Kind? {
    do {
      let request = try parse(line)
      Issue.record("\(line) is accepted as \(request)")
      return nil
    } catch {
      return error.kind
    }
  }

  // MARK: Options

  @Test(arguments: [
    "backlog --format=json", "backlog --format json", "--format json backlog", "--format=json backlog",
    "backlog --format text --format json", "backlog . --format json", "backlog --format json -- .",
  ])
  func `takes the value of an option after a space or an equals sign, anywhere`(line: String) throws {
    #expect(try arguments(line)[Options.format] == .json)
  }

  @Test func `reads bundled short flags and attached values`() throws {
    #expect(try arguments("backlog -qj4")[Options.quiet])
    #expect(try arguments("backlog -qj4")[Options.jobs] == 4)
    #expect(try arguments("backlog -j 8")[Options.jobs] == 8)
    #expect(try arguments("backlog -C/tmp -C /var").all(Options.repository) == ["/tmp", "/var"])
    #expect(try arguments("-q -C one backlog two").repositories == ["two", "one"])
  }

  @Test func `keeps every value of an option that may be repeated, in order`() throws {
    let read = try arguments("backlog --component net --turn author --component docs --turn=landing")
    #expect(read.all(Options.component) == ["net", "docs"])
    #expect(read.all(Options.turn) == [.author, .landing])
    #expect(read.all(Options.team) == [])
  }

  @Test func `takes a value that looks like an option or is empty after an equals sign`() throws {
    #expect(try arguments("status --author -h")[Options.author] == "-h" as String?)
    #expect(try arguments("backlog --component --team")[Options.component] == "--team")
    #expect(try arguments("backlog --component=a=b")[Options.component] == "a=b")
    #expect(
      problem("backlog --component=")
        == .unacceptable("", for: "--component", expected: "some text", suggestions: []))
  }

  @Test func `reports whether a flag was given`() throws {
    #expect(try arguments("status --mine")[Options.mine])
    #expect(try !arguments("status")[Options.mine])
  }

  // MARK: Operands

  @Test func `ends options at two dashes and takes one dash as an operand`() throws {
    #expect(try arguments("backlog -- --format -q")[Operands.repositories] == ["--format", "-q"])
    #expect(try arguments("backlog - x")[Operands.repositories] == ["-", "x"])
  }

  @Test func `gives the first word to the operand that needs one`() throws {
    let read = try arguments("explain pr/76 a b")
    #expect(read[Operands.id] == ["pr/76"])
    #expect(read.repositories == ["a", "b"])
    #expect(problem("explain") == .missingOperand(Operands.id))
  }

  @Test func `refuses words that no operand takes`() {
    #expect(problem("demo a b") == .surplusOperand("b"))
    #expect(problem("man now") == .surplusOperand("now"))
  }

  @Test func `checks operands like values`() {
    #expect(
      problem("completions zhs")
        == .unacceptable("zhs", for: "SHELL", expected: "one of bash, zsh, fish", suggestions: ["zsh"]))
  }

  // MARK: Commands

  @Test(arguments: CommandID.allCases)
  func `finds every command by its words`(id: CommandID) throws {
    let operand =
      [
        .explain: " pr/1", .completions: " bash", .importReviews: " github", .hookInstall: " post-receive",
        .reviewShow: " pr/1", .reviewComment: " pr/1", .reviewApprove: " pr/1", .reviewReject: " pr/1",
        .reviewWithdraw: " pr/1", .delegateRevoke: " docs-ada",
      ][id] ?? ""
    #expect(try parse(id.rawValue + operand) == .run(Invocation(id, try arguments(id.rawValue + operand))))
  }

  @Test func `accepts no abbreviations`() {
    #expect(problem("back") == .unknownCommand("back", suggestions: ["backlog"]))
    #expect(problem("backlog --form json") == .unknownOption("--form", suggestions: ["--format"]))
    #expect(problem("policy ini") == .unknownCommand("policy ini", suggestions: ["init"]))
  }

  @Test func `suggests what was probably meant`() {
    #expect(problem("stauts") == .unknownCommand("stauts", suggestions: ["status"]))
    #expect(problem("init") == .unknownCommand("init", suggestions: ["policy init"]))
    #expect(problem("polcy check") == .unknownCommand("polcy", suggestions: ["policy"]))
    #expect(problem("zzzzzz") == .unknownCommand("zzzzzz", suggestions: []))
    #expect(problem("backlog --polices x") == .unknownOption("--polices", suggestions: ["--policies"]))
    #expect(
      problem("backlog --origin externel")
        == .unacceptable(
          "externel", for: "--origin", expected: "one of platform, external, bot, unknown",
          suggestions: ["external"]))
    #expect(problem("--versoin") == .unknownOption("--versoin", suggestions: ["--version"]))
  }

  @Test(arguments: ["", "-q", "-j 4", "--", "-- backlog", "policy", "policy -q"])
  func `needs a command`(line: String) {
    switch problem(line) {
    case .missingCommand, .unknownOption("-q", _): break
    case let other: Issue.record("\(String(describing: other))")
    }
  }

  // MARK: What is wrong

  @Test func `says which value is missing, surplus or unknown`() {
    #expect(problem("backlog --format") == .missingValue(Options.format.limited(to: OutputFormat.reports)))
    #expect(problem("backlog -j") == .missingValue(Options.jobs.declaration))
    #expect(problem("backlog --quiet=yes") == .unexpectedValue(Options.quiet.declaration, "yes"))
    #expect(problem("backlog -qx") == .unknownOption("-x", suggestions: []))
    #expect(problem("backlog -5") == .unknownOption("-5", suggestions: []))
    #expect(problem("backlog --mine") == .unknownOption("--mine", suggestions: []))
  }

  @Test(arguments: [
    "backlog --jobs 0", "backlog --jobs 257", "backlog --jobs +4", "backlog --jobs four", "backlog --jobs=",
    "backlog --as-of yesterday", "backlog --window 2w", "health --window 0d", "explain pr/1 --format csv",
    "backlog --width 10", "backlog --color yes", "contributions --level 4", "contributions --state closed",
  ])
  func `refuses values that are not of the kind expected`(line: String) {
    switch problem(line) {
    case .unacceptable, .unknownOption("--window", _): break
    case let other: Issue.record("\(String(describing: other))")
    }
  }

  @Test func `refuses what excludes each other`() {
    #expect(problem("status --mine --author ada") == .exclusive("--mine", "--author"))
    #expect(problem("status pr/76 --mine") == .exclusive("--mine", "ID"))
    #expect(problem("health --window 28d --since 2026-01-01") == .exclusive("--window", "--since"))
    #expect(problem("backlog -qv") == .exclusive("--quiet", "--verbose"))
  }

  // MARK: Help and version

  @Test(arguments: [
    ("--help", []), ("-h", []), ("backlog -h", ["backlog"]), ("--help backlog", ["backlog"]),
    ("backlog --bogus --help", ["backlog"]), ("explain --help", ["explain"]), ("policy -h", ["policy"]),
    ("policy check x -h", ["policy", "check"]), ("backlog -qh", ["backlog"]),
    ("backlog --format jsn -h", ["backlog"]),
  ])
  func `gives help wherever it is asked for`(line: String, path: [String]) throws {
    #expect(try parse(line) == .help(path))
  }

  @Test func `takes a request for help after two dashes as an operand`() throws {
    #expect(try arguments("backlog -- --help")[Operands.repositories] == ["--help"])
  }

  @Test(arguments: ["--version", "-V", "backlog --version", "policy -V"])
  func `gives the version wherever it is asked for`(line: String) throws {
    #expect(try parse(line) == .version(isVerbose: false))
  }

  @Test func `gives help on an unknown command as an error`() {
    #expect(problem("bogus --help") == .unknownCommand("bogus", suggestions: []))
  }
}
