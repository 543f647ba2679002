import Facts
import Foundation
import Rules
import Support
import Testing

/// Where GitHub's patterns mean what gitignore's mean, git itself is the judge.
///
/// Left out is where they differ: `!`, `[…]`, `\#`, a last segment that is `*` alone, which for git takes folders and
/// all below, and for GitHub files only; and `**/` at the end, which for git is folders.
@Suite struct GitIgnoreJudgeTests {
  private static let segments = ["a", "b", "ab", "a*", "*b", "?", "a?", "*.c", "x.c", "**", ".h"]

  private static var patterns: [String] {
    var patterns: [String] = []
    for first in segments {
      for lead in ["", "/", "**/"] { patterns += ["\(lead)\(first)", "\(lead)\(first)/"] }
      for second in segments where second != first {
        patterns += ["\(first)/\(second)", "/\(first)/\(second)/"]
        if first != "**", second != "**" { patterns.append("\(first)/**/\(second)") }
      }
    }
    return patterns.filter { !$0.hasSuffix("**/") && !$0.contains("**/**") }
  }

  private static var paths: [String] {
    let names = ["a", "b", "ab", "abc", "x.c", ".h", "c"]
    var paths = names
    for one in names {
      for two in names.prefix(5) { paths += ["\(one)/\(two)", "\(one)/\(two)/x.c", "\(one)/c/\(two)"] }
    }
    return Array(Set(paths)).sorted()
  }

  @Test func `matches what git check-ignore matches`() throws {
    let fixture = try TemporaryRepository()
    var judged = 0
    for pattern in Self.patterns {
      // One path is always ignored, because git fails where none is.
      try Data((pattern + "\nzzz\n").utf8).write(to: URL(fileURLWithPath: fixture.path + "/.gitignore"))
      let input = (Self.paths + ["zzz"]).joined(separator: "\n") + "\n"
      let text = try fixture.git(
        ["check-ignore", "--no-index", "--stdin", "--verbose", "--non-matching"], stdin: Array(input.utf8))
      let ignored = Set(
        text.split(separator: "\n").filter { !$0.hasPrefix("::") }.compactMap {
          $0.split(separator: "\t").last
        }
        .map(String.init)
      ).subtracting(["zzz"])
      let file = try #require(ownership(["CODEOWNERS": "\(pattern) @ada"], .codeOwners))
      let owned = Set(Self.paths.filter { file.names($0) == ["@ada"] })
      #expect(owned == ignored, "\(pattern)")
      judged += 1
    }
    #expect(judged > 150)
  }
}
