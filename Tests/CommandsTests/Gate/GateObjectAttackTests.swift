import Git
import Support
import Testing

/// Attacks with commits and trees that programs read differently.
@Suite struct GateObjectAttackTests {
  /// A change of `docs/guide` on a branch, for its tree.
  private func start() throws -> (server: GateServer, tree: String, parent: String) {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("guide", ["docs/guide": "new\n"])
    return (server, try server.git("rev-parse", "\(commit.hex)^{tree}"), try server.id("origin/main").hex)
  }

  private static let good = [GateServer.ident("author", "cy"), GateServer.ident("committer", "cy")]

  /// Pushes a commit of these lines, which Al has approved.
  private func push(_ lines: [String], message: String = "x\n") throws -> (GateServer, GateServer.Push) {
    let (server, tree, parent) = try start()
    let commit = try server.rawCommit(["tree \(tree)", "parent \(parent)"] + lines, message: message)
    try server.approve(commit, by: "al")
    return (server, try server.push("\(commit.hex):main", by: "cy"))
  }

  @Test func `6: text behind a zero byte, which Git hides, is refused`() throws {
    expectRefused(
      try push(Self.good, message: "good\n\0Co-authored-by: Al <al@x.org>\n").1, "malformed-object",
      "a zero byte")
    expectTaken(try push(Self.good, message: "good\n").1)
  }

  @Test(arguments: [
    "x\r\n\r\nCo-authored-by: Al <al@x.org>\r\n", "x\n\nCo-authored-by: Al\n <al@x.org>\n",
    "x\n\nCO-AUTHORED-BY: Al <al@x.org>\nSigned-off-by: Cy <cy@y.org>\n",
    "x\n\nCo-authored-by: Al <al@x.org>, Ed <ed@y.org>\n",
  ])
  func `6: a co-author is one however the trailer is written`(message: String) throws {
    expectRefused(try push(Self.good, message: message).1, "not-approved", "co-author of commit")
  }

  @Test(arguments: [
    "x\n\nReviewed-by: Al <al@x.org>\r\n", "Reviewed-by: Al <al@x.org>\n\nx\n",
    "x\n---\nReviewed-by: Al <al@x.org>\n",
  ])
  func `6: no trailer of any form approves`(message: String) throws {
    let (server, tree, parent) = try start()
    let commit = try server.rawCommit(["tree \(tree)", "parent \(parent)"] + Self.good, message: message)
    expectRefused(try server.push("\(commit.hex):main", by: "cy"), "not-approved: docs/guide")
  }

  @Test func `7: two authors are refused, whichever comes first`() throws {
    for authors in [["al", "cy"], ["cy", "al"]] {
      let lines = authors.map { GateServer.ident("author", $0) } + [GateServer.ident("committer", "cy")]
      expectRefused(try push(lines).1, "malformed-object", "more than one author line")
    }
  }

  @Test func `8: two committers are refused`() throws {
    for committers in [["al", "cy"], ["cy", "al"]] {
      let lines = [GateServer.ident("author", "cy")] + committers.map { GateServer.ident("committer", $0) }
      expectRefused(try push(lines).1, "malformed-object", "more than one committer line")
    }
  }

  @Test(arguments: [
    "author A <cy@y.org> <al@x.org> 1704100000 +0000",
    "author A <al@x.org> 1 +0000> <cy@y.org> 1704100000 +0000",
    "author A <al@x.org 1704100000 +0000", "author A al@x.org> 1704100000 +0000", "author 1704100000 +0000",
    "author A <cy@y.org>", "author A <cy@y.org> x +0000", "author A <cy@y.org> 99999999999999999999 +0000",
    "author A <cy@y.org> -5 +0000", "author A <cy@y.org> 1704100000 +99999",
  ])
  func `9: an author line with brackets or dates that programs read differently is refused`(line: String)
    throws
  {
    expectRefused(try push([line, GateServer.ident("committer", "cy")]).1, "malformed-object", "author line")
  }

  @Test func `9: headers in another order, or twice, are refused`() throws {
    let (author, committer) = (Self.good[0], Self.good[1])
    for lines in [
      [committer, author], ["note x", author, committer], [author, "note x", committer],
      [author, committer, "parent \(GateServer.zero)"],
      [author, committer, "encoding UTF-8", "encoding latin1"],
      [author], [committer],
    ] {
      expectRefused(try push(lines).1, "malformed-object")
    }
    expectTaken(try push([author, committer, "encoding UTF-8", "change-id x"]).1)
  }

