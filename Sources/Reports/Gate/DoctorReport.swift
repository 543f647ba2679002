/// What was found of a server's settings.
public struct DoctorReport: Sendable {
  public static let schema = "tributary/hook-doctor/1"

  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    case good
    /// The gate holds without it, but less well.
    case warning
    /// Without it the gate can be passed by.
    case bad
  }

  /// One thing that was looked at.
  public struct Check: Hashable, Sendable {
    /// A lasting name, such as `receive.fsckObjects`.
    public var name: String
    public var verdict: Verdict
    /// What is there.
    public var found: String
    /// What it is good for.
    public var purpose: String
    /// A command that mends it; nil where all is well, or no command would do.
    public var remedy: String?

    public init(_ name: String, _ verdict: Verdict, found: String, purpose: String, remedy: String? = nil) {
      self.name = name
      self.verdict = verdict
      self.found = found
      self.purpose = purpose
      self.remedy = remedy
    }
  }

  public var repository: String
  public var checks: [Check]

  public init(repository: String, checks: [Check]) {
    self.repository = repository
    self.checks = checks
  }

  /// Whether nothing is missing without which the gate can be passed by.
  public var isSound: Bool { !checks.contains { $0.verdict == .bad } }

  public func text() -> TextDocument {
    var document = TextDocument([.fields([.init("repository", "\(repository, .id)")])])
    for verdict in [Verdict.bad, .warning, .good] {
      let found = checks.filter { $0.verdict == verdict }
      guard !found.isEmpty else { continue }
      document.append(.section(Self.heading(verdict), found.map(Self.block)))
    }
    return document
  }

  private static func heading(_ verdict: Verdict) -> StyledText {
    switch verdict {
    case .bad: StyledText("To mend: the gate can be passed by", .bad)
    case .warning: StyledText("Better otherwise", .warning)
    case .good: StyledText("Good", .good)
    }
  }

  private static func block(_ check: Check) -> TextDocument.Block {
    let lead: StyledText = "\(check.name, .code): \(check.found)"
    guard check.verdict != .good else { return .paragraph(lead) }
    var blocks: [TextDocument.Block] = [.paragraph(lead + "; \(check.purpose)")]
    if let remedy = check.remedy { blocks.append(.copied([remedy])) }
    return .group(blocks)
  }

  public func json() -> [UInt8] {
    JSONText.object { json in
      json.string("schema", Self.schema)
      json.string("repository", repository)
      json.boolean("sound", isSound)
      json.objects("checks", checks) { check, json in
        json.string("name", check.name)
        json.string("verdict", check.verdict.rawValue)
        json.string("found", check.found)
        json.string("purpose", check.purpose)
        json.string("remedy", check.remedy)
      }
    }
  }
}
