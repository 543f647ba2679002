/// A text from a file in double quotes, safe to show and never longer than some fifty characters.
///
/// Control characters, invisible ones and those that turn the direction of writing come out as `\u{…}`; with
/// `asciiOnly` so does everything beyond ASCII, where a letter that looks like another is the point.
func quoted(_ text: String, asciiOnly: Bool = false) -> String {
  var shown = "\""
  for (count, scalar) in text.unicodeScalars.enumerated() {
    guard count < 48 else { return shown + "…\"" }
    switch scalar {
    case "\"", "\\": shown += "\\\(scalar)"
    case let scalar where isHidden(scalar) || (asciiOnly && !scalar.isASCII):
      shown += "\\u{\(String(scalar.value, radix: 16))}"
    case let scalar: shown.unicodeScalars.append(scalar)
    }
  }
  return shown + "\""
}

/// True for characters that a reader cannot see or that change how others are shown.
func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF,
    0xE0000...0xE007F:
    true
  default: false
  }
}

/// `a`, `a or b`, `a, b or c`; each in quotes.
func alternatives(_ words: [String]) -> String {
  let shown = words.map { quoted($0) }
  guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
  return shown.dropLast().joined(separator: ", ") + " or " + last
}

/// The candidate most like a word, when it is like it enough to be a slip of the hand.
///
/// Likeness is the number of letters inserted, left out, replaced or swapped with their neighbour (optimal string
/// alignment), without regard to case; at most a third of the word, but always two, may differ. Ties go to the first
/// candidate. Words up to 40 letters and the first 500 candidates are compared, so a file full of slips costs little.
func nearest(to word: String, among candidates: [String]) -> String? {
  let letters = Array(word.lowercased().unicodeScalars.prefix(41))
  guard letters.count <= 40 else { return nil }
  let limit = max(2, letters.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates.prefix(500) {
    let other = Array(candidate.lowercased().unicodeScalars.prefix(41))
    guard abs(other.count - letters.count) <= limit else { continue }
    let distance = editDistance(letters, other)
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  guard let best, best.distance <= limit, best.distance < letters.count else {
    return nil
  }
  return best.name
}

private func editDistance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...other.count)
  for row in one.indices {
    var current = [row + 1]
    for column in other.indices {
      let same = one[row] == other[column]
      var least = min(last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
      if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
        least = min(least, beforeLast[column - 1] + 1)
      }
      current.append(least)
    }
    beforeLast = last
    last = current
  }
  return last[other.count]
}
