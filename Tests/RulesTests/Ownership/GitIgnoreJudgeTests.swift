import Facts
import Rules
import Testing

/// Where GitHub's patterns mean what gitignore's mean, git itself is the judge.
///
/// Left out is where they differ: `!`, `[…]`, `\#`, a last segment that is `*` alone, which for git takes folders and
/// all below, and for GitHub files only; and `**/` at the end, which for git is folders.
@Suite struct GitIgnoreJudgeTests {
  private static let segments = ["a", "b", "ab", "a*", "*b", "?", "a?", "*.c", "x.c", "**", ".h"]

  private static let patterns: [String] = {
    var patterns: [String] = []
    for first in segments {
      for lead in ["", "/", "**/"] { patterns += ["\(lead)\(first)", "\(lead)\(first)/"] }
      for second in segments where second != first {
        patterns += ["\(first)/\(second)", "/\(first)/\(second)/"]
        if first != "**", second != "**" { patterns.append("\(first)/**/\(second)") }
      }
    }
    return patterns.filter { !$0.hasSuffix("**/") && !$0.contains("**/**") }
  }()

  private static let paths: [String] = {
    let names = ["a", "b", "ab", "abc", "x.c", ".h", "c"]
    var paths = names
    for one in names {
      for two in names.prefix(5) { paths += ["\(one)/\(two)", "\(one)/\(two)/x.c", "\(one)/c/\(two)"] }
    }
    return Array(Set(paths)).sorted()
  }()

  @Test func `matches what git check-ignore matches`() throws {
    let judge = try GitJudge(Self.patterns.map { [$0] }, Self.paths)
    for (number, pattern) in Self.patterns.enumerated() {
      let file = try #require(ownership(["CODEOWNERS": "\(pattern) @ada"], .codeOwners))
      for (place, path) in Self.paths.enumerated() {
        #expect((file.names(path) == ["@ada"]) == judge.ignores(number, place), "\(pattern) against \(path)")
      }
    }
    #expect(Self.patterns.count > 150)
  }
}
