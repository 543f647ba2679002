import Facts
import Rules

extension GateReport {
  public func json() -> [UInt8] {
    JSONText.object { json in
      json.string("schema", Self.schema)
      json.time("asOf", asOf)
      json.string("repository", repository)
      json.object("policy", policy) { policy, json in
        json.string("source", policy.place)
        json.string("commit", policy.commit?.hex)
      }
      json.string("outcome", outcome.rawValue)
      json.objects("updates", verdicts) { $0.write(into: &$1) }
      json.strings("notes", remarks)
    }
  }
}

extension UpdateVerdict {
  fileprivate func write(into json: inout JSONObject) {
    json.string("reference", reference)
    json.string("old", old?.hex)
    json.string("new", new?.hex)
    json.string("outcome", outcome.rawValue)
    json.integer("commits", commitCount)
    json.integer("paths", pathCount)
    json.objects("findings", violations.map { GateFinding($0, reference: reference) }) { finding, json in
      json.string("rule", finding.rule.rawValue)
      json.string("path", finding.path)
      json.string("commit", finding.commit?.hex)
      json.string("message", finding.message.plain)
      json.string("remedy", finding.remedy?.plain)
    }
    json.objects("requirements", requirements) { $0.write(into: &$1) }
    json.objects("approvals", approvals) { $0.write(into: &$1) }
    json.strings("unknownContributors", unknownContributors)
  }
}

extension GateRequirement {
  fileprivate func write(into json: inout JSONObject) {
    json.strings("paths", paths)
    json.integer("pathCount", pathCount)
    json.integer("needed", needed)
    json.strings("from", DelegationPolicy.Source.allCases.filter(from.contains).map(\.rawValue))
    json.strings("approvedBy", approvedBy)
    json.boolean("met", isMet)
    json.string("commit", commit?.hex)
    json.strings("hostTeams", hostTeams)
  }
}

extension GateApproval {
  fileprivate func write(into json: inout JSONObject) {
    json.string("by", person)
    json.string("email", approval.person.email)
    json.string("source", approval.source.rawValue)
    json.string("contribution", approval.contribution?.description)
    json.string("revision", approval.revision?.hex)
    json.string("target", approval.target)
    json.time("at", approval.time.instant)
    json.string("grade", approval.grade.label)
    json.string("evidence", approval.evidence.description)
    json.boolean("counted", counts)
    json.strings("authority", DelegationPolicy.Source.allCases.filter(authority.contains).map(\.rawValue))
    json.strings("grants", grants)
    json.string("reason", objection.map { Words.objection($0).plain })
  }
}
