/// Whether two revisions of one contribution make the same change, which only Git can tell.
public struct RevisionQuestion: Hashable, Sendable {
  /// Against what the revisions are compared.
  public enum Base: Hashable, Sendable {
    /// Each is one commit, as a patch set of Gerrit is, and changes what differs from its first parent.
    case parent
    /// Each is the head of a branch, and changes what differs from where it left the branch read.
    ///
    /// The branch is meant as it stood before the landing commit, and before those of `commits` that it holds by its
    /// first parents; as of now, where nothing landed.
    case branch(landing: ObjectName?, commits: [ObjectName])
  }

  /// The revision that somebody approved.
  public var approved: ObjectName
  /// The one that came last.
  public var later: ObjectName
  public var base: Base

  public init(approved: ObjectName, later: ObjectName, base: Base) {
    self.approved = approved
    self.later = later
    self.base = base
  }
}

/// What Git shows of two revisions.
public enum RevisionLikeness: String, Hashable, Sendable, CaseIterable {
  /// The same paths change from the same contents to the same contents, in one commit or in the same steps.
  case sameChange = "same-change"
  case otherChange = "other-change"
  /// Objects are missing, there is no one base, or a revision changes nothing.
  case notKnown = "not-known"
}
