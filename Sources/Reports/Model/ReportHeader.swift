public import Facts
public import Rules

/// What was read to make a report: the first lines of every output.
public struct ReportHeader: Sendable {
  public var asOf: Instant
  public var policy: PolicySource
  public var repositories: [RepositorySummary]
  /// Nil for a report over all time.
  public var window: Window?
  /// Remarks on the report as a whole, in a stated order.
  public var notes: [ReportNote] = []
  /// The zone in which text shows due times; JSON is in UTC always.
  public var zone = ReaderZone.utc

  public init(asOf: Instant, policy: PolicySource, repositories: [RepositorySummary], window: Window?) {
    self.asOf = asOf
    self.policy = policy
    self.repositories = repositories
    self.window = window
  }
}

/// Where the policy that judged came from.
public enum PolicySource: Hashable, Sendable {
  /// No policy files at all: built-in defaults, the host team inferred.
  case none
  /// A directory outside Git: one policy for all time.
  case directory(String)
  /// The history of the target branch: so many versions, the newest brought by this commit.
  case branch(String, versions: Int, newest: ObjectName)
  /// The target branch had a policy until this commit removed the files: built-in defaults since.
  case removed(String, versions: Int, by: ObjectName)
  /// A fixed revision and path that the user named.
  case revision(String, commit: ObjectName)
}

/// One repository that a report covers.
public struct RepositorySummary: Sendable {
  public var name: String
  /// Full ref name of the branch, and its tip; nil in an empty repository.
  public var branch: String
  public var tip: ObjectName?
  public var newestCommit: Instant?
  public var commits: Int
  public var isShallow: Bool
  /// Commits before this moment were not read, because the report does not need them.
  public var readSince: Instant?
  public var coverage: Coverage
  public var hosts: Hosts
  public var sources: [SourceSummary]
  public var diagnostics: [DiagnosticCount]
  /// In a shallow clone the moment from which on history is whole.
  public var completeSince: Instant?
  /// What the project has and this clone lacks, with the command that brings it.
  public var remedies: [Remedy] = []
  /// The ownership files at the tip that were judged by; nil where none is there, or none matters.
  public var ownership: OwnershipRecord.Source?

  public init(
    name: String, branch: String, tip: ObjectName?, newestCommit: Instant?, commits: Int, isShallow: Bool,
    readSince: Instant?, coverage: Coverage, hosts: Hosts, sources: [SourceSummary],
    diagnostics: [DiagnosticCount]
  ) {
    self.name = name
    self.branch = branch
    self.tip = tip
    self.newestCommit = newestCommit
    self.commits = commits
    self.isShallow = isShallow
    self.readSince = readSince
    self.coverage = coverage
    self.hosts = hosts
    self.sources = sources
    self.diagnostics = diagnostics
  }
}

/// Who looks after a repository, and how that is known.
public enum Hosts: Hashable, Sendable {
  /// A roster names the host teams.
  case roster(teams: [String])
  /// Inferred from who landed the work of others: names with the number of landings, the most first.
  case inferred([InferredHost])
  /// No roster, and history names nobody.
  case unknown

  public struct InferredHost: Hashable, Sendable {
    public var name: String
    /// The name told apart from that of others.
    public var shown: String
    public var landings: Int

    public init(name: String, shown: String? = nil, landings: Int) {
      self.name = name
      self.shown = shown ?? name
      self.landings = landings
    }
  }
}

/// How many authors and contributions the roster knows, machines left out.
public struct Coverage: Hashable, Sendable {
  public var authors: Int
  public var knownAuthors: Int
  public var contributions: Int
  public var knownContributions: Int
  /// Addresses that the roster does not know, with their contributions, the most first.
  public var unresolved: [Unresolved]

  public struct Unresolved: Hashable, Sendable {
    public var address: String
    public var contributions: Int

    public init(address: String, contributions: Int) {
      self.address = address
      self.contributions = contributions
    }
  }

