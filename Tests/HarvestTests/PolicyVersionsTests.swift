import Facts
import Git
import Support
import Testing

@testable import Harvest

@Suite struct PolicyVersionsTests {
  private let fixture: TemporaryRepository

  init() throws { fixture = try TemporaryRepository() }

  private func harvest(_ options: Harvester.Options = .init()) throws -> Harvested {
    try Harvester(try fixture.open(), options).harvest()
  }

  /// The paths of each version, oldest first.
  private func paths(_ harvested: Harvested) -> [[String]] { harvested.policies.map { $0.files.map(\.path) } }

  private static let both = [
    "policies/maturity.json5": "{ version: 1 }", "policies/roster.json5": "{ version: 1 }",
  ]

  @Test func `a commit that deletes one file is a version without it`() throws {
    try fixture.commit("Policy", files: Self.both)
    let less = try fixture.commit("Less", removing: ["policies/roster.json5"])
    let harvested = try harvest()
    #expect(paths(harvested) == [["maturity.json5", "roster.json5"], ["maturity.json5"]])
    #expect(harvested.policies.last?.commit == ObjectName(git: less))
  }

  @Test func `a commit that deletes all files ends the policy, and a later one begins another`() throws {
    try fixture.commit("Code", files: ["a": "1"])
    try fixture.commit("Policy", files: Self.both)
    let end = try fixture.commit("No policy", removing: ["policies"])
    try fixture.commit("Code", files: ["a": "2"])
    #expect(paths(try harvest()) == [["maturity.json5", "roster.json5"], []])
    #expect(try harvest().policies.last?.commit == ObjectName(git: end))
    try fixture.commit("Terms", files: ["policies/privacy.md": "words", "policies/other.json5": "{}"])
    #expect(paths(try harvest()) == [["maturity.json5", "roster.json5"], []])
    try fixture.commit("Again", files: Self.both)
    #expect(
      paths(try harvest())
        == [["maturity.json5", "roster.json5"], [], ["maturity.json5", "other.json5", "roster.json5"]])
  }

  @Test func `a policy ends where a merge brings the removal to the branch`() throws {
    try fixture.commit("Policy", files: Self.both)
    try fixture.git("checkout", "-q", "-b", "side")
    try fixture.commit("No policy", removing: ["policies"])
    try fixture.git("checkout", "-q", "main")
    try fixture.commit("Code", files: ["a": "2"])
    try fixture.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    #expect(
      try harvest().policies.map(\.commit)
        == ["main~2", "main"].map { ObjectName(git: try fixture.id(of: $0)) })
    #expect(try harvest().policies.last?.files.isEmpty == true)
  }

  @Test func `a link put in the directory's place ends the policy and is told`() throws {
    try fixture.commit("Policy", files: Self.both)
    try fixture.run("mv", "policies", "elsewhere")
    try fixture.run("ln", "-s", "elsewhere", "policies")
    let link = try fixture.commit("Link")
    #expect(paths(try harvest()) == [["maturity.json5", "roster.json5"], []])
    #expect(
      try harvest().diagnostics == [
        Diagnostic(.symbolicLink(path: "policies"), object: ObjectName(git: link))
      ])
  }

  @Test func `what is left of a policy directory is the policy while a grant is left`() throws {
    var files = Self.both
    files["policies/grants/a.json5"] = "{ version: 1 }"
    try fixture.commit("Policy", files: files)
    try fixture.commit("Less", removing: ["policies/maturity.json5", "policies/roster.json5"])
    #expect(paths(try harvest()).last == ["grants/a.json5"])
  }

  @Test func `a policy removed before the window leaves none in it`() throws {
    try fixture.commit("Policy", files: Self.both)
    try fixture.commit("No policy", removing: ["policies"])
    for number in 0..<20 { try fixture.commit("Code", files: ["a": "\(number)"]) }
    #expect(paths(try harvest(.init(since: Instant(seconds: fixture.clock - 7200)))) == [])
  }

  @Test func `an executable file is a policy file`() throws {
    try fixture.write(Array("{ version: 1 }".utf8), to: "policies/grants/a.json5")
    try fixture.write(Array("{ version: 1 }".utf8), to: "policies/maturity.json5")
    try fixture.git("add", "--chmod=+x", "policies/grants/a.json5", "policies/maturity.json5")
    try fixture.git("commit", "-q", "-m", "Policy")
    #expect(try fixture.git("ls-tree", "HEAD:policies").contains("100755 blob"))
    let harvested = try harvest()
    #expect(paths(harvested) == [["grants/a.json5", "maturity.json5"]])
    #expect(
      harvested.policies.first?.files.last.map { String(decoding: $0.bytes, as: UTF8.self) }
        == "{ version: 1 }")
    #expect(harvested.diagnostics == [])
    let named = try PolicyAtRevision(try fixture.open()).files(revision: "main", path: "policies")
    #expect(named.files.map(\.path) == ["grants/a.json5", "maturity.json5"])
  }

  @Test func `a link in the place of a file is told once, at the commit that brought it`() throws {
    try fixture.commit(
      "Policy", files: ["policies/maturity.json5": "{ version: 1 }", "real": "{ version: 1 }"])
    try fixture.run("ln", "-s", "../real", "policies/roster.json5")
    let link = try fixture.commit("Link")
    try fixture.commit("More", files: ["policies/maturity.json5": "{ version: 1, }"])
    let harvested = try harvest()
    #expect(paths(harvested) == [["maturity.json5"], ["maturity.json5"], ["maturity.json5"]])
    #expect(
      harvested.diagnostics == [
        Diagnostic(.symbolicLink(path: "policies/roster.json5"), object: ObjectName(git: link))
      ])
    #expect(harvested.policies.last?.foreign.map(\.path) == ["roster.json5"])
    #expect(
      throws: HarvestProblem.unreadable(
        "roster.json5 is a symbolic link, which is not followed; expected the file itself")
    ) { try PolicyAtRevision(try fixture.open()).files(revision: "main", path: "policies") }
  }

  @Test func `a policy that is nothing but a link is told`() throws {
    try fixture.write(Array("{ version: 1 }".utf8), to: "real")
    try fixture.run("mkdir", "policies")
    try fixture.run("ln", "-s", "../real", "policies/roster.json5")
    let link = try fixture.commit("Link")
    #expect(
      try harvest().diagnostics == [
        Diagnostic(.symbolicLink(path: "policies/roster.json5"), object: ObjectName(git: link))
      ])
  }

  @Test(arguments: ["120000", "160000"])
  func `a link or submodule in the place of the directory is told`(mode: String) throws {
    let base = try fixture.commit("Base", files: ["a": "1"])
    let target = mode == "160000" ? base : try fixture.object("blob", Array("elsewhere".utf8))
    try fixture.git("update-index", "--add", "--cacheinfo", "\(mode),\(target.hex),policies")
    try fixture.git("commit", "-q", "-m", "Elsewhere")
    let object = ObjectName(git: try fixture.id(of: "main"))
    let expected: Diagnostic.Kind =
      mode == "160000" ? .submodule(path: "policies") : .symbolicLink(path: "policies")
    let harvested = try harvest()
    #expect(harvested.diagnostics == [Diagnostic(expected, object: object)])
    #expect(harvested.policies.isEmpty)
  }

  @Test func `a submodule among the policy files is told`() throws {
    let base = try fixture.commit("Policy", files: ["policies/maturity.json5": "{ version: 1 }"])
    try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(base.hex),policies/grants")
    try fixture.git("commit", "-q", "-m", "Grants elsewhere")
    let object = ObjectName(git: try fixture.id(of: "main"))
    #expect(
      try harvest().diagnostics == [Diagnostic(.submodule(path: "policies/grants"), object: object)])
  }

  @Test func `links and folders of other projects are no matter`() throws {
    try fixture.write(Array("words".utf8), to: "policies/privacy.md")
    try fixture.run("ln", "-s", "privacy.md", "policies/terms.json5")
    try fixture.commit("Terms")
    #expect(try harvest().diagnostics == [])
  }
}
