import Facts
import Rules

extension GateReport {
  /// The findings as GitLab's Code Quality report, an array that is empty when all is well.
  public func codeQuality() -> [UInt8] {
    JSONText.array { json in
      for finding in findings {
        json.object { json in
          json.string("description", "\(finding.reference): \(finding.sentence)")
          json.string("check_name", finding.rule.rawValue)
          json.string("fingerprint", finding.fingerprint)
          json.string("severity", finding.rule == .incomplete ? "blocker" : "critical")
          json.object("location") { json in
            json.string("path", finding.place)
            json.object("lines") { $0.integer("begin", 1) }
          }
        }
      }
    }
  }
}
