/// Finds what was probably meant.
enum Suggestion {
  /// The candidates nearest to a mistyped word, best first, at most three.
  ///
  /// Near is an edit distance of up to a third of the longer word, or a candidate that the word begins.
  static func nearest(to word: String, among candidates: [String]) -> [String] {
    let typed = Array(word.lowercased().unicodeScalars)
    guard !typed.isEmpty, typed.count <= 64 else { return [] }
    let ranked = candidates.compactMap { candidate -> (distance: Int, word: String)? in
      let other = Array(candidate.unicodeScalars)
      if typed.count >= 2, other.starts(with: typed) { return (0, candidate) }
      let distance = distance(typed, other)
      return distance <= max(1, max(typed.count, other.count) / 3) ? (distance, candidate) : nil
    }
    guard let best = ranked.map(\.distance).min() else { return [] }
    return Array(ranked.filter { $0.distance == best }.map(\.word).sorted().prefix(3))
  }

  /// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment distance).
  static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...other.count)
    for row in one.indices {
      var current = [row + 1]
      for column in other.indices {
        let changed = last[column] + (one[row] == other[column] ? 0 : 1)
        var least = min(changed, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          least = min(least, before[column - 1] + 1)
        }
        current.append(least)
      }
      before = last
      last = current
    }
    return last[other.count]
  }
}
