/// One `Key: value` line at the end of a message.
public struct Trailer: Hashable, Sendable {
  /// As written; compare without regard to case.
  public let key: String
  /// Continued lines are joined by one blank.
  ///
  /// Bytes that are not UTF-8 are read as ISO-8859-1.
  public let value: String

  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// The trailers of a commit message.
public struct Trailers: Hashable, Sendable {
  /// What counts as a trailer block.
  public enum Mode: Hashable, Sendable {
    /// What `git log --format=%(trailers:only,unfold)` shows; follows git's trailer.c.
    case git
    /// Gerrit's footers: the last paragraph unless it is the first, and of it the lines that read
    /// `Key: value` with letters, digits and `-` before the colon; follows JGit's FooterLine.
    case strict
  }

  public let trailers: [Trailer]
  /// Where the block lies in the message, counted from its first byte; empty when there is none.
  public let block: Range<Int>

  public static func parse(_ message: some Collection<UInt8>, mode: Mode) -> Trailers {
    let parsed = message.withContiguousStorageIfAvailable { parse($0, mode) }
    return parsed ?? Array(message).withUnsafeBufferPointer { parse($0, mode) }
  }

  private static func parse(_ message: UnsafeBufferPointer<UInt8>, _ mode: Mode) -> Trailers {
    switch mode {
    case .git: TrailerBlock(message).trailers
    case .strict: FooterBlock(message).trailers
    }
  }

  /// The first value of a key, compared without regard to case.
  public func first(_ key: String) -> String? {
    let wanted = key.lowercased()
    return trailers.first { $0.key.lowercased() == wanted }?.value
  }
}

extension Trailer {
  init(key: some Sequence<UInt8>, value: [UInt8]) {
    self.key = String(decoding: Array(key), as: UTF8.self)
    self.value = Text.decode(value[...], encoding: nil).text
  }
}

/// Gerrit's rule.
private struct FooterBlock {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ message: UnsafeBufferPointer<UInt8>) { bytes = message }

  var trailers: Trailers {
    var end = bytes.count
    while end > 0, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    guard let start = lastParagraph(before: end) else { return Trailers(trailers: [], block: 0..<0) }
    var found: [Trailer] = []
    var line = start
    while line < end {
      var lineEnd = line
      while lineEnd < end, bytes[lineEnd] != UInt8(ascii: "\n") { lineEnd += 1 }
      if let trailer = footer(line..<lineEnd) { found.append(trailer) }
      line = lineEnd + 1
    }
    return Trailers(trailers: found, block: found.isEmpty ? 0..<0 : start..<end)
  }

  /// Nil when the message has only one paragraph.
  private func lastParagraph(before end: Int) -> Int? {
    var index = end
    while index > 0 {
      let lineEnd = index
      while index > 0, bytes[index - 1] != UInt8(ascii: "\n") { index -= 1 }
      if bytes[index..<lineEnd].allSatisfy({ $0 == UInt8(ascii: "\r") }) {
        let hasText = bytes[..<index].contains { !Bytes.isSpace($0) }
        return hasText ? min(lineEnd + 1, end) : nil
      }
      index -= 1
    }
    return nil
  }

  private func footer(_ line: Range<Int>) -> Trailer? {
    let key = bytes[line].prefix { Bytes.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    guard !key.isEmpty, key.endIndex < line.upperBound, bytes[key.endIndex] == UInt8(ascii: ":") else {
      return nil
    }
    var value = bytes[(key.endIndex + 1)..<line.upperBound]
    while let first = value.first, Bytes.isSpace(first) { value.removeFirst() }
    while let last = value.last, Bytes.isSpace(last) { value.removeLast() }
    guard let text = String(validating: value, as: UTF8.self) else {
      return Trailer(key: key, value: Array(value))
    }
    return Trailer(key: String(decoding: key, as: UTF8.self), value: text)
  }
}
