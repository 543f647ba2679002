import Rules
import Support
import Testing

struct PathPatternBelowTests {
  @Test(arguments: [
    ("a", "", true), ("**", "", true), ("**", "a", true), ("a", "a", false), ("a/b", "a", true),
    ("a/b", "a/b", false), ("a/b", "b", false), ("a/**", "a", true), ("a/**", "a/b/c", true),
    ("a/**", "ab", false), ("*", "a", false), ("*/x", "a", true), ("*/x", "a/b", false), ("a*/x", "ab", true),
    ("a*/x", "ba", false), ("?/x", "ab", false), ("**/x", "a/b/c", true), ("**/x", "x", true),
    ("a/**/x", "a/b/x", true), ("a/**/x", "b", false), ("**/a/b", "q/a", true),
    ("**/*.c/*/y", "q/x.c/z", true),
    ("a/*b*c/d/e", "a/bcbc", true), ("a/*b*c/d/e", "a/bcb", false), ("a/*b*c/d/e", "a/bcbc/d/e", false),
  ])
  func `tells whether something below a directory can match`(pattern: String, directory: String, may: Bool)
    throws
  {
    #expect(try PathPattern(pattern).mayMatch(below: Array(directory.utf8)) == may)
  }

  @Test func `asks the including entries of a list`() throws {
    let list = try PathList(["net/*.c", "docs/**", "!docs/**", "!lib/**"])
    #expect(list.mayMatch(below: []))
    #expect(list.mayMatch(below: Array("net".utf8)))
    #expect(!list.mayMatch(below: Array("net/x".utf8)))
    #expect(list.mayMatch(below: Array("docs/a".utf8)))
    #expect(!list.mayMatch(below: Array("lib".utf8)))
    #expect(!PathList([] as [PathList.Entry]).mayMatch(below: []))
    #expect(PathList.everything.mayMatch(below: Array("a".utf8)))
  }

  /// Every path of up to three of these names; each segment of the patterns below covers one of the names.
  private static func paths(of names: [String]) -> [String] {
    var paths = names
    var last = names
    for _ in 0..<2 {
      last = last.flatMap { start in names.map { "\(start)/\($0)" } }
      paths += last
    }
    return paths
  }

  @Test func `is exact for a pattern, as a search through all short paths says`() throws {
    let words = ["a", "b", "ab", "*", "**", "?", "a*", "*b", "?b", "a*b", "*a*", "*ab*b"]
    let rests = Self.paths(of: ["a", "ab", "abb", "bb", "b"])
    let directories = Self.paths(of: ["a", "ab", "b"])
    var chance = Damage(seed: 5)
    var answers = (yes: 0, no: 0)
    for _ in 0..<150 {
      let count = Int.random(in: 1...3, using: &chance)
      let text = (0..<count).map { _ in words.randomElement(using: &chance) ?? "a" }.joined(separator: "/")
      let pattern = try PathPattern(text)
      for directory in directories {
        let found = rests.contains { pattern.matches("\(directory)/\($0)") }
        let may = pattern.mayMatch(below: Array(directory.utf8))
        #expect(may == found, "\(text) below \(directory)")
        if found { answers.yes += 1 } else { answers.no += 1 }
      }
    }
    #expect(answers.yes > 500 && answers.no > 1000, "\(answers)")
  }

  @Test func `is never wrongly false for a list`() throws {
    let words = ["a", "b", "*", "**", "a*", "?"]
    let rests = Self.paths(of: ["a", "ab", "b"])
    var chance = Damage(seed: 6)
    var refused = 0
    for _ in 0..<60 {
      var texts: [String] = []
      for _ in 0..<3 {
        let count = Int.random(in: 1...3, using: &chance)
        let path = (0..<count).map { _ in words.randomElement(using: &chance) ?? "a" }.joined(separator: "/")
        texts.append((Bool.random(using: &chance) ? "!" : "") + path)
      }
      let list = try PathList(texts)
      for directory in rests.prefix(12) where !list.mayMatch(below: Array(directory.utf8)) {
        refused += 1
        for rest in rests { #expect(!list.matches("\(directory)/\(rest)"), "\(texts) below \(directory)") }
      }
    }
    #expect(refused > 100)
  }
}
