internal import Facts
internal import Rules

extension ReviewersReport {
  /// The choice; the keys are documented in `JSON.md`.
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.object("subject") { json in
        json.string("repository", repository)
        switch subject {
        case .contribution(let id, let title):
          json.string("id", id)
          json.string("title", title)
          json.null("base")
        case .paths:
          json.null("id")
          json.null("title")
          json.null("base")
        case .head(let base, _):
          json.null("id")
          json.null("title")
          json.object("base", named: base)
        }
      }
      json.object("smallestSets") { json in
        json.boolean("smallest", choice.cover.isSmallest)
        json.integer("atLeast", choice.cover.atLeast)
        json.array("sets") { array in
          for set in choice.cover.sets {
            array.array { inner in for number in set { inner.string(key(number)) } }
          }
        }
      }
      json.objects("items", zip(choice.needs, hours)) { pair, json in write(pair.0, pair.1, into: &json) }
      json.objects("people", choice.candidates.indices.filter(isNamed)) { number, json in
        json.string("person", key(number))
        json.string("name", choice.candidates[number].name)
        json.strings("teams", choice.candidates[number].teams)
        json.integer("load", people[number].load)
        json.time("lastAct", people[number].lastAct)
      }
      header.writeNotes(into: &json)
    }
  }

  private func key(_ number: Int) -> String { choice.candidates[number].key.description }

  private func isNamed(_ number: Int) -> Bool {
    choice.needs.contains { need in
      need.entitled.contains { $0.person == number } || need.approved.contains(number)
        || need.reviewers.contains(number) || need.contributors.contains(number)
        || need.nearest?.person == number
    }
  }

  private func write(_ need: ReviewerChoice.Need, _ hours: Hours?, into json: inout JSONObject) {
    json.strings("paths", need.paths)
    json.strings("components", need.components)
    json.integer("count", need.count)
    json.strings("from", DelegationPolicy.Source.allCases.filter(need.from.contains).map(\.rawValue))
    json.integer("open", need.open)
    json.boolean("blocked", need.isBlocked)
    json.objects("entitled", need.entitled) { entitled, json in
      json.string("person", key(entitled.person))
      entitled.authority.write(into: &json)
    }
    json.strings("approved", need.approved.map(key))
    json.strings("mayReview", need.reviewers.map(key))
    json.strings("contributors", need.contributors.map(key))
    json.object("nearest", need.nearest) { near, json in
      json.string("person", key(near.person))
      json.string("grant", near.miss.grant)
      json.string("detail", Words.grantMiss(near.miss).plain)
    }
    json.object("hours", hours) { hours, json in
      json.string("calendar", hours.calendar)
      json.boolean("open", hours.isOpen)
      json.time("next", hours.next)
    }
  }

  /// One row for each person and group of paths.
  public func csv(raw: Bool) -> [UInt8] {
    var table = CSVTable(
      [
        "repository", "group", "paths", "components", "count", "open", "blocked", "person", "name", "may",
        "authority", "until", "load", "lastAct",
      ], raw: raw)
    for (place, need) in choice.needs.enumerated() {
      let head = [
        repository, "\(place + 1)", need.paths.joined(separator: " "), need.components.joined(separator: " "),
        "\(need.count)", "\(need.open)", "\(need.isBlocked)",
      ]
      func add(_ number: Int, _ may: String, _ authority: ReviewerChoice.Authority? = nil) {
        var until: String?
        if case .delegated(_, let end?) = authority { until = end.shown.rfc3339 }
        table.append(
          head + [
            key(number), choice.candidates[number].name, may, authority.map(Words.authority), until,
            "\(people[number].load)", people[number].lastAct?.shown.rfc3339,
          ])
      }
      for entitled in need.entitled { add(entitled.person, "approve", entitled.authority) }
      for number in need.approved { add(number, "approved") }
      for number in need.reviewers { add(number, "review") }
      for number in need.contributors { add(number, "contributor") }
      if need.entitled.isEmpty, need.approved.isEmpty, need.reviewers.isEmpty, need.contributors.isEmpty {
        table.append(head)
      }
    }
    return table.bytes
  }
}

extension ReviewerChoice.Authority {
  fileprivate func write(into json: inout JSONObject) {
    switch self {
    case .platform(let team):
      json.string("authority", "platform")
      json.string("team", team)
    case .inferred(let landings):
      json.string("authority", "inferred-host")
      json.integer("landedForOthers", landings)
    case .owner(let place):
      json.string("authority", "owner-by-file")
      json.string("rule", place.description)
    case .delegated(let chain, let until):
      json.string("authority", "delegated")
      json.strings("chain", chain)
      json.time("until", until)
    }
  }
}
