internal import Facts
internal import Rules

extension NoticeReport {
  /// Every miss told and every step reached, for scripts; the keys are documented in `JSON.md`.
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.time("newSince", selection.newSince)
      json.objects("breaches", breaches) { $0.write(header, into: &$1) }
      json.objects("steps", steps) { $0.write(into: &$1) }
      header.writeNotes(into: &json)
    }
  }
}

extension NoticeBreach {
  fileprivate func write(_ header: ReportHeader, into json: inout JSONObject) {
    json.string("id", id)
    json.string("repository", entry.repository)
    json.string("contribution", entry.contribution.id.description)
    json.string("title", entry.contribution.title)
    json.strings("teams", entry.assessment.authorTeams)
    json.object("promised") { item.objective.writePromise(into: &$0) }
    json.integer("cycle", item.cycle)
    json.boolean("open", item.isOpen)
    json.time("start", item.start.instant)
    json.time("startNotBefore", item.start.notBefore)
    json.time("startNotAfter", item.start.notAfter)
    json.evidence("startEvidence", entry.startEvidence(of: item))
    json.time("due", item.due)
    json.time("atRiskSince", item.atRiskAt)
    json.time("missedSince", item.missedAt)
    json.time("end", item.end)
    json.boolean("answered", item.isAnswered)
    json.evidence("answerEvidence", item.answer.map { entry.contribution.events[$0].evidence })
    json.integer("targetWorkingSeconds", item.targetSeconds.map(Int.init))
    json.integer("lateWorkingSeconds", Int(late.upperBound))
    json.integer("lateAtLeastWorkingSeconds", Int(late.lowerBound))
    json.string("grade", item.grade.label)
    json.string("waiver", item.waiver?.id)
    json.object("policyCommit", named: item.policy.commit)
    json.string("turn", item.isOpen ? entry.assessment.turn?.rawValue : nil)
    json.strings("mayAct", item.isOpen ? entry.mayAct(header) : [])
    json.strings("steps", steps.map(\.reached.id))
  }
}

extension ServiceLevels.Objective {
  fileprivate func writePromise(into json: inout JSONObject) {
    json.string("objective", name)
    json.string("clock", clock.rawValue)
    json.string("target", Words.target(target))
    json.string("calendar", calendar)
    json.decimal("share", share, digits: 4)
    json.integer("windowSeconds", Int(window))
  }
}

extension NoticeStep {
  fileprivate func write(into json: inout JSONObject) {
    json.string("id", reached.id)
    json.string("repository", entry.repository)
    json.string("contribution", entry.contribution.id.description)
    json.string("objective", objective)
    json.string("do", action.rawValue)
    json.decimal("share", reached.step.at, digits: 4)
    json.time("at", at)
    json.strings("paths", reached.step.paths.texts)
    json.objects("addressees", addressees) { addressee, json in
      json.string("audience", addressee.audience.rawValue)
      json.string("name", addressee.name)
      json.string("person", addressee.handle)
      json.string("address", addressee.address)
    }
  }
}
