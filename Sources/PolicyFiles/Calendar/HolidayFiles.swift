import Rules

/// What lies beside the policy files: the iCalendar files that calendars name, and the time zones there are.
///
/// A class, because every calendar that names a file adds to the same list; it never leaves one call of the loader.
final class HolidayFiles {
  private let isZone: (String) -> Bool
  private var zones: [String: Bool] = [:]
  /// Reports on the files that were read, in the order in which they were asked for.
  private(set) var reports: [FileReport] = []
  private let files: [String: [UInt8]]
  private var read: [String: HolidayFile] = [:]

  init(_ files: [(path: String, bytes: [UInt8])], hasZone: @escaping (String) -> Bool) {
    isZone = hasZone
    let pairs = files.filter { Self.isName($0.path) }.map { ($0.path, $0.bytes) }
    self.files = Dictionary(pairs) { first, _ in first }
  }

  /// Whether a path is that of an iCalendar file.
  static func isName(_ path: String) -> Bool { path.utf8.suffix(4).elementsEqual(".ics".utf8) }

  /// Whether there is data for a time zone; asked once for each name.
  func hasZone(_ name: String) -> Bool {
    if let known = zones[name] { return known }
    let answer = isZone(name)
    zones[name] = answer
    return answer
  }

  /// Names that could be meant, relative to the directory of a policy file.
  func names(beside path: String) -> [String] {
    let folder = Self.folder(of: path)
    return files.keys.filter { $0.hasPrefix(folder) }.map { String($0.dropFirst(folder.count)) }.sorted()
  }

  /// The file of a name beside a policy file; nil when it is not there.
  func file(named name: String, beside path: String) -> HolidayFile? {
    let full = Self.folder(of: path) + name
    if let known = read[full] { return known }
    guard let bytes = files[full] else { return nil }
    let isTooLarge = bytes.count > HolidayFile.sizeLimit
    let report = FileReport(path: full, source: SourceText(isTooLarge ? [] : bytes))
    let file = HolidayFile(bytes, report) { self.hasZone($0) }
    reports.append(report)
    read[full] = file
    return file
  }

  /// The path up to its last slash, which is included.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
