/// All paths that differ between two trees, with what stood and what stands there.
public struct TreeChange: Hashable, Sendable {
  /// What one tree holds at a path.
  public struct Side: Hashable, Sendable {
    public let mode: TreeEntry.Mode
    public let id: ObjectID

    public init(mode: TreeEntry.Mode, id: ObjectID) { (self.mode, self.id) = (mode, id) }
  }

  /// Both ends of the change of one path; nil where the path does not exist.
  public struct Sides: Hashable, Sendable {
    public let old: Side?
    public let new: Side?
  }

  /// What happened to one path.
  public struct Entry: Hashable, Sendable {
    /// Raw bytes with `/` between the parts.
    public let path: [UInt8]
    public let status: History.Status
    public let sides: Sides
  }

  /// In the order of `git diff-tree -r --no-renames`.
  public let entries: [Entry]
}
