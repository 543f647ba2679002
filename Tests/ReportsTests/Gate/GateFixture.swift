import Facts
import Reports
import Rules
import Testing

/// Verdicts of a gate with every violation there is, in words that attack every format.
enum GateFixture {
  static let main = "refs/heads/main"
  /// What an attacker would write into a path, an address, a problem or the name of a reference.
  static let hostile = [
    "a/%0A::error::b", "a\n::error file=x::gotcha\r\n::warning::y", "a::set-output name=x::y", "x,y:z=1",
    "]]></failure><testcase name=\"evil\"/><!--", "\"quoted\" 'single' <tag attr=\"1\"> & &amp;",
    "\u{1B}[2J\u{9B}31m\u{7}\u{0}\u{8}", "\u{202E}txt.exe\u{2066}", "naïve/日本語/😀.md", "../../etc/passwd",
    "a b/c#d?e%f", "| table | `code` |\n# heading\n![x](http://x)", "\u{FFFE}\u{FFFF}\u{FFFD}", " ",
    "\\u0041\\",
  ]

  static func name(_ digit: String) throws -> ObjectName {
    try #require(ObjectName(hex: String(repeating: digit, count: 40)))
  }

  private static func requirement(_ paths: [String], approvedBy: [String] = []) throws -> GateRequirement {
    GateRequirement(
      paths: paths, pathCount: max(1, paths.count), needed: 2, from: [.platform, .delegated],
      approvedBy: approvedBy, commit: try name("3"), hostTeams: ["platform"])
  }

  /// Every kind of violation, each with one text of an attacker's.
  static func violations(_ text: String) throws -> [GateViolation] {
    let commit = try name("3")
    let kinds: [GateViolation.Kind] = [
      .notApproved(try requirement([text, "b"], approvedBy: [text])), .notApproved(try requirement([""])),
      .policyNotApproved(try requirement(["policies/" + text])), .policyBroken([text, text]),
      .policyRemoved, .grantFlawed(text, .broughtByNobodyEntitled),
      .grantFlawed("g-2", .idReused), .flaw(ObjectFlaw(commit: commit, .malformedCommit(text))),
      .flaw(ObjectFlaw(commit: try name("4"), .nulInMessage)),
      .flaw(ObjectFlaw(commit: try name("5"), path: Array(text.utf8), .malformedTree(text))),
      .flaw(ObjectFlaw(commit: commit, path: Array(text.utf8), .twin(of: Array(text.utf8)))),
      .protectedTwin(path: text, of: text), .rewind, .moved, .deletion, .tagMoved, .tagOutsideBranches,
      .ambiguousName, .unknownContributor(text), .unknownContributor("b@example.org"), .noPolicy, .noRoster,
      .notes(.rewritten), .notes(.notTheirOwn(commit, author: text)),
      .notes(.unreadable(commit, detail: text)), .notes(.unreadable(try name("4"), detail: text)),
    ]
    return kinds.map { GateViolation($0, commit: commit) }
  }

  private static func verdict(
    _ outcome: UpdateVerdict.Outcome, _ reference: String = main, _ violations: [GateViolation] = []
  ) throws -> UpdateVerdict {
    UpdateVerdict(
      reference: reference, old: try name("1"), new: try name("2"), outcome: outcome, violations: violations)
  }

  private static func report(_ verdicts: [UpdateVerdict]) throws -> GateReport {
    GateReport(
      repository: "platform", asOf: Instant(seconds: 1_704_067_200),
      policy: .init(place: "refs/heads/main:policies", commit: try name("1")), verdicts: verdicts,
      remarks: ["the pusher is not known"])
  }

  static func allowed() throws -> GateReport { try report([try verdict(.passed)]) }

  static func incomplete() throws -> GateReport {
    try report([
      try verdict(
        .incomplete, main, [GateViolation(.obstacle(.shallow(try name("6"))), commit: try name("6"))])
    ])
  }

  /// Everything that can be wrong, on a reference with the name of an attacker's choice.
  static func refused(_ text: String) throws -> GateReport {
    try report([
      try verdict(.refused, main, try violations(text)),
      try verdict(
        .refused, "refs/heads/" + text, [GateViolation(.rewind), GateViolation(.policyUnreadable([text]))]),
    ])
  }

  /// Reports of every outcome, many of them with hostile text.
  static func all() throws -> [GateReport] {
    let mixed = try report([
      try verdict(.passed), try incomplete().verdicts[0], try refused(hostile[0]).verdicts[0],
    ])
    return try [allowed(), incomplete(), mixed, refused("docs/guide.md")] + hostile.map(refused)
  }
}
