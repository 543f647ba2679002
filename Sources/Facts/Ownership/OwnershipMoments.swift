/// When the ownership files of a branch changed, and which version was the base of a change.
public struct OwnershipMoments: Sendable {
  /// Ownership files as a commit left them.
  public struct Version: Hashable, Sendable {
    /// On the branch's own line.
    public var commit: ObjectName
    /// Committer time of the commit, never before that of the version before it.
    public var from: Instant

    public init(commit: ObjectName, from: Instant) {
      self.commit = commit
      self.from = from
    }
  }

  /// Oldest first; the first stands for whatever was there when reading begins.
  public let versions: [Version]
  /// For commits of the branch, the version at the first parent of the commit that brought them; −1 for none.
  private let bases: [ObjectName: Int32]

  /// Takes the versions and, where there are several, the number of the base of each commit.
  public init(_ versions: [Version] = [], bases: [ObjectName: Int32] = [:]) {
    self.versions = versions
    self.bases = bases
  }

  /// The number of the version that was the base of a landed change; nil when it had none.
  ///
  /// A change that Git does not know on the branch gets the version of its moment.
  public func base(ofLanding commit: ObjectName, at moment: Instant) -> Int? {
    if let base = bases[commit] { return base < 0 ? nil : Int(base) }
    return number(at: moment)
  }

  /// The number of the last version not after a moment; the first one for anything older.
  public func number(at moment: Instant) -> Int? {
    guard !versions.isEmpty else { return nil }
    var low = 0
    var high = versions.count
    while low < high {
      let middle = low + (high - low) / 2
      if versions[middle].from <= moment { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }

  /// What was there at a moment; the first version stays, as it stands for whatever was there when reading begins.
  public func until(_ moment: Instant) -> OwnershipMoments {
    let count = max(1, versions.count { $0.from <= moment })
    guard count < versions.count else { return self }
    return OwnershipMoments(Array(versions.prefix(count)), bases: bases.filter { $0.value < count })
  }

  /// The number of the version at the tip of the branch.
  public var newest: Int? { versions.isEmpty ? nil : versions.count - 1 }
}
