import Facts
import Rules
import Testing

/// OWNERS files in directories.
@Suite struct OwnersTreeTests {
  private static let example = [
    "OWNERS": "ada@x\n",
    "ui/OWNERS":
      "bo@x\nper-file *.md=cy@x\nper-file gen.txt=set noparent\nper-file gen.txt=di@x\n",
  ]

  @Test(arguments: [
    ("ui/a.c", ["bo@x", "ada@x"]), ("ui/a.md", ["cy@x", "bo@x", "ada@x"]), ("ui/gen.txt", ["di@x"]),
    ("ui/sub/a.md", ["cy@x", "bo@x", "ada@x"]), ("top.md", ["ada@x"]),
  ])
  func `for code-owners a line per file holds below as well`(path: String, names: [String]) throws {
    let files = try #require(ownership(Self.example, .owners))
    #expect(files.flavour == .codeOwners)
    #expect(files.names(path) == names)
    #expect(files.problems == [])
  }

  @Test(arguments: [
    ("ui/a.c", ["bo@x", "ada@x"]), ("ui/a.md", ["cy@x", "bo@x", "ada@x"]), ("ui/gen.txt", ["di@x"]),
    ("ui/sub/a.md", ["bo@x", "ada@x"]),
  ])
  func `for Chromium it holds for the directory itself`(path: String, names: [String]) throws {
    var texts = Self.example
    texts["other/OWNERS"] = "file://ui/OWNERS\n"
    let files = try #require(ownership(texts, .owners))
    #expect(files.flavour == .chromium)
    #expect(files.names(path) == names)
  }

  @Test func `set noparent ends the climb wherever it stands, and a star is everybody`() throws {
    let files = try #require(
      ownership(["OWNERS": "ada@x", "a/OWNERS": "bo@x\nset noparent # why\n", "b/OWNERS": "*\n"], .owners))
    #expect(files.names("a/b/c") == ["bo@x"])
    #expect(files.names("b/c") == ["*", "ada@x"])
  }

  @Test func `include takes everything, file the owners of the directory alone`() throws {
    let common = "cy@x\nset noparent\nper-file *.md=di@x\n"
    let whole = try #require(
      ownership(["OWNERS": "ada@x", "a/OWNERS": "include /COMMON_OWNERS", "COMMON_OWNERS": common], .owners))
    #expect(whole.names("a/x.c") == ["cy@x"])
    #expect(whole.names("a/x.md") == ["di@x", "cy@x"])
    let part = try #require(
      ownership(["OWNERS": "ada@x", "a/OWNERS": "file: ../COMMON_OWNERS", "COMMON_OWNERS": common], .owners))
    #expect(part.names("a/x.md") == ["cy@x", "ada@x"])
    let single = try #require(
      ownership(
        ["OWNERS": "ada@x", "a/OWNERS": "per-file *.md=file:/COMMON_OWNERS", "COMMON_OWNERS": common], .owners
      ))
    #expect(single.names("a/x.md") == ["cy@x", "ada@x"])
    #expect(single.names("a/x.c") == ["ada@x"])
  }

  @Test func `circles of includes end, and an include that is not there is told`() throws {
    let files = try #require(
      ownership(
        [
          "OWNERS":
            "ada@x\ninclude a/OWNERS\ninclude other:main:/OWNERS\ninclude gone/OWNERS\nfile:notes.txt",
          "a/OWNERS": "bo@x\ninclude /OWNERS\n",
        ], .owners))
    #expect(files.names("x") == ["ada@x", "bo@x"])
    #expect(files.names("a/x") == ["bo@x", "ada@x"])
    #expect(
      files.flaws == [
        "3 include(\"other:main:/OWNERS\")", "5 include(\"notes.txt\")", "4 include(\"gone/OWNERS\")",
      ])
  }

  @Test func `files that all include one another cost no more than they are`() throws {
    var texts: [String: String] = [:]
    let all = (0..<60).map { "include /d\($0)/OWNERS" }.joined(separator: "\n")
    for number in 0..<60 { texts["d\(number)/OWNERS"] = "p\(number)@x\n" + all }
    let files = try #require(ownership(texts, .owners))
    let spent = ContinuousClock().measure { _ = files.names("d0/a") }
    #expect(files.names("d0/a").count == 60)
    #expect(spent < .seconds(5))
  }

  @Test func `missing includes are asked for by path`() {
    var snapshot = OwnershipSnapshot(commit: ObjectName(high: 0, middle: 0, low: 0))
    snapshot.files = [
      OwnershipFile(
        path: "a/OWNERS",
        bytes: Array("include ../x/OWNERS\nfile://build/OWNERS_x\nper-file a=file:OWNERS".utf8),
        object: ObjectName(high: 0, middle: 0, low: 0))
    ]
    #expect(Ownership.missing(in: snapshot).files == ["build/OWNERS_x", "x/OWNERS"])
  }

  @Test func `blanks around commas make a line invalid, and so does what is nobody`() throws {
    let text = "per-file a=bo@x,cy@x\nper-file b=bo@x, cy@x\nper-file c=@team\n@team\nhello world\n"
    let files = try #require(ownership(["OWNERS": text], .owners))
    #expect(files.names("a") == ["bo@x", "cy@x"])
    #expect(files.flaws == ["2 blankInList", "3 owner(\"@team\")", "4 unknownLine", "5 unknownLine"])
  }

  @Test func `braces and classes work, and an annotation is kept as the owner's title`() throws {
    let text = "per-file *.{h,cc},[ab].txt=bo@x\nada@x #{LAST_RESORT_SUGGESTION}\n"
    let files = try #require(ownership(["OWNERS": text], .owners))
    #expect(files.names("x/y.cc") == ["bo@x", "ada@x"])
    #expect(files.names("a.txt") == ["bo@x", "ada@x"])
    #expect(files.names("c.txt") == ["ada@x"])
    #expect(files.owners(of: "c.txt").owners.first?.title == "LAST_RESORT_SUGGESTION")
  }
}

