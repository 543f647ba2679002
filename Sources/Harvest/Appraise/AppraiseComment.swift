public import Facts

/// A line of `refs/notes/devtools/discuss`: a comment, a verdict, a reply, or a new version of one of these.
///
/// Every field may be missing (an empty text or nil here). The fields are those of google/git-appraise
/// `review/comment/comment.go`, in the order in which it writes them.
public struct AppraiseComment: Hashable, Sendable {
  /// Lines and columns count from 1; 0 means the whole file, line, or range of one line.
  public struct Range: Hashable, Sendable {
    public var startLine: UInt32 = 0
    public var startColumn: UInt32 = 0
    public var endLine: UInt32 = 0
    public var endColumn: UInt32 = 0

    public init() {}
  }

  /// Where in the change the comment belongs: a commit, or a file or range of lines in it.
  public struct Location: Hashable, Sendable {
    /// The commit's id, at times abbreviated.
    public var commit = ""
    public var path = ""
    public var range: Range?

    public init() {}
  }

  /// Decimal seconds since the epoch as text; ordered as text.
  public var timestamp = ""
  public var author = ""
  /// The id of the comment that this record replaces.
  public var original = ""
  /// The id of the comment that this one answers.
  public var parent = ""
  public var location: Location?
  public var description = ""
  /// On a comment without parent: accept or reject; on a reply: done, or still to be done.
  public var resolved: Bool?
  /// Version of the format; only 0 is understood.
  public var version = 0
  public var signature = ""
  /// What an import adds.
  public var mark: ForgeMark?

  public init() {}

  /// The comment's id: the SHA-1 of its line as today's Go writes it, which need not be the line as stored.
  public var id: ObjectName { SHA1.digest(of: line(.current).closed) }

  /// The id before Go 1.22, when it differs: backspaces and form feeds were written in another way.
  var olderID: ObjectName? {
    let older = line(.before122).closed
    return older == line(.current).closed ? nil : SHA1.digest(of: older)
  }

  /// The comment as one line of a note, byte for byte as Go writes it, then the mark; without a line feed.
  public var line: [UInt8] {
    var writer = line(.current)
    mark?.write(to: &writer)
    return writer.closed
  }

  private func line(_ escapes: RecordWriter.Escapes) -> RecordWriter {
    var writer = RecordWriter(escapes)
    writer.member("timestamp", paddedTimestamp)
    writer.member("author", author)
    writer.member("original", original)
    writer.member("parent", parent)
    if let location { writer.member("location", verbatim: location.object(escapes)) }
    writer.member("description", description)
    writer.member("resolved", resolved)
    writer.member("v", version)
    writer.member("signature", signature)
    return writer
  }

  /// Short numbers get zeros in front, so that text order is time order.
  private var paddedTimestamp: String {
    guard timestamp.utf8.count < 10, let seconds = Int64(timestamp) else { return timestamp }
    let digits = String(seconds.magnitude)
    let sign = seconds < 0 ? "-" : ""
    return sign + String(repeating: "0", count: max(0, 10 - sign.utf8.count - digits.utf8.count)) + digits
  }
}

extension AppraiseComment.Location {
  fileprivate func object(_ escapes: RecordWriter.Escapes) -> [UInt8] {
    var writer = RecordWriter(escapes)
    writer.member("commit", commit)
    writer.member("path", path)
    if let range {
      var inner = RecordWriter(escapes)
      inner.member("startLine", range.startLine, always: true)
      inner.member("startColumn", range.startColumn)
      inner.member("endLine", range.endLine)
      inner.member("endColumn", range.endColumn)
      writer.member("range", verbatim: inner.closed)
    }
    return writer.closed
  }
}

extension AppraiseComment {
  init(line: ArraySlice<UInt8>) throws(RecordFailure) {
    var reader = RecordReader(line)
    var read = AppraiseComment()
    var mark = ForgeMarkReader()
    try reader.record { (reader, field) throws(RecordFailure) in
      switch field {
      case "timestamp": try reader.string(into: &read.timestamp)
      case "author": try reader.string(into: &read.author)
      case "original": try reader.string(into: &read.original)
      case "parent": try reader.string(into: &read.parent)
      case "location": try Location.read(into: &read.location, from: &reader)
      case "description": try reader.string(into: &read.description)
      case "resolved": try reader.boolean(into: &read.resolved)
      case "v": try reader.integer(into: &read.version)
      case "signature": try reader.string(into: &read.signature)
      default: return try mark.take(field, from: &reader)
      }
      return true
    }
    guard read.version == 0 else { throw RecordFailure(detail: "format version \(read.version)") }
    read.mark = mark.mark
    self = read
  }
}

extension AppraiseComment.Location {
  /// Fills what is there already, so that a repeated key adds to the first one, as Go does.
  fileprivate static func read(into value: inout Self?, from reader: inout RecordReader) throws(RecordFailure)
  {
    if try reader.null() {
      value = nil
      return
    }
    var location = value ?? Self()
    try reader.object { (reader, field) throws(RecordFailure) in
      switch field {
      case "commit": try reader.string(into: &location.commit)
      case "path": try reader.string(into: &location.path)
      case "range": try AppraiseComment.Range.read(into: &location.range, from: &reader)
      default: return false
      }
      return true
    }
    value = location
  }
}

extension AppraiseComment.Range {
  fileprivate static func read(into value: inout Self?, from reader: inout RecordReader) throws(RecordFailure)
  {
    if try reader.null() {
      value = nil
      return
    }
    var range = value ?? Self()
    try reader.object { (reader, field) throws(RecordFailure) in
      switch field {
      case "startline": try reader.integer(into: &range.startLine)
      case "startcolumn": try reader.integer(into: &range.startColumn)
      case "endline": try reader.integer(into: &range.endLine)
      case "endcolumn": try reader.integer(into: &range.endColumn)
      default: return false
      }
      return true
    }
    value = range
  }
}
