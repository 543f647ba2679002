/// What a push would do to notes that hold requests and reviews.
public struct ProposedNotes: Sendable {
  /// A line that would be new.
  public struct Line: Hashable, Sendable {
    /// The commit that the note is on.
    public var annotated: ObjectName
    /// Whom the line names as its writer, as written.
    public var author: String
    /// Whether a signature inside the line proves that.
    public var isSigned: Bool

    public init(annotated: ObjectName, author: String, isSigned: Bool) {
      self.annotated = annotated
      self.author = author
      self.isSigned = isSigned
    }
  }

  public var reference: String
  public var old: ObjectName?
  public var new: ObjectName?
  /// False when what stands there now would not be part of the new history.
  public var isFastForward: Bool
  /// Objects whose notes would lose a line.
  public var losing: [ObjectName]
  public var lines: [Line]
  /// Objects with a new line that is no record, and what is wrong with it.
  public var unreadable: [ObjectName: String]

  public init(
    reference: String, old: ObjectName?, new: ObjectName?, isFastForward: Bool = true,
    losing: [ObjectName] = [], lines: [Line] = [], unreadable: [ObjectName: String] = [:]
  ) {
    self.reference = reference
    self.old = old
    self.new = new
    self.isFastForward = isFastForward
    self.losing = losing
    self.lines = lines
    self.unreadable = unreadable
  }
}
