internal import Facts
internal import Harvest
internal import Rules

/// What a command wants to know, from its command line and the clock.
struct AnalysisPlan {
  /// Clones to read, as the user named them.
  var repositories: [String]
  /// Repositories that belong to the one that is read: a mail archive, Gerrit's All-Users, a side ledger.
  var companions: [String] = []
  /// A directory, or `REV:PATH`; nil for the target branch's own policies.
  var policies: String?
  var branch: String?
  var asOf: Instant
  /// Nil for all of time.
  var window: Window?
  /// Whether older history is needed than the window itself: contributions of all time.
  var readsEverything: Bool
  /// What was active since then is judged too, for figures of the past that the window does not reach.
  var comparesSince: Instant?
  var jobs: Int
  /// Whether all versions of the policy are needed, however little of the history else.
  var wantsPolicyHistory = false
  /// Whether every place with review data is looked through.
  var surveys = false
  /// Says on standard error what is being done and how long it took.
  var isVerbose = false
  /// Leaves out remarks on standard error.
  var isQuiet = false
  /// A file with keys that are trusted besides those of the roster, in git's format.
  var allowedSigners: String?

  /// How long before a window history is read, so that requests that were opened earlier are whole.
  private static let margin: Int64 = 30 * 86_400

  /// The oldest moment of which history is needed; nil for all of it.
  ///
  /// Besides the window and the one before it, the host team is inferred from the last 365 days.
  var readSince: Instant? {
    guard !readsEverything, let window, let since = window.before?.since ?? window.since else { return nil }
    let inference = asOf.advanced(by: -HostInference.days * 86_400)
    return min(since, inference, comparesSince ?? since).advanced(by: -Self.margin)
  }

  /// Anything that is open, or had activity in the window or the one before it, or since `comparesSince`.
  func includes(_ contribution: Contribution) -> Bool {
    guard let window, !readsEverything else { return true }
    if contribution.state == .open || contribution.state == .draft { return true }
    guard let since = window.before?.since ?? window.since else { return true }
    let earliest = min(since, comparesSince ?? since)
    return (contribution.latestActivity ?? contribution.earliestOpening).map { $0 >= earliest } ?? true
  }
}

extension AnalysisPlan {
  /// Reads a command line; `defaultWindow` holds without `--window`, `--since` and `--until`.
  init(_ arguments: Arguments, world: World, defaultWindow: SpanArgument, readsEverything: Bool = false) {
    repositories = arguments.repositories.isEmpty ? ["."] : arguments.repositories
    companions = arguments.all(Options.with)
    policies = arguments[Options.policies]
    branch = arguments[Options.branch]
    asOf = arguments[Options.asOf]?.instant(now: world.now) ?? world.now
    jobs = arguments[Options.jobs] ?? 2
    isVerbose = arguments[Options.verbose]
    isQuiet = arguments[Options.quiet]
    allowedSigners = arguments[Options.allowedSigners]
    self.readsEverything = readsEverything
    let until =
      arguments[Options.until].map { min(asOf, $0.instant(now: world.now).advanced(by: -1)) } ?? asOf
    if let since = arguments[Options.since] {
      window = Window(since: since.instant(now: world.now), until: until)
    } else if case .seconds(let length) = arguments[Options.window] ?? defaultWindow {
      window = Window(since: until.advanced(by: -length), until: until)
    } else {
      window = arguments[Options.until] == nil ? nil : Window(since: nil, until: until)
    }
  }
}
