import Foundation
import Rules
import Testing

@testable import Reports

/// What a step of GitHub Actions prints and what it adds to the summary.
@Suite struct GateGitHubFormatTests {
  /// A workflow command as the runner takes it apart (actions/runner, `ActionCommand.TryParseV2`).
  private struct Command {
    var name: String
    var properties: [String: String] = [:]
    var data: String

    /// Nil for a line that the runner only prints.
    init?(_ line: String) {
      guard line.hasPrefix("::"), let end = line.dropFirst(2).firstRange(of: "::") else { return nil }
      let head = line[line.index(line.startIndex, offsetBy: 2)..<end.lowerBound]
      data = Self.unescaped(String(line[end.upperBound...]), [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")])
      let words = head.split(separator: " ", maxSplits: 1)
      name = String(words.first ?? "")
      for pair in words.dropFirst().first?.split(separator: ",") ?? [] {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        properties[String(parts[0])] = Self.unescaped(
          parts.count > 1 ? String(parts[1]) : "",
          [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")])
      }
    }

    private static func unescaped(_ text: String, _ table: [(String, String)]) -> String {
      table.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
  }

  private func lines(_ bytes: [UInt8]) throws -> [String] {
    let text = try #require(String(bytes: bytes, encoding: .utf8))
    #expect(text.hasSuffix("\n") && !text.unicodeScalars.contains("\r"))
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  @Test func `every line is a command, and none is an attacker's`() throws {
    for report in try GateFixture.all() {
      let printed = try lines(report.gitHubCommands())
      let findings = report.findings
      #expect(printed.count == max(1, min(findings.count, 10)))
      for (number, line) in printed.enumerated() {
        let command = try #require(Command(line), "\(line)")
        #expect(!line.unicodeScalars.contains { $0.isHazardous }, "\(line)")
        guard !findings.isEmpty else {
          #expect(command.name == "notice" && command.properties.isEmpty)
          continue
        }
        #expect(command.name == "error")
        guard findings.count <= 10 || number < 9 else {
          #expect(command.properties.isEmpty)
          #expect(command.data == "… and \(findings.count - 9) more; see the report")
          continue
        }
        #expect(Set(command.properties.keys) == ["file", "line", "title"], "\(line)")
        #expect(command.properties["line"] == "1")
        #expect(command.properties["title"] == findings[number].rule.rawValue)
      }
    }
  }

  @Test func `what the format needs is escaped, and comes back as it was`() throws {
    for text in ["a,b:c%2C%d=e", "100%", "a%3Ab", "x::y"] {
      let report = try GateFixture.refused(text)
      let command = try #require(Command(try lines(report.gitHubCommands())[0]))
      #expect(command.properties["file"] == text)
      #expect(command.data.hasPrefix("refs/heads/main: \(text) and 1 more: needs approvals by 2 people"))
    }
    let line = try lines(GateFixture.refused("a:b,c%d").gitHubCommands())[0]
    #expect(line.hasPrefix("::error file=a%3Ab%2Cc%25d,line=1,title=not-approved::"))
  }

  @Test func `a pass, a refusal and what cannot be judged are told apart`() throws {
    #expect(try lines(GateFixture.allowed().gitHubCommands()) == ["::notice::may land: refs/heads/main"])
    let incomplete = try lines(GateFixture.incomplete().gitHubCommands())
    #expect(incomplete.count == 1)
    #expect(
      incomplete[0].hasPrefix(
        "::error file=policies/delegation.json5,line=1,title=incomplete::refs/heads/main: "))
  }

  /// A line of Markdown without its spans of code and its escaped characters (CommonMark 0.31, sections 2.4 and 6.1).
  private func bare(_ line: Substring) -> String {
    var rest = line
    var kept = ""
    while let first = rest.first {
      if first == "\\" {
        rest = rest.dropFirst(2)
      } else if first == "`" {
        let run = rest.prefix { $0 == "`" }
        rest = rest.dropFirst(run.count)
        var after = rest
        while let tick = after.firstIndex(of: "`") {
          let other = after[tick...].prefix { $0 == "`" }
          after = after[tick...].dropFirst(other.count)
          guard other.count == run.count else { continue }
          rest = after
          break
        }
      } else {
        kept.append(first)
        rest = rest.dropFirst()
      }
    }
    return kept
  }

  @Test func `a summary is Markdown in which an attacker's words are neither markup nor commands`() throws {
    for report in try GateFixture.all() {
      let text = try #require(String(bytes: report.stepSummary(), encoding: .utf8))
      let printed = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(!printed.contains { $0.drop { $0 == " " || $0 == "\t" }.hasPrefix("::") })
      #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isHazardous })
      // Nothing opens a tag, shows a picture or makes a link, and no heading comes from a path.
      let bare = printed.map { self.bare($0).replacing("<!-- -->", with: "") }
      #expect(!bare.contains { $0.contains("<") || $0.contains("![") || $0.contains("](") })
      #expect(!printed.contains("# heading"))
    }
    for (report, word) in [
      (try GateFixture.allowed(), "may land"), (try GateFixture.incomplete(), "cannot be judged"),
      (try GateFixture.refused("docs/guide.md"), "may not land"),
    ] {
      let text = String(decoding: report.stepSummary(), as: UTF8.self)
      #expect(text.contains(word), "\(text.prefix(400))")
    }
  }

  @Test func `a summary that would be dropped for its size is cut at a line end, and says so`() throws {
    var report = try GateFixture.refused("docs/guide.md")
    let violation = GateViolation(.unknownContributor(String(repeating: "x", count: 150)))
    report.verdicts[0].violations = Array(repeating: violation, count: 12_000)
    let bytes = report.stepSummary()
    #expect(bytes.count < 1_000_000)
    #expect(
      String(decoding: bytes.suffix(60), as: UTF8.self).hasSuffix(
        "\n> The rest does not fit into a job summary.\n"))
    #expect(try GateFixture.refused("a").stepSummary().count < 900_000)
  }
}
