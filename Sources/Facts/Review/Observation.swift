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

  /// The earliest moment at which it can have been, where there is a limit.
  public var notBefore: Instant? {
    switch self {
    case .at(let instant): instant
    case .between(let earliest, _): earliest
    case .unknown: nil
    }
  }

  /// The latest moment at which it can have been, where there is a limit.
  public var notAfter: Instant? {
    switch self {
    case .at(let instant): instant
    case .between(_, let latest): latest
    case .unknown: nil
    }
  }
}

/// The opinion that a review record expresses.
public enum Opinion: Hashable, Sendable {
  case approve
  case reject
  case neutral
}

/// A vote on a label of a review system that knows several strengths, as Gerrit does.
public struct Vote: Hashable, Sendable {
  /// The label's name, such as `Code-Review` or `Verified`.
  public let label: String
  /// The strength as recorded, such as −2 to +2; 0 withdraws.
  public let value: Int

  public init(label: String, value: Int) {
    self.label = label
    self.value = value
  }
}

/// How a change says that it follows from another one.
public enum Relation: String, Hashable, Sendable, CaseIterable {
  case revertOf = "revert-of"
  case cherryPickOf = "cherry-pick-of"
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
    /// A verdict on an earlier revision that the review system lets stand for this one; no new event of anybody.
    case verdictCarried(Opinion, revision: ObjectName?)
    /// A vote on a label that is no opinion on the change, such as `Verified` of a build.
    case labelled(Vote, revision: ObjectName?)
    case reviewerRemoved(Identity)
    /// The review system says that it waits for this person, or no longer does (Gerrit's attention set).
    case attention(of: Identity, isNeeded: Bool)
    /// A message that the review system or a build wrote by itself, with its tag; nobody's answer.
    case automatic(tag: String)
    case related(Relation, to: ContributionID)
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
  /// The strength of a verdict, where the review system knows several.
  public var vote: Vote?
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
