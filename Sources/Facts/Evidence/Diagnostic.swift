/// Something in a repository that could not be read or made sense of, and was left out of the answer.
///
/// Diagnostics are counted and shown: an absent object or a broken note is never a silent skip.
public struct Diagnostic: Hashable, Sendable {
  /// What went wrong; the words live in the renderer.
  public enum Kind: Hashable, Sendable {
    case missingObject
    case corruptObject(detail: String)
    case notACommit
    /// A line of a note that is no record of its format (`line` counts from 1).
    case unreadableRecord(line: Int, detail: String)
    /// A record that refers to another one that is not there.
    case danglingReference(to: String)
    case oversized(bytes: Int, limit: Int)
    case undecodableText
    case malformedIdentity(detail: String)
    /// History ends here because the clone is shallow.
    case shallowBoundary
    case dateOutOfOrder
    /// The record was rewritten when a server moved its data: its events did not happen at the times it carries.
    case migratedTimes
    case unverifiedSignature(detail: String)
    /// A symbolic link where a policy file is expected; never followed.
    case symbolicLink(path: String)
    /// A submodule where policy files are expected; its files are in another repository.
    case submodule(path: String)
    /// A file or line that should say who owns what, and was left out.
    case ownership(OwnershipProblem)
  }

  public let kind: Kind
  /// The ref in which it was met, if any.
  public let ref: String?
  /// The object concerned, if one is named.
  public let object: ObjectName?

  public init(_ kind: Kind, ref: String? = nil, object: ObjectName? = nil) {
    self.kind = kind
    self.ref = ref
    self.object = object
  }
}
