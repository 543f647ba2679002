/// The notations in which ownership files write paths, turned into shapes.
enum GlobReader {
  /// The longest pattern, in bytes.
  static let byteLimit = 1_024

  /// What is wrong with a pattern.
  enum Flaw: Error, Hashable {
    case empty
    case tripleStar
    case tooLarge
    case slash
  }

  static let slash = UInt8(ascii: "/")
  private static let star = UInt8(ascii: "*")
  private static let question = UInt8(ascii: "?")
  private static let backslash = UInt8(ascii: "\\")

  // MARK: GitHub

  /// A CODEOWNERS pattern as GitHub takes it: gitignore's, without negation and without `[…]`.
  ///
  /// After hmarr/codeowners `match.go`. The shape covers whole paths.
  static func gitHub(_ bytes: [UInt8]) throws(Flaw) -> Shape {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= byteLimit else { throw .tooLarge }
    guard !holdsTripleStar(bytes) else { throw .tripleStar }
    var segments = bytes.split(separator: slash, omittingEmptySubsequences: false).map(Array.init)
    if segments[0].isEmpty {
      segments.removeFirst()
      // No path is empty, so a slash alone matches nothing.
      if segments == [[]] { return never }
    } else if segments.count == 1 || (segments.count == 2 && segments[1].isEmpty),
      segments[0] != [star, star]
    {
      segments.insert([star, star], at: 0)
    }
    if segments.count > 1, segments[segments.count - 1].isEmpty {
      segments[segments.count - 1] = [star, star]
    }
    // Whatever lies in any folder.
    if segments == [[star, star], [star, star]] {
      return .sequence([.some(.bytes(.any)), .byte(slash), .many(.bytes(.any))])
    }
    return gitHub(segments)
  }

  /// A shape that nothing matches.
  private static var never: Shape { .bytes(ByteSet()) }

  private static func gitHub(_ segments: [[UInt8]]) -> Shape {
    var parts: [Shape] = []
    var needsSlash = false
    let last = segments.count - 1
    for (number, segment) in segments.enumerated() {
      if segment == [star, star] {
        let some = Shape.some(.bytes(.any))
        if number == 0, number == last {
          parts.append(some)
        } else if number == 0 {
          parts.append(.maybe(.sequence([some, .byte(slash)])))
        } else if number == last {
          parts += needsSlash ? [.byte(slash), .many(.bytes(.any))] : [.many(.bytes(.any))]
        } else {
          parts.append(.maybe(.sequence([.byte(slash), some])))
          needsSlash = true
        }
        continue
      }
      if needsSlash { parts.append(.byte(slash)) }
      needsSlash = true
      if segment == [star] {
        parts.append(.some(.bytes(.notSlash)))
      } else {
        parts.append(simple(segment))
        if number == last { parts.append(.maybe(.sequence([.byte(slash), .many(.bytes(.any))]))) }
      }
    }
    return .sequence(parts)
  }

  /// A segment with `*`, `?` and escapes; brackets stand for themselves.
  private static func simple(_ segment: [UInt8]) -> Shape {
    var parts: [Shape] = []
    var place = 0
    while place < segment.count {
      switch segment[place] {
      case star: parts.append(.many(.bytes(.notSlash)))
      case question: parts.append(.bytes(.notSlash))
      case backslash where place + 1 < segment.count:
        place += 1
        parts.append(.byte(segment[place]))
      case let byte: parts.append(.byte(byte))
      }
      place += 1
    }
    return .sequence(parts)
  }

  private static func holdsTripleStar(_ bytes: [UInt8]) -> Bool {
    var run = 0
    for byte in bytes {
      run = byte == star ? run + 1 : 0
      if run == 3 { return true }
    }
    return false
  }

  // MARK: GitLab

  /// A CODEOWNERS pattern as GitLab takes it, to be matched against the path with a slash before it.
  ///
  /// GitLab's `Gitlab::CodeOwners::File` puts `/**/` before a pattern without a slash at its start and `**/*` after
  /// one with a slash at its end, and asks Ruby's `File.fnmatch` with `FNM_DOTMATCH | FNM_PATHNAME`: there `**/` is
  /// whole folders at the start of a segment only, and any other `**` is a `*`.
  static func gitLab(_ bytes: [UInt8]) throws(Flaw) -> Shape {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= byteLimit else { throw .tooLarge }
    var pattern = bytes
    if pattern == [star] { pattern = Array("/**/*".utf8) }
    if pattern.first != slash { pattern = Array("/**/".utf8) + pattern }
    if pattern.last == slash { pattern += Array("**/*".utf8) }
    return fileName(pattern, wholeFolders: true)
  }

