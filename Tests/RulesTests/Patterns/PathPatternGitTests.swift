import Rules
import Support
import Testing

/// Path patterns against git: what is equal, and how far the deliberate differences go.
@Suite struct PathPatternGitTests {
  private static let words = [
    "a", "b", "ab", "aa", ".a", "a.c", "ä", "*", "**", "?", "a*", "*b", "?b", "a*b", "*a*", "*.c", "a?c",
    "??", ".*",
    "\\a\\*", "a\\ b", "*\\?",
  ]
  private static let names = ["a", "b", "ab", "aa", "aab", ".a", "a.c", "x.c", "ä", "a*", "a b", "b?", "abc"]

  /// Anchored with a slash, and asked about the path and all folders above it, git ignores what a pattern covers.
  @Test func `covers what git check-ignore ignores, except what lies below it`() throws {
    var maker = PatternMaker(seed: 11)
    let patterns = maker.several(150, of: Self.words, upTo: 4)
    let paths = maker.several(80, of: Self.names, upTo: 4)
    let judge = try GitJudge(patterns.map { ["/" + $0] }, paths)
    var covered = 0
    for (number, text) in patterns.enumerated() {
      let pattern = try PathPattern(text)
      for (place, path) in paths.enumerated() {
        let reached = path.withFolders.contains { pattern.matches($0) }
        #expect(judge.ignores(number, place) == reached, "\(text) against \(path)")
        if pattern.matches(path) { covered += 1 }
      }
    }
    #expect(covered > 300, "\(covered)")
  }

  /// git stops at a folder that is ignored; here every path is asked for by itself.
  @Test func `lets the last entry of a list decide, without git's stop at ignored folders`() throws {
    var maker = PatternMaker(seed: 12)
    let words = ["a", "b", "ab", "*", "**", "a*", "*b"]
    var lists: [[String]] = []
    for _ in 0..<120 {
      lists.append((0..<4).map { _ in (maker.isHeads() ? "!" : "") + maker.joined(words, upTo: 3) })
    }
    let paths = maker.several(60, of: ["a", "b", "ab", "bb"], upTo: 4)
    let anchored = lists.map { $0.map { $0.hasPrefix("!") ? "!/" + $0.dropFirst() : "/" + $0 } }
    let judge = try GitJudge(anchored, paths)
    var different = 0
    for (number, texts) in lists.enumerated() {
      let list = try PathList(texts)
      for (place, path) in paths.enumerated() {
        // The highest folder that an entry decides to ignore takes everything below; so says gitignore(5).
        let verdicts = path.withFolders.map { folder in list.entries.last { $0.pattern.matches(folder) } }
        let stop = verdicts.first { $0?.isExclusion == false }
        let decided = stop != nil
        #expect(judge.ignores(number, place) == decided, "\(texts) against \(path)")
        let own = verdicts.last.flatMap { $0 }.map { !$0.isExclusion } ?? false
        #expect(list.matches(path) == own, "\(texts) against \(path)")
        if own != decided { different += 1 }
      }
    }
    #expect(different > 50, "\(different)")
  }

  /// `:(glob)` asks wildmatch with `WM_PATHNAME`, and takes a name without wildcards for a folder as well.
  @Test func `covers what git's pathspecs cover`() throws {
    var maker = PatternMaker(seed: 13)
    let patterns = maker.several(40, of: Self.words.filter { !$0.contains("\\") }, upTo: 4)
    let paths = maker.several(120, of: ["a", "b", "ab", "aab", ".a", "a.c", "ä", "abc"], upTo: 4)
    let repository = try TemporaryRepository()
    let blob = try repository.git(["hash-object", "-w", "--stdin"])
    // A file and a folder of one name cannot both be there.
    let files = paths.filter { path in !paths.contains { $0.hasPrefix(path + "/") } }
    let index = files.map { "100644 \(blob)\t\($0)\0" }.joined()
    try repository.git(["update-index", "-z", "--index-info"], stdin: Array(index.utf8))
    for text in patterns {
      let pattern = try PathPattern(text)
      let listed = try repository.gitBytes(["ls-files", "-z", "--", ":(top,glob)\(text)"])
      let found = listed.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      let isPlain = !text.contains { "*?".contains($0) }
      let own = files.filter { pattern.matches($0) || (isPlain && $0.hasPrefix(text + "/")) }
      #expect(found.sorted() == own.sorted(), "\(text)")
    }
  }
}
