import Facts
import Rules
import Support
import Testing

/// Patterns of CODEOWNERS made by chance, where git can judge them.
@Suite struct OwnershipPatternGitTests {
  private static let names = ["a", "b", "ab", "aab", ".a", "a.c", "x.c", "ä", "abc", "[a]"]

  /// GitHub's patterns are gitignore's, except that `[…]` stands for itself and that `*` at the end is files only.
  @Test func `GitHub's patterns take what git check-ignore takes`() throws {
    var maker = PatternMaker(seed: 21)
    let words = ["a", "b", "ab", ".a", "a.c", "*.c", "a*", "*b", "?", "a?c", "**", "\\a", "ä", "*"]
    var patterns: [String] = []
    for pattern in maker.several(220, of: words, upTo: 4) {
      let start = maker.isHeads() ? "/" : ""
      let end = maker.isHeads() && !pattern.hasSuffix("**") && !pattern.hasSuffix("*") ? "/" : ""
      // `**/**` takes no file of the top folder at GitHub, and all of them in git.
      if !pattern.contains("**/**") { patterns.append(start + pattern + end) }
    }
    let paths = maker.several(70, of: Self.names.filter { $0 != "[a]" }, upTo: 4)
    let judge = try GitJudge(patterns.map { [$0] }, paths)
    var judged = (yes: 0, no: 0)
    for (number, pattern) in patterns.enumerated() {
      let file = try #require(ownership(["CODEOWNERS": "\(pattern) @ada"], .codeOwners))
      #expect(file.problems == [], "\(pattern)")
      for (place, path) in paths.enumerated() {
        let isOwned = file.names(path) == ["@ada"]
        let git = judge.ignores(number, place)
        if pattern.hasSuffix("/*") {
          // Git takes folders as well, and all below them: at GitHub the files of that folder alone.
          #expect(!isOwned || git, "\(pattern) against \(path)")
          let anchored = try PathPattern(pattern.hasPrefix("/") ? String(pattern.dropFirst()) : pattern)
          #expect(isOwned == anchored.matches(path), "\(pattern) against \(path)")
        } else {
          #expect(isOwned == git, "\(pattern) against \(path)")
        }
        if isOwned { judged.yes += 1 } else { judged.no += 1 }
      }
    }
    #expect(judged.yes > 500 && judged.no > 5000, "\(judged)")
  }

  /// Ruby's `File.fnmatch` with `FNM_PATHNAME` is wildmatch with `WM_PATHNAME`, but for `**` at the end and `[…]` that
  /// hold `/`; GitLab puts `/**/` before a pattern without a slash at its start, and `**/*` behind one at its end.
  @Test func `GitLab's patterns take what git check-attr matches`() throws {
    var maker = PatternMaker(seed: 22)
    let words = [
      "a", "b", "ab", ".a", "a.c", "*.c", "a*", "*b", "?", "a?c", "**", "[ab]", "[!a]b", "[a-c]*", "\\[a]",
    ]
    var patterns: [String] = []
    for pattern in maker.several(220, of: words, upTo: 4) where !pattern.hasSuffix("**") {
      // A line that begins with a bracket is the heading of a section.
      let start = maker.isHeads() || pattern.hasPrefix("[") ? "/" : ""
      patterns.append(start + pattern + (maker.isHeads() ? "/" : ""))
    }
    let paths = maker.several(120, of: Self.names, upTo: 4)
    let matched = try Self.attributes(patterns.map(Self.rooted), paths)
    var judged = (yes: 0, no: 0)
    for (number, pattern) in patterns.enumerated() {
      let file = try #require(ownership([".gitlab/CODEOWNERS": "\(pattern) @ada"], .gitLabCodeOwners))
      for path in paths {
        let isOwned = file.names(path) == ["@ada"]
        #expect(isOwned == matched.contains("\(path) p\(number)"), "\(pattern) against \(path)")
        if isOwned { judged.yes += 1 } else { judged.no += 1 }
      }
    }
    #expect(judged.yes > 500 && judged.no > 5000, "\(judged)")
  }

  /// What GitLab makes of a pattern before it asks, for git to compare with a whole path.
  private static func rooted(_ pattern: String) -> String {
    (pattern.hasPrefix("/") ? pattern : "/**/" + pattern) + (pattern.hasSuffix("/") ? "**/*" : "")
  }

  /// Pairs of path and pattern that git's attributes find, one process for all.
  private static func attributes(_ patterns: [String], _ paths: [String]) throws -> Set<String> {
    let repository = try TemporaryRepository()
    let lines = patterns.enumerated().map { "\($1) p\($0)\n" }
    try repository.write(Array(lines.joined().utf8), to: ".gitattributes")
    let input = Array(paths.map { $0 + "\0" }.joined().utf8)
    let output = try repository.gitBytes(["check-attr", "--all", "-z", "--stdin"], stdin: input)
    let fields = output.split(separator: 0, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    return Set(stride(from: 0, to: fields.count - 2, by: 3).map { "\(fields[$0]) \(fields[$0 + 1])" })
  }
}