  public init(
    authors: Int, knownAuthors: Int, contributions: Int, knownContributions: Int, unresolved: [Unresolved]
  ) {
    self.authors = authors
    self.knownAuthors = knownAuthors
    self.contributions = contributions
    self.knownContributions = knownContributions
    self.unresolved = unresolved
  }
}

/// What one source of review data holds here.
public struct SourceSummary: Hashable, Sendable {
  public struct Count: Hashable, Sendable {
    public var name: String
    public var value: Int

    public init(name: String, value: Int) {
      self.name = name
      self.value = value
    }
  }

  public var source: SourceKind
  public var place: String
  public var records: Int
  public var unreadable: Int
  public var counts: [Count]

  public init(source: SourceKind, place: String, records: Int, unreadable: Int, counts: [Count]) {
    self.source = source
    self.place = place
    self.records = records
    self.unreadable = unreadable
    self.counts = counts
  }
}

/// Diagnostics of one kind, with the first of them as an example.
public struct DiagnosticCount: Sendable {
  public var example: Diagnostic
  public var count: Int

  public init(example: Diagnostic, count: Int) {
    self.example = example
    self.count = count
  }

  /// Groups diagnostics by their kind, in the order in which each kind first occurs.
  public static func grouped(_ diagnostics: [Diagnostic]) -> [DiagnosticCount] {
    var places: [String: Int] = [:]
    var groups: [DiagnosticCount] = []
    for diagnostic in diagnostics {
      let label = diagnostic.kind.label
      if let place = places[label] {
        groups[place].count += 1
      } else {
        places[label] = groups.count
        groups.append(DiagnosticCount(example: diagnostic, count: 1))
      }
    }
    return groups
  }
}

extension Diagnostic.Kind {
  /// The word for this kind in JSON.
  public var label: String {
    switch self {
    case .missingObject: "missing-object"
    case .corruptObject: "corrupt-object"
    case .notACommit: "not-a-commit"
    case .unreadableRecord: "unreadable-record"
    case .danglingReference: "dangling-reference"
    case .oversized: "oversized"
    case .undecodableText: "undecodable-text"
    case .malformedIdentity: "malformed-identity"
    case .shallowBoundary: "shallow-boundary"
    case .dateOutOfOrder: "date-out-of-order"
    case .migratedTimes: "migrated-times"
    case .unverifiedSignature: "unverified-signature"
    case .symbolicLink: "symbolic-link"
    case .submodule: "submodule"
    case .ownership: "ownership-rule"
    }
  }
}

/// A remark on a whole report; the words live in `Words`.
public enum ReportNote: Hashable, Sendable {
  case hostsInferred(repository: String, count: Int)
  case hostsUnknown(repository: String)
  /// No roster: whoever these files name is taken for a host of the paths.
  case ownersByFile(repository: String, OwnershipRecord.Source)
  case policyOutsideGit
  case nothingInWindow(repository: String, newest: Instant?)
  case emptyRepository(repository: String)
  case shallow(repository: String)
  case undetermined(count: Int)
  case reviewsNotInGit(repository: String)
  /// A replay moves no event.
  case replayHoldsBehaviour
  case replayForAllTime
}

/// One contribution as reports show it; a reference, because reports sort and filter tens of thousands of them.
public final class ContributionEntry: Sendable {
  public let repository: String
  public let assessment: Assessment
  public let people: People

  public init(repository: String, assessment: Assessment, people: People) {
    self.repository = repository
    self.assessment = assessment
    self.people = people
  }

  public var contribution: Contribution { assessment.contribution }
}

/// Contributions with what was read to judge them.
public struct ContributionsReport: Sendable {
  public var header: ReportHeader
  /// Sorted by repository, then id.
  public var entries: [ContributionEntry]

  public init(header: ReportHeader, entries: [ContributionEntry]) {
    self.header = header
    self.entries = entries
  }
}
