extension PathPattern {
  /// True when the pattern covers the whole path.
  public func matches(_ path: [UInt8]) -> Bool {
    var walk = Walk()
    while true {
      if let answer = walk.advance(tokens, path) { return answer }
    }
  }

  /// True when the pattern covers the whole path.
  public func matches(_ path: String) -> Bool { matches(Array(path.utf8)) }

  /// True when the pattern covers some path strictly below a directory, whether or not that path exists.
  ///
  /// The directory is written without a slash at its end; the empty one is the root. The answer is exact: once the
  /// directory and a slash are read, something is left of the pattern (no pattern ends with a slash), and every
  /// rest of a pattern covers some rest of a path.
  public func mayMatch(below directory: [UInt8]) -> Bool {
    guard !directory.isEmpty else { return true }
    let start = directory + [Self.slash]
    var walk = Walk()
    while walk.byte < start.count {
      if let answer = walk.advance(tokens, start) { return answer }
    }
    return true
  }

  /// Where pattern and path stand, and where to go on when they part.
  ///
  /// One retry point per kind of wildcard is enough: once a later `*` of the same segment, or a later `**`,
  /// has been reached, an earlier one could only give away bytes that the later one can take as well.
  struct Walk {
    private var token = 0
    /// How much of the path is read.
    private(set) var byte = 0
    private var run: (token: Int, byte: Int)?
    private var segments: (token: Int, byte: Int)?

    private enum Step {
      case advanced
      case covered
      case stuck
    }

    /// Takes one step, or goes back to the last place where a wildcard can take more; nil until there is an answer.
    mutating func advance(_ tokens: [Token], _ path: [UInt8]) -> Bool? {
      if token == tokens.count, byte == path.count { return true }
      switch step(tokens, path) {
      case .advanced: return nil
      case .covered: return true
      case .stuck: return retry(path) ? nil : false
      }
    }

    private mutating func step(_ tokens: [Token], _ path: [UInt8]) -> Step {
      guard token < tokens.count else { return .stuck }
      switch tokens[token] {
      case .anyRest: return byte < path.count ? .covered : .stuck
      case .anySegments:
        token += 1
        segments = (token, byte)
        run = nil
      case .anyRun:
        token += 1
        run = (token, byte)
      case .byte(let expected):
        guard byte < path.count, path[byte] == expected else { return .stuck }
        if expected == PathPattern.slash { run = nil }
        token += 1
        byte += 1
      case .anyByte:
        guard byte < path.count, path[byte] != PathPattern.slash else { return .stuck }
        token += 1
        byte += 1
      }
      return .advanced
    }

    /// Lets the last `*` take one byte more, or failing that the last `**/` one segment more.
    private mutating func retry(_ path: [UInt8]) -> Bool {
      if let last = run, last.byte < path.count, path[last.byte] != PathPattern.slash {
        (token, byte) = (last.token, last.byte + 1)
        run = (token, byte)
        return true
      }
      run = nil
      guard let last = segments, let end = path[last.byte...].firstIndex(of: PathPattern.slash) else {
        return false
      }
      (token, byte) = (last.token, end + 1)
      segments = (token, byte)
      return true
    }
  }
}
