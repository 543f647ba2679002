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

  /// The keys of an object and of everything in it.
  private func keys(_ value: Any) -> Set<String> {
    if let object = value as? [String: Any] {
      return object.reduce(into: Set(object.keys)) { $0.formUnion(keys($1.value)) }
    }
    return (value as? [Any] ?? []).reduce(into: []) { $0.formUnion(keys($1)) }
  }

  /// What stands in backquotes under a heading.
  private func words(under heading: String, in page: String) throws -> Set<String> {
    let start = try #require(page.range(of: "## `\(heading)`"))
    let rest = page[start.upperBound...]
    let section = rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
    let parts = section.split(separator: "`", omittingEmptySubsequences: false)
    return Set(parts.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) })
  }

  @Test func `documents every key of both formats`() throws {
    let page = try page()
    let story = try ReviewStory()
    let asked = try story.review(as: "ada", "request")
    let id = try #require(asked["id"] as? String)
    let said = try story.review(as: "bo", "comment", id, "--file", "cache", "--line", "1", "-m", "x")
    let shown = try story.review(as: "", "show", id)
    let recording = try words(under: "tributary/review/1", in: page)
    #expect(keys(asked).union(keys(said)).subtracting(recording) == [])
    #expect(keys(shown).subtracting(try words(under: "tributary/review-discussion/1", in: page)) == [])
    #expect(asked["schema"] as? String == "tributary/review/1")
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
