internal import Facts
internal import Rules

extension SourcesReport {
  /// The report for people: what is here, how far it goes, which figures it can carry, what is missing.
  public func text() -> TextDocument {
    var document = TextDocument([.title("Sources")])
    document.blocks += header.blocks()
    for (item, summary) in zip(items, header.repositories) {
      let blocks = item.blocks(summary)
      if items.count > 1 {
        document.append(.section("\(item.repository, .id)", blocks))
      } else {
        document.blocks += blocks
      }
    }
    document.blocks += header.closingBlocks()
    return document
  }
}

extension SourcesReport.Item {
  fileprivate func blocks(_ summary: RepositorySummary) -> [TextDocument.Block] {
    var blocks: [TextDocument.Block] = [.section("What is here", [.table(placesTable)])]
    let remarks = places.compactMap(Words.frozen) + places.compactMap(Words.unreadable)
    if !remarks.isEmpty { blocks.append(.section("Beware", [.list(remarks)])) }
    if let table = coverageTable {
      blocks.append(.section("How much of each year's landed work it covers", [.table(table)]))
    }
    blocks.append(.section("Which figures it can carry", [.table(figuresTable)]))
    if !systems.isEmpty {
      blocks.append(.section("What commit messages show", [.list(systems.map(Words.sign))]))
    }
    let missing = summary.remedies.map { Words.remedy($0, naming: false) }
    if !missing.isEmpty {
      blocks.append(.section("What is not here, and what would bring it", [.list(missing)]))
    }
    if !unknown.isEmpty {
      let list = unknown.map { unknown -> StyledText in
        "\(unknown.pattern, .id): \(Words.counted(unknown.refs, "ref"))"
      }
      blocks.append(.section("Refs of kinds that nobody here knows", [.list(list)]))
    }
    return blocks
  }

  private var placesTable: TextTable {
    var table = TextTable([
      .init("place", shrinksTo: 24), .init("records", align: .right), .init("oldest", priority: 3),
      .init("newest", priority: 1), .init("grade", priority: 2), .init("what it tells", shrinksTo: 16),
    ])
    for place in places {
      table.append([
        StyledText(place.name), "\(place.records)", place.oldest.map { "\($0.shown.date)" } ?? "",
        place.newest.map { StyledText($0.shown.date, place.frozen == nil ? .plain : .warning) } ?? "",
        StyledText(place.bestGrade?.label ?? "", .muted), Words.tells(place),
      ])
    }
    return table
  }

  /// A row for each year, a column for each place with shares; nil where no place has any.
  private var coverageTable: TextTable? {
    // Other refs of a source are part of what it covers.
    let covering = places.filter { !$0.coverage.isEmpty && ($0.isOfContributions || $0.source == nil) }
    // What lies before anybody's first record needs no rows.
    guard let first = covering.flatMap({ $0.coverage.filter { $0.have > 0 }.map(\.year) }).min() else {
      return nil
    }
    let years = Set(covering.flatMap { $0.coverage.map(\.year) }).filter { $0 >= first }.sorted()
    var table = TextTable(
      [.init("year")]
        + covering.enumerated().map { index, place in
          .init(EscapedText(escaping: place.shortName), align: .right, priority: index)
        })
    for year in years {
      table.append(
        ["\(year)"]
          + covering.map { place in
            guard let share = place.coverage.first(where: { $0.year == year }) else { return "" }
            return "\(FixedDecimal.percent(share.have, of: share.of) ?? "–")"
          })
    }
    return table
  }

  private var figuresTable: TextTable {
    var table = TextTable([
      .init("figure", shrinksTo: 20), .init("at best"), .init("from", shrinksTo: 16),
    ])
    for figure in figures {
      let lacks = StyledText.joined(figure.lacks.map(Words.fact), by: ", ")
      table.append([
        Words.metric(figure.metric), "\(figure.grade.label, .muted)",
        figure.lacks.isEmpty
          ? "\(figure.sources.map(\.label).joined(separator: ", "))"
          : ("no source tells " + lacks).withRole(.muted),
      ])
    }
    return table
  }
}

extension SourcesReport.Place {
  /// The place by as few words as tell it apart: its source, or the last part of its name.
  fileprivate var shortName: String {
    if let source, isOfContributions { return source.label }
    return name.hasPrefix("refs/notes/") ? String(name.dropFirst("refs/".count)) : name
  }
}

extension Words {
  /// What a place tells, or what it is where nothing reads it.
  static func tells(_ place: SourcesReport.Place) -> StyledText {
    if !place.facts.isEmpty { return StyledText.joined(place.facts.map { fact($0.kind) }, by: ", ") }
    let what = place.namespace.map(namespace) ?? StyledText("\(place.source?.label ?? "")")
    let isUnread = place.source == nil && place.name.hasPrefix("refs/")
    return isUnread ? (what + ", not read").withRole(.muted) : what
  }

  /// That a place ended while work went on.
  static func frozen(_ place: SourcesReport.Place) -> StyledText? {
    place.frozen.map { frozen in
      let what =
        place.isOfContributions ? counted(frozen.landedSince, "request") : "\(frozen.landedSince) changes"
      return """
        \(place.name, .id) is frozen: it ends with \(frozen.newest.shown.date), \
        \(DurationWords.elapsed(frozen.newestCommit.since(frozen.newest))) before the newest commit; of \
        \(what) that landed since it knows hardly any.
        """
    }
  }

  static func unreadable(_ place: SourcesReport.Place) -> StyledText? {
    guard place.unreadable > 0 else { return nil }
    return "\(place.name, .id): \(counted(place.unreadable, "record")) cannot be read in this clone."
  }

  static func sign(_ sign: SourcesReport.System) -> StyledText {
    var text: StyledText = "\(system(sign.system)): \(counted(sign.commits, "commit")), "
    text = text + "\(sign.oldest.shown.date) to \(sign.newest.shown.date)"
    if let address = sign.address { text = text + ", \(address, .id)" }
    return text
  }
}
