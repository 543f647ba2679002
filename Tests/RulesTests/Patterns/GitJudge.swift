import Foundation
import Support

/// Asks git which paths a list of ignore patterns takes, many lists in one process.
///
/// Each list is the `.gitignore` of a folder of its own, and every path is asked for in every folder, so that one
/// `git check-ignore` answers for all pairs.
struct GitJudge {
  private let repository: TemporaryRepository
  /// For each list the numbers of the paths that it takes.
  private let taken: [Set<Int>]

  init(_ lists: [[String]], _ paths: [String]) throws {
    repository = try TemporaryRepository()
    var input: [UInt8] = []
    for (number, list) in lists.enumerated() {
      try repository.write(Array((list.joined(separator: "\n") + "\n").utf8), to: "p\(number)/.gitignore")
      for path in paths { input += Array("p\(number)/\(path)\0".utf8) }
    }
    let output = try repository.gitBytes(
      ["check-ignore", "--no-index", "--stdin", "-z", "--verbose", "--non-matching"], stdin: input)
    // Four fields for each path in the order asked: file, line, pattern, path; the first three empty without a match.
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
    taken = lists.indices.map { list in
      Set(
        paths.indices.filter { path in
          let pattern = fields[(list * paths.count + path) * 4 + 2]
          return !pattern.isEmpty && pattern.first != UInt8(ascii: "!")
        })
    }
  }

  /// Whether git ignores a path by a list, both by their numbers.
  func ignores(_ list: Int, _ path: Int) -> Bool { taken[list].contains(path) }
}

/// Patterns and paths made by chance, the same in every run.
struct PatternMaker {
  private var chance: Damage

  init(seed: UInt64) { chance = Damage(seed: seed) }

  /// One to `count` of the words, with slashes between them.
  mutating func joined(_ words: [String], upTo count: Int) -> String {
    (0..<Int.random(in: 1...count, using: &chance)).map { _ in words.randomElement(using: &chance) ?? "" }
      .joined(separator: "/")
  }

  /// So many different ones, sorted.
  mutating func several(_ number: Int, of words: [String], upTo count: Int) -> [String] {
    var made: Set<String> = []
    for _ in 0..<(number * 4) where made.count < number { made.insert(joined(words, upTo: count)) }
    return made.sorted()
  }

  mutating func isHeads() -> Bool { Bool.random(using: &chance) }
}

extension String {
  /// The path itself and every folder above it, the highest first.
  var withFolders: [String] {
    let parts = split(separator: "/")
    return (1...parts.count).map { parts.prefix($0).joined(separator: "/") }
  }
}
