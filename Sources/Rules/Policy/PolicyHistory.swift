public import Facts

/// The versions of a policy over time, so that every event is judged by what was in force at its moment.
public struct PolicyHistory: Hashable, Sendable {
  /// A policy and the moment from which it holds.
  public struct Version: Hashable, Sendable {
    public var from: Instant
    /// The commit that brought it to the branch; nil for a directory outside Git.
    public var commit: ObjectName?
    public var policy: Policy

    public init(from: Instant, commit: ObjectName?, policy: Policy) {
      self.from = from
      self.commit = commit
      self.policy = policy
    }
  }

  /// The answer to "what held then?".
  public struct InForce: Hashable, Sendable {
    public var version: Version
    /// True when the moment lies before the first version, which is then applied all the same.
    public var beforeFirst: Bool
    /// The version's place among `versions`.
    public var place: Int

    public var policy: Policy { version.policy }
  }

  /// Oldest first; never empty.
  public let versions: [Version]

  /// Takes the versions in the order in which they came to the branch.
  ///
  /// A version that claims to be older than the one before it (committer dates can lie) holds from the moment
  /// of that one on. Nil for an empty list.
  public init?(_ versions: [Version]) {
    guard var latest = versions.first?.from else { return nil }
    self.versions = versions.map { version in
      latest = max(latest, version.from)
      return Version(from: latest, commit: version.commit, policy: version.policy)
    }
  }

  /// One policy for all time.
  public init(always policy: Policy, commit: ObjectName? = nil) {
    versions = [Version(from: Instant(seconds: .min), commit: commit, policy: policy)]
  }

  /// The newest roster of any version: who is who is still known after a roster was removed.
  public var lastRoster: Roster? { versions.last { $0.policy.roster != nil }?.policy.roster }

  /// Every time zone that a calendar of any version names.
  public var timeZones: Set<String> {
    versions.reduce(into: []) { names, version in
      for calendar in version.policy.serviceLevels.calendars { names.formUnion(calendar.timeZones) }
    }
  }

  /// The latest version not after the moment; before the first version, the first one, marked so.
  public func inForce(at moment: Instant) -> InForce {
    var low = 0
    var high = versions.count
    while low < high {
      let middle = low + (high - low) / 2
      if versions[middle].from <= moment { low = middle + 1 } else { high = middle }
    }
    let place = max(low - 1, 0)
    return InForce(version: versions[place], beforeFirst: low == 0, place: place)
  }
}
