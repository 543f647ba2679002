import Facts
import Foundation
import Rules
import Testing

@testable import Reports

/// The formats of a gate that are JSON, as those who read them ask for them.
@Suite struct GateJSONFormatTests {
  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  // MARK: SARIF

  /// What SARIF 2.1.0 requires (OASIS standard, sections 3.13 to 3.52), and GitHub besides.
  @Test func `SARIF has what the standard requires, for every outcome`() throws {
    for report in try GateFixture.all() {
      let log = try object(report.sarif(version: "1.2.3"))
      #expect(log["version"] as? String == "2.1.0")
      #expect((log["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") == true)
      let runs = try #require(log["runs"] as? [[String: Any]])
      #expect(runs.count == 1)
      let driver = try #require((runs[0]["tool"] as? [String: Any])?["driver"] as? [String: Any])
      #expect(driver["name"] as? String == "tributary")
      let version = try #require(driver["semanticVersion"] as? String)
      #expect(version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
      let rules = try #require(driver["rules"] as? [[String: Any]])
      let ids = rules.compactMap { $0["id"] as? String }
      #expect(ids.count == rules.count && Set(ids).count == ids.count)
      let results = try #require(runs[0]["results"] as? [[String: Any]])
      #expect(results.count == report.findings.count)
      for (result, finding) in zip(results, report.findings) { try check(result, finding, ids) }
      let invocations = try #require(runs[0]["invocations"] as? [[String: Any]])
      #expect(invocations.map { $0["executionSuccessful"] as? Bool } == [report.outcome != .incomplete])
    }
  }

  private func check(_ result: [String: Any], _ finding: GateFinding, _ ids: [String]) throws {
    let id = try #require(result["ruleId"] as? String)
    #expect(id == finding.rule.rawValue)
    #expect(ids[try #require(result["ruleIndex"] as? Int)] == id)
    #expect(["none", "note", "warning", "error"].contains(result["level"] as? String))
    #expect((result["message"] as? [String: Any])?["text"] as? String != "")
    let prints = try #require(result["partialFingerprints"] as? [String: String])
    #expect(prints.values.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{32}/) != nil } && !prints.isEmpty)
    let locations = try #require(result["locations"] as? [[String: Any]])
    #expect(locations.count == 1)
    let place = try #require(locations[0]["physicalLocation"] as? [String: Any])
    #expect((place["region"] as? [String: Any])?["startLine"] as? Int == 1)
    let uri = try #require((place["artifactLocation"] as? [String: Any])?["uri"] as? String)
    // RFC 3986: what is no pchar or slash is percent-encoded; the first part of a relative reference holds no colon.
    #expect(uri.wholeMatch(of: /(?:[A-Za-z0-9\-._~\/]|%[0-9A-F]{2})+/) != nil, "\(uri)")
    if let path = finding.path { #expect(uri.removingPercentEncoding == path) }
  }

  // MARK: GitLab

  @Test func `a report for Code Quality has every property that GitLab asks for`() throws {
    for report in try GateFixture.all() {
      let found = try JSONSerialization.jsonObject(with: Data(report.codeQuality()))
      let issues = try #require(found as? [[String: Any]])
      #expect(issues.count == report.findings.count)
      for (issue, finding) in zip(issues, report.findings) {
        #expect(issue["check_name"] as? String == finding.rule.rawValue)
        #expect((issue["description"] as? String)?.isEmpty == false)
        #expect(["info", "minor", "major", "critical", "blocker"].contains(issue["severity"] as? String))
        let location = try #require(issue["location"] as? [String: Any])
        let path = try #require(location["path"] as? String)
        #expect(!path.isEmpty && !path.hasPrefix("./"))
        #expect((location["lines"] as? [String: Any])?["begin"] as? Int == 1)
      }
    }
    #expect(try JSONSerialization.jsonObject(with: Data(GateFixture.allowed().codeQuality())) as? [Int] == [])
  }

  @Test func `fingerprints tell findings apart, and stay when the words about one change`() throws {
    for report in try GateFixture.all() {
      let findings = report.findings.map(\.fingerprint)
      #expect(Set(findings).count == findings.count)
      #expect(report.findings.map(\.fingerprint) == findings)
    }
    func fingerprint(_ requirement: GateRequirement) throws -> String {
      var report = try GateFixture.allowed()
      report.verdicts[0].violations = [GateViolation(.notApproved(requirement), commit: nil)]
      return try #require(report.findings.first?.fingerprint)
    }
    var requirement = GateRequirement(
      paths: ["docs/a"], pathCount: 1, needed: 2, from: [.platform], approvedBy: [], commit: nil,
      hostTeams: [])
    let first = try fingerprint(requirement)
    requirement.approvedBy = ["bo"]
    requirement.pathCount = 7
    #expect(try fingerprint(requirement) == first, "one approval more is the same finding")
    requirement.paths = ["docs/b"]
    #expect(try fingerprint(requirement) != first)
  }
}
