import Facts
import Rules

extension GateReport {
  /// How many annotations of one kind GitHub shows for a step; what comes later it drops in silence.
  private static let shownAnnotations = 10
  /// A job summary of more than 1 MiB is dropped whole.
  private static let summaryBytes = 900_000

  /// The findings as workflow commands, which GitHub's runner reads from standard output and shows at the files.
  public func gitHubCommands() -> [UInt8] {
    let findings = findings
    let room = findings.count > Self.shownAnnotations ? Self.shownAnnotations - 1 : findings.count
    var lines = findings.prefix(room).map { finding in
      "::error file=\(WorkflowCommand.property(finding.place)),line=1,title=\(WorkflowCommand.property(finding.rule.rawValue))::"
        + WorkflowCommand.data("\(finding.reference): \(finding.sentence)")
    }
    if findings.count > room {
      lines.append("::error::" + WorkflowCommand.data("… and \(findings.count - room) more; see the report"))
    }
    if findings.isEmpty { lines.append("::notice::" + WorkflowCommand.data("may land: \(references)")) }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private var references: String { verdicts.map(\.reference).joined(separator: ", ") }

  /// The report as Markdown for `$GITHUB_STEP_SUMMARY`, cut at a line end before it would be too long.
  public func stepSummary() -> [UInt8] {
    let whole = MarkdownDocument.text(text())
    guard whole.utf8.count > Self.summaryBytes else { return Array(whole.utf8) }
    var kept = 0
    for line in whole.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      guard kept + line.count + 1 <= Self.summaryBytes else { break }
      kept += line.count + 1
    }
    return Array(whole.utf8.prefix(kept)) + Array("\n> The rest does not fit into a job summary.\n".utf8)
  }
}
