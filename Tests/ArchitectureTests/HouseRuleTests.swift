import Foundation
import Testing

/// Whether the line holds the word, not as the end of a longer one.
private func contains(_ line: Substring, _ word: String) -> Bool {
  var rest = line
  while let range = rest.range(of: word) {
    if range.lowerBound == line.startIndex || !line[line.index(before: range.lowerBound)].isLetter {
      return true
    }
    rest = rest[range.upperBound...]
  }
  return false
}

@Suite struct HouseRuleTests {
  private static let swiftFolders = ["Sources", "Tests"]

  @Test(arguments: swiftFolders)
  func `has no file of more than 500 lines`(folder: String) throws {
    for file in try SourceTree.files(in: folder, ending: ".swift") {
      let count = try file.lines.count - 1
      #expect(count <= 500, "\(file.path) has \(count) lines")
      if count > 300 { Issue.record("\(file.path) has \(count) lines; 300 is the norm", severity: .warning) }
    }
  }

  @Test(arguments: [
    "try!", "as!", "fatalError(", "preconditionFailure(", "unsafeBitCast(", "TODO", "FIXME", "XXX",
  ])
  func `has none of the words that end a run or put work off`(word: String) throws {
    for file in try SourceTree.files(in: "Sources", ending: ".swift") {
      for (index, line) in try file.lines.enumerated() {
        #expect(!contains(line, word), "\(file.path):\(index + 1)")
      }
    }
  }

  @Test func `says beside every error that is dropped why that is right`() throws {
    for file in try SourceTree.files(in: "Sources", ending: ".swift") {
      let lines = try file.lines
      for (index, line) in lines.enumerated() where contains(line, "try?") {
        let isExplained = lines[max(0, index - 2)...index].contains { $0.contains("//") }
        #expect(isExplained, "\(file.path):\(index + 1)")
      }
    }
  }

  @Test func `names no path of the machine it was written on`() throws {
    let homes =
      ["work", "home", "root", "Users"].map { "/\($0)/" } + [["shared", "design"].joined(separator: "/")]
    let folders = ["Sources", "Tests", "fixtures", "policies", ".github"]
    let single = ["Package.swift", "README.md", "CONTRIBUTING.md"].filter(SourceTree.exists)
    for file in try folders.flatMap({ try SourceTree.files(in: $0) }) + single.map(SourceTree.File.init) {
      let text = try file.text
      for home in homes { #expect(!text.contains(home), "\(file.path) names \(home)") }
    }
  }

  @Test(arguments: ["Git", "Facts", "Rules", "PolicyFiles", "Harvest", "Reports", "Commands"])
  func `documents every module and tests it`(module: String) throws {
    let page = "Sources/\(module)/\(module).docc/\(module).md"
    #expect(SourceTree.exists(page), "\(page) is missing")
    #expect(try SourceTree.File(path: page).text.hasPrefix("# ``\(module)``\n"))
    #expect(try !SourceTree.files(in: "Tests/\(module)Tests", ending: ".swift").isEmpty)
  }

  @Test func `declares every folder of tests in the manifest`() throws {
    let manifest = try SourceTree.File(path: "Package.swift").text
    for folder in try SourceTree.folders(in: "Tests")
    where try !SourceTree.files(in: "Tests/\(folder)", ending: ".swift").isEmpty {
      #expect(manifest.contains("\"\(folder)\""), "\(folder)")
    }
  }

  @Test func `has no snapshot that no test compares with`() throws {
    for snapshot in try SourceTree.files(in: "Tests").map(\.path) where snapshot.contains("/Snapshots/") {
      let parts = snapshot.components(separatedBy: "/Snapshots/")
      let tests = try SourceTree.files(in: parts[0], ending: ".swift")
      #expect(try tests.contains { try $0.text.contains("\"\(parts[1])\"") }, "\(snapshot)")
    }
  }

  @Test func `tells a word from the end of a longer one`() {
    #expect(contains("let a = try? b", "try?"))
    #expect(contains("try? b", "try?"))
    #expect(contains("f(Entry?, try? b)", "try?"))
    #expect(!contains("var entry: Entry?", "try?"))
  }
}
