internal import Facts
internal import Rules

extension MaturityReport {
  /// All standings with everything that is responsible; months without that.
  ///
  /// The keys are documented in `JSON.md`.
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.object("required", required) { required, json in
        json.integer("level", required)
        json.string("verdict", requirement?.rawValue)
      }
      json.objects("items", standings) { standing, json in
        standing.write(into: &json)
        json.objects("criteria", standing.criteria) { result, json in
          result.write(into: &json)
          json.objects("responsible", result.responsible) { write($0, into: &$1) }
        }
      }
      json.objects("trend", months) { month, json in
        json.string("month", month.month.name)
        json.time("asOf", month.asOf)
        json.boolean("running", month.isRunning)
        json.objects("items", month.standings) { standing, json in
          standing.write(into: &json)
          json.objects("criteria", standing.criteria) { $0.write(into: &$1) }
        }
      }
      header.writeNotes(into: &json)
    }
  }

  private func write(_ responsible: Responsible, into json: inout JSONObject) {
    switch responsible {
    case .contribution(let place, let cause, let evidence):
      let entry = entries[place]
      json.string("kind", "contribution")
      json.string("repository", entry.repository)
      json.string("id", entry.contribution.id.description)
      json.string("title", entry.contribution.title)
      json.string("cause", cause.label)
      json.string("why", Words.cause(cause, entry.people, at: entry.moment(of: cause)).plain)
      if case .approvedWithoutRight(let person, let reason) = cause {
        json.string("by", entry.people[person].key.description)
        json.string("reason", reason.label)
      }
      json.string("evidence", evidence?.description)
    case .component(let name, let delegates):
      json.string("kind", "component")
      json.string("component", name)
      json.strings("delegates", delegates)
    case .grant(let id):
      json.string("kind", "grant")
      json.string("grant", id)
    }
  }
}

extension MaturityStanding {
  fileprivate func write(into json: inout JSONObject) {
    json.object("scope") { json in
      json.string("kind", scope.kind)
      json.string("name", scope.name)
    }
    json.integer("level", level)
    json.strings("blockers", blockers.map(\.criterion.rawValue))
    json.string("policy", policy.commit?.hex)
    json.object("window") { json in
      json.time("since", window.since)
      json.time("until", window.until)
    }
    json.object("landed") { json in
      json.integer("external", landed.external)
      json.integer("acceptedByPlatform", landed.byPlatform)
      json.integer("assisted", landed.assisted)
      json.integer("acceptedByDelegates", landed.byDelegates)
      json.integer("withoutLevel", landed.unplaced)
      json.integer("byHostTeam", landed.byHost)
      json.integer("unknownOrigin", landed.unknown)
    }
  }
}

extension CriterionResult {
  fileprivate func write(into json: inout JSONObject) {
    json.string("criterion", criterion.rawValue)
    json.integer("level", criterion.level)
    json.string("verdict", verdict.rawValue)
    json.string("unit", criterion.unit.rawValue)
    json.decimal("value", value, digits: 4)
    json.decimal("low", interval?.lowerBound, digits: 4)
    json.decimal("high", interval?.upperBound, digits: 4)
    json.integer("n", sample)
    json.string("asks", criterion.asksForMore ? "at-least" : "at-most")
    json.decimal("threshold", threshold, digits: 4)
    json.objects("gaps", gaps) { gap, json in
      json.string("gap", gap.label)
      json.integer("count", gap.count)
      json.string("why", Words.gap(gap, of: sample).plain)
    }
  }
}
