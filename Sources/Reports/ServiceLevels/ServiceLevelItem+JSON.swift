import Facts
import Rules

extension ContributionEntry {
  /// How the contribution stands against the objectives that apply to it; keys are part of the versioned formats.
  func writeObjectives(into json: inout JSONObject) {
    json.objects("objectives", assessment.serviceLevels) { item, json in write(item, into: &json) }
  }

  /// One objective's item, with the evidence of its start and of its answer.
  func write(_ item: ServiceLevelItem, into json: inout JSONObject) {
    json.string("name", item.objective.name)
    json.string("clock", item.objective.clock.rawValue)
    json.integer("cycle", item.cycle)
    json.string("state", item.state.rawValue)
    json.string("reason", item.obstacle?.rawValue)
    json.string("calendar", item.objective.calendar)
    json.integer("targetWorkingSeconds", item.targetSeconds.map(Int.init))
    json.time("start", item.start.instant)
    item.start.writeLimits(into: &json)
    json.time("due", item.due)
    json.time("breachesAt", item.breachesAt)
    json.time("end", item.end)
    json.boolean("answered", item.isAnswered)
    let isReckoned = item.targetSeconds != nil
    json.integer("elapsedWorkingSeconds", isReckoned ? Int(item.elapsed.upperBound) : nil)
    if item.elapsed.lowerBound != item.elapsed.upperBound {
      json.integer("elapsedAtLeastWorkingSeconds", Int(item.elapsed.lowerBound))
    }
    json.integer("remainingWorkingSeconds", item.isOpen ? item.remaining.map(Int.init) : nil)
    json.integer("lateWorkingSeconds", Int(item.lateness))
    json.time("atRiskSince", item.atRiskAt)
    json.time("missedSince", item.missedAt)
    json.string("grade", item.grade.label)
    json.evidence("startEvidence", startEvidence(of: item))
    json.evidence("answerEvidence", item.answer.map { contribution.events[$0].evidence })
    json.string("waiver", item.waiver?.id)
    json.objects("escalations", item.escalations) { step, json in
      json.string("id", step.id)
      json.string("do", step.step.action.rawValue)
      json.time("at", step.at)
    }
    json.object("policy", named: item.policy.commit)
  }

  /// What shows when the clock started: the event that started it, or the opening.
  func startEvidence(of item: ServiceLevelItem) -> Evidence? {
    item.startEvent.map { contribution.events[$0].evidence } ?? contribution.opened.evidence
  }
}
