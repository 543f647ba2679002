/// What the platform team itself works on, in the order of time.
extension DemoTopics {
  /// Proposed by a member of the team and looked at by another.
  static let proposed = [
    Topic("Choose a pool for each peer", "net/pool.py"),
    Topic("Check the layout of the repository", "tools/check-layout.sh"),
    Topic("Write ahead before answering", "storage/journal.py"),
    Topic("Token names for spacing", "ui/spacing.css"),
    Topic("How we review", "docs/reviewing.md"),
    Topic("One table of timeouts", "net/timeouts.toml"),
    Topic("Recover from a torn journal", "storage/journal.py"),
    Topic("Report slow queries", "storage/metrics.py"),
    Topic("Run checks in parallel", "tools/check-all.sh"),
    Topic("Drain connections before stopping", "net/pool.py"),
    Topic("Say what the platform promises", "docs/promises.md"),
    Topic("Snapshots every hour", "storage/snapshots.py"),
    Topic("Limit open streams per client", "net/streaming.py"),
    Topic("Restore one table from a snapshot", "storage/snapshots.py"),
    Topic("Sort imports of the style sheets", "ui/theme.css"),
    Topic("Choose ciphers in one place", "net/tls/versions.py"),
    Topic("Explain the journal", "docs/journal.md"),
    Topic("Find unused style rules", "tools/unused-styles.sh"),
    Topic("Shed load before queues are full", "net/limits.toml"),
    Topic("Move retention to one file", "storage/retention.toml"),
    Topic("Trace a request from edge to table", "net/traces.py"),
    Topic("Verify snapshots after writing", "storage/snapshots.py"),
    Topic("Deprecate the old dialog", "ui/dialog.css"),
    Topic("A page for newcomers", "docs/start-here.md"),
  ]

  /// Pushed without a proposal.
  static let pushed = [
    Topic("Set up the network layer", "net/pool.py"),
    Topic("Set up storage", "storage/journal.py"),
    Topic("First style sheet", "ui/theme.css"),
    Topic("Start the documentation", "docs/start-here.md"),
    Topic("Script to run everything", "tools/run.sh"),
    Topic("Fix the name of the journal folder", "storage/journal.py"),
    Topic("Read settings from one place", "tools/settings.toml"),
    Topic("Fix wrong unit of a timeout", "net/timeouts.toml"),
    Topic("Correct two links", "docs/start-here.md"),
    Topic("Bump the version to 1.1", "tools/version.toml"),
    Topic("Fix the order of migrations", "storage/migrations.toml"),
    Topic("Say who is on call", "docs/on-call.md"),
    Topic("Fix a crash on an empty header", "net/headers.py"),
    Topic("Bump the version to 1.2", "tools/version.toml"),
    Topic("Hotfix: do not retry writes", "net/retry.py"),
    Topic("Clean up after the export", "tools/ledger-export.sh"),
    Topic("Correct the colour of links", "ui/text.css"),
    Topic("Bump the version to 1.3", "tools/version.toml"),
    Topic("Fix rotation of traces", "net/traces.py"),
    Topic("Raise the limit of open files", "tools/settings.toml"),
    Topic("Bump the version to 1.4", "tools/version.toml"),
    Topic("Fix a typo in the promises", "docs/promises.md"),
    Topic("Bump the version to 1.5", "tools/version.toml"),
    Topic("Hotfix: wait for the journal at start", "storage/journal.py"),
    Topic("Correct the on-call table", "docs/on-call.md"),
  ]

  /// What the service account keeps current: name and version.
  static let dependencies = [
    ("libtls", "3.2.1"), ("fontkit", "2.0.4"), ("sqlparse", "0.5.0"), ("httpcore", "1.0.5"),
    ("libtls", "3.2.2"), ("zstd", "1.5.6"), ("fontkit", "2.1.0"), ("httpcore", "1.0.7"),
    ("sqlparse", "0.5.3"), ("libtls", "3.3.0"), ("zstd", "1.5.7"), ("fontkit", "2.1.2"),
  ]
}
