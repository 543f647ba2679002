import Rules
import Support
import Testing

struct PolicyPathPatternTests {
  @Test(arguments: [
    ("**", "a", true), ("**", "a/b/c", true), ("docs/**", "docs/a", true), ("docs/**", "docs/a/b", true),
    ("docs/**", "docs", false), ("docs/**", "docsx/a", false), ("docs/**", "x/docs/a", false),
    ("**/a", "a", true), ("**/a", "x/y/a", true), ("**/a", "x/ya", false), ("a/**/b", "a/b", true),
    ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/xb", false), ("a/**/b", "ab", false), ("*", "a", true),
    ("*", "a/b", false), ("*.md", "read.me.md", true), ("*.md", "x/read.md", false), ("*.md", ".md", true),
    ("a*b*c", "axxbyyc", true), ("a*b*c", "axxb/yyc", false), ("?", "a", true), ("?", "/", false),
    ("?", "ab", false), ("net", "net", true), ("net", "net/a", false), ("net/*/x", "net/a/x", true),
    ("net/*/x", "net/a/b/x", false), ("net/*/x", "net//x", true), ("a\\*", "a*", true), ("a\\*", "ab", false),
    ("\\!x", "!x", true), ("pages/\\[id\\].js", "pages/[id].js", true), ("**/x/**/y", "x/x/y", true),
    ("**/x/**/y/z", "a/x/b/y/q/y/z", true), ("**/*a/b", "xa/c/ya/b", true), ("A", "a", false),
    ("ä", "ä", true), ("??", "ä", true), ("?", "ä", false),
  ])
  func `matches whole paths`(pattern: String, path: String, matches: Bool) throws {
    #expect(try PathPattern(pattern).matches(path) == matches)
  }

  @Test(
    arguments: [
      ("", .empty), ("/a", .leadingSlash), ("a/", .trailingSlash), ("/", .leadingSlash),
      ("a//b", .emptySegment),
      ("a/./b", .dotSegment), ("../a", .dotSegment), ("a**", .partialDoubleStar), ("**a", .partialDoubleStar),
      ("a/b**/c", .partialDoubleStar), ("***", .partialDoubleStar), ("[ab]", .bracket), ("a]", .bracket),
      ("a\\", .danglingEscape), ("a\\/b", .danglingEscape), ("a\nb", .control), ("a\u{0}", .control),
      ("a\u{7F}", .control), ("a\\\n", .control), ("\\.", .dotSegment), ("a/.\\./b", .dotSegment),
      (String(repeating: "a", count: 1025), .longerThan(bytes: 1024)),
      (String(repeating: "*a", count: 17), .moreWildcardsThan(16)),
    ] as [(String, PathPattern.Flaw)])
  func `refuses what is no pattern`(text: String, flaw: PathPattern.Flaw) {
    #expect(throws: flaw) { try PathPattern(text) }
  }

  @Test func `takes a pattern at the limits`() throws {
    #expect(try PathPattern(String(repeating: "a", count: 1024)).matches(String(repeating: "a", count: 1024)))
    #expect(try PathPattern(String(repeating: "*a", count: 16)).matches(String(repeating: "a", count: 16)))
  }

  @Test(.timeLimit(.minutes(5)))
  func `matches hostile paths in time`() throws {
    let star = try PathPattern(String(repeating: "*a", count: 15) + "*b")
    #expect(!star.matches(String(repeating: "a", count: 4096)))
    let segments = try PathPattern(String(repeating: "**/a/", count: 15) + "b")
    #expect(!segments.matches(String(repeating: "a/", count: 2048) + "a"))
    let both = try PathPattern(String(repeating: "**/*a*/", count: 5) + "b")
    #expect(!both.matches(String(repeating: "aaaa/", count: 800) + "a"))
  }

  @Test func `lets the last matching entry of a list decide`() throws {
    let list = try PathList(["net/**", "!net/docs/**", "net/docs/api/**"])
    #expect(list.matches("net/a"))
    #expect(!list.matches("net/docs/a"))
    #expect(list.matches("net/docs/api/a"))
    #expect(!list.matches("docs/a"))
    #expect(!(try PathList(["!net/**"])).matches("net/a"))
    #expect(!PathList([] as [PathList.Entry]).matches("a"))
    #expect(PathList.everything.matches("a/b"))
    #expect(list.entries.map(\.text) == ["net/**", "!net/docs/**", "net/docs/api/**"])
  }

  @Test func `cuts the exclamation mark alone, even when a combining character follows`() throws {
    let entry = try PathList.Entry("!\u{301}a")
    #expect(entry.isExclusion)
    #expect(entry.pattern.matches("\u{301}a"))
  }

  /// `git check-attr` matches each pattern with wildmatch against the whole path, without the inheritance that
  /// `git check-ignore` adds from parent folders.
  @Test func `agrees with git on thousands of pairs`() throws {
    let words = ["a", "b", "ab", "ba", "*", "**", "?", "a*", "*b", "?b", "a*b", "*a*"]
    var random = Sequencer(state: 7)
    var patterns: [String] = []
    for _ in 0..<300 { patterns.append(random.join(words, upTo: 5)) }
    var paths: [String] = []
    for _ in 0..<150 { paths.append(random.join(["a", "b", "ab", "ba", "aab", "abb"], upTo: 6)) }
    paths = Set(paths).sorted()

    let repository = try TemporaryRepository()
    let lines = patterns.enumerated().map { "/\($1) p\($0)" }
    try repository.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: ".gitattributes")
    let input = Array(paths.map { $0 + "\0" }.joined().utf8)
    let output = try repository.gitBytes(["check-attr", "--all", "-z", "--stdin"], stdin: input)
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var matched: Set<String> = []
    for index in stride(from: 0, to: fields.count - 2, by: 3) {
      matched.insert("\(fields[index]) \(fields[index + 1])")
    }
    #expect(matched.count > 1000)

    for (number, text) in patterns.enumerated() {
      let pattern = try PathPattern(text)
      for path in paths where pattern.matches(path) != matched.contains("\(path) p\(number)") {
        Issue.record("\(text) against \(path): git says \(matched.contains("\(path) p\(number)"))")
      }
    }
  }
}

/// Numbers that look random and are the same in every run (Knuth's linear congruence).
private struct Sequencer {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func join(_ words: [String], upTo count: Int) -> String {
    (0...below(count)).map { _ in words[below(words.count)] }.joined(separator: "/")
  }
}