/// Prow's OWNERS files.
@Suite struct ProwOwnersTests {
  @Test(arguments: [
    "approvers:\n- ada\n", "owners:\n- ada@x\nmatchers:\n- suffix: .md\n", "inherited: false\n",
  ])
  func `YAML is recognised and refused, with the reason`(text: String) throws {
    let files = try #require(ownership(["OWNERS": text, "a/OWNERS": "bo@x"], .owners))
    #expect(files.flavour == .prow)
    #expect(files.names("a/x") == [])
    #expect(files.flaws == ["0 yaml", "0 notThisFormat"])
  }

  @Test func `a stop to parents works only once somebody was found`() throws {
    let files = try #require(
      ownership(
        [
          "OWNERS": #"{"approvers": ["root"]}"#,
          "a/OWNERS": #"{"options": {"no_parent_owners": true}, "approvers": []}"#,
          "a/b/OWNERS": #"{"approvers": ["@Bee"], "reviewers": ["cy"]}"#,
        ], .owners))
    #expect(files.names("a/x") == ["@root"])
    #expect(files.names("a/b/x") == ["@bee"])
    let parts = files.owners(of: "a/b/x").groups.flatMap(\.owners).map { "\($0.shown) \($0.part)" }
    #expect(parts == ["@bee owner", "@cy reviewer"])
    #expect(files.problems == [])
  }

  @Test func `aliases are looked up once, and filters only without simple lists`() throws {
    let files = try #require(
      ownership(
        [
          "OWNERS_ALIASES": #"{"aliases": {"Leads": ["Ada", "bo"], "bo": ["nobody"]}}"#,
          "OWNERS": #"{"filters": {".*": {"approvers": ["leads"]}, "\\.md$": {"approvers": ["docs"]}}}"#,
          "x/OWNERS": #"{"approvers": ["cy"], "filters": {".*": {"approvers": ["di"]}}}"#,
        ], .owners))
    #expect(files.names("a.c") == ["@ada", "@bo"])
    #expect(files.names("a.md") == ["@ada", "@bo", "@docs"])
    #expect(files.names("x/a.c") == ["@cy", "@ada", "@bo"])
  }

  @Test(arguments: [
    "{", #"{"approvers": ["a"]} x"#, #"{"approvers": ["a"], "approvers": []}"#, #"{"a": "\u0041"}"#,
  ])
  func `JSON that is not plain is refused`(text: String) throws {
    let files = try #require(ownership(["OWNERS": text], .owners))
    #expect(files.flaws == ["0 notThisFormat"])
  }
}
