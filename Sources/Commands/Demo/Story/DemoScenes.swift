internal import Facts

/// The parts of the story that are told on purpose, each with its own dates (all in UTC).
enum DemoScenes {
  static func all() throws(DemoFlaw) -> [DemoContribution] {
    try beginnings() + policies() + giftsAndReports() + neverLanded() + takenBack() + reviewed() + delegated()
      + open()
  }

  /// A contribution of one commit that has gone nowhere yet.
  static func work(
    _ title: String, _ path: String, by author: DemoPerson, _ at: String, trailers: [String] = []
  ) throws(DemoFlaw) -> DemoContribution {
    let commit = DemoCommit(
      subject: title, by: author, at: try DemoCalendar.at(at), edits: [.extend(path: path, title: title)],
      trailers: trailers)
    return DemoContribution(title: title, author: author, commits: [commit])
  }

  private static func beginnings() throws(DemoFlaw) -> [DemoContribution] {
    let files: [(String, String)] = [
      (
        "README.md",
        """
        # Platform

        Network, storage and interface for everybody who builds something here.
        Start with docs/start-here.md. Contributions from all teams are welcome.

        """
      ),
      ("CODEOWNERS", "* @amara-ex @tomasz-ex @priya-ex @minh-ex\n"),
      (
        ".mailmap",
        """
        Leila Haddad <leila@shop.example.org> <leila@home.example.net>
        Minh Nguyen <minh@example.org> <minh@pay.example.org>

        """
      ),
    ]
    let at = try DemoCalendar.at("2024-04-01 08:30")
    let commit = DemoCommit(
      subject: "Begin", by: .amara, at: at, edits: files.map { .replace(path: $0.0, text: $0.1) })
    return [
      DemoContribution(
        title: "Begin", author: .amara, commits: [commit], isPull: false,
        landing: .init(way: .push, at: at, by: .amara))
    ]
  }

  private static func policies() throws(DemoFlaw) -> [DemoContribution] {
    var all: [DemoContribution] = []
    for version in DemoPolicy.versions {
      let at = try DemoCalendar.at(version.at)
      let commit = DemoCommit(
        subject: version.title, by: version.by, at: at,
        edits: version.files.map { .replace(path: "policies/\($0.path)", text: $0.text) })
      all.append(
        DemoContribution(
          title: version.title, author: version.by, commits: [commit], isPull: false,
          landing: .init(way: .push, at: at, by: version.by)))
    }
    return all
  }

  /// Work of the host team that others asked for, patches that it applied, and what a stranger sent.
  private static func giftsAndReports() throws(DemoFlaw) -> [DemoContribution] {
    [
      try work(
        "Answer health checks while draining", "net/pool.py", by: .tomasz, "2024-07-16 08:05",
        trailers: ["Reported-by: Kofi Mensah <kofi@pay.example.org>"]
      ).landed(.push, .tomasz, "2024-07-16 08:05"),
      try work(
        "A switch for compact tables", "ui/tables.css", by: .priya, "2025-01-14 05:20",
        trailers: ["Suggested-by: Yuki Tanabe <yuki@shop.example.org>"]
      ).landed(.merge, .amara, "2025-01-15 09:40"),
      try work(
        "Let exports resume", "storage/reader.py", by: .minh, "2025-11-19 06:10",
        trailers: ["Requested-by: Chen Wei <chen@data.example.org>"]
      ).landed(.squash, .tomasz, "2025-11-20 10:15"),
      try work("Quote table names", "storage/reader.py", by: .chen, "2024-09-11 06:30").landed(
        .push, .lucia, "2024-09-12 09:25",
        trailers: ["Reviewed-by: Lucía Fernández <lucia@example.org>"]),
      try work("Spelling in three pages", "docs/start-here.md", by: .noor, "2024-12-03 10:10").landed(
        .merge, .priya, "2024-12-05 06:45"),
      try work("Show the basket total in bold", "ui/price.css", by: .mateo, "2025-03-11 09:15").landed(
        .squash, .amara, "2025-03-12 13:05",
        trailers: [
          "Co-authored-by: Lucía Fernández <lucia@example.org>",
          "Reviewed-by: Tomasz Zieliński <tomasz@example.org>",
        ]),
    ]
  }

  /// Pull requests whose heads are in no branch, and one that is on the release branch only.
  private static func neverLanded() throws(DemoFlaw) -> [DemoContribution] {
    var all = [
      try work("Replace the journal by a log service", "storage/journal.py", by: .oskar, "2024-07-09 12:20"),
      try work("Dark buttons", "ui/buttons.css", by: .mateo, "2024-11-21 13:40"),
      try work("Second try: larger pages", "storage/pages.py", by: .chen, "2025-02-12 07:30"),
      try work("Use the system fonts", "ui/theme.css", by: .yuki, "2025-11-13 06:15"),
      try work("Translate the first page", "docs/start-here.md", by: .noor, "2026-02-05 15:10"),
    ]
    for place in [1, 3] { all[place].keepsTestMerge = true }
    all.append(
      try work("Keep the old frame size on 1.3", "net/frames.py", by: .kofi, "2025-09-03 08:50").landed(
        .releaseMerge, .tomasz, "2025-09-04 12:30"))
    return all
  }

  private static func takenBack() throws(DemoFlaw) -> [DemoContribution] {
    var push = try work("Revert", "net/edge.toml", by: .priya, "2024-10-22 05:10").landed(
      .push, .priya, "2024-10-22 05:10")
    push.reverts = "Cache product images at the edge"
    var proposed = try work("Revert", "storage/snapshots.py", by: .tomasz, "2026-01-21 09:10").landed(
      .squash, .amara, "2026-01-21 10:05")
    proposed.reverts = "Verify snapshots after writing"
    return [push, proposed]
  }
}

extension DemoContribution {
  func landed(
    _ way: Way, _ by: DemoPerson, _ at: String, trailers: [String] = []
  ) throws(DemoFlaw) -> DemoContribution {
    var changed = self
    changed.landing = Landing(way: way, at: try DemoCalendar.at(at), by: by, trailers: trailers)
    if way == .push || way == .submit { changed.isPull = false }
    return changed
  }

  /// A later commit to the same file.
  func then(_ subject: String, _ at: String) throws(DemoFlaw) -> DemoContribution {
    var changed = self
    guard case .extend(let path, let title)? = commits.first?.edits.first else {
      throw DemoFlaw.noCommits(title)
    }
    changed.commits.append(
      DemoCommit(
        subject: subject, by: author, at: try DemoCalendar.at(at),
        edits: [.extend(path: path, title: "\(subject): \(title.lowercased())")]))
    return changed
  }

  func asked(_ reviewers: DemoPerson..., at: String, _ description: String? = nil) throws(DemoFlaw)
    -> DemoContribution
  {
    var changed = self
    changed.review = DemoReview(
      opened: try DemoCalendar.at(at), reviewers: reviewers, description: description)
    return changed
  }

  func said(
    _ kind: DemoRemark.Kind, _ by: DemoPerson, _ at: String, _ text: String, line: UInt32 = 0
  ) throws(DemoFlaw) -> DemoContribution {
    var changed = self
    changed.review?.remarks.append(
      DemoRemark(kind: kind, by: by, at: try DemoCalendar.at(at), text: text, line: line))
    return changed
  }

  func marked(_ mark: DemoMark) -> DemoContribution {
    var changed = self
    changed.mark = mark
    return changed
  }

  /// On a branch of its own, without a forge.
  func onPlainBranch() -> DemoContribution {
    var changed = self
    changed.isPull = false
    return changed
  }
}
