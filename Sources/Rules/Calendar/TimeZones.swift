/// Time zones by name, and where their data comes from.
///
/// Two runs that give different due times may have used different versions of the time zone database; reports
/// therefore say which one it was.
public struct TimeZones: Sendable {
  private var tables: [String: ZoneTable] = [:]
  /// The directory that the zones were read from, or `built in`.
  public let source: String
  /// The version of the time zone database, such as `2025b`, or `unknown`.
  public let version: String
  /// Names of zones that the source lacks or has damaged, taken from the table of this program; sorted.
  public private(set) var substituted: [String] = []

  /// Takes tables read elsewhere; any zone that is not among them comes from the table of this program.
  public init(_ tables: [ZoneTable], source: String, version: String, substituted: [String] = []) {
    for table in tables { self.tables[table.name] = table }
    self.source = source
    self.version = version
    self.substituted = substituted.sorted()
  }

  private init() {
    source = "built in"
    version = BuiltInZones.version
  }

  /// The zones of the table that is part of this program; it ends with the version that `version` names.
  public static let builtIn = TimeZones()

  /// The names that the table of this program has, sorted by their bytes.
  public static var builtInNames: [String] { BuiltInZones.names }

  /// Nil for a name that is in none of the tables.
  public subscript(name: String) -> ZoneTable? {
    if name == "UTC" { return .utc }
    return tables[name] ?? BuiltInZones.table(named: name)
  }

  /// Whether a text has the form of a zone's name: `UTC`, or an area and one or two places such as `Europe/Berlin`.
  ///
  /// Abbreviations are refused because they mislead: `BST` is Bangladesh to some libraries, London to others. So
  /// are `GMT+2`, lower case, and the files below `posix/` and `right/`.
  public static func isName(_ text: String) -> Bool {
    let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard (0x41...0x5A).contains(text.utf8.first ?? 0), segments.count >= 2 else { return text == "UTC" }
    return segments.count <= 3 && text.utf8.count <= 64
      && segments.allSatisfy { segment in
        !segment.isEmpty
          && segment.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "_+-".utf8.contains(byte)
            }
          }
      }
  }
}
