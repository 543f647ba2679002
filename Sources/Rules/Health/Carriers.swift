internal import Facts

/// Collects which sources' facts went into a figure.
struct Carriers {
  private var uses: [SourceKind: SourceUse] = [:]

  /// Adds what a figure took of one contribution; a source that gave several facts counts once.
  mutating func add(_ facts: [(source: SourceKind?, grade: Grade)]) {
    var grades: [SourceKind: Grade] = [:]
    for (source, grade) in facts {
      if let source { grades[source] = min(grades[source] ?? grade, grade) }
    }
    for (source, grade) in grades {
      var use = uses[source] ?? SourceUse(source: source, records: 0, grade: grade)
      use.records += 1
      use.grade = min(use.grade, grade)
      uses[source] = use
    }
  }

  /// The sources that keep review records of the items.
  mutating func addRecords(_ items: [HealthCalculator.Item]) {
    for item in items {
      add(item.assessment.contribution.sources.filter(\.recordsReviews).map { ($0, .recorded) })
    }
  }

  var isEmpty: Bool { uses.isEmpty }

  /// In the order of `SourceKind`.
  var list: [SourceUse] { uses.values.sorted { $0.source < $1.source } }

  static func openings(_ items: [HealthCalculator.Item]) -> [SourceUse] {
    var carriers = Carriers()
    for item in items { carriers.add([item.openingFact]) }
    return carriers.list
  }

  static func closings(_ items: [HealthCalculator.Item]) -> [SourceUse] {
    var carriers = Carriers()
    for item in items { carriers.add([item.closingFact]) }
    return carriers.list
  }
}

extension HealthCalculator.Item {
  /// Which source tells the opening, and how well.
  var openingFact: (source: SourceKind?, grade: Grade) {
    (assessment.contribution.opened.source, assessment.contribution.opened.grade)
  }

  /// Which source tells how it ended: by landing, else by being given up.
  var closingFact: (source: SourceKind?, grade: Grade) {
    if let landing = assessment.contribution.landing { return (landing.source, landing.grade) }
    let event = assessment.contribution.events.last { $0.kind == .abandoned }
    return (event?.source, event?.grade ?? .absent)
  }
}
