import Foundation
import Testing

/// The page about reviewing names what the commands write.
@Suite struct ReviewDocumentedTests {
  private func page() throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("Sources/Commands/Commands.docc/Reviewing.md"), encoding: .utf8)
  }

  /// The keys of an object and of everything in it, as paths: `records[].ref`.
  private func keys(_ value: Any, at place: String = "") -> Set<String> {
    if let object = value as? [String: Any] {
      return object.reduce(into: []) { found, member in
        let path = place.isEmpty ? member.key : "\(place).\(member.key)"
        found.formUnion(keys(member.value, at: path).union([path]))
      }
    }
    return (value as? [Any] ?? []).reduce(into: []) { $0.formUnion(keys($1, at: place + "[]")) }
  }

  /// What stands in backquotes in the first cells of the table under a heading.
  private func documented(_ heading: String) throws -> Set<String> {
    let page = try page()
    let start = try #require(page.range(of: "## `\(heading)`"))
    let rest = page[start.upperBound...]
    let section = rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
    let cells = section.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap {
      $0.split(separator: "|").first
    }
    return cells.reduce(into: []) { found, cell in
      let parts = cell.split(separator: "`", omittingEmptySubsequences: false)
      found.formUnion(parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) })
    }
  }

  @Test func `documents exactly the keys of both formats`() throws {
    let story = try ReviewStory()
    let asked = try story.review(as: "ada", "request", "--reviewer", "bo")
    let id = try #require(asked["id"] as? String)
    let said = try story.review(as: "bo", "comment", id, "--file", "cache", "--line", "1", "-m", "x")
    let approved = try story.review(as: "cy", "approve", id)
    let shown = try story.review(as: "", "show", id)
    let withdrawn = try story.review(as: "ada", "withdraw", id)
    for written in [asked, said, approved, withdrawn] {
      let keys = keys(written)
      #expect(keys.subtracting(try documented("tributary/review/1")).sorted() == [], "not documented")
      #expect(try documented("tributary/review/1").subtracting(keys).sorted() == [], "never written")
      #expect(written["schema"] as? String == "tributary/review/1")
    }
    #expect(try documented("tributary/review-discussion/1") == keys(shown))
    #expect(shown["schema"] as? String == "tributary/review-discussion/1")
  }

  @Test func `shows a review for people, with every text whole and harmless`() throws {
    let story = try ReviewStory()
    let id = try story.request("--reviewer", "bo")
    let text = String(repeating: "long ", count: 300) + "\u{1B}[2J end"
    try story.review(as: "bo", "reject", id, "-m", text)
    story.run(as: "", ["review", "show", id])
    #expect(story.output.contains("verdict    rejected"))
    #expect(story.output.contains("bo@example.org, 2024-01-0") && story.output.contains(", rejects, "))
    #expect(story.output.contains("\\x1B[2J end") && !story.output.contains("\u{1B}"))
    story.run(as: "bo", ["review", "reject", id, "--dry-run", "-m", "a\u{9B}b"])
    #expect(story.output.contains("a\\x9Bb"))
  }
}
