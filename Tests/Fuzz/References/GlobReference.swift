/// The meaning of a path pattern, segment by segment and with backtracking: slow, and plain to see.
enum GlobReference {
  private static let slash = UInt8(ascii: "/")

  /// For a pattern that is well formed.
  static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
    let (wanted, found) = (segments(pattern), segments(path))
    // The answer for the rests of pattern and path, from the end on.
    var table = [[Bool]](
      repeating: [Bool](repeating: false, count: found.count + 1), count: wanted.count + 1)
    table[wanted.count][found.count] = true
    for place in wanted.indices.reversed() {
      for start in (0...found.count).reversed() {
        if wanted[place].elementsEqual("**".utf8) {
          let isLast = place == wanted.count - 1
          let hasRest = start < found.count && !(start == found.count - 1 && found[start].isEmpty)
          table[place][start] =
            isLast ? hasRest : table[place + 1][start] || (start < found.count && table[place][start + 1])
        } else {
          table[place][start] =
            start < found.count && covers(wanted[place], found[start]) && table[place + 1][start + 1]
        }
      }
    }
    return table[0][0]
  }

  /// Whether some path strictly below a directory may match; the directory is not the root.
  static func mayMatch(_ pattern: [UInt8], below directory: [UInt8]) -> Bool {
    let (wanted, found) = (segments(pattern), segments(directory))
    var reached: Set<Int> = closed([0], wanted)
    for segment in found {
      var next: Set<Int> = []
      for place in reached where place < wanted.count {
        if wanted[place].elementsEqual("**".utf8) {
          next.insert(place)
        } else if covers(wanted[place], segment) {
          next.insert(place + 1)
        }
      }
      reached = closed(next, wanted)
    }
    return reached.contains { $0 < wanted.count }
  }

  /// With the places behind each `**/`, which may stand for nothing.
  private static func closed(_ places: Set<Int>, _ wanted: [ArraySlice<UInt8>]) -> Set<Int> {
    var closed = places
    for place in wanted.indices.dropLast() where closed.contains(place) {
      if wanted[place].elementsEqual("**".utf8) { closed.insert(place + 1) }
    }
    return closed
  }

  private static func segments(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split(separator: slash, omittingEmptySubsequences: false)
  }

  private static func covers(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    switch first {
    case UInt8(ascii: "*"):
      return covers(pattern.dropFirst(), text) || (!text.isEmpty && covers(pattern, text.dropFirst()))
    case UInt8(ascii: "?"): return !text.isEmpty && covers(pattern.dropFirst(), text.dropFirst())
    case UInt8(ascii: "\\"):
      let rest = pattern.dropFirst()
      return rest.first == text.first && !text.isEmpty && covers(rest.dropFirst(), text.dropFirst())
    default: return first == text.first && covers(pattern.dropFirst(), text.dropFirst())
    }
  }
}
