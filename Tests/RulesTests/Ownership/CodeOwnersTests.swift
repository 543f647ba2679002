import Facts
import Rules
import Testing

/// GitHub's CODEOWNERS, by the tables of its documentation and of hmarr/codeowners.
@Suite struct CodeOwnersTests {
  private func file(_ text: String) throws -> Ownership {
    try #require(ownership([".github/CODEOWNERS": text], .codeOwners))
  }

  static let patterns: [(String, matches: [String], not: [String])] = [
    ("*", ["a", "a/b", ".x/y"], []),
    ("*.js", ["a.js", "x/y/a.js", "a.js/b"], ["a.jsx", "js"]),
    ("/*", ["README"], ["a/b"]),
    ("docs/*", ["docs/a.md"], ["docs/b/a.md", "x/docs/a.md"]),
    ("docs/", ["docs/a", "x/docs/b/c"], ["docs"]),
    ("/docs/", ["docs/a/b"], ["x/docs/a", "docs"]),
    ("foo", ["foo", "x/foo", "foo/a", "x/foo/y"], ["foobar", "x/foobar"]),
    ("foo/bar", ["foo/bar", "foo/bar/a"], ["x/foo/bar"]),
    ("/foo/**", ["foo/a", "foo/a/b"], ["foo", "x/foo/a"]),
    ("**/logs", ["logs", "a/logs/b", "a/b/logs"], ["xlogs"]),
    ("a/**/b", ["a/b", "a/x/y/b", "a/x/b/c"], ["a/xb", "b", "x/a/b"]),
    ("f*", ["foo", "x/foo/deep/y"], ["x/go"]),
    ("/", [], ["a", "a/b"]),
    ("/apps/[id]/", ["apps/[id]/x"], ["apps/i/x"]),
    ("**", ["a", "a/b"], []),
    ("a?c", ["abc", "x/axc/y"], ["a/c", "ac"]),
    ("/with\\ blank/", ["with blank/a"], ["with", "blank/a"]),
    ("/a.b", ["a.b"], ["axb"]),
    ("/Lib/", ["Lib/a"], ["lib/a"]),
    ("/src/*.c", ["src/a.c", "src/a.c/b"], ["src/x/a.c"]),
  ]

