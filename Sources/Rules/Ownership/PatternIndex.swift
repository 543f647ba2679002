/// Finds the few of many patterns that can match a path, by the folders with which they begin.
struct PatternIndex: Sendable {
  private var byFolder: [ArraySlice<UInt8>: [Int]] = [:]
  private var anywhere: [Int] = []

  /// Takes for each pattern the bytes with which its matches begin; empty for one that may begin anywhere.
  init(prefixes: [[UInt8]]) {
    for (number, prefix) in prefixes.enumerated() {
      guard let slash = prefix.lastIndex(of: GlobReader.slash) else {
        anywhere.append(number)
        continue
      }
      byFolder[prefix[...slash], default: []].append(number)
    }
  }

  /// Numbers of the patterns that may match, in ascending order.
  func candidates(for path: [UInt8]) -> [Int] {
    guard !byFolder.isEmpty else { return anywhere }
    var found = anywhere
    var start = path.startIndex
    while let slash = path[start...].firstIndex(of: GlobReader.slash) {
      if let numbers = byFolder[path[...slash]] { found += numbers }
      start = slash + 1
    }
    return found.count == anywhere.count ? found : found.sorted()
  }
}
