public import Facts
public import Rules

/// What `policy init` has written, and what to do with it.
public struct PolicyInitReport: Sendable {
  /// Where the files are.
  public var directory: String
  public var files: [String]
  /// What the files say.
  public var policy: Policy
  /// The id of the inferred host team.
  public var hostTeam: String
  /// People outside the host team who wrote something in the year before.
  public var guests: Int
  /// Ownership files from which components were taken.
  public var ownership: [String]
  /// Teams of the forge that such files name.
  public var forgeTeams: [String]
  public var asOf: Instant
  public var newestCommit: Instant?

  public init(
    directory: String, files: [String], policy: Policy, hostTeam: String, guests: Int,
    ownership: [String] = [],
    forgeTeams: [String] = [],
    asOf: Instant, newestCommit: Instant?
  ) {
    self.directory = directory
    self.files = files
    self.policy = policy
    self.hostTeam = hostTeam
    self.guests = guests
    self.ownership = ownership
    self.forgeTeams = forgeTeams
    self.asOf = asOf
    self.newestCommit = newestCommit
  }

  public func text() -> TextDocument {
    TextDocument([
      .title("Starter policy"),
      .section(
        "\(directory, .code)", [.fields(files.map { .init("\($0)", Self.content(of: $0, self)) })]),
      .section("Next", [.list(steps)]),
    ])
  }

  private var hosts: Int {
    policy.roster?.people.count { $0.memberships.contains { $0.team == hostTeam } } ?? 0
  }

  private var others: Int { (policy.roster?.people.count ?? 0) - hosts }

  private static func content(of file: String, _ report: PolicyInitReport) -> StyledText {
    switch file {
    case "roster.json5":
      let bots = counted(report.policy.roster?.bots.count ?? 0, "bot", "bots")
      let others = "\(report.others) of \(counted(report.guests, "other person", "other people")) by name"
      return "\(counted(report.hosts, "inferred host", "inferred hosts")), \(others), \(bots)"
    case "platform.json5":
      let platform = report.policy.platform
      let repositories = counted(platform.repositories.count, "repository", "repositories")
      return
        "\(repositories), \(counted(platform.components.count, "component", "components")) \(report.origin)"
    default: return "the built-in defaults, written down"
    }
  }

  /// Where the components come from.
  private var origin: String {
    ownership.isEmpty ? "by folder" : "from \(ownership.joined(separator: ", "))"
  }

  private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }

  private var steps: [StyledText] {
    let file = "\(directory)/roster.json5"
    var steps: [StyledText] = []
    if hosts == 0 {
      steps.append("Name the host team in \(file, .code): history of the last year names nobody" + newest)
    } else {
      steps.append("Correct \(file, .code): hosts are a guess from who landed the work of others.")
    }
    if !forgeTeams.isEmpty {
      let names = forgeTeams.prefix(4).map { "@\($0)" }.joined(separator: ", ")
      let rest = forgeTeams.count > 4 ? " and \(forgeTeams.count - 4) more" : ""
      steps.append("Say who is in \(names)\(rest): ownership files name the teams, the forge their members.")
    }
    if others < guests {
      steps.append(
        "Give the other people teams, by name or mail domain: whoever is not listed counts as unknown.")
    }
    steps.append("Check with \("tributary policy check \(CommandWord.quoted(directory))", .code).")
    steps.append(
      "Commit the directory as \("policies", .code) to the target branch; until then, try it with "
        + "\("--policies \(CommandWord.quoted(directory))", .code).")
    return steps
  }

  private var newest: StyledText {
    guard let newestCommit, newestCommit < asOf.advanced(by: -HostInference.days * 86_400) else { return "." }
    return " (the newest commit is of \(newestCommit.shown.date); --as-of looks from an earlier day)."
  }
}

/// A word of a command line to copy.
enum CommandWord {
  /// The word as a POSIX shell reads it back.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "._-/+:@%".utf8.contains(byte)
    }
    if plain, !word.isEmpty { return word }
    return inQuotes(word)
  }

  /// The word in single quotes, whatever is in it.
  ///
  /// By code points: to `Character` an apostrophe with an accent upon it is no apostrophe, to a shell it is.
  static func inQuotes(_ word: String) -> String {
    "'" + word.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
