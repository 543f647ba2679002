/// Forms in which results are written.
public enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  case text
  case json
  case csv
  case markdown
  /// SARIF 2.1.0.
  case sarif
  case junit
  /// Workflow commands of GitHub Actions.
  case github
  /// Markdown for a job summary of GitHub Actions.
  case stepSummary = "step-summary"
  /// GitLab's Code Quality report.
  case gitlab

  /// Those in which every report can be had.
  public static let reports: [OutputFormat] = [.text, .json, .csv, .markdown]
}

/// When to use colours.
public enum ColorChoice: String, Hashable, Sendable, CaseIterable {
  case auto
  case always
  case never
}

/// Where the primary author of a contribution stood when it was opened.
public enum OriginFilter: String, Hashable, Sendable, CaseIterable {
  case platform
  case external
  case bot
  case unknown
}

/// Whose turn it is.
public enum TurnFilter: String, Hashable, Sendable, CaseIterable {
  case reviewers
  case author
  case landing
}

/// Where a contribution stands.
public enum StateFilter: String, Hashable, Sendable, CaseIterable {
  case draft
  case open
  case merged
  case abandoned
  case undetermined
}

/// The level a contribution has reached.
public enum LevelFilter: String, Hashable, Sendable, CaseIterable {
  case one = "1"
  case two = "2"
  case three = "3"
  case none
}

/// How a contribution stands against an objective.
public enum ObjectiveStateFilter: String, Hashable, Sendable, CaseIterable {
  case met
  case missed
  case running
  case atRisk = "at-risk"
  case paused
  case notDue = "not-due"
  case waived
  case notIdentifiable = "not-identifiable"
}

/// Shells for which completions can be written.
public enum Shell: String, Hashable, Sendable, CaseIterable {
  case bash
  case zsh
  case fish
}

/// Parts of reading that can be measured alone.
public enum BenchmarkStage: String, Hashable, Sendable, CaseIterable {
  case facts
}

/// Every option of every command, by which its value is asked for.
public enum Options {
  // MARK: Input

  public static let policies = Option<String>(
    "policies", .directory, "DIR|REV:PATH", group: .input,
    "Read policy files from a directory, or from a path in a commit of the repository.")
  public static let asOf = Option<TimeArgument>(
    "as-of", .time, "TIME", group: .input,
    "Judge as of this moment: RFC 3339, a date (UTC), or now (the default)."
  ) { TimeArgument($0) }
  public static let branch = Option<String>(
    "branch", .text, "NAME", group: .input, "Target branch; the default is the one HEAD names.")
  public static let repository = Option<String>(
    "repository", short: "C", .directory, "PATH", repeats: true, group: .input,
    "Read this repository instead of the current one; may be repeated.")
  public static let with = Option<String>(
    "with", .directory, "PATH", repeats: true, group: .input,
    "Read this repository too: a mail archive, Gerrit's All-Users, a side ledger; may be repeated.")
  public static let allowedSigners = Option<String>(
    "allowed-signers", .file, "FILE", group: .input,
    "Trust these SSH keys too, as in git's gpg.ssh.allowedSignersFile.")
  public static let jobs = Option<Int>(
    "jobs", short: "j", .integer(1...256), "N", group: .input,
    "Read with N threads; the result does not depend on it."
  ) { Int($0) }

  // MARK: Window

  public static let window = Option<SpanArgument>(
    "window", .span, "DURATION", group: .window,
    "Length of the window that ends at --until: 180d (the default) or all."
  ) { SpanArgument($0) }
  public static let since = Option<TimeArgument>(
    "since", .time, "TIME", group: .window, "Start of the window, included."
  ) { TimeArgument($0) }
  public static let until = Option<TimeArgument>(
    "until", .time, "TIME", group: .window,
    "End of the window, not included; the default is the as-of moment."
  ) { TimeArgument($0) }

  // MARK: Output

  public static let format = Option<OutputFormat>(
    choiceOf: "format", "FORMAT", group: .output, "Write results in this form; the default is text.")
  public static let csvRaw = Flag(
    "csv-raw", group: .output, "Leave CSV cells as they are, even those a spreadsheet would run.")
  public static let color = Option<ColorChoice>(
    choiceOf: "color", "WHEN", group: .output, "Use colours: auto (the default) means on a terminal only.")
  public static let width = Option<Int>(
    "width", .integer(20...1_000), "N", group: .output,
    "Lay text out for N columns instead of the terminal's."
  ) { Int($0) }
  public static let zone = Option<String>(
    "zone", .timeZone, "ZONE", group: .output,
    "Show due times in this time zone, such as Europe/Berlin; the default is UTC. JSON stays in UTC.")
  public static let quiet = Flag("quiet", short: "q", group: .output, "Write no remarks to standard error.")
  public static let verbose = Flag(
    "verbose", short: "v", group: .output, "Say on standard error what is being done.")
  public static let help = Flag("help", short: "h", group: .output, "Show help and do nothing else.")
  public static let version = Flag(
    "version", short: "V", group: .output, "Show the version and do nothing else.")