  @Test(arguments: patterns)
  func `matches as GitHub's patterns do`(pattern: String, matches: [String], not: [String]) throws {
    let file = try file("\(pattern) @ada\n")
    #expect(file.problems == [])
    for path in matches { #expect(file.names(path) == ["@ada"], "\(pattern) \(path)") }
    for path in not { #expect(file.names(path) == [], "\(pattern) \(path)") }
  }

  @Test func `the last line that matches decides alone, and may name nobody`() throws {
    let file = try file("*        @org/all\n/lib/    @ada\n/lib/gen/\n*.md     @docs\n")
    #expect(file.names("lib/x.c") == ["@ada"])
    #expect(file.names("lib/gen/x.c") == [])
    #expect(file.names("lib/gen/x.md") == ["@docs"])
    #expect(file.names("x") == ["@org/all"])
    let nobody = try #require(file.owners(of: "lib/gen/x.c").groups.first)
    #expect(nobody.required == 0)
    #expect(nobody.place == OwnershipPlace(file: ".github/CODEOWNERS", line: 3))
  }

  @Test func `owners are logins, teams and addresses, each with its line`() throws {
    let file = try file("# all\n\n* @ada @org/team bo@example.org # and @cy\n")
    let owners = file.owners(of: "x").owners
    #expect(
      owners.map(\.name) == [.login("ada"), .team("org/team"), .address(name: "", email: "bo@example.org")])
    #expect(owners.map(\.place.line) == [3, 3, 3])
    #expect(file.owners(of: "x").groups.first?.required == 1)
  }

  @Test func `a line that is not understood is left out, told with its place, and the rest holds`() throws {
    let file = try file(
      "* @all\r\n!x @ada\r\n\\#y @ada\r\na/***/b @ada\r\n/c ada\r\n/d @\r\n/e @x @y/\r\n/f @bo\r\n")
    #expect(
      file.flaws == [
        "2 negation", "3 escapedHash", "4 tripleStar", "5 owner(\"ada\")", "6 owner(\"@\")",
        "7 owner(\"@y/\")",
      ])
    #expect(file.names("f") == ["@bo"])
    for path in ["x", "#y", "a/x/b", "c", "d", "e"] { #expect(file.names(path) == ["@all"]) }
  }

  @Test func `the first place that has a file counts, and no other`() throws {
    let texts = ["docs/CODEOWNERS": "* @docs", "CODEOWNERS": "* @root", ".github/CODEOWNERS": "* @github"]
    #expect(ownership(texts, .codeOwners)?.names("x") == ["@github"])
    #expect(ownership(texts.filter { $0.key != ".github/CODEOWNERS" }, .codeOwners)?.names("x") == ["@root"])
    #expect(ownership(["docs/CODEOWNERS": "* @docs"], .codeOwners)?.names("x") == ["@docs"])
    #expect(ownership([".gitlab/CODEOWNERS": "* @x"], .codeOwners) == nil)
    #expect(ownership(texts, .gitLabCodeOwners)?.names("x") == ["@root"])
  }

  @Test func `patterns made to cost much cost no more than their length`() throws {
    let stars = String(repeating: "*a", count: 200)
    let folders = String(repeating: "**/", count: 300) + "b"
    let file = try file("\(stars) @ada\n\(folders) @bo\n" + String(repeating: "x", count: 2_000) + " @cy\n")
    #expect(file.flaws == ["3 patternTooLarge"])
    let path = String(repeating: "a/", count: 2_000) + String(repeating: "a", count: 150)
    let clock = ContinuousClock()
    var names: [String] = []
    let spent = clock.measure { names = file.names(path) }
    #expect(names == [])
    #expect(spent < .seconds(5))
  }

  @Test func `bytes of any kind are read without harm`() throws {
    var random = SystemRandomNumberGenerator()
    for format in OwnershipFormat.allCases {
      for _ in 0..<60 {
        let alphabet = Array("ab/*?[]{}()\\!#@^$=,:.- \t\n\r\"<>MFXNKSLR+|~\u{0}\u{7f}é".utf8) + [0xFF, 0xC3]
        let bytes = (0..<300).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        let place = format.places.first ?? "OWNERS"
        var snapshot = OwnershipSnapshot(commit: ObjectName(high: 0, middle: 0, low: 0))
        snapshot.files = [
          OwnershipFile(path: place, bytes: bytes, object: ObjectName(high: 0, middle: 0, low: 0))
        ]
        _ = Ownership.missing(in: snapshot)
        guard let ownership = Ownership(snapshot, format: format) else { continue }
        _ = ownership.owners(of: "a/b/a.b").owners
        _ = ownership.owners(of: "").owners
        #expect(ownership.files == [place])
      }
    }
  }
}

/// Which format files have when no policy says so.
@Suite struct OwnershipDetectionTests {
  @Test func `the place, sections or the forge's settings tell the format`() {
    func found(_ texts: [String: String], _ forges: Set<OwnershipForge> = []) -> String? {
      ownership(texts, forges: forges).map { "\($0.flavour.rawValue) \($0.basis.rawValue)" }
    }
    #expect(found([".github/CODEOWNERS": "[A]\n* @a"]) == "github place")
    #expect(found([".gitlab/CODEOWNERS": "* @a"]) == "gitlab place")
    #expect(found(["CODEOWNERS": "[Core] @ada\n*"]) == "gitlab sections")
    #expect(found(["docs/CODEOWNERS": "* @ada"], [.gitLab]) == "gitlab settings")
    #expect(found(["docs/CODEOWNERS": "* @ada"], [.gitHub]) == "github settings")
    #expect(found(["CODEOWNERS": "* @ada"], [.gitHub, .gitLab]) == "github assumed")
    #expect(found(["CODEOWNERS": "* @ada"]) == "github assumed")
    #expect(found(["OWNERS": "ada@example.org"]) == "code-owners assumed")
    #expect(found(["a/OWNERS": "file://b/OWNERS"]) == "chromium contents")
    #expect(found(["OWNERS": "approvers:\n- ada"]) == "prow contents")
    #expect(found(["MAINTAINERS": "POOL\nM:\tAda <ada@example.org>\nF:\tlib/"]) == "kernel contents")
    #expect(found(["MAINTAINERS": "Ada <ada@example.org>"]) == nil)
    #expect(found(["OWNERS": "ada@example.org", "CODEOWNERS": "* @ada"]) == "github assumed")
    #expect(found([:]) == nil)
  }

  @Test func `a policy's format is taken as it is, and a file that does not fit is told`() throws {
    let file = try #require(ownership(["MAINTAINERS": "Ada <ada@example.org>\n"], .maintainers))
    #expect(file.basis == .policy)
    #expect(file.flaws == ["0 notThisFormat"])
    #expect(ownership(["CODEOWNERS": "* @a"], .maintainers) == nil)
    #expect(ownership(["CODEOWNERS": "* @a"], .owners) == nil)
  }
}
