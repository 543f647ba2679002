/// The name of a contribution in one numbering: `pr/76`, `mr/45`, `review/1a2b3c4d5e6f`, `commit/…`.
public enum ContributionID: Hashable, Sendable {
  /// GitHub, Gitea, Forgejo, Azure DevOps and Bitbucket numbers.
  case pullRequest(Int)
  /// A number of another forge that the project used before or beside: `pr/76@bitbucket`.
  case otherPullRequest(Int, forge: String)
  /// GitLab numbers.
  case mergeRequest(Int)
  /// A Gerrit change by number, or by its `I…` id where no number is known.
  case change(String)
  /// A git-appraise review, by the commit that its notes annotate.
  case review(ObjectName)
  /// A Phabricator revision, `D` and digits.
  case diff(String)
  /// A patch series on a mailing list, by the Message-ID of its first version's first mail.
  case mail(String)
  /// A landed commit without a trace of a proposal.
  case commit(ObjectName)
}

extension ContributionID: CustomStringConvertible {
  public var description: String {
    switch self {
    case .pullRequest(let number): "pr/\(number)"
    case .otherPullRequest(let number, let forge): "pr/\(number)@\(forge)"
    case .mergeRequest(let number): "mr/\(number)"
    case .change(let name): "change/\(name)"
    case .review(let commit): "review/\(commit.short)"
    case .diff(let name): "diff/\(name)"
    case .mail(let message): "mail/\(message)"
    case .commit(let commit): "commit/\(commit.short)"
    }
  }
}

extension ContributionID: Comparable {
  /// By kind in the order declared, then by number or name.
  public static func < (left: ContributionID, right: ContributionID) -> Bool {
    switch (left, right) {
    case (.pullRequest(let one), .pullRequest(let other)): one < other
    case (.otherPullRequest(let one, let forge), .otherPullRequest(let other, let otherForge)):
      (forge, one) < (otherForge, other)
    case (.mergeRequest(let one), .mergeRequest(let other)): one < other
    case (.change(let one), .change(let other)), (.diff(let one), .diff(let other)):
      Self.numbersInOrder(one, other)
    case (.mail(let one), .mail(let other)): one < other
    case (.review(let one), .review(let other)), (.commit(let one), .commit(let other)): one < other
    default: left.rank < right.rank
    }
  }

  /// Names of one family: numbers by value, whatever has another form by its text.
  private static func numbersInOrder(_ one: String, _ other: String) -> Bool {
    // Change-Ids are no numbers, and a branch may hold tens of thousands of them.
    let letter = UInt8(ascii: "I")
    if one.utf8.first == letter, other.utf8.first == letter { return one < other }
    let (left, right) = (one.utf8.drop { !isDigit($0) }, other.utf8.drop { !isDigit($0) })
    let (digits, otherDigits) = (left.prefix(while: isDigit).count, right.prefix(while: isDigit).count)
    let areNumbers = one.utf8.count - left.count == other.utf8.count - right.count && digits != otherDigits
    return areNumbers ? digits < otherDigits : one < other
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private var rank: Int {
    switch self {
    case .pullRequest: 0
    case .otherPullRequest: 1
    case .mergeRequest: 2
    case .change: 3
    case .review: 4
    case .diff: 5
    case .mail: 6
    case .commit: 7
    }
  }
}
