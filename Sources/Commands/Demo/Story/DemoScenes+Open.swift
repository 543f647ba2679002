/// What is open when the story ends.
extension DemoScenes {
  static func open() throws(DemoFlaw) -> [DemoContribution] {
    try waitingForReviewers() + waitingForOthers()
  }

  private static func waitingForReviewers() throws(DemoFlaw) -> [DemoContribution] {
    [
      try work("Show progress in the upload dialog", "ui/dialog.css", by: .yuki, "2025-12-04 05:20")
        .then("Use the spacing tokens", "2025-12-04 07:05")
        .asked(.tomasz, at: "2025-12-04 07:30").marked(.longestWait),
      try work(
        "Archive partitions after two years", "storage/retention.toml", by: .fatima, "2026-02-11 09:40"
      )
      .asked(.priya, .amara, at: "2026-02-11 10:20").onPlainBranch(),
      try work("Follow redirects between gateways", "net/routes.toml", by: .kofi, "2026-03-02 08:10")
        .asked(.minh, at: "2026-03-02 08:45")
        .said(
          .reject, .minh, "2026-03-04 07:30",
          "A redirect may leave our network. Please allow known hosts only.", line: 8
        )
        .then("Follow redirects to known hosts only", "2026-03-17 09:55")
        .said(.settle, .kofi, "2026-03-17 10:10", "Known hosts only now; the list is in the settings."),
      try work("Links that still work offline", "docs/exports.md", by: .noor, "2026-03-19 14:30")
        .asked(.amara, at: "2026-03-19 14:50"),
      try work(
        "Accept certificates of the new issuer", "net/tls/issuers.toml", by: .deepa, "2026-03-24 05:15"
      )
      .asked(.priya, .tomasz, at: "2026-03-24 05:40")
      .said(.accept, .priya, "2026-03-25 06:30", "Good. TLS needs a second pair of eyes."),
      try work("WIP: one dialog for all questions", "ui/dialog.css", by: .leila, "2026-03-26 10:00")
        .asked(
          at: "2026-03-26 10:30",
          "WIP: one dialog for all questions\n\nNot ready; comments on the idea are welcome."),
      try work("Name the table in every error", "storage/errors.py", by: .amara, "2026-03-30 08:20")
        .asked(.tomasz, at: "2026-03-30 08:40"),
      try work("Sort exports by day", "storage/exports.py", by: .chen, "2026-03-31 07:10")
        .asked(.minh, at: "2026-03-31 07:30"),
    ].map { contribution in
      var contribution = contribution
      contribution.keepsTestMerge = contribution.isPull
      return contribution
    }
  }

  private static func waitingForOthers() throws(DemoFlaw) -> [DemoContribution] {
    [
      try work("Resume sessions after a failover", "net/tls/session.py", by: .sanna, "2026-03-18 08:30")
        .asked(.amara, .minh, at: "2026-03-18 09:00")
        .said(.note, .amara, "2026-03-20 09:10", "How long is a ticket valid?", line: 12)
        .said(.reply, .sanna, "2026-03-20 12:30", "Ten minutes, as before.")
        .said(.accept, .amara, "2026-03-24 08:15", "Good.")
        .said(.accept, .minh, "2026-03-27 06:20", "Tried it with two gateways, works."),
      try work("Four price columns on tablets", "ui/price.css", by: .mateo, "2026-03-16 09:20")
        .asked(.priya, at: "2026-03-16 09:50")
        .said(
          .reject, .priya, "2026-03-20 05:45", "Three columns overlap in German. Please try longer words.",
          line: 5),
    ]
  }
}
