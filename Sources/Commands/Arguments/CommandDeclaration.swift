/// The commands, to switch over.
public enum CommandID: String, Hashable, Sendable, CaseIterable {
  case backlog
  case status
  case contributions
  case explain
  case health
  case maturity
  case sources
  case sla
  case slaWhen = "sla when"
  case slaNotice = "sla notice"
  case slaReplay = "sla replay"
  case policyInit = "policy init"
  case policyCheck = "policy check"
  case policyShow = "policy show"
  case reviewRequest = "review request"
  case reviewShow = "review show"
  case reviewComment = "review comment"
  case reviewApprove = "review approve"
  case reviewReject = "review reject"
  case reviewWithdraw = "review withdraw"
  case delegateList = "delegate list"
  case delegateGrant = "delegate grant"
  case delegateRevoke = "delegate revoke"
  case delegateCandidates = "delegate candidates"
  case delegateAudit = "delegate audit"
  case reviewers
  case check
  case importReviews = "import"
  case hookInstall = "hook install"
  case hookPreReceive = "hook pre-receive"
  case hookPostReceive = "hook post-receive"
  case hookDoctor = "hook doctor"
  case demo
  case benchmark
  case completions
  case man
  case help

  /// The words by which the command is called.
  public var path: [String] { rawValue.split(separator: " ").map(String.init) }
}

/// A command as parser, help, completions and manual know it.
public struct CommandDeclaration: Hashable, Sendable {
  /// A command line to copy, and what it is good for.
  public struct Example: Hashable, Sendable {
    public let line: String
    public let purpose: String

    init(_ line: String, _ purpose: String) {
      self.line = line
      self.purpose = purpose
    }
  }

  public let id: CommandID
  public let summary: String
  /// Paragraphs that follow the summary on the help page.
  public let discussion: [String]
  public let operands: [Operand]
  public let options: [OptionDeclaration]
  /// Names of options and operands of which at most one may be given.
  public let exclusions: [[String]]
  public let examples: [Example]
  /// Works, but is not listed.
  public let isHidden: Bool

  init(
    _ id: CommandID, _ summary: String, discussion: [String] = [], operands: [Operand] = [],
    options: [OptionDeclaration] = [], exclusions: [[String]] = [], examples: [Example],
    isHidden: Bool = false
  ) {
    self.id = id
    self.summary = summary
    self.discussion = discussion
    self.operands = operands
    self.options = options + [Options.help.declaration]
    self.exclusions = exclusions
    self.examples = examples
    self.isHidden = isHidden
  }

  /// The words by which it is called.
  public var path: [String] { id.path }

  /// Operands as a usage line shows them: `ID [REPOSITORY...]`.
  var operandUsage: String {
    operands.map { operand in
      switch operand.count {
      case .one: operand.name
      case .optional: "[\(operand.name)]"
      case .many: "[\(operand.name)...]"
      }
    }.joined(separator: " ")
  }
}

/// A word under which several commands stand.
public struct GroupDeclaration: Hashable, Sendable {
  public let name: String
  public let summary: String

  init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }
}

/// All commands of the program: the one source of parser, help, completions and manual.
public struct Catalog: Sendable {
  public let program: String
  public let summary: String
  public let version: String
  public let groups: [GroupDeclaration]
  public let commands: [CommandDeclaration]

  /// The commands that are listed.
  public var listed: [CommandDeclaration] { commands.filter { !$0.isHidden } }

  func command(at path: [String]) -> CommandDeclaration? { commands.first { $0.path == path } }

  func group(at path: [String]) -> GroupDeclaration? {
    path.count == 1 ? groups.first { $0.name == path[0] } : nil
  }

  /// The listed commands of a group.
  func members(of group: GroupDeclaration) -> [CommandDeclaration] {
    listed.filter { $0.path.count == 2 && $0.path[0] == group.name }
  }

  /// The group of the name by which a command is called, where the same word is both.
  func group(of command: CommandDeclaration) -> GroupDeclaration? { group(at: command.path) }

  /// Whether a group's name is a command of its own, without a second word.
  func isCommand(_ group: GroupDeclaration) -> Bool { command(at: [group.name]) != nil }

  /// The first words by which something is called, sorted as listed, hidden ones left out.
  var firstWords: [String] {
    var words: [String] = []
    for word in listed.compactMap(\.path.first) where !words.contains(word) { words.append(word) }
    return words
  }
}
