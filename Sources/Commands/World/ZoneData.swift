internal import Rules

extension World {
  /// Where systems keep the compiled time zone database.
  static let zoneDirectory = "/usr/share/zoneinfo"

  /// Time zones by name, from the files of this machine; the table of the program stands in for what they lack.
  ///
  /// Without any such files everything comes from that table, so that the program works in an empty container.
  func timeZones(_ names: Set<String>) -> TimeZones {
    var tables: [ZoneTable] = []
    var substituted: [String] = []
    for name in names.sorted() where name != "UTC" {
      if let table = zoneTable(named: name) {
        tables.append(table)
      } else if TimeZones.builtIn[name] != nil {
        substituted.append(name)
      }
    }
    let version = zoneVersion
    guard !tables.isEmpty || (substituted.isEmpty && version != nil) else { return .builtIn }
    return TimeZones(
      tables, source: Self.zoneDirectory, version: version ?? "unknown", substituted: substituted)
  }

  /// Whether there is data for a time zone.
  func hasTimeZone(_ name: String) -> Bool {
    TimeZones.isName(name) && (TimeZones.builtIn[name] != nil || zoneTable(named: name) != nil)
  }

  /// Nil where the machine has no sound file of that name.
  private func zoneTable(named name: String) -> ZoneTable? {
    // What cannot be read is as good as not there: the table of the program stands in, and reports say so.
    guard TimeZones.isName(name), let bytes = try? readFile("\(Self.zoneDirectory)/\(name)") else {
      return nil
    }
    return ZoneTable(name: name, tzif: bytes)
  }

  /// As the first line of `tzdata.zi` says it, or a file of its own; nil where neither does.
  private var zoneVersion: String? {
    // A machine without these files does not say which version it has.
    if let bytes = try? readFile("\(Self.zoneDirectory)/tzdata.zi"), bytes.starts(with: "# version ".utf8) {
      let line = bytes.prefix { $0 != 0x0A }.dropFirst("# version ".utf8.count)
      return Self.version(line)
    }
    // As above.
    return (try? readFile("\(Self.zoneDirectory)/+VERSION")).flatMap {
      Self.version($0.prefix { $0 != 0x0A })
    }
  }

  /// A short word of letters, digits and hyphens; nil for anything else.
  private static func version(_ bytes: ArraySlice<UInt8>) -> String? {
    let isWord = bytes.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x2D
    }
    return isWord && (1...20).contains(bytes.count) ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
