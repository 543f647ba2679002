public import Facts
internal import Git

/// Everything that one repository tells about its contributions, before people and policy.
public struct Harvested: Sendable {
  /// Full name of the branch that was read, and its tip.
  public var branch: String
  /// Nil in a repository without any commit, or with none before the as-of moment.
  public var tip: ObjectName?
  /// Committer time of the newest commit of the branch not after the as-of moment.
  public var newestCommit: Instant?
  public var traces: [Trace] = []
  /// Paths by index, as traces refer to them.
  public var paths: [String] = []
  public var diagnostics: [Diagnostic] = []
  public var sources: [SourceReport] = []
  /// Number of commits read.
  public var commitCount = 0
  public var isShallow = false
  /// In a shallow clone the newest commit of the branch whose parents were cut off: what is older is not all here.
  public var completeSince: Instant?
  /// The repository's mailmap, applied to every identity in the traces that it changes.
  public var mailmap: [Identity: Identity] = [:]
  /// Every version of the policy files on the branch that was read, oldest first.
  public var policies: [PolicyFilesVersion] = []
  /// When files on the branch changed that say who owns which path.
  public var ownership = OwnershipMoments()

  /// The people behind accounts that a review system knows by number only.
  public var accounts: [Identity: AccountName] = [:]
  /// Accounts that are machines by how they behave, beside those known by name.
  public var machines: [Identity: MachineEvidence] = [:]

  /// Review systems whose marks the branch's messages carry.
  public var systems: [SystemSign] = []
  /// Whether there is any ref below `refs/notes/`; a plain clone has none.
  public var hasNotes = false
  /// Every place with review data; only where it was asked for.
  public var survey: Survey?

  /// Everybody whom a trace names, as recorded.
  public var recorded = IdentityTally()

  init(branch: String, tip: ObjectName?) {
    self.branch = branch
    self.tip = tip
  }
}

/// What one source holds in this repository, for the table "which source supports which figure here".
public struct SourceReport: Hashable, Sendable {
  public var source: SourceKind
  /// Where it was looked for: a ref or a pattern of refs.
  public var place: String
  /// Records found: refs, notes, or commits.
  public var records: Int
  /// Records that could not be read.
  public var unreadable: Int
  /// Figures that only this source has, in a stated order (`counts` of states and classes).
  public var counts: [Count]
  /// The oldest and the newest event that the source tells with its moment; only where a survey was asked for.
  public var oldest: Instant?
  public var newest: Instant?
  /// Contributions by the year of the newest event that the source tells of them; only with a survey.
  public var perYear: [YearCount] = []
  /// What the source tells, in the order of `FactKind`; only with a survey.
  public var facts: [FactCount] = []

  /// Of how many contributions a source tells one kind of fact, and how well.
  public struct FactCount: Hashable, Sendable {
    public var fact: FactKind
    /// The best and the weakest grade among them; of one contribution the best counts.
    public var best: Grade
    public var weakest: Grade
    public var records: Int
  }

  public struct Count: Hashable, Sendable {
    public var name: String
    public var value: Int

    public init(_ name: String, _ value: Int) {
      self.name = name
      self.value = value
    }
  }

  public init(_ source: SourceKind, place: String, records: Int, unreadable: Int = 0, counts: [Count] = []) {
    self.source = source
    self.place = place
    self.records = records
    self.unreadable = unreadable
    self.counts = counts
  }
}

extension IdentityTally {
  /// Counts everybody whom the traces name.
  init(_ traces: [Trace], workers: Workers) {
    self.init()
    for part in workers.slices(of: traces.count, { IdentityTally(traces[$0]) }) { add(part) }
  }

  private init(_ traces: ArraySlice<Trace>) {
    self.init()
    for index in traces.indices {
      if let author = traces[index].author { add(author) }
      for coauthor in traces[index].coauthors { add(coauthor) }
      for observation in traces[index].observations {
        if let actor = observation.actor { add(actor) }
        if let subject = observation.kind.subject { add(subject) }
      }
    }
  }
}
