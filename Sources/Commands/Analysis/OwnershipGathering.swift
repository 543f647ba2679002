internal import Facts
internal import Git
internal import Harvest
internal import Rules

/// Reads the ownership files that contributions need, each version once, before anything is judged.
struct OwnershipGathering {
  let reader: OwnershipReader
  let moments: OwnershipMoments
  let names: [String]

  /// How often files are read that others include, before a circle is taken for endless.
  private static let rounds = 10

  /// `names` are the paths that numbers stand for; by itself, those of the repository's path table.
  init(_ repository: Repository, _ harvested: Harvested, names: [String]? = nil) {
    reader = OwnershipReader(repository)
    moments = harvested.ownership
    self.names = names ?? harvested.paths
  }

  /// What was found, and what in the files was not understood.
  struct Gathered {
    var record: OwnershipRecord
    var problems: [OwnershipProblem] = []
    /// What holds at the tip.
    var newest: OwnershipRecord.Source?
  }

  /// Reads for the contributions wanted under policies; `current` is how files are read at the end.
  func gather(
    _ parts: [[Contribution]], _ isWanted: (Contribution) -> Bool, _ policies: PolicyHistory,
    current: OwnershipReading, _ lookup: OwnerLookup
  ) throws -> Gathered {
    var gathered = Gathered(record: OwnershipRecord(moments, lookup))
    let readings = Set(policies.versions.map(\.policy.ownershipReading)).subtracting([.none])
    guard !readings.isEmpty, let tip = moments.newest else { return gathered }
    // For each version whether a path is asked for: the paths of all contributions are too many for sets.
    let none = [Bool](repeating: false, count: names.count)
    var wanted = [tip: none]
    for part in parts {
      for place in part.indices where isWanted(part[place]) {
        guard let base = gathered.record.base(of: part[place]), let paths = part[place].paths else {
          continue
        }
        Self.mark(paths, in: &wanted[base, default: none])
      }
    }
    var told = Set<OwnershipProblem>()
    // The newest version first: its problems are told with the lines that they have now.
    for version in wanted.keys.sorted(by: >) {
      let flags = wanted[version] ?? none
      let paths = flags.indices.filter { flags[$0] }.map { Int32($0) }
      for reading in readings.sorted(by: { ($0.format?.rawValue ?? "") < ($1.format?.rawValue ?? "") }) {
        guard let ownership = try read(version, reading, paths) else { continue }
        if !ownership.isUnreadable {
          gathered.record.add(ownership, version: version, reading, paths: paths, names: names)
        }
        if version == tip, reading == current { gathered.newest = gathered.record.newest(reading) }
        for problem in ownership.problems where told.insert(problem.withoutLine).inserted || version == tip {
          gathered.problems.append(problem)
        }
      }
    }
    return gathered
  }

  private static func mark(_ paths: [Int32], in flags: inout [Bool]) {
    for path in paths { flags[Int(path)] = true }
  }

  /// The files of one version for some paths, with all that they include; nil when there are none.
  func read(_ version: Int, _ reading: OwnershipReading, _ paths: some Sequence<Int32>) throws -> Ownership? {
    let touched = paths.lazy.map { names[Int($0)] }
    guard
      var snapshot = try reader.snapshot(
        of: moments.versions[version].commit, for: touched, format: reading.format)
    else { return nil }
    for _ in 0..<Self.rounds {
      let missing = Ownership.missing(in: snapshot)
      let known = snapshot.files.count
      try reader.complete(&snapshot, files: missing.files, folders: missing.folders)
      if snapshot.files.count == known { break }
    }
    return Ownership(snapshot, format: reading.format)
  }
}

extension OwnershipProblem {
  /// The same wherever it stands: lines move from version to version.
  fileprivate var withoutLine: OwnershipProblem {
    OwnershipProblem(flaw, at: OwnershipPlace(file: place.file, line: 0))
  }
}
