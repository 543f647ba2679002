internal import Facts
internal import Rules

extension Words {
  static func origin(_ origin: PolicyReport.Origin) -> StyledText {
    switch origin {
    case .defaults: "built-in defaults; the repository has no policy files"
    case .fixed(let source): policy(source)
    case .branch(let place, let commit, let since, let number, let count):
      "\(place), version \(number) of \(count), since \(since.shown.words), commit \(commit.short, .id)"
    case .removed(let place, let commit, let since, _, _):
      "built-in defaults; \(place) was removed at \(since.shown.words) by commit \(commit.short, .id)"
    }
  }

  static func skipped(_ skipped: PolicyReport.Skipped) -> StyledText {
    let problems = skipped.problems == 1 ? "1 problem" : "\(skipped.problems) problems"
    return
      """
      \(skipped.at.shown.words), commit \(skipped.commit.short, .id): never in force, because it has \(problems); \
      first: \(skipped.first, .warning)
      """
  }

  static func parts(_ policy: Policy) -> StyledText {
    let stated = Policy.Part.allCases.filter(policy.stated.contains).map(\.rawValue)
    let rest = Policy.Part.allCases.filter { !policy.stated.contains($0) }.map(\.rawValue)
    if stated.isEmpty { return "all parts are built-in defaults" }
    if rest.isEmpty { return "all parts are stated" }
    return "stated: \(stated.joined(separator: ", ")); defaults: \(rest.joined(separator: ", "))"
  }

  static func rule(_ rule: DelegationPolicy.ApprovalRule) -> StyledText {
    let paths: StyledText = "\(rule.paths.texts.joined(separator: " "), .code): "
    return paths + people(rule)
  }

  /// How many people's approvals a rule asks for, and by what right.
  static func people(_ rule: DelegationPolicy.ApprovalRule) -> StyledText {
    if rule.count == 0 { return "no approval" }
    let people = rule.count == 1 ? "1 approval" : "approvals by \(rule.count) people"
    return "\(people), from \(rule.sourceNames.joined(separator: " or "))"
  }

  /// By whom a right is given.
  static func giver(_ giver: Grant.Giver) -> StyledText {
    switch giver {
    case .person(let handle): "\(handle, .person)"
    case .ladder(let name): "ladder \(name, .id)"
    }
  }

  /// What a policy says of pushes, a line for each thing said.
  static func gate(_ gate: GatePolicy) -> [StyledText] {
    var lines: [StyledText] = []
    if let branches = gate.branches {
      lines.append("guarded branches: \(branches.texts.joined(separator: " "), .code)")
    }
    if !gate.tags.entries.isEmpty {
      lines.append("tags never moved or deleted: \(gate.tags.texts.joined(separator: " "), .code)")
    }
    if !gate.rewindable.entries.isEmpty {
      lines.append("may be rewound: \(gate.rewindable.texts.joined(separator: " "), .code)")
    }
    lines.append("a change of the policy: \(Words.people(gate.policyChange))")
    let systems = ApprovalSource.allCases.filter(gate.approvalsFrom.contains).map(\.words)
    lines.append("approvals count from \(systems.joined(separator: ", "))")
    for robot in gate.robots {
      lines.append(
        "\(robot.person, .person) may land changes of \(robot.paths.texts.joined(separator: " "), .code) alone"
      )
    }
    if gate.unknownContributors == .refuse {
      lines.append("changes by people whom the roster does not know are refused")
    }
    return lines
  }

  static func target(_ target: ServiceLevels.Target) -> String {
    switch target {
    case .workingTime(let seconds): DurationWords.working(seconds)
    case .businessDays(let days): days == 1 ? "1 business day" : "\(days) business days"
    }
  }

  static func scope(_ scope: ServiceLevels.Scope) -> String {
    var parts: [String] = []
    if !scope.origins.isEmpty { parts.append(scope.originNames.joined(separator: "/")) }
    if !scope.components.isEmpty { parts.append("components \(scope.components.joined(separator: ", "))") }
    if !scope.teams.isEmpty { parts.append("teams \(scope.teams.joined(separator: ", "))") }
    if !scope.kinds.isEmpty { parts.append("kinds \(scope.kindNames.joined(separator: ", "))") }
    if !scope.sizes.isEmpty { parts.append("sizes \(scope.sizeNames.joined(separator: ", "))") }
    return parts.isEmpty ? "everything" : parts.joined(separator: "; ")
  }

  static func criteria(_ level: MaturityPolicy.LevelTwo) -> [StyledText] {
    [
      level.externalLanded.map { "at least \($0) landed external contributions" },
      level.reviewedShare.map { "\(percent($0)) of them with an authorised review" },
      level.attainment.map { "objective \($0) attained" },
      level.oldestWaitFactor.map {
        "no external contribution waits longer than \(number($0)) times that objective"
      },
    ].compactMap { $0 }
  }

  static func criteria(_ level: MaturityPolicy.LevelThree) -> [StyledText] {
    [
      level.delegatedShare.map { "\(percent($0)) of external acceptances by delegates alone" },
      level.delegatesPerComponent.map { "at least \($0) active delegates in each active component" },
      level.unauthorisedApprovals.map { "at most \($0) unauthorised approvals" },
      level.attainmentGap.map { "attainment of delegates at most \(percent($0)) below the platform's" },
      level.openEndedGrants.map { "at most \($0) grants without an end" },
    ].compactMap { $0 }
  }

  static func percent(_ share: Double) -> String { number(share * 100) + "%" }

  /// At most two decimals, none for a whole number.
  private static func number(_ value: Double) -> String {
    guard let text = FixedDecimal.text(value, digits: 2) else { return "?" }
    var shown = Substring(text)
    while shown.hasSuffix("0") { shown.removeLast() }
    return String(shown.hasSuffix(".") ? shown.dropLast() : shown)
  }
}
