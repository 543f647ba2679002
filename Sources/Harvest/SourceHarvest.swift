internal import Facts
internal import Git

/// What one place in Git tells, beside the branch's own history.
struct SourceHarvest {
  var traces: [Trace] = []
  /// Traces of landed commits without a name of their own: each belongs to what landed with the commit in its id.
  var onLanded: [Trace] = []
  var diagnostics: [Diagnostic] = []
  var sources: [SourceReport] = []
  /// The people behind accounts that are known by number only.
  var accounts: [Identity: AccountName] = [:]
  /// Accounts that are machines by how they behave.
  var machines: [Identity: MachineEvidence] = [:]
  /// Other names of the changes to which landed commits belong.
  var names: [ObjectName: [ContributionID]] = [:]
  /// Paths that the diffs of proposals list whose commits are not in the repository, sorted.
  var paths: [ContributionID: [[UInt8]]] = [:]
  /// Commits of changes that were over before the window: what lands with them again is no change of its own.
  var earlier: Set<ObjectName> = []
  /// The commits of the branch are records of this source and no changes of their own.
  var ownsHistory = false
}

/// What every source may look at: the repository, what accompanies it, and the branch as it was read.
struct SourceContext {
  let repository: Repository
  /// Repositories that belong to this one: a mail archive, Gerrit's All-Users, a side ledger of imports.
  let companions: [Repository]
  /// All refs of the repository.
  let references: [Reference]
  /// History as loaded: with a cutoff when `since` is set.
  let history: History
  let line: BranchLine
  /// Full name of the branch that was read.
  let branch: String
  /// Nothing that ended earlier is needed; what is still open is, however old.
  let since: Instant?
  /// Nothing later exists.
  let asOf: Instant?
  /// How many threads may read.
  let jobs: Int
  /// Checks signatures against the keys of the policy; nil where no key is trusted.
  let verifier: SignatureVerifier?
}
