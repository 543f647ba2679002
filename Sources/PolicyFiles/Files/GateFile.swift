import Facts
import Rules

/// Reads the key `gate` of `delegation.json5`.
enum GateFile {
  static func read(_ fields: Fields) -> GatePolicy {
    let defaults = GatePolicy()
    let unknown: GatePolicy.UnknownContributors? = fields["unknownContributors"]?.choice()
    return GatePolicy(
      branches: fields["branches"]?.references(), tags: fields["tags"]?.references() ?? defaults.tags,
      rewindable: fields["rewindable"]?.references() ?? defaults.rewindable,
      policyChange: fields["policyChange"]?.fields(.policyChange).map(policyChange) ?? defaults.policyChange,
      robots: fields["robots"]?.list(robot) ?? [],
      unknownContributors: unknown ?? defaults.unknownContributors,
      approvalsFrom: fields["approvalsFrom"]?.approvalSources() ?? defaults.approvalsFrom)
  }

  private static func policyChange(_ fields: Fields) -> DelegationPolicy.ApprovalRule {
    var rule = DelegationPolicy.ApprovalRule.policyChange
    if let count = fields["count"]?.count(0...100) { rule.count = count }
    if let from = fields["from"]?.sources(count: rule.count) { rule.from = from }
    return rule
  }

  private static func robot(_ cursor: Cursor) -> GatePolicy.Robot? {
    guard let fields = cursor.fields(.robot) else { return nil }
    let person = fields["person"]?.reference(.person)
    let paths = fields["paths"]?.paths()
    guard let person, let paths else { return nil }
    return GatePolicy.Robot(person: person, paths: paths)
  }
}

extension Cursor {
  /// At least one system: without any nothing could land that asks for an approval.
  fileprivate func approvalSources() -> Set<ApprovalSource>? {
    guard let sources: Set<ApprovalSource> = choices() else { return nil }
    if isEmptyList {
      error("empty list, expected \(alternatives(ApprovalSource.allCases.map(\.rawValue)))")
      return nil
    }
    return sources
  }

  /// Globs over full names of references; a short name would mean a branch to one and a tag to another.
  func references() -> PathList? {
    guard let list = paths() else { return nil }
    for entry in list.entries where !entry.pattern.text.hasPrefix("refs/") && entry.pattern != .everything {
      error("\(quoted(entry.text)) is not a full name, expected one such as \"refs/heads/main\"")
      return nil
    }
    return list
  }
}
