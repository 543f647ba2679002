/// Reviews that ended in a way worth telling.
extension DemoScenes {
  static func reviewed() throws(DemoFlaw) -> [DemoContribution] {
    try settled() + doubtful()
  }

  private static func settled() throws(DemoFlaw) -> [DemoContribution] {
    [
      try work("Keep uploads when the session ends", "storage/uploads.py", by: .sanna, "2025-06-16 08:20")
        .asked(.tomasz, .priya, at: "2025-06-16 09:05")
        .said(
          .reject, .tomasz, "2025-06-17 10:40",
          "Uploads of others stay visible for a minute. Please scope them.",
          line: 7
        )
        .then("Scope uploads to their owner", "2025-06-18 07:50")
        .said(.settle, .sanna, "2025-06-18 08:02", "Scoped to the owner, with a test for two owners.")
        .said(.accept, .tomasz, "2025-06-18 13:15", "That is it. Thank you!")
        .landed(.merge, .priya, "2025-06-19 05:30").marked(.lifted),
      try work("Read settings from the environment", "tools/settings.toml", by: .oskar, "2025-05-13 09:00")
        .asked(.lucia, at: "2025-05-13 09:20")
        .said(.reject, .lucia, "2025-05-15 08:30", "Settings in the environment end up in logs. Let us not.")
        .withdrawn("2025-05-16 11:00").marked(.abandoned),
      try work("Answer questions about cookies", "docs/cookies.md", by: .noor, "2025-08-12 13:20")
        .asked(.amara, at: "2025-08-12 13:45")
        .said(.accept, .amara, "2025-08-13 08:10", "Welcome, and thank you!")
        .landed(.merge, .amara, "2025-08-13 08:40"),
      try work(
        "Keep partitions of one account together", "storage/partitions.py", by: .fatima, "2025-10-27 10:30"
      )
      .asked(.priya, at: "2025-10-27 11:10", "Keep partitions of one account together\n\nHalves the reads.")
      .said(
        .note, .priya, "2025-11-14 06:20", "Sorry for the wait. How does it behave for one huge account?",
        line: 5
      )
      .said(.reply, .fatima, "2025-11-14 09:05", "It splits at the limit we have, see line 9.")
      .said(.accept, .priya, "2025-11-17 07:00", "Good.")
      .landed(.submit, .priya, "2025-11-17 07:25"),
    ]
  }

  /// Landed, but not as the policy wants it.
  private static func doubtful() throws(DemoFlaw) -> [DemoContribution] {
    [
      try work("Cache table statistics", "storage/statistics.py", by: .chen, "2025-11-24 06:00")
        .asked(.priya, at: "2025-11-24 06:35")
        .said(.accept, .lucia, "2025-11-25 09:50", "I wrote this cache; the change is right.")
        .landed(.merge, .tomasz, "2025-11-25 14:20").marked(.formerHost),
      try work("Shorten the product title", "ui/cards.css", by: .yuki, "2025-09-10 05:40")
        .asked(.amara, at: "2025-09-10 06:00")
        .said(.accept, .yuki, "2025-09-11 04:30", "Tested on my phone, accepting to unblock the release.")
        .landed(.merge, .minh, "2025-09-11 06:10").marked(.selfAccepted),
      try work("Thumbnails in baskets", "ui/baskets.css", by: .leila, "2025-12-10 09:30")
        .asked(.tomasz, at: "2025-12-10 10:00")
        .said(.note, .tomasz, "2025-12-11 09:20", "Which size do they have on phones?", line: 4)
        .landed(.squash, .amara, "2025-12-11 15:00"),
      try work("Retry the nightly export", "storage/exports.py", by: .oskar, "2026-01-12 09:10")
        .asked(.minh, .tomasz, at: "2026-01-12 09:30")
        .said(
          .reject, .minh, "2026-01-13 06:40", "Retrying hides the real fault; can we log it first?", line: 6
        )
        .said(.accept, .tomasz, "2026-01-14 10:10", "We need it before the weekend.")
        .landed(.merge, .tomasz, "2026-01-14 10:30"),
    ]
  }

  /// Approvals by people outside the platform team to whom a grant was given, in its time and after it.
  static func delegated() throws(DemoFlaw) -> [DemoContribution] {
    try documentation() + [
      try work("Focus rings in the brand colour", "ui/buttons.css", by: .mateo, "2025-08-26 08:15")
        .asked(.leila, at: "2025-08-26 08:40")
        .said(.accept, .leila, "2025-08-27 12:00", "Contrast is fine on both themes.")
        .landed(.merge, .amara, "2025-08-27 13:30"),
      try work("Shadow under sticky headers", "ui/layout.css", by: .yuki, "2026-01-27 05:10")
        .asked(.leila, at: "2026-01-27 05:30")
        .said(.accept, .leila, "2026-01-27 10:20", "Like it.")
        .landed(.merge, .minh, "2026-01-28 06:05"),
    ]
  }

  private static func documentation() throws(DemoFlaw) -> [DemoContribution] {
    [
      try work("Examples for card gateways", "docs/gateways.md", by: .kofi, "2025-10-15 08:00")
        .asked(.fatima, at: "2025-10-15 08:20")
        .said(.accept, .fatima, "2025-10-15 13:40", "Clear.")
        .landed(.merge, .amara, "2025-10-16 08:00"),
      try work("When to use which table", "docs/tables.md", by: .oskar, "2025-12-02 09:00")
        .asked(.fatima, at: "2025-12-02 09:25")
        .said(.note, .fatima, "2025-12-02 14:10", "Please add the accounts table.", line: 9)
        .said(.reply, .oskar, "2025-12-03 09:30", "Added.").then("Add the accounts table", "2025-12-03 09:20")
        .said(.accept, .fatima, "2025-12-03 12:15", "Thank you!")
        .landed(.squash, .tomasz, "2025-12-04 09:10"),
      try work("How to read a trace", "docs/traces.md", by: .sanna, "2026-02-10 08:30")
        .asked(.fatima, .minh, at: "2026-02-10 09:00")
        .said(.accept, .fatima, "2026-02-11 10:30", "Good to have this written down.")
        .landed(.submit, .minh, "2026-02-12 06:10"),
      try work("A page on money and rounding", "docs/rounding.md", by: .deepa, "2026-03-05 05:30")
        .asked(.fatima, at: "2026-03-05 06:00")
        .said(.accept, .fatima, "2026-03-05 12:45", "Finally!")
        .landed(.merge, .priya, "2026-03-06 05:50"),
    ]
  }
}

extension DemoContribution {
  /// Taken back by the author.
  fileprivate func withdrawn(_ at: String) throws(DemoFlaw) -> DemoContribution {
    var changed = self
    changed.review?.abandoned = try DemoCalendar.at(at)
    return changed
  }
}
