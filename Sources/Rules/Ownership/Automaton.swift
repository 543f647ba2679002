/// What a pattern stands for, whichever notation it was written in.
indirect enum Shape: Hashable {
  case nothing
  case bytes(ByteSet)
  case sequence([Shape])
  case choice([Shape])
  /// `most` is nil for any number.
  case repeated(Shape, least: Int, most: Int?)
  case edge(Edge)

  static func byte(_ byte: UInt8) -> Shape { .bytes(ByteSet(byte)) }

  static func text(_ text: some Sequence<UInt8>) -> Shape { .sequence(text.map(byte)) }

  static func many(_ shape: Shape) -> Shape { .repeated(shape, least: 0, most: nil) }

  static func some(_ shape: Shape) -> Shape { .repeated(shape, least: 1, most: nil) }

  static func maybe(_ shape: Shape) -> Shape { .repeated(shape, least: 0, most: 1) }
}

/// A place between bytes.
enum Edge: Hashable {
  case start
  case end
  case word(Bool)
}

/// A set of bytes.
struct ByteSet: Hashable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init() {}

  init(_ byte: UInt8) { insert(byte) }

  init(_ bytes: some Sequence<UInt8>) { for byte in bytes { insert(byte) } }

  static let any = ByteSet(0...255)
  static let notSlash = ByteSet((0...255).filter { $0 != UInt8(ascii: "/") })

  mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: return words.0 & bit != 0
    case 1: return words.1 & bit != 0
    case 2: return words.2 & bit != 0
    default: return words.3 & bit != 0
    }
  }

  mutating func formUnion(_ other: ByteSet) {
    words = (
      words.0 | other.words.0, words.1 | other.words.1, words.2 | other.words.2, words.3 | other.words.3
    )
  }

  mutating func formIntersection(_ other: ByteSet) {
    words = (
      words.0 & other.words.0, words.1 & other.words.1, words.2 & other.words.2, words.3 & other.words.3
    )
  }

  var inverted: ByteSet {
    var set = self
    set.words = (~words.0, ~words.1, ~words.2, ~words.3)
    return set
  }

  /// The byte of a set that holds exactly one.
  var only: UInt8? {
    let counts = [words.0, words.1, words.2, words.3]
    guard counts.reduce(0, { $0 + $1.nonzeroBitCount }) == 1 else { return nil }
    for (place, word) in counts.enumerated() where word != 0 {
      return UInt8(place * 64 + word.trailingZeroBitCount)
    }
    return nil
  }

  static func == (left: ByteSet, right: ByteSet) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

/// A pattern made ready for matching, in time proportional to pattern times text whatever stands in either.
///
/// It follows all ways through the pattern at once (Thompson, "Regular Expression Search Algorithm", 1968), so there
/// is no pattern that makes it go back.
struct Automaton: Sendable {
  /// The most steps of one pattern.
  static let limit = 2_000

  private enum Node {
    case bytes(ByteSet, next: Int)
    case split(Int, Int)
    case edge(Edge, next: Int)
    case accept
  }

  private var nodes: [Node] = [.accept]
  private var first = 0
  private let anchorsStart: Bool
  private let anchorsEnd: Bool
  /// The bytes with which every match begins; empty for a pattern that may begin anywhere.
  private(set) var prefix: [UInt8] = []
  /// Whether the prefix is all there is.
  private var isLiteral = false
  /// For up to 64 nodes without edges, where each leads without a byte.
  private var closures: [UInt64] = []

  /// Nil when the pattern would take more steps than the limit.
  init?(_ shape: Shape, anchorsStart: Bool = true, anchorsEnd: Bool = true) {
    self.anchorsStart = anchorsStart
    self.anchorsEnd = anchorsEnd
    guard let first = add(shape, next: 0) else { return nil }
    self.first = first
    if anchorsStart { findPrefix() }
    findClosures()
  }

  /// Adds the nodes of a shape, and gives the first of them; nil when there are too many.
  private mutating func add(_ shape: Shape, next: Int) -> Int? {
    switch shape {
    case .nothing: return next
    case .bytes(let set): return add(.bytes(set, next: next))
    case .edge(let edge): return add(.edge(edge, next: next))
    case .sequence(let parts):
      var next = next
      for part in parts.reversed() {
        guard let first = add(part, next: next) else { return nil }
        next = first
      }
      return next
    case .choice(let parts):
      var entry: Int?
      for part in parts.reversed() {
        guard let first = add(part, next: next) else { return nil }
        if let other = entry { entry = add(.split(first, other)) } else { entry = first }
        if entry == nil { return nil }
      }
      return entry ?? next
    case .repeated(let part, let least, let most): return addRepeated(part, least, most, next)
    }
  }

