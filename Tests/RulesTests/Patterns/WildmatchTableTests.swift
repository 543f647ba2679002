import Rules
import Support
import Testing

/// Cases that matchers get wrong, each with git's own answer.
///
/// The table says what is expected here. Git is asked through `git check-attr`, which compares one pattern with one
/// whole path by wildmatch with `WM_PATHNAME`.
@Suite struct WildmatchTableTests {
  private static let cases: [(pattern: String, path: String, matches: Bool)] = [
    // Plain text.
    ("foo", "foo", true), ("foo", "foo/bar", false), ("foo", "fo", false), ("fo", "foo", false),
    ("foo/bar", "foo/bar", true), ("foo/bar", "foo/bar/x", false), ("foo bar", "foo bar", true),
    // One byte each.
    ("???", "foo", true), ("??", "foo", false), ("????", "foo", false), ("f?o", "f/o", false),
    ("?/?", "a/b", true), ("a?", "a", false), ("?", "*", true), ("??", "ä", true), ("???", "ä", false),
    // Runs within a segment.
    ("*", "foo", true), ("*", "foo/bar", false), ("f*", "foo", true), ("*f", "foo", false),
    ("*foo*", "foo", true),
    ("*ob*a*r*", "foobarz", true), ("*ab*", "aaaab", true), ("*ab", "aaabab", true), ("*a*a*a", "aa", false),
    ("*a*a*a", "baaa", true), ("f*o*o*", "foo", true), ("*/b", "a/b", true), ("*/b", "b", false),
    ("a/*/b", "a/x/b", true), ("a/*/b", "a/b", false), ("a/*/b", "a/x/y/b", false), ("a*/b", "a/b", true),
    ("*.c", ".c", true), ("*.c", "x.c.c", true), ("*.c", "x.cc", false), ("a.*.b", "a..b", true),
    ("*x*y*z", "axbyczdz", true), ("*x*y*z", "axbycz/z", false), ("f*r", "foo/bar", false),
    // Whole segments.
    ("**", "foo", true), ("**", "foo/bar/baz", true), ("**/foo", "foo", true), ("**/foo", "x/foo", true),
    ("**/foo", "x/y/foo", true), ("**/foo", "x/yfoo", false), ("**/foo", "foo/x", false),
    ("foo/**", "foo/x", true),
    ("foo/**", "foo/x/y", true), ("foo/**", "foo", false), ("foo/**", "foox/y", false),
    ("foo/**/bar", "foo/bar", true), ("foo/**/bar", "foo/x/bar", true), ("foo/**/bar", "foo/x/y/z/bar", true),
    ("foo/**/bar", "foo/xbar", false), ("foo/**/bar", "foobar", false),
    ("foo/**/bar", "foo/bar/bar/x", false),
    ("foo/**/**/bar", "foo/bar", true), ("foo/**/**/bar", "foo/x/bar", true), ("**/**", "a", true),
    ("**/**/a", "a", true), ("**/a/**", "a", false), ("**/a/**", "x/a/y", true), ("**/a/**", "a/a", true),
    ("**/a/**/b", "a/b/a/c/b", true), ("**/a/**/b", "b/a", false), ("**/*", "a", true),
    ("**/*", "a/b/c", true),
    ("*/**", "a", false), ("*/**", "a/b", true), ("**/*/*", "a", false), ("**/*/*", "a/b", true),
    ("**/?x/*y", "a/bx/cy", true), ("**/?x/*y", "bx/a/cy", false), ("a/**/*b/**/c", "a/xb/c", true),
    ("a/**/*b/**/c", "a/x/y/b/z/c", true), ("a/**/*b/**/c", "a/x/y/z/c", false), ("**/t[]", "t", false),
    // A later segment has to be tried again.
    ("**/a*b/*c", "ab/x/aab/xc", true), ("**/a/a/b", "a/a/a/b", true), ("**/a/a/b", "a/a/a/a", false),
    ("**/ab/**/ab/c", "ab/ab/ab/x/ab/c", true), ("**/x*/y", "x1/x2/y", true),
    // Escapes.
    ("\\*", "*", true), ("\\*", "a", false), ("\\?x", "?x", true), ("\\?x", "ax", false),
    ("\\f\\o", "fo", true),
    ("a\\\\b", "a\\b", true), ("\\[ab]", "[ab]", true), ("\\[ab\\]", "[ab]", true), ("*\\*", "a*", true),
    ("*\\*", "a*b", false), ("**/\\**", "x/*a", true), ("\\!a", "!a", true), ("\\#a", "#a", true),
    // What a regular expression would read into it.
    ("a.c", "abc", false), ("a+", "aa", false), ("(a|b)", "a", false), ("a{1,2}", "aa", false),
    ("^a$", "a", false),
    ("^a$", "^a$", true), ("{a,b}", "{a,b}", true), ("$", "$", true),
  ]

  @Test func `answers as the table says, and the table as git does`() throws {
    let repository = try TemporaryRepository()
    var lines: [String] = []
    for (number, entry) in Self.cases.enumerated() {
      // Quoted as git reads it, so that blanks and backslashes survive the line.
      let quoted = entry.pattern.map { $0 == "\\" || $0 == "\"" ? "\\\($0)" : String($0) }.joined()
      lines.append("\"/\(quoted)\" p\(number)")
    }
    try repository.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: ".gitattributes")
    let input = Self.cases.map { $0.path + "\0" }.joined()
    let output = try repository.gitBytes(["check-attr", "--all", "-z", "--stdin"], stdin: Array(input.utf8))
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var matched: Set<String> = []
    for index in stride(from: 0, to: fields.count - 2, by: 3) {
      matched.insert("\(fields[index]) \(fields[index + 1])")
    }
    for (number, entry) in Self.cases.enumerated() {
      let git = matched.contains("\(entry.path) p\(number)")
      #expect(git == entry.matches, "git: \(entry.pattern) against \(entry.path)")
      guard let pattern = try? PathPattern(entry.pattern) else {
        // Refused here, whatever git makes of it.
        #expect(entry.pattern.contains("]"), "\(entry.pattern) is refused")
        continue
      }
      #expect(pattern.matches(entry.path) == entry.matches, "\(entry.pattern) against \(entry.path)")
    }
  }
}
