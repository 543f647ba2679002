/// Something about one commit that a reader of the history should know.
public struct HistoryProblem: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// A root or parent is not in this repository.
    case missingCommit
    /// A root or parent is in this repository but is no commit that can be read.
    case unreadableCommit(detail: String)
    /// The commit breaks the format of commits; what can be read was kept.
    case malformedCommit(CommitProblems)
    /// The parents were left out on purpose when the repository was cloned.
    case shallowBoundary
    /// A tree is missing, so the changed paths are not known.
    case missingTree
    /// A tree is broken, so the changed paths are not known.
    case corruptTree
    /// The trees are too deep or too large, so the changed paths are not known.
    case tooManyChanges
    /// The message is unusually long; it was kept.
    case longMessage(bytes: Int)
    /// The commit is its own ancestor, which only a forged object database can say; those links were cut.
    case cycle
  }

  /// The commit concerned.
  public let commit: ObjectID
  public let kind: Kind
  /// The object that is missing or broken, when it is another than the commit.
  public let object: ObjectID?

  public init(_ commit: ObjectID, _ kind: Kind, object: ObjectID? = nil) {
    self.commit = commit
    self.kind = kind
    self.object = object
  }
}
