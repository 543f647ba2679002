/// A commit object taken apart, whatever its bytes are.
public struct CommitObject: Hashable, Sendable {
  /// A header that Git has no use for, such as `gpgsig`, `mergetag` or `change-id`.
  public struct Header: Hashable, Sendable {
    public let name: [UInt8]
    /// Continued lines are joined by line ends, without the blank each starts with.
    public let value: [UInt8]
  }

  /// Nil when the object does not start with a tree line.
  public let tree: ObjectID?
  public let parents: [ObjectID]
  /// As recorded, name to offset.
  public let authorLine: [UInt8]
  public let committerLine: [UInt8]
  /// Nil when there is no such line.
  public let author: Ident?
  public let committer: Ident?
  /// The name of the encoding of names and message; UTF-8 when nil.
  public let encoding: [UInt8]?
  public let extraHeaders: [Header]
  /// Everything behind the first empty line.
  public let message: [UInt8]
  public let problems: CommitProblems

  public static func parse(_ bytes: [UInt8]) -> CommitObject {
    bytes.withUnsafeBufferPointer { buffer in
      let layout = CommitLayout(buffer, keepingExtra: true)
      return CommitObject(bytes, buffer, layout)
    }
  }

  private init(_ bytes: [UInt8], _ buffer: UnsafeBufferPointer<UInt8>, _ layout: CommitLayout) {
    tree = layout.tree
    parents = (0..<layout.parentCount).map { layout.parent($0, in: buffer) }
    authorLine = Array(bytes[layout.authorLine])
    committerLine = Array(bytes[layout.committerLine])
    author = layout.author == nil ? nil : Ident.parse(authorLine)
    committer = layout.committer == nil ? nil : Ident.parse(committerLine)
    encoding = layout.encoding.map { Array(bytes[$0]) }
    extraHeaders = layout.extra.map { CommitObject.header(bytes[$0]) }
    message = Array(bytes[layout.message])
    problems = layout.problems
  }

  /// The message as text; see `Text.decode`.
  public var messageText: String { Text.decode(message[...], encoding: encoding).text }

  private static func header(_ lines: ArraySlice<UInt8>) -> Header {
    let isEnd = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") }
    let nameEnd = lines.firstIndex(where: isEnd) ?? lines.endIndex
    var value: [UInt8] = []
    var afterLineEnd = nameEnd < lines.endIndex && lines[nameEnd] == UInt8(ascii: "\n")
    for byte in lines[nameEnd...].dropFirst() {
      if !(afterLineEnd && byte == UInt8(ascii: " ")) { value.append(byte) }
      afterLineEnd = byte == UInt8(ascii: "\n")
    }
    return Header(name: Array(lines[..<nameEnd]), value: value)
  }
}
