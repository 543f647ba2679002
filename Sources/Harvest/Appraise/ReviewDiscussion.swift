public import Facts

/// The requests and the discussion of one review as git-appraise reads them, for a writer that adds to them.
///
/// Time plays no part: what is there counts, whatever date it carries.
public struct ReviewDiscussion {
  /// A comment in its thread, in the version that is in force.
  public struct Comment: Hashable, Sendable {
    /// What answers and new versions call it; that of its first version.
    public let id: ObjectName
    public let record: AppraiseComment
    /// The comment that it answers.
    public let parent: ObjectName?
    /// How many comments stand above it in its thread.
    public let depth: Int
    /// The state of the comment with its answers: false needs work, true is done, nil is for information.
    public let resolved: Bool?
    public let isEdited: Bool
  }

  /// The requests in git-appraise's order; never empty.
  public let requests: [AppraiseRequest]
  /// The request that opened the review.
  public let opening: AppraiseRequest
  /// All comments that are in threads: the threads by time, each comment followed by its answers.
  public let comments: [Comment]
  /// The ids of new versions, by which nothing can be answered, with those of what they are versions of.
  public let versions: [ObjectName: ObjectName]
  /// git-appraise's verdict on the whole: accepted, rejected, or none.
  public let isAccepted: Bool?

  /// Nil when nobody has asked for a review.
  public init?(_ note: ReviewLedger.Note) {
    let requests = note.requests.enumerated().map {
      NoteRecord(record: $1, line: $0 + 1, digest: SHA1.digest(of: $1.line))
    }
    let comments = note.comments.enumerated().map {
      NoteRecord(record: $1, line: $0 + 1, digest: $1.id)
    }
    guard let notes = ReviewNotes(requests: requests, comments: comments) else { return nil }
    self.requests = notes.requests.map(\.record)
    opening = notes.opening.record
    isAccepted = notes.threads.resolved
    self.comments = Self.listed(notes.threads)
    var versions: [ObjectName: ObjectName] = [:]
    for node in notes.threads.nodes {
      for edit in node.edits { versions[notes.threads.nodes[edit].id] = node.id }
    }
    self.versions = versions
  }

  /// The request in force.
  public var current: AppraiseRequest { requests[requests.count - 1] }

  /// Whether the review was given up.
  public var isAbandoned: Bool { current.targetRef.isEmpty }

  /// Works by a stack, so that no depth of answers is too deep.
  private static func listed(_ threads: CommentThreads) -> [Comment] {
    func inTime(_ nodes: [Int]) -> [Int] {
      nodes.enumerated().sorted { one, other in
        let (first, second) = (
          threads.current(one.element).record.timestamp, threads.current(other.element).record.timestamp
        )
        if first.precedesInBytes(second) { return true }
        return second.precedesInBytes(first) ? false : one.offset < other.offset
      }.map(\.element)
    }
    var listed: [Comment] = []
    var waiting = inTime(threads.roots).reversed().map { (node: $0, depth: 0) }
    while let (index, depth) = waiting.popLast() {
      let node = threads.nodes[index]
      listed.append(
        Comment(
          id: node.id, record: threads.current(index).record,
          parent: node.parent.map { threads.nodes[$0].id }, depth: depth, resolved: node.resolved,
          isEdited: node.current != index))
      waiting += inTime(node.children).reversed().map { (node: $0, depth: depth + 1) }
    }
    return listed
  }
}
