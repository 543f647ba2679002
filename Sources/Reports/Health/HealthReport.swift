internal import Facts
public import Rules

/// The health figures of a window beside those of the window before.
public struct HealthReport: Sendable {
  public static let schema = "tributary/health/1"

  /// The figures of one part of the whole: everything, a component, or a stakeholder team.
  public struct Group: Sendable {
    /// Nil for everything together.
    public var name: String?
    public var now: [Measurement]
    /// The same metrics over the window before; nil for a report over all time.
    public var before: [Measurement]?

    public init(name: String?, now: [Measurement], before: [Measurement]?) {
      self.name = name
      self.now = now
      self.before = before
    }

    /// Each measurement with the one of the window before.
    var pairs: [(now: Measurement, before: Measurement?)] {
      now.enumerated().map { index, measurement in
        guard let before, before.indices.contains(index) else { return (measurement, nil) }
        return (measurement, before[index])
      }
    }
  }

  public var header: ReportHeader
  public var groups: [Group]

  public init(header: ReportHeader, groups: [Group]) {
    self.header = header
    self.groups = groups
  }

  /// What would make refused figures available, of all repositories.
  private var remedies: [Remedy] { header.repositories.flatMap(\.remedies) }
}

extension HealthReport {
  public func json() -> [UInt8] {
    JSONText.object { json in
      header.write(Self.schema, into: &json)
      json.objects("groups", groups) { group, json in
        json.string("name", group.name)
        json.objects("metrics", group.pairs) { pair, json in
          pair.now.write(into: &json, remedies)
          json.object("before", pair.before) { before, json in before.write(into: &json, remedies) }
        }
      }
      json.objects("support", groups.first?.now ?? []) { measurement, json in
        json.string("metric", measurement.metric.rawValue)
        json.string("grade", measurement.grade.label)
        json.strings("sources", measurement.sources.map(\.source.label))
        json.objects("carriers", measurement.sources) { use, json in
          json.string("source", use.source.label)
          json.integer("records", use.records)
          json.string("grade", use.grade.label)
        }
      }
      header.writeNotes(into: &json)
    }
  }

  public func text() -> TextDocument {
    var document = TextDocument([.title("Health")])
    document.blocks += header.blocks()
    for group in groups {
      let heading: StyledText = group.name.map { "\($0)" } ?? "All contributions"
      var blocks: [TextDocument.Block] = [.table(table(of: group))]
      let refused = Words.refusals(group.now)
      if !refused.isEmpty { blocks.append(.list(refused)) }
      document.append(.section(heading, blocks))
    }
    document.append(.section("Which source supports which figure here", [.table(supportTable)]))
    let lines = remedies.filter { $0.helps(groups.first?.now ?? []) }
      .map { Words.remedy($0, naming: header.repositories.count > 1) }
    if !lines.isEmpty { document.append(.section("What would tell more here", [.list(lines)])) }
    document.blocks += header.closingBlocks()
    return document
  }

  private func table(of group: Group) -> TextTable {
    var table = TextTable([
      .init("figure", shrinksTo: 20), .init("value", align: .right), .init("n", align: .right),
      .init("grade", priority: 2), .init("before", align: .right, priority: 1),
      .init("remarks", priority: 3, shrinksTo: 16),
    ])
    for pair in group.pairs {
      table.append([
        Words.metric(pair.now.metric), Words.value(pair.now.value), "\(pair.now.sample)",
        "\(pair.now.grade.label, .muted)", pair.before.map { Words.value($0.value) } ?? "",
        StyledText.joined(pair.now.remarks.map(Words.remark), by: "; "),
      ])
    }
    return table
  }

  private var supportTable: TextTable {
    var table = TextTable([
      .init("figure", shrinksTo: 20), .init("grade"), .init("carried by", shrinksTo: 16),
    ])
    for measurement in groups.first?.now ?? [] {
      let uses = measurement.sources.map { "\($0.records) \($0.grade.label) from \($0.source.label)" }
      table.append([
        Words.metric(measurement.metric), "\(measurement.grade.label, .muted)",
        uses.isEmpty ? StyledText("nothing in this clone", .muted) : "\(uses.joined(separator: ", "))",
      ])
    }
    return table
  }
}

extension Measurement {
  /// Seconds are whole seconds, ratios have four decimals; a refused figure has a null value and the reason.
  fileprivate func write(into json: inout JSONObject, _ remedies: [Remedy]) {
    json.string("metric", metric.rawValue)
    switch value {
    case .count(let count): json.integer("value", count)
    case .countBetween(let low, let high):
      json.null("value")
      json.integer("atLeast", low)
      json.integer("atMost", high)
    case .ratio(let hits, let count):
      json.quotient("value", hits, by: count, digits: 4)
      json.integer("hits", hits)
      json.integer("of", count)
      let interval = Share(hits: hits, of: count)
      json.decimal("low", interval.low, digits: 4)
      json.decimal("high", interval.high, digits: 4)
    case .wait(let median, let p90, let ended, let medianOfEnded):
      json.integer("value", median.map { Int($0) })
      json.string("unit", "seconds")
      json.string("estimate", "kaplan-meier-median")
      json.integer("p90", p90.map { Int($0) })
      json.integer("ended", ended)
      json.integer("medianOfEnded", medianOfEnded.map { Int($0) })
    case .waitBetween(let low, let high):
      json.null("value")
      json.string("unit", "seconds")
      json.integer("atLeast", low.map { Int($0) })
      json.integer("atMost", high.map { Int($0) })
    case .refused(let reason):
      json.null("value")
      json.string("refused", reason.rawValue)
      json.string("reason", Words.reason(reason).plain)
      json.strings("available", remedies.filter { $0.helps(reason) }.map(\.command))
    }
    json.integer("n", sample)
    json.string("grade", grade.label)
    json.strings("sources", sources.map(\.source.label))
    json.strings("remarks", remarks.map { Words.remark($0).plain })
  }
}
