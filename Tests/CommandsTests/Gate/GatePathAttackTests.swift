import Git
import Support
import Testing

/// Attacks on what a change is said to touch: renames, links, submodules, attributes, twins of names.
@Suite struct GatePathAttackTests {
  @Test func `12: moving a file out of a protected folder changes both ends`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("move", ["net/tls/key": nil, "lib/key": "key\n"])
    try server.approve(commit, by: "al")
    expectRefused(
      try server.push("topic:main", by: "cy"),
      "net/tls/key: needs approvals by 2 people from platform, has that of al")
    try server.approve(commit, by: "bo")
    expectTaken(try server.push("topic:main", by: "cy"))
  }

  @Test func `12: a delegate does not approve what is moved into their folder`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("move", ["lib/a": nil, "docs/a": "a\n"])
    try server.approve(commit, by: "di")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: lib/a", "has none")
  }

  @Test func `12: what one commit moves out and another changes and moves back is all changed`() throws {
    let server = try GateServer()
    try server.branch("topic")
    try server.commit("out", ["net/tls/key": nil, "lib/key": "key\n"])
    try server.commit("edit", ["lib/key": "evil\n"])
    let last = try server.commit("back", ["lib/key": nil, "net/tls/key": "evil\n"])
    try server.approve(last, by: "al")
    expectRefused(try server.push("topic:main", by: "cy"), "net/tls/key: needs approvals by 2 people")
  }

  @Test(arguments: ["120000", "160000", "100644"])
  func `13: whatever takes the place of a folder above a protected one changes everything below`(mode: String)
    throws
  {
    let server = try GateServer()
    try server.branch("topic")
    let target = try server.blob("lib")
    let id = mode == "160000" ? try server.id("origin/main") : target
    try server.git("rm", "--quiet", "-r", "--cached", "net")
    try server.git("update-index", "--add", "--cacheinfo", "\(mode),\(id.hex),net")
    let commit = try server.record(["commit", "--quiet", "-m", "net"], by: "cy")
    try server.approve(commit, by: "al")
    expectRefused(
      try server.push("\(commit.hex):main", by: "cy"),
      "needs approvals by 2 people from platform, has that of al")
    try server.approve(commit, by: "bo")
    expectTaken(try server.push("\(commit.hex):main", by: "cy"))
  }

  @Test func `13: a link where a protected folder may yet be made needs what the folder needs`() throws {
    let server = try GateServer([
      "policies/delegation.json5": GatePolicyFiles.delegation(
        more: "floors: [{ paths: [\"vault/keys/**\"], count: 3, from: [\"platform\"] }],")
    ])
    for (name, mode) in [("vault", "120000"), ("vault/keys", "160000"), ("vault/keys", "120000")] {
      try server.branch("topic")
      let id = mode == "160000" ? try server.id("origin/main") : try server.blob("../docs")
      let commit = try server.commitEntries([(mode, id, name)])
      try server.approve(commit, by: "al")
      try server.approve(commit, by: "bo")
      expectRefused(
        try server.push("\(commit.hex):main", by: "cy"), "\(name): needs approvals by 3 people", "al, bo")
    }
  }

  @Test func `15: a moved submodule needs who answers for its path and for .gitmodules`() throws {
    let server = try GateServer()
    for path in ["docs/sub", "docs/other"] {
      try server.branch("topic")
      let commit = try server.commitEntries([("160000", try server.id("origin/main"), path)])
      // Nobody has ever seen that commit: nothing is fetched to look into it.
      try server.approve(commit, by: "di")
      expectRefused(try server.push("\(commit.hex):main", by: "cy"), "not-approved: .gitmodules", "has none")
      try server.approve(commit, by: "al")
      expectTaken(try server.push("\(commit.hex):main", by: "cy"))
    }
  }

  @Test func `15: a .gitmodules that is no plain file is refused`() throws {
    let server = try GateServer()
    for (mode, name) in [
      ("120000", ".gitmodules"), ("120000", ".GITMODULES"), ("160000", "gitmod~1"),
      ("120000", ".gitmodu\u{200C}les"),
    ] {
      try server.branch("topic")
      let id = mode == "160000" ? try server.id("origin/main") : try server.blob()
      let main = try server.git("ls-tree", "origin/main").split(separator: "\n")
      var entries = try main.map { line in
        let parts = line.split(whereSeparator: \.isWhitespace)
        let mode = parts[0] == "040000" ? "40000" : String(parts[0])
        return (mode: mode, name: Array(parts[3].utf8), id: try #require(ObjectID(hex: String(parts[2]))))
      }
      entries.append((mode, Array(name.utf8), id))
      entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
      let commit = try server.approvedCommit(tree: try server.tree(entries))
      expectRefused(
        try server.push("\(commit.hex):main", by: "cy"), "malformed-object",
        ".gitmodules that is no plain file")
    }
  }

  @Test func `16: attributes hide nothing from the gate`() throws {
    let server = try GateServer()
    try server.branch("attributes")
    let text = "* -diff linguist-generated merge=ours export-ignore\nnet/** filter=hide -text\n"
    let first = try server.commit("attributes", [".gitattributes": text, "net/.gitattributes": text])
    try server.approve(first, by: "al")
    expectTaken(try server.push("attributes:main", by: "cy"))
    try server.branch("topic")
    let commit = try server.commit("net", ["net/tcp": "evil\n", "docs/guide": "evil\n"])
    try server.approve(commit, by: "di")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: net/tcp", "has none")
  }

  @Test func `11: twins of names that mean more than the name itself are refused`() throws {
    let server = try GateServer()
    let twins = [
      "Policies/roster.json5", "policies/Roster.json5", "policies/grants/Docs-di.json5", "net/TLS/key",
      "NET/tcp",
      "net/tls/Key", "n\u{200B}et/x",
    ]
    for name in twins {
      try server.branch("topic")
      let commit = try server.commitEntries([("100644", try server.blob(), name)])
      for who in ["al", "bo", "kim"] { try server.approve(commit, by: who) }
      expectRefused(try server.push("\(commit.hex):main", by: "cy"), "protected-twin", "on some file systems")
    }
    // Where both names ask for the same, a twin is the reviewer's business.
    try server.branch("topic")
    let commit = try server.commitEntries([("100644", try server.blob(), "lib/A")])
    try server.approve(commit, by: "al")
    expectTaken(try server.push("\(commit.hex):main", by: "cy"))
  }

  @Test func `11: a twin is found wherever its folder stands, and behind any number of others`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let blob = try server.blob()
    // The same folder first where it means nothing; and a hundred harmless twins before it.
    let harmless = (0..<60).flatMap { ["a/\($0)x", "a/\($0)X", "b/\($0)y", "b/\($0)Y"] }
    let twins = ["aa", "net/tls/deep"].flatMap { ["\($0)/key", "\($0)/KEY"] }
    let commit = try server.commitEntries((harmless + twins).map { ("100644", blob, $0) })
    for who in ["al", "bo"] { try server.approve(commit, by: who) }
    expectRefused(try server.push("\(commit.hex):main", by: "cy"), "protected-twin: net/tls/deep/")
  }
}