  @Test func `41: two signatures of one kind are refused`() throws {
    let lines =
      Self.good + [
        "gpgsig -----BEGIN SSH SIGNATURE-----", " x", "gpgsig -----BEGIN SSH SIGNATURE-----", " y",
      ]
    expectRefused(try push(lines).1, "malformed-object", "two signatures")
  }

  /// Names that Git keeps for itself, or that a path cannot have.
  static let badNames: [[UInt8]] = [
    "..", ".", ".git", ".GIT", ".g\u{200C}it", "git~1", ".git ", ".git.", ".git::$INDEX_ALLOCATION", "a/b",
    "/a",
    "../x",
  ].map { Array($0.utf8) }

  @Test(arguments: badNames)
  func `14: names that lead elsewhere are refused`(name: [UInt8]) throws {
    let (server, _, _) = try start()
    let blob = try server.object("blob", Array("x".utf8))
    let folder = try server.tree([("100644", name, blob)])
    for tree in [folder, try server.tree([("40000", Array("docs".utf8), folder)])] {
      let commit = try server.approvedCommit(tree: tree)
      expectRefused(try server.push("\(commit.hex):main", by: "cy"), "malformed-object")
    }
  }

  @Test func `14: trees with entries twice, out of order or of unknown kinds are refused`() throws {
    let (server, _, _) = try start()
    let blob = try server.object("blob", Array("x".utf8))
    let other = try server.object("blob", Array("y".utf8))
    let folder = try server.tree([("100644", Array("f".utf8), blob)])
    func entry(_ mode: String, _ name: String, _ id: ObjectID) -> (mode: String, name: [UInt8], id: ObjectID)
    {
      (mode, Array(name.utf8), id)
    }
    let trees: [(String, [(mode: String, name: [UInt8], id: ObjectID)])] = [
      ("twice", [entry("100644", "a", blob), entry("100644", "a", other)]),
      ("out of order", [entry("100644", "b", blob), entry("100644", "a", other)]),
      ("as a file and as a directory", [entry("100644", "a", blob), entry("40000", "a", folder)]),
      ("zero in front", [entry("040000", "a", folder)]), ("777777", [entry("777777", "a", blob)]),
      ("mode that Git does not know, 0", [entry("0", "a", blob)]),
      ("mode that Git does not know", [entry("100600", "a", blob)]),
    ]
    for (words, entries) in trees {
      let commit = try server.approvedCommit(tree: try server.tree(entries))
      expectRefused(try server.push("\(commit.hex):main", by: "cy"), "malformed-object", words)
    }
    let sound = try server.approvedCommit(
      tree: try server.tree(
        [
          entry("100755", "a", blob), entry("100644", "a.b", blob), entry("40000", "a-", folder),
        ].sorted { $0.name.lexicographicallyPrecedes($1.name) }))
    // Everything else is deleted by it, and what is protected needs two.
    expectRefused(
      try server.push("\(sound.hex):main", by: "cy"), "net/tls/cert and 1 more: needs approvals by 2 people")
  }

  @Test func `14: a tree that stops in the middle, or is none, is refused`() throws {
    let (server, _, parent) = try start()
    let whole = Array("100644 a".utf8) + [0] + [UInt8](repeating: 7, count: 20)
    for bytes in [
      Array(whole.dropLast(3)), Array("100644 a".utf8), Array("100644".utf8), Array("x a\0".utf8),
    ] {
      let commit = try server.approvedCommit(tree: try server.object("tree", bytes))
      #expect(try server.push("\(commit.hex):main", by: "cy").status != 0)
    }
    let blob = try server.object("blob", Array("x".utf8))
    let commit = try server.rawCommit(["tree \(blob.hex)", "parent \(parent)"] + Self.good)
    #expect(try server.push("\(commit.hex):main", by: "cy").status != 0)
  }

  @Test func `14: folders nested without end are refused`() throws {
    let (server, _, _) = try start()
    var stream = Array("commit refs/heads/deep\ncommitter Cy <cy@y.org> 1704100000 +0000\ndata 0\n".utf8)
    let path = [String](repeating: "d", count: 1_200).joined(separator: "/")
    stream += Array("from refs/remotes/origin/main^0\nM 100644 inline \(path)/f\ndata 1\nx\n".utf8)
    try server.git(["fast-import", "--quiet"], stdin: stream)
    try server.approve(try server.id("deep"), by: "al")
    expectRefused(try server.push("deep:main", by: "cy"))
  }
}
