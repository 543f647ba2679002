import Rules

/// Names of time zones as people write them.
enum ZoneNames {
  /// Whether a zone has such a name and data to compute with.
  static func isKnown(_ name: String, _ hasZone: (String) -> Bool) -> Bool {
    TimeZones.isName(name) && hasZone(name)
  }

  /// What is wrong with a name that is not known, and what was probably meant.
  static func complaint(about name: String) -> String {
    let expected = probable(name).map { quoted($0) } ?? "\"UTC\" or an IANA name such as \"Europe/Berlin\""
    return "unknown time zone \(quoted(name)), expected \(expected)"
  }

  /// The zone that was probably meant: in other letters, the place without its area, or a slip of the hand.
  private static func probable(_ name: String) -> String? {
    let wanted = name.lowercased().replacing(" ", with: "_")
    let names = TimeZones.builtInNames
    if let same = names.first(where: { $0.lowercased() == wanted }) { return same }
    if let place = names.first(where: { $0.lowercased().hasSuffix("/" + wanted) }) { return place }
    // Places of the same area first, because only so many are compared.
    let area = wanted.prefix { $0 != "/" } + "/"
    let near = names.filter { $0.lowercased().hasPrefix(area) }
    return nearest(to: name, among: near.isEmpty ? names.filter { $0.count <= 14 } : near)
  }
}
