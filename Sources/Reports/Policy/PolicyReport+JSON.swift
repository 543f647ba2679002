internal import Facts
internal import Rules

extension PolicyReport {
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.objects("items", items) { $0.write(into: &$1, asOf: header.asOf) }
      header.writeNotes(into: &json)
    }
  }
}

extension PolicyReport.Item {
  fileprivate func write(into json: inout JSONObject, asOf: Instant) {
    json.string("repository", repository)
    json.object("inForce") { origin.write(into: &$0) }
    json.objects("skippedVersions", skipped) { skipped, json in
      json.string("commit", skipped.commit.hex)
      json.time("at", skipped.at)
      json.integer("problems", skipped.problems)
      json.string("first", skipped.first)
    }
    json.members("parts") { members in
      for part in Policy.Part.allCases {
        members.string(part.rawValue, policy.stated.contains(part) ? "stated" : "default")
      }
    }
    json.object("roster", policy.roster) { $0.write(into: &$1, asOf: asOf) }
    json.objects("components", policy.platform.components) { component, json in
      json.string("id", component.id)
      json.string("name", component.name)
      json.strings("paths", component.paths.texts)
      json.string("host", component.host)
      json.strings("repositories", component.repositories)
    }
    json.object("delegation") { policy.delegation.write(into: &$0) }
    json.objects("grants", policy.grants(inForceAt: asOf)) { $0.write(into: &$1) }
    json.objects("objectives", policy.serviceLevels.objectives) { $0.write(into: &$1) }
    json.objects("escalation", policy.serviceLevels.escalation) { step, json in
      json.decimal("at", step.at, digits: 4)
      json.string("do", step.action.rawValue)
      json.strings("paths", step.paths.texts)
    }
    json.objects("waivers", policy.waivers(inForceAt: asOf)) { waiver, json in
      json.string("id", waiver.id)
      json.string("objective", waiver.objective)
      json.string("contribution", waiver.contribution)
      json.time("until", waiver.period.until)
    }
    json.object("maturity") { policy.maturity.write(into: &$0) }
  }
}

extension PolicyReport.Origin {
  fileprivate func write(into json: inout JSONObject) {
    switch self {
    case .defaults: json.string("from", "defaults")
    case .fixed: json.string("from", "command-line")
    case .branch(let place, let commit, let since, let number, let count),
      .removed(let place, let commit, let since, let number, let count):
      if case .removed = self { json.string("from", "removed") } else { json.string("from", "branch") }
      json.string("place", place)
      json.string("commit", commit.hex)
      json.time("since", since)
      json.integer("version", number)
      json.integer("versions", count)
    }
  }
}

extension Roster {
  fileprivate func write(into json: inout JSONObject, asOf: Instant) {
    let now = TeamsAtMoment(self, at: asOf)
    json.objects("teams", now.teams) { entry, json in
      json.string("id", entry.team.id)
      json.string("name", entry.team.name)
      json.boolean("host", entry.team.isHost)
      json.string("parent", entry.team.parent)
      json.string("lead", entry.team.lead)
      json.strings("people", entry.people.map(\.handle))
      json.strings("domains", entry.domains.map(\.pattern.text))
    }
    json.strings("withoutTeam", now.others.map(\.handle))
    json.strings("bots", bots.map(\.text) + people.filter(\.isBot).map(\.handle))
  }
}

extension DelegationPolicy {
  fileprivate func write(into json: inout JSONObject) {
    json.objects("approvals", approvals) { $0.write(into: &$1) }
    json.boolean("selfApproval", selfApproval)
    json.boolean("staleOnNewRevision", staleOnNewRevision)
    json.boolean("survivesTrivialRebase", survivesTrivialRebase)
    json.object("minimumGrade") { json in
      json.string("reports", minimumGrade.reports.label)
      json.string("gate", minimumGrade.gate.label)
    }
    json.strings("protected", protected.texts)
    json.objects("floors", floors) { $0.write(into: &$1) }
    json.object("granting", granting) { granting, json in
      json.strings("teams", granting.teams)
      json.integer("maxDepth", granting.maxDepth)
      json.integer("maxDurationSeconds", granting.maxDuration.map { Int($0) })
      json.strings("paths", granting.paths.texts)
      json.integer("graceSeconds", Int(granting.grace))
      json.integer("unusedAfterSeconds", Int(granting.unusedAfter))
    }
    json.objects("ladders", ladders) { $0.write(into: &$1) }
    json.objects("automatic", automatic) { $0.write(into: &$1) }
    json.object("gate") { gate.write(into: &$0) }
  }
}

extension Grant {
  func write(into json: inout JSONObject) {
    json.string("id", id)
    json.string("grantee", granteeName)
    json.strings("verbs", verbNames)
    json.strings("paths", paths.texts)
    json.strings("branches", branches.texts)
    json.integer("maxPaths", limits.paths)
    json.strings("kinds", limits.kindNames)
    json.string("grantedBy", grantedBy)
    json.string("ladder", ladder)
    json.time("from", period.from)
    json.time("until", period.until)
    json.time("revokedOn", revokedOn)
    json.integer("depth", depth)
  }
}

extension ServiceLevels.Objective {
  fileprivate func write(into json: inout JSONObject) {
    json.string("name", name)
    json.string("clock", clock.rawValue)
    json.object("appliesTo") { json in
      json.strings("origins", appliesTo.originNames)
      json.strings("components", appliesTo.components)
      json.strings("teams", appliesTo.teams)
      json.strings("kinds", appliesTo.kindNames)
      json.strings("sizes", appliesTo.sizeNames)
    }
    switch target {
    case .workingTime(let seconds): json.integer("targetWorkingSeconds", Int(seconds))
    case .businessDays(let days): json.integer("targetBusinessDays", days)
    }
    json.string("calendar", calendar)
    json.decimal("share", share, digits: 4)
    json.integer("windowSeconds", Int(window))
    json.decimal("atRisk", atRisk, digits: 4)
    json.integer("minimumSample", minimumSample)
  }
}

extension MaturityPolicy {
  fileprivate func write(into json: inout JSONObject) {
    json.integer("windowSeconds", Int(window))
    json.object("levelTwo") { json in
      json.integer("externalLanded", levelTwo.externalLanded)
      json.decimal("reviewedShare", levelTwo.reviewedShare, digits: 4)
      json.string("attainment", levelTwo.attainment)
      json.decimal("oldestWaitFactor", levelTwo.oldestWaitFactor, digits: 4)
    }
    json.object("levelThree") { json in
      json.decimal("delegatedShare", levelThree.delegatedShare, digits: 4)
      json.integer("delegatesPerComponent", levelThree.delegatesPerComponent)
      json.integer("unauthorisedApprovals", levelThree.unauthorisedApprovals)
      json.decimal("attainmentGap", levelThree.attainmentGap, digits: 4)
      json.integer("openEndedGrants", levelThree.openEndedGrants)
    }
  }
}
