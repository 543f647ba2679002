/// Git's own rule for the trailers of a commit message, step by step as in its trailer.c and commit.c.
///
/// A message ends at its first NUL byte for Git, so it does here. The dividing line `---` means nothing in a
/// commit message. Tokens configured under `trailer.*` are not known.
struct TrailerBlock {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Git skips empty lines before the subject.
  private let start: Int
  private let end: Int

  private static let generated: [StaticString] = ["Signed-off-by: ", "(cherry picked from commit "]
  private static let scissors: StaticString = "# ------------------------ >8 ------------------------\n"

  init(_ message: UnsafeBufferPointer<UInt8>) {
    bytes = message
    end = message.firstIndex(of: 0) ?? message.count
    var line = 0
    while line < end {
      let next = TrailerBlock.nextLine(message, line, end)
      guard message[line..<next].allSatisfy({ Bytes.isSpace($0) }) else { break }
      line = next
    }
    start = line
  }

  var trailers: Trailers {
    let blockEnd = endOfBlock()
    let blockStart = startOfBlock(before: blockEnd)
    var found: [Trailer] = []
    var position = blockStart
    while position < blockEnd {
      let first = position
      position = nextLine(position, blockEnd)
      guard let separator = separator(in: first..<position), separator > first else { continue }
      while position < blockEnd, Bytes.isSpace(bytes[position]) { position = nextLine(position, blockEnd) }
      found.append(trailer(first..<position, separator))
    }
    return Trailers(trailers: found, block: found.isEmpty ? 0..<0 : blockStart..<blockEnd)
  }

  private func trailer(_ lines: Range<Int>, _ separator: Int) -> Trailer {
    let key = Bytes.trimmed(Array(bytes[lines.lowerBound..<separator])[...])
    let raw = Bytes.trimmed(Array(bytes[(separator + 1)..<lines.upperBound])[...])
    guard raw.contains(UInt8(ascii: "\n")) else { return Trailer(key: key, value: Array(raw)) }
    var value: [UInt8] = []
    var afterLineEnd = false
    for byte in raw {
      if afterLineEnd && Bytes.isSpace(byte) { continue }
      afterLineEnd = byte == UInt8(ascii: "\n")
      value.append(afterLineEnd ? UInt8(ascii: " ") : byte)
    }
    return Trailer(key: key, value: Array(Bytes.trimmed(value[...])))
  }

  /// `ignore_non_trailer`: cuts the comments, empty lines and old conflict lists at the end.
  private func endOfBlock() -> Int {
    let cutoff = endOfStatus()
    var comments = start
    var inConflicts = false
    var line = start
    while line < cutoff {
      let first = bytes[line]
      if first == UInt8(ascii: "#") || first == UInt8(ascii: "\n") {
        if comments == start { comments = line }
      } else if starts(line, "Conflicts:\n") {
        inConflicts = true
        if comments == start { comments = line }
      } else if inConflicts && first == UInt8(ascii: "\t") {
        // A path in the list.
      } else if comments != start {
        comments = start
        inConflicts = false
      }
      line = nextLine(line, end)
    }
    return comments != start ? comments : cutoff
  }

  /// `wt_status_locate_end`: cuts at the line that `git commit --verbose` puts before the patch.
  private func endOfStatus() -> Int {
    var line = start
    while line < end {
      if starts(line, Self.scissors) { return line }
      line = nextLine(line, end)
    }
    return end
  }

  /// `find_trailer_start`: the first line of the block, or `blockEnd` when there is none.
  private func startOfBlock(before blockEnd: Int) -> Int {
    let title = endOfTitle(before: blockEnd)
    var count = Count()
    var line = lastLine(before: blockEnd)
    while let current = line, current >= title {
      if bytes[current] == UInt8(ascii: "#") {
        count.comment()
      } else if isBlank(current) {
        guard count.onlyBlank else {
          count.comment()
          return count.isBlock ? nextLine(current, end) : blockEnd
        }
      } else {
        count.add(kind(of: current))
      }
      line = lastLine(before: current)
    }
    return blockEnd
  }

  private func kind(of line: Int) -> Count.Kind {
    if Self.generated.contains(where: { starts(line, $0) }) { return .generated }
    if Bytes.isSpace(bytes[line]) { return .continuation }
    if let separator = separator(in: line..<end), separator > line { return .trailer }
    return .other
  }

  private func endOfTitle(before blockEnd: Int) -> Int {
    var line = start
    while line < blockEnd {
      if bytes[line] != UInt8(ascii: "#") && isBlank(line) { return line }
      line = nextLine(line, end)
    }
    return line
  }

  /// `find_separator`: the colon behind letters, digits and `-`, blanks allowed before it.
  private func separator(in line: Range<Int>) -> Int? {
    var blankSeen = false
    for index in line {
      let byte = bytes[index]
      if byte == UInt8(ascii: ":") { return index }
      if !blankSeen && (Bytes.isLetterOrDigit(byte) || byte == UInt8(ascii: "-")) { continue }
      guard index != line.lowerBound, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") else {
        return nil
      }
      blankSeen = true
    }
    return nil
  }

  /// The start of the line before a position, as git's `last_line`.
  private func lastLine(before position: Int) -> Int? {
    guard position > start else { return nil }
    var index = position - 1
    while index > start, bytes[index - 1] != UInt8(ascii: "\n") { index -= 1 }
    return index
  }

  private func isBlank(_ line: Int) -> Bool {
    var index = line
    while index < end, bytes[index] != UInt8(ascii: "\n") {
      guard Bytes.isSpace(bytes[index]) else { return false }
      index += 1
    }
    return true
  }

  private func starts(_ line: Int, _ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard end - line >= count else { return false }
    for index in 0..<count where bytes[line + index] != text.utf8Start[index] { return false }
    return true
  }

  private func nextLine(_ line: Int, _ limit: Int) -> Int { Self.nextLine(bytes, line, limit) }

  private static func nextLine(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Int, _ limit: Int) -> Int {
    var index = line
    while index < limit, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    return min(index + 1, limit)
  }

  /// The lines of a paragraph counted from its end, as `find_trailer_start` does.
  private struct Count {
    enum Kind {
      case generated
      case trailer
      case continuation
      case other
    }

    private(set) var onlyBlank = true
    private var hasGenerated = false
    private var trailers = 0
    private var others = 0
    /// Belong to the line above them, which is not known yet.
    private var continuations = 0

    mutating func add(_ kind: Kind) {
      onlyBlank = false
      switch kind {
      case .continuation:
        continuations += 1
      case .other:
        others += 1 + continuations
        continuations = 0
      case .generated, .trailer:
        trailers += 1
        continuations = 0
        hasGenerated = hasGenerated || kind == .generated
      }
    }

    mutating func comment() {
      others += continuations
      continuations = 0
    }

    /// Only trailers, or one that Git wrote and at least a quarter of trailers.
    var isBlock: Bool {
      (hasGenerated && trailers * 3 >= others) || (trailers > 0 && others == 0)
    }
  }
}
