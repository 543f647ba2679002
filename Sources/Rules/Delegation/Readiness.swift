public import Facts

/// How somebody's deeds on some paths compare with a ladder.
///
/// Suggestions only: nobody gets a right by being listed. A figure that Git cannot tell here is refused with its
/// reason, and never counts as reached.
public struct Readiness: Hashable, Sendable {
  /// What is asked of somebody, in the order in which it is told.
  public enum Criterion: String, Hashable, Sendable, CaseIterable {
    case landed
    case reviews
    case firstReviews = "first-reviews"
    case agreement
    case activeWithin = "active-within"
    case reverted
    case months
    case holds
  }

  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    case met
    case notMet = "not-met"
    case notEnoughEvidence = "not-enough-evidence"
    /// The ladder does not ask for it.
    case notAsked = "not-asked"
  }

  /// Why there is not enough evidence.
  public enum Shortage: String, Hashable, Sendable, CaseIterable {
    /// No source in this clone keeps reviews.
    case reviewsNotInGit = "reviews-not-in-git"
    /// Of some proposals the reviews are not on record, and they could make the difference.
    case reviewsPartlyInGit = "reviews-partly-in-git"
    /// Too few of their verdicts were followed by a decision of others.
    case tooFewDecisions = "too-few-decisions"
    /// The patterns are too involved to tell whether the right covers them.
    case pathsNotComparable = "paths-not-comparable"
  }

  public enum Value: Hashable, Sendable {
    case count(Int)
    case share(Share)
    /// Time since the last act, or since the first one; nil where there is none.
    case seconds(Int64?)
    case held(Grant.Verb, Bool)
  }

  /// One criterion of the ladder, or a figure that it does not ask for.
  public struct Item: Hashable, Sendable {
    public var criterion: Criterion
    public var value: Value
    /// What the ladder asks for; nil where it asks for nothing.
    public var threshold: Value?
    public var outcome: Outcome
    public var shortage: Shortage?
    /// Contributions that the figure rests on, sorted.
    public var evidence: [ContributionReference]
  }

  /// What it comes to.
  public enum Standing: String, Hashable, Sendable, CaseIterable {
    /// Everything that the ladder asks for is met.
    case ready
    case notYet = "not-yet"
    /// Nothing is known to be missing, and something is not known.
    case notEnoughEvidence = "not-enough-evidence"
    /// Holds on all of these paths already what would be proposed.
    case holdsAlready = "holds-already"
  }

  public var person: PersonKey
  public var items: [Item]
  public var standing: Standing
  /// Contributions that wait for an answer of theirs now.
  public var load: Int
}
