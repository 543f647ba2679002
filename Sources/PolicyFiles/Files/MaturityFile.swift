import Rules

/// Reads `maturity.json5`.
///
/// A criterion that is not given keeps its default; `null` says that it is not asked for.
enum MaturityFile {
  private static let counts = 0...1_000_000

  static func read(_ root: Cursor) -> MaturityPolicy? {
    guard let fields = root.fields(.maturity) else { return nil }
    let levels = fields["levels"]?.fields(.levels)
    return MaturityPolicy(
      window: fields["window"]?.duration() ?? MaturityPolicy.defaults.window,
      levelTwo: levels?["2"]?.fields(.levelTwo).map(levelTwo) ?? MaturityPolicy.defaults.levelTwo,
      levelThree: levels?["3"]?.fields(.levelThree).map(levelThree) ?? MaturityPolicy.defaults.levelThree)
  }

  private static func levelTwo(_ fields: Fields) -> MaturityPolicy.LevelTwo {
    var level = MaturityPolicy.defaults.levelTwo
    set(&level.externalLanded, from: fields["externalLanded"]) { $0.count(counts) }
    set(&level.reviewedShare, from: fields["reviewedShare"]) { $0.number(0...1) }
    set(&level.attainment, from: fields["attainment"]) { $0.reference(.objective) }
    set(&level.oldestWaitFactor, from: fields["oldestWaitFactor"]) { $0.number(0...1000, aboveLower: true) }
    return level
  }

  private static func levelThree(_ fields: Fields) -> MaturityPolicy.LevelThree {
    var level = MaturityPolicy.defaults.levelThree
    set(&level.delegatedShare, from: fields["delegatedShare"]) { $0.number(0...1) }
    set(&level.delegatesPerComponent, from: fields["delegatesPerComponent"]) { $0.count(counts) }
    set(&level.unauthorisedApprovals, from: fields["unauthorisedApprovals"]) { $0.count(counts) }
    set(&level.attainmentGap, from: fields["attainmentGap"]) { $0.number(0...1) }
    set(&level.openEndedGrants, from: fields["openEndedGrants"]) { $0.count(counts) }
    return level
  }

  private static func set<Value>(_ value: inout Value?, from cursor: Cursor?, _ read: (Cursor) -> Value?) {
    guard let cursor else { return }
    value = cursor.isNull ? nil : read(cursor)
  }
}
