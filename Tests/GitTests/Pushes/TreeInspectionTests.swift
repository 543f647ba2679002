import Git
import Support
import Testing

/// Crafted trees, with `git fsck` as the judge of what is malformed.
@Suite struct TreeInspectionTests {
  private static func raw(_ hex: String) -> [UInt8] {
    let digits = Array(hex)
    return stride(from: 0, to: 40, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
  }

  private func inspect(_ fixture: TemporaryRepository, _ tree: ObjectID) throws -> [TreeInspection.Flaw] {
    try TreeInspection(try fixture.open(), budget: Budget()).findings(in: tree, besides: []).map(\.flaw)
  }

  /// Names and modes of which random trees are made.
  private static let names = [
    "a", "b", "a.b", "A", "..", ".", ".git", ".GIT", "git~1", ".git ", ".git.", "x/y", "", ".gitmodules", "é",
    "e\u{301}",
    ".g\u{200C}it", ".git:x", "a\nb", "..x", ".gitx", "git~2", ".gitattributes", "a\\.git",
  ]
  private static let modes = [
    "100644", "100755", "120000", "160000", "40000", "040000", "100664", "777777", "0", "100600",
  ]

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `finds whatever git fsck finds`(seed: UInt64) throws {
    var numbers = Damage(seed: seed)
    let fixture = try TemporaryRepository(bare: true)
    let blob = try fixture.object("blob", Array("hi\n".utf8))
    let folder = try fixture.object("tree", Array("100644 f\0".utf8) + Self.raw(blob.hex))
    var made: [(tree: ObjectID, entries: String)] = []
    for _ in 0..<40 {
      var entries: [(mode: String, name: String)] = []
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        let mode =
          Int.random(in: 0..<2, using: &numbers) == 0
          ? "100644" : Self.modes.randomElement(using: &numbers) ?? ""
        entries.append((mode, Self.names.randomElement(using: &numbers) ?? ""))
      }
      if Int.random(in: 0..<3, using: &numbers) > 0 {
        entries.sort {
          Array(($0.name + ($0.mode.hasSuffix("40000") ? "/" : "")).utf8)
            .lexicographicallyPrecedes(Array(($1.name + ($1.mode.hasSuffix("40000") ? "/" : "")).utf8))
        }
      }
      let bytes = entries.flatMap { entry in
        Array("\(entry.mode) \(entry.name)\0".utf8)
          + Self.raw((entry.mode.hasSuffix("40000") ? folder : blob).hex)
      }
      made.append((try fixture.object("tree", bytes), "\(entries)"))
    }
    // Git tells about all objects of a repository, each by its name.
    let told = try fixture.git("-c", "alias.judge=!git fsck --strict --no-dangling 2>&1 || :", "judge")
    for (tree, entries) in made {
      let flaws = try inspect(fixture, tree)
      let isSound = !told.split(separator: "\n").contains { $0.contains("tree \(tree.hex)") }
      if !isSound { #expect(!flaws.isEmpty, "\(entries)") }
      // Anything more is a twin, an odd mode, or a name of Git's that only some file systems know.
      if isSound { #expect(flaws.allSatisfy(Self.isBeyondGit), "\(entries) \(flaws)") }
    }
  }

  private static func isBeyondGit(_ flaw: TreeInspection.Flaw) -> Bool {
    switch flaw {
    case .twin, .unknownMode, .foreignModules, .reservedName: true
    default: false
    }
  }

  @Test func `a folder that is sound here may not be so there`() throws {
    let fixture = try TemporaryRepository(bare: true)
    let blob = Self.raw(try fixture.object("blob", Array("hi\n".utf8)).hex)
    let twins = try fixture.object("tree", Array("100644 K\0".utf8) + blob + Array("100644 k\0".utf8) + blob)
    let root = try fixture.object(
      "tree", ["a", "b", "c"].flatMap { Array("40000 \($0)\0".utf8) + Self.raw(twins.hex) })
    let inspection = TreeInspection(try fixture.open(), budget: Budget())
    let paths = { (findings: [TreeInspection.Finding]) in
      findings.map { String(decoding: $0.path, as: UTF8.self) }
    }
    #expect(paths(try inspection.findings(in: root, besides: [])) == ["a/k", "b/k", "c/k"])
    #expect(paths(try inspection.findings(in: root, besides: [])) == ["a/k", "b/k", "c/k"])
    // What stood at the same place before is not told again; elsewhere it is.
    let before = try fixture.object("tree", Array("40000 b\0".utf8) + Self.raw(twins.hex))
    #expect(paths(try inspection.findings(in: root, besides: [before])) == ["a/k", "c/k"])
    #expect(throws: TreeInspection.Obstacle.tooManyEntries(4)) {
      try TreeInspection(try fixture.open(), budget: Budget(), entryLimit: 4).findings(in: root, besides: [])
    }
  }
}