  // MARK: fnmatch

  /// A pattern for the names of files in one directory, as Python's `fnmatch` takes it.
  static func baseName(_ bytes: [UInt8]) throws(Flaw) -> Shape {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= byteLimit else { throw .tooLarge }
    guard !bytes.contains(slash) else { throw .slash }
    return fileName(bytes, wholeFolders: false, escapes: false)
  }

  private static func fileName(_ bytes: [UInt8], wholeFolders: Bool, escapes: Bool = true) -> Shape {
    var parts: [Shape] = []
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      let beginsSegment = place == 0 || bytes[place - 1] == slash
      if wholeFolders, beginsSegment, bytes[place...].starts(with: "**/".utf8) {
        parts.append(.many(.sequence([.some(.bytes(.notSlash)), .byte(slash)])))
        place += 3
        continue
      }
      place += 1
      switch byte {
      case star: parts.append(.many(.bytes(.notSlash)))
      case question: parts.append(.bytes(.notSlash))
      case backslash where escapes && place < bytes.count:
        parts.append(.byte(bytes[place]))
        place += 1
      case UInt8(ascii: "["):
        if let set = set(bytes, &place, escapes: escapes) {
          parts.append(.bytes(set))
        } else {
          // Ruby matches nothing with a bracket that is never closed, Python takes it as it stands.
          parts.append(escapes ? .bytes(ByteSet()) : .byte(byte))
        }
      default: parts.append(.byte(byte))
      }
    }
    return .sequence(parts)
  }

  /// The set behind a bracket, which never holds the slash; nil when it is not closed.
  private static func set(_ bytes: [UInt8], _ place: inout Int, escapes: Bool) -> ByteSet? {
    var index = place
    var set = ByteSet()
    let isInverted =
      index < bytes.count
      && (bytes[index] == UInt8(ascii: "!") || (escapes && bytes[index] == UInt8(ascii: "^")))
    if isInverted { index += 1 }
    let start = index
    func member() -> UInt8? {
      guard index < bytes.count else { return nil }
      if escapes, bytes[index] == backslash, index + 1 < bytes.count { index += 1 }
      defer { index += 1 }
      return bytes[index]
    }
    while index < bytes.count, bytes[index] != UInt8(ascii: "]") || index == start {
      guard let low = member() else { return nil }
      if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] != UInt8(ascii: "]") {
        index += 1
        guard let high = member() else { return nil }
        if low <= high { set.formUnion(ByteSet(low...high)) }
      } else {
        set.insert(low)
      }
    }
    guard index < bytes.count else { return nil }
    place = index + 1
    if isInverted { set = set.inverted }
    set.formIntersection(.notSlash)
    return set
  }

  // MARK: Java

  /// A glob of Java's file systems, as Gerrit's code-owners uses them: `**` crosses slashes, `{a,b}` are choices.
  static func java(_ bytes: [UInt8]) throws(Flaw) -> Shape {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= byteLimit else { throw .tooLarge }
    var place = 0
    return javaSequence(bytes, &place, inGroup: false)
  }

  private static func javaSequence(_ bytes: [UInt8], _ place: inout Int, inGroup: Bool) -> Shape {
    var parts: [Shape] = []
    while place < bytes.count {
      let byte = bytes[place]
      if inGroup, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") { break }
      place += 1
      switch byte {
      case star:
        let isDouble = place < bytes.count && bytes[place] == star
        while place < bytes.count, bytes[place] == star { place += 1 }
        parts.append(.many(.bytes(isDouble ? .any : .notSlash)))
      case question: parts.append(.bytes(.notSlash))
      case backslash where place < bytes.count:
        parts.append(.byte(bytes[place]))
        place += 1
      case UInt8(ascii: "["):
        parts.append(set(bytes, &place, escapes: true).map { .bytes($0) } ?? .byte(byte))
      case UInt8(ascii: "{") where !inGroup: parts.append(javaChoice(bytes, &place))
      default: parts.append(.byte(byte))
      }
    }
    return .sequence(parts)
  }

  /// Groups do not nest in Java's globs.
  private static func javaChoice(_ bytes: [UInt8], _ place: inout Int) -> Shape {
    let start = place
    var ways: [Shape] = []
    while place < bytes.count {
      ways.append(javaSequence(bytes, &place, inGroup: true))
      guard place < bytes.count else { break }
      place += 1
      if bytes[place - 1] == UInt8(ascii: "}") { return .choice(ways) }
    }
    place = start
    return .byte(UInt8(ascii: "{"))
  }
}
