internal import Facts
internal import Rules

extension Words {
  static func policy(_ source: PolicySource) -> StyledText {
    switch source {
    case .none: "none – built-in defaults"
    case .directory(let name): "directory \(name), applied to all of time"
    case .branch(let name, let versions, let newest):
      "\(name), \(versions) \(versions == 1 ? "version" : "versions"), newest \(newest.short, .id)"
    case .removed(let name, _, let commit):
      "none – \(name) removed by \(commit.short, .id); built-in defaults"
    case .revision(let text, let commit): "\(text) at \(commit.short, .id), applied to all of time"
    }
  }

  static func hosts(_ hosts: Hosts) -> StyledText {
    switch hosts {
    case .roster(let teams):
      return teams.isEmpty ? "the roster names no host team" : "\(teams.joined(separator: ", ")) (roster)"
    case .inferred(let people):
      let names = people.prefix(4).map { "\($0.shown) (\($0.landings))" }.joined(separator: ", ")
      let rest = people.count > 4 ? " and \(people.count - 4) more" : ""
      return "inferred from who landed others' work in 365 days: \(names)\(rest)"
    case .unknown:
      return "not known: no roster, and history does not name who lands others' work"
    }
  }

  static func coverage(_ coverage: Coverage, _ hosts: Hosts) -> StyledText {
    guard case .roster = hosts else { return "no roster: \(coverage.authors) authors, none looked up" }
    var text: StyledText =
      """
      roster knows \(coverage.knownAuthors) of \(coverage.authors) authors, \(coverage.knownContributions) of \
      \(coverage.contributions) contributions
      """
    let missing = coverage.unresolved.prefix(3).map { "\($0.address) (\($0.contributions))" }
    if !missing.isEmpty { text = text + "; not known: \(missing.joined(separator: ", "), .warning)" }
    return text
  }

  static func state(_ state: Contribution.State) -> StyledText {
    switch state {
    case .merged: StyledText("merged", .good)
    case .open: StyledText("open", .warning)
    case .draft: StyledText("draft", .muted)
    case .abandoned: StyledText("abandoned", .muted)
    case .undetermined: StyledText("undetermined", .muted)
    }
  }

  static func level(_ level: Level) -> StyledText {
    guard let number = level.number else { return StyledText(level.reason.rawValue, .muted) }
    return level.isAssisted ? "\(number) assisted" : "\(number)"
  }

  /// The sentence behind a level.
  ///
  /// `tooFew` says that approvals counted, but not as many as the policy asks for.
  static func explain(_ level: Level, tooFew: Bool) -> StyledText {
    switch level.reason {
    case .writtenByHostTeam: "Level 1: the host team did it."
    case .requestedByStakeholder: "Level 1: the host team did it, with a stakeholder's input on record."
    case .authorisedByPlatform where level.isAssisted:
      "Level 2, assisted: written outside the host team and accepted by it, with a delegate's approval beside its own."
    case .authorisedByPlatform:
      "Level 2: written outside the host team and accepted by it."
    case .authorisedByDelegates: "Level 3: written outside the host team and accepted by its delegates."
    case .unreviewed: "No level: written outside the host team, and the review record has no approval."
    case .unauthorised where tooFew:
      "No level: written outside the host team, and approved by fewer people than the policy asks for."
    case .unauthorised:
      "No level: written outside the host team, and nobody entitled to it approved it."
    case .selfApproved: "No level: written outside the host team, and approved only by those who wrote it."
    case .reviewNotInGit:
      "No level: written outside the host team, and no source in this clone records a review of it."
    case .unknownAuthor: "No level: it is not known whether the author belongs to the host team."
    case .bot: "No level: written by a service account."
    }
  }
}
