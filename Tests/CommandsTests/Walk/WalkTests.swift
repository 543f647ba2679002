import Foundation
import Support
import Testing

/// The page that leads from the first contribution to the trusted reviewer says what the commands really print.
@Suite struct WalkTests {
  private static let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/Commands/Commands.docc/Walk.md")

  /// With `SNAPSHOTS=record` the page is written anew and the test fails.
  @Test func `every command of the walk prints what the page shows`() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let played = try Walk(text).played()
    guard played != text else { return }
    if ProcessInfo.processInfo.environment["SNAPSHOTS"] == "record" {
      try Data(played.utf8).write(to: Self.page)
      Issue.record("recorded Walk.md; run again without SNAPSHOTS=record")
    } else {
      Issue.record("Walk.md differs:\n\(changedLines(from: text, to: played).joined(separator: "\n"))")
    }
  }
}

/// A page whose console blocks are played again.
private struct Walk {
  private let lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The files of the blocks that begin with a comment that names one.
  private var files: [String: String] {
    var files: [String: String] = [:]
    for (place, line) in lines.enumerated() where line == "```json5" {
      guard let name = lines[place + 1].wholeMatch(of: /\/\/ (policies\/.*)/)?.output.1 else { continue }
      let body = lines[(place + 2)...].prefix { $0 != "```" }
      files[String(name)] = body.joined(separator: "\n") + "\n"
    }
    return files
  }

  /// The page with what its commands print now.
  func played() throws -> String {
    let place = try WalkPlace(files: files)
    var shown: [String] = []
    var isConsole = false
    for line in lines {
      if line == "```console" { isConsole = true } else if line == "```" { isConsole = false }
      guard isConsole, line != "```console" else {
        shown.append(line)
        continue
      }
      if let days = line.wholeMatch(of: /# (\d+) days later/)?.output.1 {
        place.wait(days: Int(days) ?? 0)
        shown.append(line)
      } else if let command = line.wholeMatch(of: /([a-z]+)\$ (.*)/)?.output {
        // The id must be put in before the command can ask for another review.
        shown.append(line.replacingOccurrences(of: "{review}", with: place.review))
        let printed = try place.run(String(command.2), as: String(command.1))
        shown += printed.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
      }
    }
    return shown.joined(separator: "\n")
  }
}
