internal import Facts

/// Collects which sources' facts went into a figure.
struct Carriers {
  private var uses: [SourceKind: SourceUse] = [:]

  mutating func add(_ source: SourceKind?, _ grade: Grade) {
    guard let source else { return }
    var use = uses[source] ?? SourceUse(source: source, records: 0, grade: grade)
    use.records += 1
    use.grade = min(use.grade, grade)
    uses[source] = use
  }

  /// The openings of the items.
  mutating func addOpenings(_ items: [HealthCalculator.Item]) {
    for item in items {
      add(item.assessment.contribution.opened.source, item.assessment.contribution.opened.grade)
    }
  }

  /// How the items ended: by landing, else by being given up.
  mutating func addClosings(_ items: [HealthCalculator.Item]) {
    for item in items {
      if let landing = item.assessment.contribution.landing {
        add(landing.source, landing.grade)
      } else if let event = item.assessment.contribution.events.last(where: { $0.kind == .abandoned }) {
        add(event.source, event.grade)
      }
    }
  }

  /// The sources that keep review records of the items.
  mutating func addRecords(_ items: [HealthCalculator.Item]) {
    for item in items {
      for source in item.assessment.contribution.sources where source.recordsReviews {
        add(source, .recorded)
      }
    }
  }

  var isEmpty: Bool { uses.isEmpty }

  /// In the order of `SourceKind`.
  var list: [SourceUse] { uses.values.sorted { $0.source < $1.source } }

  static func openings(_ items: [HealthCalculator.Item]) -> [SourceUse] {
    var carriers = Carriers()
    carriers.addOpenings(items)
    return carriers.list
  }

  static func closings(_ items: [HealthCalculator.Item]) -> [SourceUse] {
    var carriers = Carriers()
    carriers.addClosings(items)
    return carriers.list
  }
}
