import Facts
import Rules
import Testing

/// The kernel's MAINTAINERS.
@Suite struct MaintainersTests {
  private func file(_ text: String, folders: Set<String> = []) throws -> Ownership {
    try #require(ownership(["MAINTAINERS": text], .maintainers, folders: folders))
  }

  static let patterns: [(String, folders: Set<String>, matches: [String], not: [String])] = [
    ("drivers/net/", [], ["drivers/net/a/b.c"], ["drivers/net"]),
    ("drivers/net/*", [], ["drivers/net/b.c"], ["drivers/net/a/b.c"]),
    ("*/net/*", [], ["drivers/net/b.c"], ["a/net/b/c.c"]),
    ("lib/foo.c", [], ["lib/foo.c", "lib/foo.cpp"], ["lib/fooxc"]),
    ("drivers/net", [], ["drivers/network"], ["drivers/net/a"]),
    ("drivers/net", ["drivers/net"], ["drivers/net/a/b"], ["drivers/network"]),
    ("Makefile", [], ["Makefile"], ["lib/Makefile"]),
    ("*", [], ["README"], ["lib/x"]),
    ("*/", [], ["lib/x", "a/b/c"], ["README"]),
    ("lib/fo?.c", [], ["lib/fox.c"], ["lib/fo.c"]),
    ("lib/(a|b)[0-9]+", [], ["lib/a1", "lib/b22"], ["lib/c1", "lib/a"]),
  ]

  @Test(arguments: patterns)
  func `matches as get_maintainer does`(
    pattern: String, folders: Set<String>, matches: [String], not: [String]
  ) throws {
    let file = try file("POOL\nM:\tAda <ada@x>\nS:\tMaintained\nF:\t\(pattern)\n", folders: folders)
    #expect(file.problems == [])
    for path in matches { #expect(file.names(path) == ["ada@x"], "\(pattern) \(path)") }
    for path in not { #expect(file.names(path) == [], "\(pattern) \(path)") }
  }

  private static let pool = """
    List of maintainers
    \tM: Not a line
    POOL ALLOCATOR
    M:\tAda Ray <ada@example.org>

    # a comment parts nothing
    R:\tBo Lin <bo@example.org>
    L:\tpool@lists.example.org (subscribers-only)
    S:\tMaintained
    F:\tlib/pool*
    F:\tinclude/pool/
    X:\tlib/pool_legacy.c
    K:\t\\bpool_(get|put)\\b

    THE REST
    M:\tCy Orr <cy@example.org>
    S:\tSupported
    F:\t*
    F:\t*/

    """

  @Test func `a section gives its people with their parts and titles, the deepest section first`() throws {
    let file = try file(Self.pool)
    let groups = file.owners(of: "include/pool/a.h").groups
    #expect(groups.map(\.section) == ["POOL ALLOCATOR", "THE REST"])
    #expect(groups.map(\.place.line) == [11, 19])
    let people = groups[0].owners.map { "\($0.shown) \($0.part) \($0.title ?? "-") \($0.place.line)" }
    #expect(
      people == [
        "ada@example.org owner maintainer 4", "bo@example.org reviewer reviewer 7",
        "pool@lists.example.org list list 8",
      ])
    #expect(groups[1].owners.map(\.title) == ["supporter"])
    #expect(file.flaws == ["13 contentPattern"])
  }

  @Test func `an excluded path takes the whole section away`() throws {
    let file = try file(Self.pool)
    #expect(file.names("lib/pool.c") == ["ada@example.org", "cy@example.org"])
    #expect(file.names("lib/pool_legacy.c") == ["cy@example.org"])
  }

  @Test func `expressions match anywhere and ignore their blanks`() throws {
    let file = try file("A\nM:\ta@x\nN:\tpo ol | tank\nS:\tOrphan\nB\nM:\tb@x\nF:\tlib/\n")
    #expect(file.names("lib/whirlpool.c") == ["b@x", "a@x"])
    #expect(file.names("tank.c") == ["a@x"])
    #expect(file.owners(of: "tank.c").owners.map(\.title) == ["orphan minder"])
  }

  @Test func `expressions that are not evaluated are told by what they hold`() throws {
    let file = try file(
      "A\nM:\ta@x\nN:\t(?=x)\nN:\t(a)\\1\nN:\t[[:alpha:]]\nF:\ta**+\nF:\t(\nN:\ta++\nF:\tok/\n")
    #expect(
      file.flaws == [
        "3 expression(\"a group that begins with (?\")", "4 expression(\"\\\\1\")",
        "5 expression(\"a named class\")", "6 expression(\"possessive repetition\")",
        "7 expression(\"unmatched (\")", "8 expression(\"possessive repetition\")",
      ])
    #expect(file.names("ok/x") == ["a@x"])
  }

  @Test func `several people on a line, quotes and remarks are understood`() throws {
    let file = try file(
      "A\nM:\t\"Ray, Ada\" <ada@x>, Bo <bo@x> (at home)\nM:\tcy@x\nM:\tnobody\nF:\ta\n")
    #expect(
      file.owners(of: "a").owners.map(\.name) == [
        .address(name: "Ray, Ada", email: "ada@x"), .address(name: "Bo", email: "bo@x"),
        .address(name: "", email: "cy@x"),
      ])
    #expect(file.flaws == ["4 owner(\"nobody\")"])
  }

  @Test func `an expression made to cost much costs no more than its length`() throws {
    let file = try file("A\nM:\ta@x\nN:\t^(a+)+$\nN:\t(a|a)*b\nN:\t(((a{200}){200}){200})\n")
    #expect(file.flaws == ["5 patternTooLarge"])
    let path = String(repeating: "a", count: 20_000) + "!"
    let spent = ContinuousClock().measure { #expect(file.names(path) == []) }
    #expect(spent < .seconds(5))
  }
}
