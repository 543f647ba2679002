internal import Reports

/// The command lines of the demonstration.
struct DemoCommands {
  /// A command to try, and what it shows.
  struct Suggestion {
    var purpose: StyledText
    var words: [String]
  }

  let sample: DemoRepository
  let path: String

  var backlog: [String] { ["backlog"] + asOf + [operand] }

  var health: [String] { ["health"] + asOf + [operand] }

  var suggestions: [Suggestion] {
    let explained: [(DemoMark, StyledText)] = [
      (.longestWait, "Why does the oldest proposal still wait, and for whom?"),
      (.formerHost, "Approved and landed, yet it has no level: what was wrong with the approval?"),
    ]
    return explained.compactMap { mark, purpose in
      sample.ids[mark].map { Suggestion(purpose: purpose, words: ["explain", $0] + asOf + [operand]) }
    } + [
      Suggestion(
        purpose: "Where do the contributions of one person stand?",
        words: ["status", "--author", "kofi"] + asOf + ["-C", operand]),
      Suggestion(
        purpose: "Everything from outside the platform team that could not be placed, with the reason.",
        words: ["contributions", "--origin", "external", "--level", "none"] + asOf + [operand]),
    ] + delegation
  }

  /// Who may review, who has earned it, and how far that has brought the platform.
  private var delegation: [Suggestion] {
    [
      Suggestion(
        purpose: "Who may review what, granted by whom, until when? One right has ended.",
        words: ["delegate", "list", "--all"] + asOf + [operand]),
      Suggestion(
        purpose: "What is wrong with these rights? It ends with status 1, because it finds errors.",
        words: ["delegate", "audit"] + asOf + [operand]),
      Suggestion(
        purpose: "Who has earned a right? Leila, and the grant is drafted.",
        words: ["delegate", "candidates", "--component", "interface"] + asOf + [operand]),
      Suggestion(
        purpose: "Why has Kofi not, after eight contributions to the network?",
        words: ["delegate", "candidates", "--component", "network", "--person", "kofi"] + asOf + [operand]),
      Suggestion(
        purpose: "How far has the platform come, and what keeps it from the next level?",
        words: ["maturity"] + asOf + [operand]),
    ]
      + (sample.ids[.longestWait].map { id in
        [
          Suggestion(
            purpose: "Who may approve the oldest proposal now, and when do they work?",
            words: ["reviewers", id] + asOf + ["-C", operand])
        ]
      } ?? [])
  }

  private var asOf: [String] { ["--as-of", DemoCommand.asOf] }

  /// The repository as a word that cannot be taken for an option.
  private var operand: String { path.hasPrefix("-") ? "./" + path : path }
}

/// What the demonstration says between the reports.
enum DemoText {
  static func introduction(_ path: String) -> TextDocument {
    TextDocument([
      .title("A sample platform"),
      .paragraph(
        """
        \("\(path)", .code) now holds two years in the life of a platform: the team that owns it, and three \
        teams that use it and contribute to it. The people are invented; the commits, pull requests and \
        reviews are real Git objects, the same on every machine. The story ends in March 2026, so what \
        follows is told as of \("\(DemoCommand.asOf)", .code).
        """),
    ])
  }

  /// A command line as it would be typed, between empty lines.
  static func prompt(_ words: [String]) -> TextDocument {
    TextDocument([.verbatim([StyledText(), "$ " + command(words), StyledText()])])
  }

  static let next = TextDocument([.group([.verbatim([StyledText()]), .title("Try next")])])

  /// What a command shows, under an empty line.
  static func purpose(_ suggestion: DemoCommands.Suggestion) -> TextDocument {
    TextDocument([.group([.verbatim([StyledText()]), .paragraph(suggestion.purpose)])])
  }

  static func line(_ suggestion: DemoCommands.Suggestion) -> TextDocument {
    TextDocument([.verbatim(["  " + command(suggestion.words)])])
  }

  private static func command(_ words: [String]) -> StyledText {
    StyledText((["tributary"] + words.map(quoted)).joined(separator: " "), .code)
  }

  /// A word as a shell takes it for one word.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte > 0x7F || "-_./=:,+@".utf8.contains(byte)
    }
    guard !plain || word.isEmpty else { return word }
    return word.shellQuoted
  }
}
