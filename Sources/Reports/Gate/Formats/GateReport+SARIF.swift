import Facts
import Rules

extension GateReport {
  /// The findings as SARIF 2.1.0, for code scanning.
  ///
  /// Results point at the path that is not approved, or at the policy file whose rule is broken; the fingerprints keep
  /// a finding the same one from run to run.
  public func sarif(version: String) -> [UInt8] {
    JSONText.object { json in
      json.string("version", "2.1.0")
      json.string("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.objects("runs", [self]) { report, json in
        json.object("tool") { json in
          json.object("driver") { json in
            json.string("name", "tributary")
            json.string("semanticVersion", version)
            json.objects("rules", GateRule.allCases) { $0.write(into: &$1) }
          }
        }
        json.object("automationDetails") { $0.string("id", "tributary/check/\(report.repository)") }
        json.object("properties") { json in
          json.strings("references", report.verdicts.map(\.reference))
          json.strings("revisions", report.verdicts.compactMap { $0.new?.hex })
        }
        json.objects("results", report.findings) { $0.writeSARIF(into: &$1) }
        json.objects("invocations", [report]) { report, json in
          json.boolean("executionSuccessful", report.outcome != .incomplete)
        }
      }
    }
  }
}

extension GateRule {
  fileprivate func write(into json: inout JSONObject) {
    json.string("id", rawValue)
    json.object("shortDescription") { $0.string("text", summary) }
    json.object("fullDescription") { $0.string("text", summary) }
    json.object("defaultConfiguration") { $0.string("level", "error") }
  }
}

extension GateFinding {
  fileprivate func writeSARIF(into json: inout JSONObject) {
    json.string("ruleId", rule.rawValue)
    json.integer("ruleIndex", GateRule.allCases.firstIndex(of: rule))
    json.string("level", "error")
    json.object("message") { $0.string("text", "\(reference): \(sentence)") }
    json.objects("locations", [place]) { place, json in
      json.object("physicalLocation") { json in
        json.object("artifactLocation") { $0.string("uri", Self.percentEncoded(place)) }
        json.object("region") { $0.integer("startLine", 1) }
      }
    }
    json.object("partialFingerprints") { $0.string("tributary/v1", fingerprint) }
  }

  /// A path as a relative reference of RFC 3986.
  private static func percentEncoded(_ path: String) -> String {
    let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in path.utf8 {
      if kept.contains(byte) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
