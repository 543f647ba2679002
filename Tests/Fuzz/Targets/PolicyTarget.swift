import Facts

@testable import PolicyFiles
@testable import Rules

extension FuzzTarget {
  private static let policyNames = [
    "roster.json5", "platform.json5", "service-levels.json5", "maturity.json5", "delegation.json5",
    "grants/g.json5", "waivers/w.json5",
  ]

  /// Policy files: a text that is each of them in turn, or several parted by lines `== PATH`.
  static let policy = FuzzTarget(name: "policy") { bytes throws(Broken) in
    let parts = parts(of: bytes)
    guard parts.isEmpty else { return try load(parts) }
    for name in policyNames { try load([(name, bytes)]) }
    try revoke(bytes)
  }

  /// A file with a revocation is revoked, whatever the reason: what is written into it ends no comment and no line.
  private static func revoke(_ bytes: [UInt8]) throws(Broken) {
    let moment = Instant(seconds: 1_700_000_000)
    for reason in [
      String(decoding: bytes.prefix(60), as: UTF8.self), "a*/\u{301}, \"depth\": 9, /*\r\n\u{2028}x",
    ] {
      guard let revoked = try? GrantEditor.revoking(bytes, on: moment, reason: reason) else { return }
      guard case .object(let old)? = parsed(bytes), case .object(let new)? = parsed(revoked) else {
        throw Broken(description: "not to be read any more")
      }
      try hold(old.count + 1 == new.count, "\(old.count) members became \(new.count)")
      try hold(new.contains { $0.key == "revokedOn" }, "not revoked")
    }
  }

  private static func parsed(_ bytes: [UInt8]) -> Node.Value? {
    var parser = Parser(SourceText(bytes))
    return try? parser.parse().value
  }

  private static func parts(of bytes: [UInt8]) -> [(path: String, bytes: [UInt8])] {
    var parts: [(path: String, bytes: [UInt8])] = []
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "== ".utf8) {
        parts.append((String(decoding: line.dropFirst(3), as: UTF8.self), []))
      } else if !parts.isEmpty {
        parts[parts.count - 1].bytes += line + [0x0A]
      }
    }
    return parts
  }

  private static func load(_ files: [(path: String, bytes: [UInt8])]) throws(Broken) {
    let (policy, problems) = PolicyFiles.load(files)
    try hold(
      (policy == nil) == problems.contains { $0.severity == .error }, "a policy with errors, or none without")
    for problem in problems {
      // A path may be there twice, which is one of the problems.
      let texts = files.filter { $0.path == problem.file }.map(\.bytes)
      let lines = texts.map { $0.count { $0 == 0x0A || $0 == 0x0D } + 1 }.max() ?? 0
      let columns = texts.map { $0.count + 1 }.max() ?? 0
      try hold((1...lines).contains(problem.line), "a problem at line \(problem.line) of \(lines)")
      try hold((1...columns).contains(problem.column), "a problem at column \(problem.column)")
      try hold(!problem.message.isEmpty, "a problem without words")
    }
    let again = PolicyFiles.load(files)
    try hold(again.policy == policy && again.problems == problems, "read twice, they are two")
  }

  /// iCalendar files.
  static let calendar = FuzzTarget(name: "calendar") { bytes throws(Broken) in
    let report = FileReport(path: "a.ics", source: SourceText(bytes))
    let file = HolidayFile(bytes, report) { TimeZones.builtIn[$0] != nil }
    let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
    try hold(report.problems.allSatisfy { (1...lines).contains($0.line) }, "a problem behind the end")
    let closures = file.busy.closures + file.free.closures
    try hold(closures.count <= HolidayFile.closureLimit + 1, "\(closures.count) stretches")
    try hold(file.busy.days.count + file.free.days.count <= HolidayFile.closureLimit * 400, "too many days")
    var reader = ContentLines(bytes)
    var last = -1
    while let reading = reader.next() {
      guard case .line(let line) = reading else { break }
      try hold(line.offset > last && line.offset < bytes.count, "lines out of order")
      try hold(!line.value.contains(0x0A), "a logical line of two lines")
      last = line.offset
    }
  }

  /// Compiled time zones, and TZ strings.
  static let zone = FuzzTarget(name: "zone") { bytes throws(Broken) in
    if let rule = ZoneRule(bytes) {
      try check(ZoneTable(name: "x", first: rule.standard, changes: [], rule: rule))
    }
    if let table = ZoneTable(name: "x", tzif: bytes) { try check(table) }
  }

  private static func check(_ table: ZoneTable) throws(Broken) {
    let far: [Int64] = [.min, .min + 1, .max, .max - 1]
    for seconds in far {
      _ = table.date(at: Instant(seconds: seconds))
      _ = table.instant(ofWall: seconds)
    }
    var moments: [Int64] = [
      -1 << 40, -1, 0, 1, 1_700_000_000, 7_258_118_400, 7_300_000_000, 1 << 40, 1 << 55,
    ]
    // Beyond that no clock is promised to agree with itself.
    let dated = table.moments.filter { $0.magnitude < 1 << 61 }
    for moment in dated.prefix(20) + dated.suffix(20) {
      moments += [moment - 1, moment, moment + 1]
    }
    var last = Int64.min
    for seconds in moments.sorted() {
      let moment = Instant(seconds: seconds)
      let offset = table.offset(at: moment)
      try hold(abs(offset) <= ZoneTable.largestOffset, "an offset of \(offset) seconds")
      let wall = table.wallSeconds(at: moment)
      try hold(table.instant(ofWall: wall) <= moment, "\(seconds): the first moment with its time is later")
      let first = table.instant(ofWall: seconds)
      try hold(table.wallSeconds(at: first) >= seconds, "\(seconds): the clock shows less")
      try hold(first.seconds >= last, "\(seconds): goes back")
      last = first.seconds
    }
  }
}
