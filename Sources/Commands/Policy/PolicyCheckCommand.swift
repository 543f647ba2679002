internal import Facts
internal import Harvest
internal import PolicyFiles
internal import Reports

/// `policy check`: every mistake in policy files, with its place.
enum PolicyCheckCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let report = PolicyCheckReport(try places(arguments, world).map { $0.checked(in: world) })
    if arguments[Options.format] == .json {
      try world.output(report.json())
    } else {
      // Lines for programs as much as for people: as long as they are.
      let palette = arguments.palette(in: world)
      for line in report.lines() {
        try world.output(Array((Painter.text(line, palette: palette) + "\n").utf8))
      }
    }
    return report.errors > 0 ? .failed : .met
  }

  private static func places(_ arguments: Arguments, _ world: World) throws -> [PolicyPlace] {
    let named = arguments[Operands.policyFiles]
    guard named.isEmpty else { return try PolicyPlace.places(of: named, world) }
    let repositories = arguments.all(Options.repository)
    guard let place = arguments[Options.policies] else { return [try inForce(arguments, world)] }
    let loading = PolicyLoading(world: world)
    guard let (files, _) = try loading.filesAtRevision(place, repositories: repositories) else {
      return try PolicyPlace.places(of: [place], world)
    }
    guard !files.isEmpty else { throw CommandFailure.noPolicy(place) }
    return [PolicyPlace(name: place, files: files)]
  }

  /// The newest version on the branch, broken or not; without any, the directory `policies` of the work tree.
  private static func inForce(_ arguments: Arguments, _ world: World) throws -> PolicyPlace {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .seconds(86_400))
    let path = arguments.all(Options.repository).first ?? "."
    let directory = path == "." ? "policies" : "\(path)/policies"
    do {
      let harvested = try Analyst(plan: plan, world: world).harvest(try world.openRepository(path), path)
      if let newest = harvested.policies.last, !newest.files.isEmpty {
        var place = PolicyPlace(name: "\(shortName(harvested.branch)):policies", files: newest.files)
        place.foreign = newest.foreign.map { PolicyProblem(file: $0.path, message: $0.words) }
        place.arrivals = try WaiverArrivals(harvested, plan).find {
          try Analyst(plan: $0, world: world).harvest(try world.openRepository(path), path)
        }
        return place
      }
    } catch CommandFailure.refused(let refusal) {
      guard PolicyLoading(world: world).isDirectory(directory) else {
        throw CommandFailure.refused(refusal)
      }
    }
    guard PolicyLoading(world: world).isDirectory(directory) else {
      throw CommandFailure.other(
        "no policy on the branch, and no directory \(directory); `tributary policy init` writes a starter set"
      )
    }
    return try PolicyPlace(directory: directory, world)
  }

  private static func shortName(_ branch: String) -> String {
    branch.hasPrefix("refs/heads/") ? String(branch.dropFirst("refs/heads/".count)) : branch
  }
}

/// Policy files that belong together, and which of them are asked about.
struct PolicyPlace {
  /// A directory, or `REV:PATH`.
  var name: String
  /// Paths within the place, with their bytes.
  var files: [(path: String, bytes: [UInt8])]
  /// Problems with files that cannot be read as such.
  var foreign: [PolicyProblem] = []
  /// When files on a branch came there as they are, as far as it matters.
  var arrivals: [String: Instant] = [:]
  /// The files asked about; nil for all.
  var wanted: Set<String>?

  init(name: String, files: [(path: String, bytes: [UInt8])]) {
    self.name = name
    self.files = files
  }

  /// All policy files of a directory on disk.
  init(directory: String, _ world: World) throws {
    let found = try PolicyDirectory(directory, in: world)
    guard !found.files.isEmpty || !found.problems.isEmpty else { throw CommandFailure.noPolicy(directory) }
    name = directory
    files = found.files
    foreign = found.problems
  }

  /// What is wrong here, in the files asked about.
  func checked(in world: World) -> PolicyCheckReport.Place {
    let paths = Set(files.map(\.path) + foreign.map(\.file))
    let asked = paths.filter { wanted?.contains($0) ?? true }.sorted()
    let loaded = PolicyFiles.load(files, hasZone: world.hasTimeZone, arrivals: arrivals)
    let problems = (foreign + loaded.problems).filter { wanted?.contains($0.file) ?? true }
    return PolicyCheckReport.Place(
      name: name, files: asked.map(shown),
      problems: problems.map { problem in
        PolicyCheckReport.Problem(
          isError: problem.severity == .error, file: shown(problem.file), line: problem.line,
          column: problem.column, keyPath: problem.keyPath, message: problem.message)
      })
  }

  /// A path as the user can open it, or as git names it.
  private func shown(_ path: String) -> String { name == "." ? path : "\(name)/\(path)" }
}

extension PolicyPlace {
  /// Directories as they are; a file together with its neighbours, to whose names it may refer.
  static func places(of paths: [String], _ world: World) throws -> [PolicyPlace] {
    var places: [PolicyPlace] = []
    for path in paths.map(withoutSlash) {
      if PolicyLoading(world: world).isDirectory(path) {
        places.append(try PolicyPlace(directory: path, world))
        continue
      }
      let (directory, name) = home(of: path)
      if let known = places.firstIndex(where: { $0.name == directory && $0.wanted != nil }) {
        places[known].wanted?.insert(name)
      } else {
        // Says of a path that names nothing what is wrong with it.
        _ = try world.readFile(path)
        var place = try PolicyPlace(directory: directory, world)
        place.wanted = [name]
        places.append(place)
      }
    }
    for place in places { try place.checkNames() }
    return places
  }

  private func checkNames() throws {
    let known = Set(files.map(\.path) + foreign.map(\.file))
    for name in (wanted ?? []).sorted() where !known.contains(name) {
      throw CommandFailure.other("\(shown(name)): no policy file (*.json5), or not there")
    }
  }

  /// The policy directory of a file, and its path in there.
  private static func home(of path: String) -> (directory: String, name: String) {
    var folders = path.split(separator: "/", omittingEmptySubsequences: false)
    var name = folders.popLast().map(String.init) ?? path
    if let folder = folders.last, folder == "grants" || folder == "waivers" {
      name = "\(folder)/\(name)"
      folders.removeLast()
    }
    let directory = folders.joined(separator: "/")
    if directory.isEmpty { return (path.hasPrefix("/") ? "/" : ".", name) }
    return (directory, name)
  }

  private static func withoutSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
