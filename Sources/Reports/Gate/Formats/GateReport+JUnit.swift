import Facts
import Rules

extension GateReport {
  /// The rules as test cases in JUnit's XML, one suite for each reference; a rule that was broken fails.
  public func junit() -> [UInt8] {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites name=\"tributary check\">"]
    for verdict in verdicts { lines += suite(verdict) }
    lines.append("</testsuites>")
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func suite(_ verdict: UpdateVerdict) -> [String] {
    let findings = verdict.violations.map { GateFinding($0, reference: verdict.reference) }
    let byRule = Dictionary(grouping: findings, by: \.rule)
    let errors = byRule[.incomplete] == nil ? 0 : 1
    let name = XMLText.attribute(verdict.reference)
    var lines = [
      "  <testsuite name=\"\(name)\" tests=\"\(GateRule.allCases.count)\" "
        + "failures=\"\(byRule.count - errors)\" errors=\"\(errors)\" skipped=\"0\" time=\"0\" "
        + "timestamp=\"\(XMLText.attribute(String(asOf.rfc3339.dropLast())))\">"
    ]
    for rule in GateRule.allCases {
      let start = "    <testcase classname=\"\(name)\" name=\"\(rule.rawValue)\" time=\"0\""
      guard let broken = byRule[rule] else {
        lines.append("\(start)/>")
        continue
      }
      let element = rule == .incomplete ? "error" : "failure"
      let text = broken.map { finding in
        finding.commit.map { "\(finding.sentence) (commit \($0.hex))" } ?? finding.sentence
      }
      lines.append("\(start)>")
      lines.append(
        "      <\(element) message=\"\(XMLText.attribute(broken[0].message.plain))\" type=\"\(rule.rawValue)\">"
          + XMLText.content(text.joined(separator: "\n")) + "</\(element)>")
      lines.append("    </testcase>")
    }
    lines.append("  </testsuite>")
    return lines
  }
}
