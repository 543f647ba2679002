public import Facts
internal import Rules

/// What review data repositories hold, what it can tell, and what they lack.
public struct SourcesReport: Sendable {
  public static let schema = "tributary/sources/1"

  /// A number of things out of all things of one year.
  public struct Share: Hashable, Sendable {
    public var year: Int
    public var have: Int
    public var of: Int

    public init(year: Int, have: Int, of: Int) {
      self.year = year
      self.have = have
      self.of = of
    }
  }

  /// Of how many contributions a source tells a kind of fact, and how well.
  public struct Fact: Hashable, Sendable {
    public var kind: FactKind
    public var records: Int
    public var best: Grade
    public var weakest: Grade

    public init(_ kind: FactKind, records: Int, best: Grade, weakest: Grade) {
      self.kind = kind
      self.records = records
      self.best = best
      self.weakest = weakest
    }
  }

  /// One place with data.
  public struct Place: Sendable {
    /// Nil for a place that only its source knows, such as commit messages.
    public var namespace: Namespace?
    public var name: String
    /// The source that reads it; nil where nothing does.
    public var source: SourceKind?
    public var records: Int
    public var unreadable: Int
    public var oldest: Instant?
    public var newest: Instant?
    /// What the source tells, in the order of `FactKind`.
    public var facts: [Fact] = []
    public var coverage: [Share] = []
    /// Whether the shares are of landed contributions, else of commits.
    public var isOfContributions = false
    /// The newest record, and how many requests landed after it; nil unless the place ended while work went on.
    public var frozen: Frozen?
    public var counts: [SourceSummary.Count] = []

    public init(
      namespace: Namespace?, name: String, source: SourceKind?, records: Int, unreadable: Int,
      oldest: Instant?, newest: Instant?
    ) {
      self.namespace = namespace
      self.name = name
      self.source = source
      self.records = records
      self.unreadable = unreadable
      self.oldest = oldest
      self.newest = newest
    }
  }

  /// Where a place ended, and what came after.
  public struct Frozen: Hashable, Sendable {
    public var newest: Instant
    public var newestCommit: Instant
    public var landedSince: Int

    public init(newest: Instant, newestCommit: Instant, landedSince: Int) {
      self.newest = newest
      self.newestCommit = newestCommit
      self.landedSince = landedSince
    }
  }

  /// The marks of one review system in commit messages.
  public struct System: Hashable, Sendable {
    public var system: ReviewSystem
    public var commits: Int
    public var oldest: Instant
    public var newest: Instant
    public var address: String?

    public init(_ system: ReviewSystem, commits: Int, oldest: Instant, newest: Instant, address: String?) {
      self.system = system
      self.commits = commits
      self.oldest = oldest
      self.newest = newest
      self.address = address
    }
  }

  /// Refs of a kind that nobody here knows.
  public struct Unknown: Hashable, Sendable {
    public var pattern: String
    public var refs: Int

    public init(pattern: String, refs: Int) {
      self.pattern = pattern
      self.refs = refs
    }
  }

  /// What one repository holds.
  public struct Item: Sendable {
    public var repository: String
    public var places: [Place]
    public var systems: [System]
    public var unknown: [Unknown]
    public var ordinaryRefs: Int

    public init(
      repository: String, places: [Place], systems: [System], unknown: [Unknown], ordinaryRefs: Int
    ) {
      self.repository = repository
      self.places = places
      self.systems = systems
      self.unknown = unknown
      self.ordinaryRefs = ordinaryRefs
    }
  }

  public var header: ReportHeader
  /// One for each repository, in the order of the header.
  public var items: [Item]

  public init(header: ReportHeader, items: [Item]) {
    self.header = header
    self.items = items
  }
}

extension SourcesReport.Item {
  /// Which places can carry a figure, and the best grade that the weakest of the needed facts has.
  struct Figure {
    var metric: Metric
    var grade: Grade
    /// Sources of the fact that most clones lack, in the order of `SourceKind`.
    var sources: [SourceKind]
    /// Needed facts that no place tells.
    var lacks: [FactKind]
  }

  /// Every metric with the sources here that can carry it.
  var figures: [Figure] {
    Metric.allCases.map { metric in
      let bests = metric.needs.map { need in places.compactMap { $0.grade(of: need) }.max() ?? .absent }
      let sources = metric.needs.last.map { need in
        Set(places.filter { $0.grade(of: need) != nil }.compactMap(\.source)).sorted()
      }
      let lacks = zip(metric.needs, bests).filter { $1 == .absent }.map(\.0)
      return Figure(
        metric: metric, grade: bests.min() ?? .absent, sources: lacks.isEmpty ? sources ?? [] : [],
        lacks: lacks)
    }
  }
}

extension SourcesReport.Place {
  /// How well the place tells a kind of fact, for a figure; nil when it does not.
  ///
  /// What was answered or given up is told only by a source that keeps such records, and then also when nothing
  /// was: from others one cannot know that nothing happened.
  func grade(of kind: FactKind) -> Grade? {
    // A verdict is a response as well.
    let kinds = kind == .response ? [FactKind.response, .verdict] : [kind]
    let best = facts.filter { kinds.contains($0.kind) }.map(\.best).max()
    guard let source, !facts.isEmpty else { return nil }
    switch kind {
    case .abandonment: return source.recordsAbandonment ? best ?? .recorded : nil
    case .response, .verdict: return source.recordsReviews ? best ?? .recorded : nil
    default: return best
    }
  }

  /// The best grade of anything that it tells.
  var bestGrade: Grade? { facts.map(\.best).max() }
}
