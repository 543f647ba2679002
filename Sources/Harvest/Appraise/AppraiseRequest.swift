/// A line of `refs/notes/devtools/reviews`: somebody asks for a review of the annotated commit.
///
/// Every field may be missing (an empty text here). The fields are those of google/git-appraise
/// `review/request/request.go`, in the order in which it writes them.
public struct AppraiseRequest: Hashable, Sendable {
  /// Decimal seconds since the epoch as text; ordered as text.
  public var timestamp = ""
  /// The branch under review, as a full ref name.
  public var reviewRef = ""
  /// The branch the change is meant for; empty in a request that abandons the review.
  public var targetRef = ""
  public var requester = ""
  public var reviewers: [String] = []
  public var description = ""
  /// Version of the format; only 0 is understood.
  public var version = 0
  public var baseCommit = ""
  /// The review's first commit after a rebase.
  public var alias = ""
  public var signature = ""
  /// What an import adds.
  public var mark: ForgeMark?

  public init() {}

  init(line: ArraySlice<UInt8>) throws(RecordFailure) {
    var reader = RecordReader(line)
    var read = AppraiseRequest()
    var mark = ForgeMarkReader()
    try reader.record { (reader, field) throws(RecordFailure) in
      switch field {
      case "timestamp": try reader.string(into: &read.timestamp)
      case "reviewref": try reader.string(into: &read.reviewRef)
      case "targetref": try reader.string(into: &read.targetRef)
      case "requester": try reader.string(into: &read.requester)
      case "reviewers": try reader.strings(into: &read.reviewers)
      case "description": try reader.string(into: &read.description)
      case "v": try reader.integer(into: &read.version)
      case "basecommit": try reader.string(into: &read.baseCommit)
      case "alias": try reader.string(into: &read.alias)
      case "signature": try reader.string(into: &read.signature)
      default: return try mark.take(field, from: &reader)
      }
      return true
    }
    guard read.version == 0 else { throw RecordFailure(detail: "format version \(read.version)") }
    read.mark = mark.mark
    self = read
  }

  /// The request as one line of a note, byte for byte as Go writes it, then the mark; without a line feed.
  public var line: [UInt8] {
    var writer = RecordWriter()
    writer.member("timestamp", timestamp)
    writer.member("reviewRef", reviewRef)
    writer.member("targetRef", targetRef, always: true)
    writer.member("requester", requester)
    writer.member("reviewers", reviewers)
    writer.member("description", description)
    writer.member("v", version)
    writer.member("baseCommit", baseCommit)
    writer.member("alias", alias)
    writer.member("signature", signature)
    mark?.write(to: &writer)
    return writer.closed
  }
}