  // MARK: Filters

  public static let component = Option<String>(
    "component", .text, "NAME", repeats: true,
    "Only contributions that touch this component; may be repeated.")
  public static let team = Option<String>(
    "team", .text, "NAME", repeats: true, "Only contributions by members of this team; may be repeated.")
  public static let origin = Option<OriginFilter>(
    choiceOf: "origin", "ORIGIN", repeats: true, "Only contributions from there; may be repeated.")
  public static let turn = Option<TurnFilter>(
    choiceOf: "turn", "WHO", repeats: true, "Only contributions that wait for them; may be repeated.")
  public static let state = Option<StateFilter>(
    choiceOf: "state", "STATE", repeats: true, "Only contributions in this state; may be repeated.")
  public static let author = Option<String>(
    "author", .text, "WHO", repeats: true, "Only contributions by this handle or address; may be repeated.")
  public static let level = Option<LevelFilter>(
    choiceOf: "level", "LEVEL", repeats: true, "Only contributions of this level; may be repeated.")
  public static let id = Option<String>(
    "id", .text, "ID", repeats: true, "Only this contribution, such as pr/76; may be repeated.")

  public static let objectiveState = Option<ObjectiveStateFilter>(
    choiceOf: "objective-state", "STATE", repeats: true,
    "Only contributions with an objective in this state; may be repeated.")

  // MARK: Of single commands

  public static let overdue = Flag("overdue", "Only what missed an objective and still goes on.")
  public static let atRisk = Flag("at-risk", "Only what is at risk of missing an objective.")

  public static let mine = Flag("mine", "Contributions by the address that git is configured with here.")
  public static let rounds = Option<Int>(
    "rounds", .integer(1...100), "N", "Measure this many rounds after one that warms up; the default is 3."
  ) { Int($0) }
  public static let stage = Option<BenchmarkStage>(
    choiceOf: "stage", "STAGE", "Do only this part of the work, to be measured from outside.")
  public static let into = Option<String>(
    "into", .directory, "PATH",
    "Write into this bare repository beside the clone, made if need be; read it back with --with.")
  public static let dryRun = Flag("dry-run", "Say what would be written, and write nothing.")
  public static let at = Option<TimeArgument>(
    "at", .time, "TIME", "Date what is written as of this moment; the default is now."
  ) { TimeArgument($0) }
  public static let pusher = Option<String>(
    "pusher", .text, "WHO", "Who pushes: an address or a login, where the environment does not say so.")
  public static let pusherVariable = Option<String>(
    "pusher-variable", .text, "NAME",
    "The variable of the environment that says who pushes, such as LOGNAME for accounts of ssh.")
  public static let range = Option<String>(
    "range", .text, "OLD..NEW", "The commits to judge: those of NEW that OLD does not hold.")
  public static let change = Option<String>(
    "change", .text, "ID", "The contribution to judge, such as review/1a2b3c4d5e6f.")
  public static let output = Option<String>(
    "output", .directory, "DIR", "Write the files into this directory; the default is policies.")
}

/// Every operand of every command, by which its words are asked for.
public enum Operands {
  public static let repositories = Operand(
    "REPOSITORY", .directory, .many, "Clones to read, bare or not; the default is the current one.")
  public static let id = Operand(
    "ID", .text, .one, "A contribution, such as pr/76, mr/45 or commit/1a2b3c4d5e6f.")
  public static let ids = Operand("ID", .text, .many, "Contributions, such as pr/76.")
  public static let policyFiles = Operand(
    "PATH", .file, .many, "Policy files or directories; the default is the policies in force.")
  public static let demoDirectory = Operand(
    "DIR", .directory, .optional, "Where to build the repository; the default is tributary-demo.")
  public static let forge = Operand(
    "FORGE", .choice(Forge.allCases.map(\.rawValue)), .one, "Whose answers stand on standard input.")
  public static let hook = Operand("HOOK", .choice(["pre-receive", "post-receive"]), .one, "Which hook.")
  public static let shell = Operand(
    "SHELL", .choice(Shell.allCases.map(\.rawValue)), .one, "Whose completions.")
  public static let topic = Operand("COMMAND", .text, .many, "What to explain; the default is the program.")
}
