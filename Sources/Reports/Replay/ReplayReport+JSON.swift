internal import Facts
internal import Rules

extension ReplayReport {
  /// Both judgements; the keys are documented in `JSON.md`.
  public func json() -> [UInt8] {
    let changed = changed
    return JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.object("replayed") { replayed.write(into: &$0) }
      json.object("summary") { json in
        json.integer("contributions", replay.contributions.count)
        json.integer("changed", changed.count)
      }
      json.objects("objectives", replay.objectives) { objective, json in
        json.string("name", objective.name)
        json.object("before", objective.before) { $0.write(into: &$1) }
        json.object("after", objective.after) { $0.write(into: &$1) }
      }
      json.objects("transitions", replay.transitions) { transition, json in
        json.string("clock", transition.clock.rawValue)
        json.string("before", transition.before?.rawValue)
        json.string("after", transition.after?.rawValue)
        json.integer("count", transition.count)
      }
      json.objects("levels", replay.levels) { transition, json in
        json.integer("before", transition.before)
        json.integer("after", transition.after)
        json.integer("count", transition.count)
      }
      json.objects("items", changed) { $0.write(into: &$1) }
      header.writeNotes(into: &json)
    }
  }
}

extension Attainment {
  fileprivate func write(into json: inout JSONObject) {
    json.string("target", Words.target(objective.target))
    json.string("calendar", objective.calendar)
    json.decimal("promisedShare", objective.share, digits: 4)
    json.object("window") { json in
      json.time("since", window.since)
      json.time("until", window.until)
    }
    json.integer("met", met)
    json.integer("missed", missed)
    json.quotient("share", met, by: met + missed, digits: 4)
    json.decimal("low", share.low, digits: 4)
    json.decimal("high", share.high, digits: 4)
    json.integer("minimumSample", objective.minimumSample)
    json.string("verdict", verdict?.rawValue)
    json.integer("early", early)
    json.integer("running", count(.running))
    json.integer("atRisk", count(.atRisk))
    json.integer("paused", count(.paused))
    json.integer("notDue", count(.notDue))
    json.integer("waived", count(.waived))
    json.integer("notIdentifiable", count(.notIdentifiable))
    json.integer("overdue", overdue)
  }
}

extension ReplayedContribution {
  fileprivate func write(into json: inout JSONObject) {
    json.string("id", before.contribution.id.description)
    json.string("repository", repository)
    json.string("title", before.contribution.title)
    json.strings("changes", changes.map(\.rawValue))
    json.object("before") { before.writeStanding(into: &$0) }
    json.object("after") { after.writeStanding(into: &$0) }
    json.objects("waits", waits) { wait, json in
      json.string("clock", wait.clock.rawValue)
      json.time("start", (wait.before ?? wait.after)?.start.instant)
      json.boolean("changed", wait.isChanged)
      json.object("before", wait.before) { $0.writeVerdict(into: &$1) }
      json.object("after", wait.after) { $0.writeVerdict(into: &$1) }
    }
  }
}

extension Assessment {
  fileprivate func writeStanding(into json: inout JSONObject) {
    json.string("origin", origin.kind.rawValue)
    json.integer("level", level.number)
    json.string("levelReason", level.reason.rawValue)
  }
}

extension ServiceLevelItem {
  fileprivate func writeVerdict(into json: inout JSONObject) {
    json.string("objective", objective.name)
    json.string("state", state.rawValue)
    json.string("reason", obstacle?.rawValue)
    json.time("due", due)
    json.time("missedSince", missedAt)
    json.integer("targetWorkingSeconds", targetSeconds.map(Int.init))
    json.integer("elapsedWorkingSeconds", targetSeconds == nil ? nil : Int(elapsed.upperBound))
    json.integer("lateWorkingSeconds", targetSeconds == nil ? nil : Int(lateness))
  }
}
