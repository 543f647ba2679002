public import Facts

/// Everything in a repository where data about reviews, people and rights lies, whether or not anything reads it.
public struct Survey: Sendable {
  /// One place of a known kind.
  public struct Place: Hashable, Sendable {
    public var namespace: Namespace
    /// A ref, a pattern of refs, the name of a file, or words.
    public var name: String
    /// Refs, notes, files, commits or versions, as the kind has them.
    public var records: Int
    /// Records whose object is not here or is broken.
    public var unreadable = 0
    /// Committer times of the oldest and the newest commit that the records point at.
    public var oldest: Instant?
    public var newest: Instant?
    /// Commits of the branch with a record, by the year in which they were committed; empty where no record is
    /// about a commit of the branch.
    public var coverage: [YearShare] = []
    /// Numbers that only this kind has, in a stated order.
    public var counts: [SourceReport.Count] = []

    init(_ namespace: Namespace, _ name: String, records: Int) {
      self.namespace = namespace
      self.name = name
      self.records = records
    }

    /// Widens the dates to hold a moment.
    mutating func see(_ moment: Instant) {
      oldest = min(oldest ?? moment, moment)
      newest = max(newest ?? moment, moment)
    }
  }

  /// Refs of a kind that nobody here knows, by their first two parts.
  public struct Unknown: Hashable, Sendable {
    public var pattern: String
    public var refs: Int
  }

  /// Sorted by namespace in its order, then by name.
  public var places: [Place] = []
  /// Sorted by pattern.
  public var unknown: [Unknown] = []
  /// Branches, remote branches and tags, which are no review data.
  public var ordinaryRefs = 0
}

/// How many of the things of one year have something.
public struct YearShare: Hashable, Sendable {
  public var year: Int
  public var have: Int
  public var of: Int

  public init(year: Int, have: Int, of: Int) {
    self.year = year
    self.have = have
    self.of = of
  }
}

/// A number of things in one year.
public struct YearCount: Hashable, Sendable {
  public var year: Int
  public var count: Int

  public init(year: Int, count: Int) {
    self.year = year
    self.count = count
  }
}

extension Instant {
  /// The year in UTC.
  public var year: Int {
    let days = seconds >= 0 ? seconds / 86_400 : -((-(seconds + 1)) / 86_400) - 1
    return CivilDate(daysSinceEpoch: days).year
  }
}
