import Git
import Support
import Testing

/// What merges did by themselves, against what `git merge-tree` makes of the same parents.
@Suite struct MergeInspectionTests {
  private static let paths = ["a", "b", "d/x", "d/y"]

  /// Two sides that change some lines of some files since a base, as seeds have it.
  private func sides(_ numbers: inout Damage) throws -> TemporaryRepository {
    let fixture = try TemporaryRepository(bare: true)
    func contents(_ changes: [String: Set<Int>], _ mark: String) -> String {
      Self.paths.map { path in
        guard let changed = changes[path] else { return "" }
        let text = (1...12).map { changed.contains($0) ? "\(mark)\($0)\n" : "\($0)\n" }.joined()
        return "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
      }.joined()
    }
    var stream = "commit refs/heads/base\nmark :1\ncommitter C <c@x> 1704067200 +0000\ndata 1\nx\n"
    stream += contents(Dictionary(uniqueKeysWithValues: Self.paths.map { ($0, []) }), "")
    for (number, side) in ["one", "two"].enumerated() {
      var changes: [String: Set<Int>] = [:]
      var more = ""
      for path in Self.paths {
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: more += "D \(path)\n"
        case 1: more += "M 100755 inline \(path)\ndata 1\n\(number)\n"
        case 2, 3: changes[path] = [Int.random(in: 1...12, using: &numbers)]
        default: break
        }
      }
      stream +=
        "commit refs/heads/\(side)\nmark :\(number + 2)\ncommitter C <c@x> \(1_704_067_300 + number) +0000\ndata 1\nx\n"
      stream += "from :1\n" + contents(changes, side) + more
    }
    try fixture.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
    return fixture
  }

  private func ownPaths(_ fixture: TemporaryRepository, tree: String, parents: [String]) throws -> [String] {
    let lines = try ["tree \(tree)"] + parents.map { "parent \(try fixture.git("rev-parse", $0))" }
    let text =
      (lines + ["author A <a> 1 +0000", "committer A <a> 1 +0000"]).joined(separator: "\n") + "\n\nx\n"
    let id = try fixture.object("commit", Array(text.utf8))
    let repository = try fixture.open()
    let ends = try parents.map { try fixture.id(of: $0) }
    let merge = try #require(
      try CommitRange(of: repository, from: ends, to: id, budget: Budget()).commits.last)
    let inspection = MergeInspection(repository, TreeComparison(repository), budget: Budget())
    return try inspection.ownPaths(of: merge).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `a merge that git makes without a conflict decides nothing by itself`(seed: UInt64) throws {
    var numbers = Damage(seed: seed)
    let fixture = try sides(&numbers)
    // Without finding renames, which are a guess; git ends with 1 where there are conflicts.
    let options = ["-c", "merge.renames=false", "merge-tree", "--write-tree", "--name-only", "--no-messages"]
    let merged = try? fixture.git(options + ["one", "two"])
    if let merged {
      #expect(try ownPaths(fixture, tree: merged, parents: ["one", "two"]) == [])
      #expect(try ownPaths(fixture, tree: merged, parents: ["two", "one"]) == [])
    }
    // Whole sides: what is thrown away is decided by the merge, and nothing else is.
    let base = try fixture.git("rev-parse", "base^{tree}")
    for (kept, lost) in [("one", "two"), ("two", "one")] {
      let tree = try fixture.git("rev-parse", "\(kept)^{tree}")
      let changed = try Set(
        fixture.git("diff", "--name-only", "--no-renames", base, lost).split(separator: "\n").map(String.init)
      )
      let different = try Set(
        fixture.git("diff", "--name-only", "--no-renames", kept, lost).split(separator: "\n").map(String.init)
      )
      let own = try Set(ownPaths(fixture, tree: tree, parents: ["one", "two"]))
      #expect(own == changed.intersection(different))
      // Every path whose content is neither parent's, nor git's own merge of them, is told.
      if let merged {
        let wrong = try fixture.git("diff", "--name-only", "--no-renames", tree, merged)
        #expect(own == Set(wrong.split(separator: "\n").map(String.init)))
      }
    }
    let all = try Set(ownPaths(fixture, tree: base, parents: ["one", "two"]))
    let either = try ["one", "two"].reduce(into: Set<String>()) {
      $0.formUnion(
        try fixture.git("diff", "--name-only", "--no-renames", base, $1).split(separator: "\n").map(
          String.init))
    }
    #expect(all == either)
  }
}
