import Facts
import Rules
import Testing

/// GitLab's CODEOWNERS.
@Suite struct GitLabOwnersTests {
  private func file(_ text: String) throws -> Ownership {
    try #require(ownership(["CODEOWNERS": text], .gitLabCodeOwners))
  }

  private func groups(_ file: Ownership, _ path: String) -> [String] {
    file.owners(of: path).groups.map { group in
      let count = group.isOptional ? "optional \(group.required)" : "\(group.required)"
      return "\(group.section ?? "-"): \(group.owners.map(\.shown).joined(separator: " ")) (\(count))"
    }
  }

  @Test func `every section counts, and in each the last line that matches`() throws {
    let file = try file("[Core] @ada\n*\n!gen/\n^[Docs][2] @docs\n*.md\n/README.md @bo\n")
    #expect(groups(file, "a.c") == ["Core: @ada (1)"])
    #expect(groups(file, "gen/a.c") == [])
    #expect(groups(file, "a.md") == ["Core: @ada (1)", "Docs: @docs (optional 2)"])
    #expect(groups(file, "README.md") == ["Core: @ada (1)", "Docs: @bo (optional 2)"])
    #expect(file.owners(of: "a.md").combination == .every)
    #expect(file.problems == [])
  }

  @Test func `an exclusion holds for its section, whatever comes later in it`() throws {
    let file = try file("[A] @a\n!*.rb\n*.rb\n[B] @b\n*.rb\n")
    #expect(groups(file, "x.rb") == ["B: @b (1)"])
  }

  @Test func `a name that comes again is the same section, required if any heading is`() throws {
    let file = try file("^[Docs] @a\n*.md\n[DOCS][3] @b\n*.txt\n")
    #expect(groups(file, "x.md") == ["Docs: @a (3)"])
    #expect(groups(file, "x.txt") == ["Docs: @b (3)"])
  }

  @Test func `a count below 1 is 1, and nobody to ask makes it 0`() throws {
    let file = try file("a.c\n[X][0] @x\nb.c\n[Y]\nc.c\n")
    #expect(groups(file, "b.c") == ["X: @x (1)"])
    #expect(groups(file, "a.c") == ["-:  (0)"])
    #expect(groups(file, "c.c") == ["Y:  (0)"])
  }

  static let patterns: [(String, matches: [String], not: [String])] = [
    ("*", ["a", "a/b", ".x"], []),
    ("README.md", ["README.md", "a/b/README.md"], ["README.md/x"]),
    ("docs/", ["docs/a", "docs/a/b", "x/docs/a"], ["docs"]),
    ("/docs/", ["docs/a/b"], ["x/docs/a"]),
    ("/docs/*", ["docs/a"], ["docs/a/b"]),
    ("/docs/**/*.md", ["docs/a.md", "docs/x/y/a.md"], ["a.md"]),
    ("/docs/*.md", ["docs/a.md"], ["docs/x/a.md"]),
    ("dir/file", ["dir/file", "x/dir/file"], ["dir/file/x"]),
    ("*.[ch]", ["a.c", "x/a.h"], ["a.d"]),
    ("/a\\ b", ["a b"], ["a"]),
    ("\\#x", ["#x"], ["x"]),
    ("/foo?", ["foo1"], ["foo", "foo/"]),
    ("[!a]x", ["bx"], ["ax"]),
  ]

  @Test(arguments: patterns.filter { !$0.0.hasPrefix("[") })
  func `matches as Ruby's fnmatch does`(pattern: String, matches: [String], not: [String]) throws {
    let file = try file("\(pattern) @ada\n")
    #expect(file.problems == [])
    for path in matches { #expect(file.names(path) == ["@ada"], "\(pattern) \(path)") }
    for path in not { #expect(file.names(path) == [], "\(pattern) \(path)") }
  }

  @Test func `words behind a hash are read, so that who stands there is an owner`() throws {
    let file = try file("*.c @ada # then @bo\n")
    #expect(file.names("a.c") == ["@ada", "@bo"])
    #expect(file.flaws == ["1 owner(\"#\")"])
  }

  @Test func `owners may be groups, addresses and roles`() throws {
    let file = try file("* @group/sub bo@example.org @@maintainers @@nobody\n")
    #expect(file.names("x") == ["@group/sub", "bo@example.org", "@@maintainer"])
    #expect(file.flaws == ["1 roleUnknown(\"@@nobody\")"])
  }

  @Test func `a heading that is not closed is an entry, and told`() throws {
    let file = try file("[Name @x\n* @ada\n")
    #expect(file.flaws == ["1 sectionHeader"])
    #expect(groups(file, "a") == ["-: @ada (1)"])
  }
}
