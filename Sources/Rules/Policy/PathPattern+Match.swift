extension PathPattern {
  /// True when the pattern covers the whole path.
  public func matches(_ path: [UInt8]) -> Bool {
    var walk = Walk()
    while walk.token < tokens.count || walk.byte < path.count {
      switch walk.step(tokens, path) {
      case .advanced: continue
      case .covered: return true
      case .stuck: guard walk.retry(path) else { return false }
      }
    }
    return true
  }

  /// True when the pattern covers the whole path.
  public func matches(_ path: String) -> Bool { matches(Array(path.utf8)) }

  /// Where pattern and path stand, and where to go on when they part.
  ///
  /// One retry point per kind of wildcard is enough: once a later `*` of the same segment, or a later `**`,
  /// has been reached, an earlier one could only give away bytes that the later one can take as well.
  private struct Walk {
    var token = 0
    var byte = 0
    private var run: (token: Int, byte: Int)?
    private var segments: (token: Int, byte: Int)?

    enum Step {
      case advanced
      case covered
      case stuck
    }

    mutating func step(_ tokens: [Token], _ path: [UInt8]) -> Step {
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
    mutating func retry(_ path: [UInt8]) -> Bool {
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
