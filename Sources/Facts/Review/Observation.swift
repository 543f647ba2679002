/// What is known of when something happened.
public enum KnownTime: Hashable, Sendable {
  case at(Instant)
  /// Not before the first and not after the second moment; a nil end is open.
  case between(Instant?, Instant?)
  case unknown

  /// The moment, where exactly one is known.
  public var instant: Instant? {
    if case .at(let instant) = self { instant } else { nil }
  }
}

/// The opinion that a review record expresses.
public enum Opinion: Hashable, Sendable {
  case approve
  case reject
  case neutral
}

/// One thing that one record in Git says about one contribution, before people or policy are looked up.
public struct Observation: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case opened
    case ready
    case draft
    /// A new version of the proposed change, with the commit at its head.
    case revision(ObjectName)
    case reviewRequested(of: Identity)
    /// `onCode`: placed on a file or line. `asks`: left unresolved, so an answer is expected.
    case comment(onCode: Bool, asks: Bool)
    case verdict(Opinion, revision: ObjectName?)
    case verdictWithdrawn
    /// A trailer names somebody as approver; it proves who, never when.
    case approvedByTrailer(key: String)
    /// A trailer credits somebody with the idea, the report or the request (`Suggested-by`, `Reported-by` …).
    case inputBy(key: String)
    /// The change reached the target branch with this commit.
    case landed(commit: ObjectName)
    case abandoned
    case restored
    /// A later commit undoes the landed change.
    case reverted(by: ObjectName)
  }

  public var kind: Kind
  public var time: KnownTime
  /// Who did it, as recorded; nil when the record does not say.
  public var actor: Identity?
  public var grade: Grade
  public var evidence: Evidence

  public init(
    _ kind: Kind, _ time: KnownTime, by actor: Identity?, _ grade: Grade, _ evidence: Evidence
  ) {
    self.kind = kind
    self.time = time
    self.actor = actor
    self.grade = grade
    self.evidence = evidence
  }
}
