internal import Facts
internal import Git
internal import Harvest
internal import PolicyFiles
internal import Reports
internal import Rules

/// Finds the policy that judges: named by the user, or on the target branch as it changed over time.
struct PolicyLoading {
  struct Loaded {
    var history: PolicyHistory
    var source: PolicySource
  }

  let world: World

  /// A directory, or `REV:PATH` in the first repository: one policy for all time.
  func fixed(_ place: String, repositories: [String]) throws -> Loaded {
    if let (files, commit) = try filesAtRevision(place, repositories: repositories) {
      return Loaded(
        history: PolicyHistory(always: try load(files, in: place), commit: commit),
        source: .revision(place, commit: commit))
    }
    let policy = try load(try filesOnDisk(place), in: place)
    return Loaded(history: PolicyHistory(always: policy), source: .directory(baseName(place)))
  }

  /// The files at `REV:PATH` in the first repository; nil when the place is a directory, or has no colon.
  func filesAtRevision(
    _ place: String, repositories: [String]
  ) throws -> (files: [(path: String, bytes: [UInt8])], commit: ObjectName)? {
    guard let colon = place.lastIndex(of: ":"), colon > place.startIndex, !isDirectory(place) else {
      return nil
    }
    let repository = try world.openRepository(repositories.first ?? ".")
    let found = try PolicyAtRevision(repository).files(
      revision: String(place[..<colon]), path: String(place[place.index(after: colon)...]))
    return (found.files, found.commit)
  }

  /// The versions on the branch; built-in defaults where it has none, and from a commit on that removed them.
  func ofBranch(_ harvested: Harvested) throws -> Loaded {
    var versions: [PolicyHistory.Version] = []
    for version in harvested.policies {
      let (policy, problems) = PolicyFiles.load(version.files, hasZone: world.hasTimeZone)
      guard let policy else {
        // The newest version decides now, so it must be sound; an older broken one left its forerunner in force.
        guard version.commit == harvested.policies.last?.commit else { continue }
        throw CommandFailure.policy(problems, place: "\(harvested.branch):policies")
      }
      versions.append(.init(from: version.from, commit: version.commit, policy: policy))
    }
    guard let newest = versions.last?.commit, let history = PolicyHistory(versions) else {
      return Loaded(history: PolicyHistory(always: .defaults), source: .none)
    }
    let place = "\(harvested.branch):policies"
    let isRemoved = harvested.policies.last?.files.isEmpty ?? false
    return Loaded(
      history: history,
      source: isRemoved
        ? .removed(place, versions: versions.count, by: newest)
        : .branch(place, versions: versions.count, newest: newest))
  }

  /// Versions on the branch that were skipped because they are broken, oldest first.
  static func broken(
    in harvested: Harvested, world: World
  ) -> [(version: PolicyFilesVersion, problems: [PolicyProblem])] {
    harvested.policies.compactMap { version in
      let (policy, problems) = PolicyFiles.load(version.files, hasZone: world.hasTimeZone)
      return policy == nil ? (version, problems) : nil
    }
  }

  func load(_ files: [(path: String, bytes: [UInt8])], in place: String) throws -> Policy {
    guard !files.isEmpty else { throw CommandFailure.noPolicy(place) }
    let (policy, problems) = PolicyFiles.load(files, hasZone: world.hasTimeZone)
    guard let policy else { throw CommandFailure.policy(problems, place: place) }
    return policy
  }

  /// The policy files of a directory; a link among them is a problem, as on a branch it would not be followed.
  func filesOnDisk(_ directory: String) throws -> [(path: String, bytes: [UInt8])] {
    let found = try PolicyDirectory(directory, in: world)
    guard found.problems.isEmpty else { throw CommandFailure.policy(found.problems, place: directory) }
    return found.files
  }

  func isDirectory(_ path: String) -> Bool {
    // A path that cannot be listed is no directory; what it is then is told by whoever reads it next.
    (try? world.listDirectory(path)) != nil
  }

  private func baseName(_ path: String) -> String {
    path.split(separator: "/").last { $0 != "." }.map(String.init) ?? "."
  }
}
