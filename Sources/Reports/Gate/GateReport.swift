public import Facts
public import Rules

/// What a gate says of the updates of one push, or of one range.
public struct GateReport: Sendable {
  public static let schema = "tributary/check/1"

  /// Where the policy that judged stands.
  public struct Source: Hashable, Sendable {
    /// A directory, or `REV:PATH`.
    public var place: String
    public var commit: ObjectName?

    public init(place: String, commit: ObjectName?) {
      self.place = place
      self.commit = commit
    }
  }

  public var repository: String
  public var asOf: Instant
  /// Nil where there is none.
  public var policy: Source?
  /// In the order of the push.
  public var verdicts: [UpdateVerdict]
  /// What of the records could not be read; it proves nothing for or against anybody.
  public var diagnostics: [Diagnostic]
  /// Remarks of the program on what it could not check.
  public var remarks: [String]

  public init(
    repository: String, asOf: Instant, policy: Source?, verdicts: [UpdateVerdict],
    diagnostics: [Diagnostic] = [], remarks: [String] = []
  ) {
    self.repository = repository
    self.asOf = asOf
    self.policy = policy
    self.verdicts = verdicts
    self.diagnostics = diagnostics
    self.remarks = remarks
  }

  /// Refused when any is, else incomplete when any is.
  public var outcome: UpdateVerdict.Outcome {
    if verdicts.contains(where: { $0.outcome == .refused }) { return .refused }
    return verdicts.contains { $0.outcome == .incomplete } ? .incomplete : .passed
  }

  /// Why nothing could be said.
  public static func words(of obstacle: UpdateObstacle) -> String { Words.obstacle(obstacle).plain }

  /// Everything that stands against the updates, as every format tells it.
  public var findings: [GateFinding] {
    verdicts.flatMap { verdict in verdict.violations.map { GateFinding($0, reference: verdict.reference) } }
  }
}

/// One violation in words, with the rule it breaks and what to do.
public struct GateFinding: Hashable, Sendable {
  /// The lasting name of the rule, such as `not-approved`.
  public var rule: GateRule
  /// Full name of the reference.
  public var reference: String
  /// The path to point at; nil where it is about no file.
  public var path: String?
  public var commit: ObjectName?
  /// What is wrong.
  public var message: StyledText
  /// What would mend it; nil where nothing but another push would.
  public var remedy: StyledText?
}

/// The rules that a gate holds, by lasting names.
public enum GateRule: String, Hashable, Sendable, CaseIterable {
  case notApproved = "not-approved"
  case policyNotApproved = "policy-not-approved"
  case policyBroken = "policy-broken"
  case policyRemoved = "policy-removed"
  case grantFlawed = "grant-flawed"
  case malformedObject = "malformed-object"
  case protectedTwin = "protected-twin"
  case rewind
  case moved
  case deletion
  case tagMoved = "tag-moved"
  case tagOutsideBranches = "tag-outside-branches"
  case ambiguousName = "ambiguous-name"
  case unknownContributor = "unknown-contributor"
  case noPolicy = "no-policy"
  case noRoster = "no-roster"
  case incomplete
  case notes

  /// One sentence on what the rule asks for.
  public var summary: String {
    switch self {
    case .notApproved:
      "Every path is approved by as many people as the policy asks for, by their right on it."
    case .policyNotApproved: "A change of the policy is approved as the policy before it asks."
    case .policyBroken: "The policy can be read after the push."
    case .policyRemoved: "The policy is still there after the push."
    case .grantFlawed: "A grant is brought by somebody entitled, under an id that was never used."
    case .malformedObject: "Objects have the form that every program reads alike."
    case .protectedTwin: "No name passes for that of a protected path."
    case .rewind: "A guarded branch keeps what it holds."
    case .moved: "Every reference stands where the push takes it to stand."
    case .deletion: "A guarded reference is not deleted."
    case .tagMoved: "A guarded tag is never moved or deleted."
    case .tagOutsideBranches: "A guarded tag is made on what a guarded branch holds."
    case .ambiguousName: "The name of a reference cannot be taken for another."
    case .unknownContributor: "Everybody who had a hand in the change is in the roster."
    case .noPolicy: "There is a policy to judge by."
    case .noRoster: "The policy says who is who."
    case .incomplete: "Everything that is needed to judge is there."
    case .notes: "Review notes only grow, and everybody speaks for themselves."
    }
  }
}
