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
