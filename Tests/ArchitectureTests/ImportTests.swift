import Testing

/// What each module may import; the reasons are in its documentation catalog.
private let allowed: [String: Set<String>] = [
  "Clibgit2": [],
  "Git": ["Clibgit2", "Dispatch", "Synchronization", "Glibc"],
  "Facts": [],
  "Rules": ["Facts"],
  "PolicyFiles": ["Facts", "Rules", "Foundation"],
  "Harvest": ["Git", "Facts"],
  "Reports": ["Facts", "Rules", "Foundation"],
  "Commands": [
    "Git", "Facts", "Rules", "PolicyFiles", "Harvest", "Reports", "Foundation", "Glibc", "Dispatch",
    "Synchronization",
  ],
  "tributary": ["Commands", "Facts", "Foundation", "Glibc"],
]

/// The module that a line of Swift imports, in whichever form, or nil.
private func importedModule(_ line: some StringProtocol) -> String? {
  let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
  let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
  let code = Substring(line).prefix { $0 != ";" }
  var words = code.split(whereSeparator: \.isWhitespace).drop { $0.hasPrefix("@") || modifiers.contains($0) }
  guard words.popFirst() == "import" else { return nil }
  if let kind = words.first, kinds.contains(kind) { words.removeFirst() }
  return words.first?.split(separator: ".").first.map(String.init)
}

@Suite struct ImportTests {
  @Test(arguments: allowed.keys.sorted())
  func `imports only what the table allows`(module: String) throws {
    for file in try SourceTree.files(in: "Sources/\(module)", ending: ".swift") {
      for imported in try file.lines.compactMap(importedModule) {
        #expect(allowed[module]?.contains(imported) == true, "\(file.path) imports \(imported)")
      }
    }
  }

  @Test func `knows every module and no other`() throws {
    #expect(try SourceTree.folders(in: "Sources") == allowed.keys.sorted())
  }

  @Test(arguments: [
    ("import Git", "Git"), ("@testable import Git", "Git"), ("internal import Clibgit2", "Clibgit2"),
    ("public import Facts", "Facts"), ("@preconcurrency public import Foundation", "Foundation"),
    ("@_exported import Rules", "Rules"), ("  private   import  Glibc // why", "Glibc"),
    ("import struct Foundation.URL", "Foundation"), ("import Foundation.NSObject", "Foundation"),
    ("import Git; import Facts", "Git"), ("// import Git", nil), ("/// import Git", nil),
    ("let import1 = 2", nil),
    ("importGit", nil), ("import", nil), ("", nil),
  ])
  func `recognises imports in every form`(line: String, module: String?) {
    #expect(importedModule(line) == module)
  }

  @Test func `keeps one import to a line, so that none hides behind another`() throws {
    for file in try SourceTree.files(in: "Sources", ending: ".swift") {
      for line in try file.lines where importedModule(line) != nil {
        #expect(!line.contains(";"), "\(file.path)")
      }
    }
  }

  @Test func `links libgit2 into one module only`() throws {
    let manifest = try SourceTree.File(path: "Package.swift").text
    #expect(
      manifest.split(separator: "\n").count { $0.contains("dependencies") && $0.contains("Clibgit2") } == 1)
    #expect(try SourceTree.files(in: "Sources/Clibgit2", ending: ".swift").isEmpty)
  }
}
