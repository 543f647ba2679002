import Facts
import Foundation
import Rules
import Support
import Testing

/// The table of differences in the documentation, row by row.
@Suite struct PathPatternTableTests {
  private struct Row {
    var pattern: String
    var path: String
    /// `.gitignore`, CODEOWNERS, and our own: `yes`, `no` or `refused`.
    var answers: [String]
  }

  private static func rows() throws -> [Row] {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../Sources/Rules/Rules.docc/PathPatterns.md")
    let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 8, cells[2].hasPrefix("`"), cells[3].hasPrefix("`") else { return nil }
      return Row(
        pattern: String(cells[2].dropFirst().dropLast()), path: String(cells[3].dropFirst().dropLast()),
        answers: Array(cells[4...6]))
    }
  }

  @Test func `says of each notation what it answers`() throws {
    let rows = try Self.rows()
    #expect(rows.count > 25)
    let judge = try GitJudge(rows.map { [$0.pattern] }, rows.map(\.path))
    for (number, row) in rows.enumerated() {
      let told = "\(row.pattern) against \(row.path)"
      #expect((judge.ignores(number, number) ? "yes" : "no") == row.answers[0], ".gitignore: \(told)")
      #expect(try Self.codeOwners(row) == row.answers[1], "CODEOWNERS: \(told)")
      #expect(Self.own(row) == row.answers[2], "here: \(told)")
    }
  }

  private static func codeOwners(_ row: Row) throws -> String {
    let file = try #require(ownership(["CODEOWNERS": row.pattern + " @ada\n"], .codeOwners))
    guard file.problems.isEmpty else { return "refused" }
    return file.names(row.path).isEmpty ? "no" : "yes"
  }

  private static func own(_ row: Row) -> String {
    do throws(PathPattern.Flaw) {
      return try PathPattern(row.pattern).matches(row.path) ? "yes" : "no"
    } catch {
      return "refused"
    }
  }
}
