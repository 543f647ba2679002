/// What sort of work a change is, by its title: the types of Conventional Commits, and the titles that tools write.
///
/// The source of the prefixes is conventionalcommits.org 1.0.0 with the types of Angular's convention. A title says
/// what its author claims; nothing here looks into the change.
public enum ChangeKind: String, Hashable, Sendable, CaseIterable {
  case feature
  case fix
  case documentation
  case performance
  case refactoring
  case test
  case build
  case chore
  /// An update of something the code depends on.
  case dependency
  case revert
  /// The title says none of these.
  case other

  public init(title: String) {
    let text = title.lowercased()
    if text.hasPrefix("revert \"") || text.hasPrefix("reland \"") {
      self = .revert
    } else if let kind = Self.conventional(text) {
      self = kind
    } else if Self.isDependencyTitle(text) {
      self = .dependency
    } else {
      self = .other
    }
  }

  /// The kind by a prefix such as `fix:`, `feat(parser)!:` or `chore(deps):`.
  private static func conventional(_ text: String) -> ChangeKind? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let head = text[..<colon]
    let word = head.prefix { $0 != "(" && $0 != "!" }
    guard word.count <= 12 else { return nil }
    if head.contains("(deps") || word == "deps" { return .dependency }
    return types[String(word)]
  }

  private static let types: [String: ChangeKind] = [
    "feat": .feature, "feature": .feature, "fix": .fix, "bugfix": .fix, "hotfix": .fix,
    "docs": .documentation, "doc": .documentation, "perf": .performance, "refactor": .refactoring,
    "style": .refactoring, "test": .test, "tests": .test, "build": .build, "ci": .build, "chore": .chore,
    "revert": .revert,
  ]

  /// The titles of Dependabot and Renovate: `Bump x from 1 to 2`, `Update dependency x to v2`.
  private static func isDependencyTitle(_ text: String) -> Bool {
    if text.hasPrefix("update dependency ") || text.hasPrefix("bump the ") { return true }
    return text.hasPrefix("bump ") && text.contains(" from ") && text.contains(" to ")
  }
}

/// How large a change is, by the number of paths it touches; lines are not counted, because no file is read.
public enum SizeClass: String, Hashable, Sendable, CaseIterable {
  case small
  case medium
  case large
}
