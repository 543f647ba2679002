import Facts
import Rules

/// Writes what one format adds to an objective, of which the place among the contribution's items is given.
typealias ObjectiveKeys = (_ place: Int, inout JSONObject) -> Void

extension ContributionEntry {
  /// How the contribution stands against the objectives that apply to it; keys are part of the versioned formats.
  func writeObjectives(into json: inout JSONObject, adding: ObjectiveKeys? = nil) {
    json.objects("objectives", assessment.serviceLevels.indices) { place, json in
      write(assessment.serviceLevels[place], into: &json)
      adding?(place, &json)
    }
  }

  /// One objective's item, with the evidence of its start and of its answer; what does not apply is left out.
  func write(_ item: ServiceLevelItem, into json: inout JSONObject) {
    json.string("name", item.objective.name)
    json.string("clock", item.objective.clock.rawValue)
    if item.cycle > 1 { json.integer("cycle", item.cycle) }
    json.string("state", item.state.rawValue)
    if let obstacle = item.obstacle { return json.string("reason", obstacle.rawValue) }
    json.string("calendar", item.objective.calendar)
    json.integer("targetWorkingSeconds", item.targetSeconds.map(Int.init))
    json.time("start", item.start.instant)
    item.start.writeLimits(into: &json)
    json.time("due", item.due)
    json.time("breachesAt", item.breachesAt)
    json.integer("elapsedWorkingSeconds", Int(item.elapsed.upperBound))
    if item.elapsed.lowerBound != item.elapsed.upperBound {
      json.integer("elapsedAtLeastWorkingSeconds", Int(item.elapsed.lowerBound))
    }
    if item.isOpen { json.integer("remainingWorkingSeconds", item.remaining.map(Int.init)) }
    if let end = item.end { json.time("end", end) }
    if let answer = item.answer { json.evidence("answerEvidence", contribution.events[answer].evidence) }
    if let since = item.atRiskAt { json.time("atRiskSince", since) }
    if let since = item.missedAt {
      json.time("missedSince", since)
      json.integer("lateWorkingSeconds", Int(item.lateness))
    }
    json.string("grade", item.grade.label)
    json.evidence("startEvidence", startEvidence(of: item))
    if let waiver = item.waiver { json.string("waiver", waiver.id) }
    if !item.escalations.isEmpty {
      json.objects("escalations", item.escalations) { step, json in
        json.string("id", step.id)
        json.string("do", step.step.action.rawValue)
        json.time("at", step.at)
      }
    }
  }

  /// What shows when the clock started: the event that started it, or the opening.
  func startEvidence(of item: ServiceLevelItem) -> Evidence? {
    item.startEvent.map { contribution.events[$0].evidence } ?? contribution.opened.evidence
  }
}
