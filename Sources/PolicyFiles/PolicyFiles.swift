public import Facts
public import Rules

/// Reads the files of a policy directory into one `Policy`.
///
/// The caller gives the bytes, because only the caller knows whether they come from a disk or from the target
/// branch.
public enum PolicyFiles {
  /// The largest file, in bytes.
  public static let sizeLimit = 1 << 20

  /// Reads all files and lists everything that is wrong with any of them.
  ///
  /// A file is known by its name (`roster.json5`, `platform.json5`, `service-levels.json5`, `maturity.json5`,
  /// `delegation.json5`) or by its folder (`grants/*.json5`, `waivers/*.json5`); whatever ends in
  /// neither `.json5` nor `.ics` is left alone, and so is an iCalendar file that no calendar names. `hasZone` tells
  /// whether there is data for a time zone; by itself, the table of this program. The policy is nil when any problem is an error. Problems are sorted by path,
  /// then by place. `arrivals` tells of files on a branch when they came there as they are, so that a backdated waiver
  /// can be told.
  public static func load(
    _ files: [(path: String, bytes: [UInt8])],
    hasZone: @escaping (String) -> Bool = { TimeZones.builtIn[$0] != nil },
    arrivals: [String: Instant] = [:]
  ) -> (policy: Policy?, problems: [PolicyProblem]) {
    var loader = Loader(holidays: HolidayFiles(files, hasZone: hasZone), arrivals: arrivals)
    let sorted = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for (path, bytes) in sorted where path.utf8.suffix(6).elementsEqual(".json5".utf8) {
      loader.open(path, bytes)
    }
    return loader.finish()
  }
}

extension PolicyFiles {
  /// What a name in a policy file consists of, for the message to somebody who gave another.
  public static var nameRule: String { Identifier.rule }

  /// Whether a text can be the id of a grant, a handle or the name of a team.
  public static func isName(_ text: String) -> Bool { Identifier.isValid(text) }

  /// Reads a target as policy files state it: a duration such as `8h`, or `2 business days`.
  public static func target(_ text: String) -> ServiceLevels.Target? {
    DurationText.seconds(text).map { .workingTime(seconds: $0) }
      ?? DurationText.businessDays(text).map { .businessDays($0) }
  }
}

private struct Loader {
  private let holidays: HolidayFiles
  private let arrivals: [String: Instant]
  private var reports: [FileReport] = []
  private var roots: [PolicyFileName: [Cursor]] = [:]
  private var names = Declarations()
  private var policy = Policy.defaults

  init(holidays: HolidayFiles, arrivals: [String: Instant]) {
    self.holidays = holidays
    self.arrivals = arrivals
  }

  /// Reads the text of one file and puts it in its place.
  mutating func open(_ path: String, _ bytes: [UInt8]) {
    let isTooLarge = bytes.count > PolicyFiles.sizeLimit
    let source = SourceText(isTooLarge ? [] : bytes)
    let report = FileReport(path: path, source: source)
    reports.append(report)
    guard let name = PolicyFileName(path: path) else {
      return report.add(.error, unknownName(path), at: 0, trail: nil)
    }
    if isTooLarge {
      report.add(
        .error, "the file is too large, expected at most \(PolicyFiles.sizeLimit) bytes", at: 0, trail: nil)
    } else if let offset = SourceText.firstInvalidByte(in: bytes) {
      report.add(.error, "a byte that is not UTF-8, expected UTF-8 throughout", at: offset, trail: nil)
    } else if let root = parse(source, report) {
      add(root, name)
      return
    }
    names.standing[name] = .unreadable
  }

  private func parse(_ source: SourceText, _ report: FileReport) -> Cursor? {
    do throws(SyntaxError) {
      var parser = Parser(source)
      let root = Cursor(node: try parser.parse(), trail: nil, report: report)
      root.reportDuplicateKeys()
      return root
    } catch {
      report.add(.error, error.message, at: error.offset, trail: nil)
      return nil
    }
  }

  private mutating func add(_ root: Cursor, _ name: PolicyFileName) {
    root.checkFrame()
    if let first = roots[name]?.first, name != .grant, name != .waiver {
      return root.error("a second \(name.pattern), expected only \(quoted(first.report.path))")
    }
    if roots[name]?.contains(where: { $0.report.path == root.report.path }) == true {
      return root.error("the same file twice, expected it once")
    }
    roots[name, default: []].append(root)
    if names.standing[name] == nil { names.standing[name] = .read }
  }

  private func unknownName(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let known = PolicyFileName.allCases.map(\.pattern)
    guard let near = nearest(to: name, among: known) else {
      return "unknown file \(quoted(name)), expected \(alternatives(known))"
    }
    return "unknown file \(quoted(name)), expected \(quoted(near))"
  }

  /// Decodes what was opened, looks names up, and gives the result.
  mutating func finish() -> (policy: Policy?, problems: [PolicyProblem]) {
    readParts()
    declareDefaults()
    policy.grants = (roots[.grant] ?? []).compactMap { GrantFile.read($0, names) }.sorted { $0.id < $1.id }
    policy.waivers = (roots[.waiver] ?? []).compactMap { root in
      WaiverFile.read(
        root, longest: policy.serviceLevels.maxWaiver, arrival: arrivals[root.report.path])
    }.sorted { $0.id < $1.id }
    for report in reports { names.check(report.takeReferences()) }
    let all = (reports + holidays.reports).sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    let problems = all.flatMap(\.problems)
    return (problems.contains { $0.severity == .error } ? nil : policy, problems)
  }

  private mutating func readParts() {
    let holidays = holidays
    read(.roster, .roster) { root, names in RosterFile.read(root, &names) }.map { policy.roster = $0 }
    read(.platform, .platform) { root, names in PlatformFile.read(root, &names) }.map { policy.platform = $0 }
    read(.serviceLevels, .serviceLevels) { root, names in ServiceLevelsFile.read(root, &names, holidays) }
      .map { policy.serviceLevels = $0 }
    read(.maturity, .maturity) { root, _ in MaturityFile.read(root) }.map { policy.maturity = $0 }
    read(.delegation, .delegation) { root, names in DelegationFile.read(root, &names) }
      .map { policy.delegation = $0 }
  }

  private mutating func read<Value>(
    _ name: PolicyFileName, _ part: Policy.Part, _ decode: (Cursor, inout Declarations) -> Value?
  ) -> Value? {
    guard let root = roots[name]?.first else { return nil }
    guard let value = decode(root, &names) else {
      names.standing[name] = .unreadable
      return nil
    }
    policy.stated.insert(part)
    return value
  }

  /// Names that hold without any file.
  private mutating func declareDefaults() {
    names.declare(.calendar, [ServiceLevels.alwaysOpen])
    if roots[.serviceLevels] == nil {
      names.declare(.objective, ServiceLevels.defaults.objectives.map(\.name))
    }
  }
}

extension Cursor {
  /// Checks what all files have in common: `version` and `examples`.
  ///
  /// An unsupported version is the first thing to mend, so it is said even if other keys are wrong as well.
  fileprivate func checkFrame() {
    guard case .object(let members) = node.value else { return }
    for member in members {
      let value = Cursor(node: member.node, trail: Trail(nil, .key(member.key)), report: report)
      switch member.key {
      case "version":
        if case .number(1) = member.node.value { continue }
        value.error("this version is not supported, expected 1")
      case "examples":
        for element in value.elements() ?? [] {
          if case .object = element.node.value { continue }
          element.error("found \(element.node.kind), expected an object")
        }
      default: continue
      }
    }
  }
}
