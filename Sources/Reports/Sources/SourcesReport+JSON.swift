internal import Facts
internal import Rules

extension SourcesReport {
  /// One object for each repository; places in the order of the namespaces, then those that only a source knows.
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.objects("items", zip(items, header.repositories)) { pair, json in
        pair.0.write(into: &json, pair.1.remedies)
      }
      header.writeNotes(into: &json)
    }
  }
}

extension SourcesReport.Item {
  fileprivate func write(into json: inout JSONObject, _ remedies: [Remedy]) {
    json.string("repository", repository)
    json.objects("places", places) { $0.write(into: &$1) }
    json.objects("systems", systems) { system, json in
      json.string("system", system.system.rawValue)
      json.integer("commits", system.commits)
      json.time("oldest", system.oldest)
      json.time("newest", system.newest)
      json.string("address", system.address)
    }
    json.objects("missing", remedies) { remedy, json in
      json.strings("brings", remedy.brings.map(\.rawValue))
      json.string("command", remedy.command)
      json.string("why", Words.why(remedy).plain)
    }
    json.objects("figures", figures) { figure, json in
      json.string("metric", figure.metric.rawValue)
      json.string("grade", figure.grade.label)
      json.strings("sources", figure.sources.map(\.label))
      json.strings("lacks", figure.lacks.map(\.rawValue))
    }
    json.objects("unknown", unknown) { unknown, json in
      json.string("pattern", unknown.pattern)
      json.integer("refs", unknown.refs)
    }
    json.integer("ordinaryRefs", ordinaryRefs)
  }
}

extension SourcesReport.Place {
  fileprivate func write(into json: inout JSONObject) {
    json.string("namespace", namespace?.rawValue)
    json.string("place", name)
    json.string("source", source?.label)
    json.integer("records", records)
    json.integer("unreadable", unreadable)
    json.time("oldest", oldest)
    json.time("newest", newest)
    json.object("frozen", frozen) { frozen, json in
      json.time("newest", frozen.newest)
      json.time("newestCommit", frozen.newestCommit)
      json.integer("landedSince", frozen.landedSince)
    }
    json.objects("facts", facts) { fact, json in
      json.string("fact", fact.kind.rawValue)
      json.integer("records", fact.records)
      json.string("best", fact.best.label)
      json.string("weakest", fact.weakest.label)
    }
    json.string("coverageOf", coverage.isEmpty ? nil : isOfContributions ? "contributions" : "commits")
    json.objects("coverage", coverage) { share, json in
      json.integer("year", share.year)
      json.integer("have", share.have)
      json.integer("of", share.of)
    }
    json.members("counts") { members in
      for count in counts { members.integer(count.name, count.value) }
    }
  }
}
