public import Facts

/// All deeds of one or more repositories that share a policy, to be asked about people and paths.
public struct DeedBook: Sendable {
  public private(set) var deeds: [Deed] = []
  private var tables: [[String]] = []
  private var loads: [PersonKey: Int] = [:]

  public init() {}

  /// Adds what was judged of one repository; `paths` is its path table.
  public mutating func add(
    _ assessments: some Sequence<Assessment>, by assessor: Assessor, repository: String, paths: [String],
    asOf: Instant
  ) {
    let table = tables.count
    tables.append(paths)
    for assessment in assessments {
      let deed = assessor.deed(of: assessment, repository: repository, table: table, asOf: asOf)
      for person in deed.involved { loads[person, default: 0] += 1 }
      deeds.append(deed)
    }
  }

  /// Whether any contribution has its reviews on record.
  public var hasReviewRecords: Bool { deeds.contains(where: \.hasReviewRecord) }

  /// The deeds that touch any path of a region; those of unknown paths are left out.
  public func deeds(in region: PathRegion) -> [Deed] {
    var flags = tables.map { [Bool?](repeating: nil, count: $0.count) }
    return deeds.filter { deed in
      (deed.paths ?? []).contains { path in
        if let known = flags[deed.table][Int(path)] { return known }
        let isInside = region.contains(tables[deed.table][Int(path)])
        flags[deed.table][Int(path)] = isInside
        return isInside
      }
    }
  }

  /// The touched paths of a deed.
  public func paths(of deed: Deed) -> [String] {
    (deed.paths ?? []).map { tables[deed.table][Int($0)] }
  }

  /// How many contributions wait for reviewers and for this person, or have had an answer of theirs.
  public func load(of person: PersonKey) -> Int { loads[person] ?? 0 }
}
