import Testing

@testable import Rules

/// The time that a match takes, counted in steps.
@Suite struct PathPatternStepsTests {
  private func steps(_ pattern: PathPattern, _ path: [UInt8]) -> (count: Int, matches: Bool) {
    var walk = PathPattern.Walk()
    var count = 0
    while true {
      count += 1
      if let answer = walk.advance(pattern.tokens, path) { return (count, answer) }
    }
  }

  private static func repeated(_ text: String, _ count: Int, _ end: String = "") -> String {
    String(repeating: text, count: count) + end
  }

  private static let patterns = [
    repeated("*a", 15, "*b"), repeated("*", 1) + repeated("?", 500), repeated("a*", 16),
    repeated("**/a/", 15, "b"),
    repeated("**/*a*/", 5, "b"), repeated("**/?*/", 7, "b"), "**/" + repeated("a/", 300, "b"),
    repeated("**/a*b/", 7, "c"), "**/*" + repeated("a", 900) + "b", repeated("**/", 15, "b"),
    repeated("**/a/a/a/a/a/a/", 15, "b"), "*" + repeated("a", 500) + "*" + repeated("a", 500) + "b",
  ]
  private static let paths = [
    repeated("a", 4096), repeated("a/", 2047, "a"), repeated("aaaa/", 800, "a"), repeated("ab/", 1300, "a"),
    repeated("a", 2000) + "/" + repeated("a", 2000), repeated(repeated("a", 60) + "/", 60, "a"), "a", "",
  ]

  @Test(arguments: patterns)
  func `takes no more steps than pattern times path`(text: String) throws {
    let pattern = try PathPattern(text)
    for path in Self.paths.map({ Array($0.utf8) }) {
      let (count, _) = steps(pattern, path)
      let bound = (pattern.tokens.count + 1) * (path.count + 1)
      #expect(count <= bound, "\(count) steps, more than \(bound), for \(path.count) bytes")
    }
  }

  @Test func `takes as many steps as the path is long where nothing is to be tried again`() throws {
    let pattern = try PathPattern("**/x/*")
    let path = Array((Self.repeated("a/", 1000) + "x/y").utf8)
    let (count, matches) = steps(pattern, path)
    #expect(matches)
    #expect(count < 3 * path.count, "\(count) steps")
  }
}
