@testable import Rules

/// Where the matches of a shape end, worked out from what the shape means.
struct ShapeReference {
  let text: [UInt8]

  /// Whether a match begins and ends where the anchors want it.
  func matches(_ shape: Shape, anchorsStart: Bool, anchorsEnd: Bool) -> Bool {
    let starts: Set<Int> = anchorsStart ? [0] : Set(0...text.count)
    let found = ends(shape, starts)
    return anchorsEnd ? found.contains(text.count) : !found.isEmpty
  }

  private func ends(_ shape: Shape, _ starts: Set<Int>) -> Set<Int> {
    switch shape {
    case .nothing: return starts
    case .bytes(let set):
      return Set(starts.filter { $0 < text.count && set.contains(text[$0]) }.map { $0 + 1 })
    case .sequence(let parts): return parts.reduce(starts) { ends($1, $0) }
    case .choice(let parts): return parts.reduce(into: Set()) { $0.formUnion(ends($1, starts)) }
    case .edge(let edge): return starts.filter { holds(edge, $0) }
    case .repeated(let part, let least, let most):
      var current = starts
      for _ in 0..<least { current = ends(part, current) }
      var all = current
      var count = least
      while count < most ?? .max, !current.isEmpty {
        current = ends(part, current).subtracting(all)
        all.formUnion(current)
        count += 1
      }
      return all
    }
  }

  private func holds(_ edge: Edge, _ place: Int) -> Bool {
    switch edge {
    case .start: place == 0
    case .end: place == text.count || (place == text.count - 1 && text[place] == 0x0A)
    case .word(let isEdge):
      isEdge == ((place > 0 && isWord(text[place - 1])) != (place < text.count && isWord(text[place])))
    }
  }

  private func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }
}
