import Foundation
import Testing

/// The page on the gate names, for every attack, the tests that try it.
@Suite struct AttackTableTests {
  /// Names of tests by the number that they begin with.
  private func tests() throws -> [Int: Set<String>] {
    var found: [Int: Set<String>] = [:]
    for file in try SourceTree.files(in: "Tests/CommandsTests/Gate", ending: "Tests.swift") {
      for line in try file.lines {
        let parts = line.split(separator: "`")
        guard parts.count > 1, parts[0].hasSuffix("func ") else { continue }
        let words = parts[1].split(separator: ": ", maxSplits: 1)
        guard words.count == 2, let number = Int(words[0]) else { continue }
        found[number, default: []].insert(String(words[1]))
      }
    }
    return found
  }

  @Test func `the page on the gate names the tests of all 44 attacks, and no others`() throws {
    var told: [Int: Set<String>] = [:]
    for line in try SourceTree.File(path: "Sources/Rules/Rules.docc/Gate.md").lines {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4, let number = Int(cells[0]) else { continue }
      let names = cells[3].components(separatedBy: "”").compactMap {
        $0.components(separatedBy: "“").dropFirst().first
      }
      told[number] = Set(names)
    }
    #expect(told.keys.sorted() == Array(1...44))
    #expect(try told == tests())
  }

  /// Names of tests without such a number, by file.
  private func others() throws -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for file in try SourceTree.files(in: "Tests/CommandsTests/Gate", ending: "Tests.swift") {
      for line in try file.lines {
        let parts = line.split(separator: "`")
        guard parts.count > 1, parts[0].hasSuffix("func ") else { continue }
        let number = parts[1].split(separator: ": ", maxSplits: 1).first.flatMap { Int($0) }
        let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
        if number == nil { found[name, default: []].insert(String(parts[1])) }
      }
    }
    return found
  }

  @Test
  func
    `the page on the gate names the tests of places, rights and honest pushes, and none that is not there`()
    throws
  {
    let page = try SourceTree.File(path: "Sources/Rules/Rules.docc/Gate.md").lines.joined(separator: "\n")
    let section = try #require(page.components(separatedBy: "Beyond these").dropFirst().first)
    let part = try #require(section.components(separatedBy: "\n## ").first).replacing("\n", with: " ")
    let told = Set(
      part.components(separatedBy: "”").compactMap {
        $0.components(separatedBy: "“").dropFirst().first
      })
    let made = try others()
    #expect(told.subtracting(made.values.joined()) == [])
    for file in [
      "GatePlaceAttackTests.swift", "GateRightsAttackTests.swift", "GateHonestPushTests.swift",
      "GateSignatureAttackTests.swift",
    ] {
      #expect(try #require(made[file]).subtracting(told) == [], "\(file)")
    }
  }
}