  private mutating func addRepeated(_ part: Shape, _ least: Int, _ most: Int?, _ next: Int) -> Int? {
    var next = next
    if let most {
      let end = next
      for _ in 0..<max(0, most - least) {
        guard let body = add(part, next: next), let split = add(.split(body, end)) else { return nil }
        next = split
      }
    } else {
      guard let loop = add(.split(next, next)), let body = add(part, next: loop) else { return nil }
      nodes[loop] = .split(body, next)
      next = loop
    }
    for _ in 0..<least {
      guard let body = add(part, next: next) else { return nil }
      // What reads nothing is the same however often it is repeated.
      if body == next { break }
      next = body
    }
    return next
  }

  private mutating func add(_ node: Node) -> Int? {
    guard nodes.count < Self.limit else { return nil }
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func findPrefix() {
    var node = first
    while case .bytes(let set, let next) = nodes[node], let byte = set.only {
      prefix.append(byte)
      node = next
    }
    if case .accept = nodes[node] { isLiteral = true }
  }

  private mutating func findClosures() {
    guard nodes.count <= 64 else { return }
    guard !nodes.contains(where: { if case .edge = $0 { true } else { false } }) else { return }
    closures = nodes.indices.map { node in
      var seen: UInt64 = 0
      var waiting = [node]
      while let node = waiting.popLast() {
        guard seen & 1 << UInt64(node) == 0 else { continue }
        seen |= 1 << UInt64(node)
        if case .split(let one, let other) = nodes[node] { waiting += [one, other] }
      }
      return seen
    }
  }
}

extension Automaton {
  /// Whether the pattern covers the text, as far as its ends are tied to the text's.
  func matches(_ text: [UInt8]) -> Bool {
    guard text.starts(with: prefix) else { return false }
    if isLiteral { return !anchorsEnd || text.count == prefix.count }
    return closures.isEmpty ? matchesWithEdges(text) : matchesWithoutEdges(text)
  }

  private func matchesWithoutEdges(_ text: [UInt8]) -> Bool {
    var current = closures[first]
    if !anchorsEnd, current & 1 != 0 { return true }
    for byte in text {
      var following: UInt64 = 0
      var rest = current
      while rest != 0 {
        let node = rest.trailingZeroBitCount
        rest &= rest &- 1
        if case .bytes(let set, let next) = nodes[node], set.contains(byte) { following |= closures[next] }
      }
      if !anchorsStart { following |= closures[first] }
      current = following
      if !anchorsEnd, current & 1 != 0 { return true }
      if current == 0 { return false }
    }
    return current & 1 != 0
  }

  private func matchesWithEdges(_ text: [UInt8]) -> Bool {
    var current: [Int] = []
    var marks = [Int](repeating: -1, count: nodes.count)
    for position in 0...text.count {
      if position == 0 || !anchorsStart { reach(first, text, position, &current, &marks) }
      if marks[0] == position, !anchorsEnd || position == text.count { return true }
      guard position < text.count else { return false }
      let before = current
      current.removeAll(keepingCapacity: true)
      for node in before {
        guard case .bytes(let set, let next) = nodes[node], set.contains(text[position]) else { continue }
        reach(next, text, position + 1, &current, &marks)
      }
    }
    return false
  }

  /// Adds every node that reads a byte and can be reached without reading one; marks what was seen here.
  private func reach(
    _ start: Int, _ text: [UInt8], _ position: Int, _ current: inout [Int], _ marks: inout [Int]
  ) {
    var waiting = [start]
    while let node = waiting.popLast() {
      guard marks[node] != position else { continue }
      marks[node] = position
      switch nodes[node] {
      case .accept: continue
      case .bytes: current.append(node)
      case .split(let one, let other): waiting += [one, other]
      case .edge(let edge, let next): if edge.holds(in: text, at: position) { waiting.append(next) }
      }
    }
  }
}

extension Edge {
  fileprivate func holds(in text: [UInt8], at position: Int) -> Bool {
    switch self {
    case .start: position == 0
    case .end: position == text.count || (position == text.count - 1 && text[position] == 0x0A)
    case .word(let isEdge): (isWord(text, position - 1) != isWord(text, position)) == isEdge
    }
  }

  private func isWord(_ text: [UInt8], _ position: Int) -> Bool {
    text.indices.contains(position) && ByteSet.word.contains(text[position])
  }
}

extension ByteSet {
  static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  static let blanks = ByteSet([0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D])
  static let word = ByteSet((0...127).filter(Self.isWord))

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }
}
