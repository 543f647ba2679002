/// What is unusual about a commit object.
public struct CommitProblems: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The object does not start with a tree line; Git cannot use such a commit.
  public static let noTree = CommitProblems(rawValue: 1)
  /// A parent line that holds no object id, or one that does not follow the tree.
  public static let malformedParent = CommitProblems(rawValue: 2)
  public static let noAuthor = CommitProblems(rawValue: 4)
  public static let noCommitter = CommitProblems(rawValue: 8)
  /// More than one author; the last counts, as in Git.
  public static let severalAuthors = CommitProblems(rawValue: 16)
  /// More than one committer; the last counts, as in Git.
  public static let severalCommitters = CommitProblems(rawValue: 32)
  public static let severalEncodings = CommitProblems(rawValue: 64)
  /// The author line breaks git's form; see `Ident.problems`.
  public static let malformedAuthor = CommitProblems(rawValue: 128)
  /// The committer line breaks git's form; see `Ident.problems`.
  public static let malformedCommitter = CommitProblems(rawValue: 256)
  /// No empty line ends the headers, so there is no message.
  public static let noMessage = CommitProblems(rawValue: 512)
}

/// Where the parts of a commit object lie in its bytes; nothing is copied.
struct CommitLayout {
  var tree: ObjectID?
  /// Parents in order, the 48 bytes of each line from here on.
  var firstParent = 0
  var parentCount = 0
  var author: IdentParts?
  var committer: IdentParts?
  var authorLine = 0..<0
  var committerLine = 0..<0
  var encoding: Range<Int>?
  var isSigned = false
  /// Lines that are none of those above, with their continued lines.
  var extra: [Range<Int>] = []
  var message: Range<Int>
  var problems: CommitProblems = []

  private static let parentLine = 48

  /// Reads the headers; `keepingExtra` also notes the lines that Git itself has no use for.
  init(_ bytes: UnsafeBufferPointer<UInt8>, keepingExtra: Bool) {
    message = bytes.count..<bytes.count
    var position = 0
    if bytes.count >= 46, Self.starts(bytes, at: 0, with: "tree "), bytes[45] == UInt8(ascii: "\n") {
      tree = ObjectID(hexDigits: UnsafeBufferPointer(rebasing: bytes[5..<45]))
    }
    if tree == nil { problems.insert(.noTree) } else { position = 46 }
    firstParent = position
    while let _ = parent(bytes, at: position) {
      parentCount += 1
      position += Self.parentLine
    }
    readHeaders(bytes, from: position, keepingExtra)
    finish()
  }

  /// The parent at an index below `parentCount`.
  func parent(_ index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> ObjectID {
    parent(bytes, at: firstParent + index * Self.parentLine) ?? .zero
  }

  private func parent(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> ObjectID? {
    guard bytes.count - position >= Self.parentLine, Self.starts(bytes, at: position, with: "parent "),
      bytes[position + 47] == UInt8(ascii: "\n")
    else { return nil }
    return ObjectID(hexDigits: UnsafeBufferPointer(rebasing: bytes[position + 7..<position + 47]))
  }

  private mutating func readHeaders(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ keepingExtra: Bool
  ) {
    var position = start
    var followsExtra = false
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      if end == position {
        message = position + 1..<bytes.count
        return
      }
      if bytes[position] == UInt8(ascii: " ") {
        // Git drops a continued line behind a header that it knows.
        if followsExtra { extra[extra.count - 1] = extra[extra.count - 1].lowerBound..<end }
      } else {
        let count = extra.count
        readLine(bytes, position..<end, keepingExtra)
        followsExtra = extra.count > count
      }
      position = end + 1
    }
    problems.insert(.noMessage)
  }

  private mutating func readLine(
    _ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>, _ keepingExtra: Bool
  ) {
    let start = line.lowerBound
    switch bytes[start] {
    case UInt8(ascii: "a") where Self.starts(bytes, at: start, with: "author "):
      if author != nil { problems.insert(.severalAuthors) }
      authorLine = min(start + 7, line.upperBound)..<line.upperBound
      author = IdentParts(bytes, authorLine)
    case UInt8(ascii: "c") where Self.starts(bytes, at: start, with: "committer "):
      if committer != nil { problems.insert(.severalCommitters) }
      committerLine = min(start + 10, line.upperBound)..<line.upperBound
      committer = IdentParts(bytes, committerLine)
    case UInt8(ascii: "e") where Self.starts(bytes, at: start, with: "encoding "):
      if encoding != nil { problems.insert(.severalEncodings) }
      encoding = min(start + 9, line.upperBound)..<line.upperBound
    default:
      if Self.starts(bytes, at: start, with: "gpgsig") { isSigned = true }
      if Self.starts(bytes, at: start, with: "parent ") { problems.insert(.malformedParent) }
      if keepingExtra { extra.append(line) }
    }
  }

  private mutating func finish() {
    if let author {
      if !author.problems.isEmpty { problems.insert(.malformedAuthor) }
    } else {
      problems.insert(.noAuthor)
    }
    if let committer {
      if !committer.problems.isEmpty { problems.insert(.malformedCommitter) }
    } else {
      problems.insert(.noCommitter)
    }
  }

  private static func starts(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int, with text: StaticString
  ) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
    return true
  }
}
