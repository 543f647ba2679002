/// The time zone database as it was when this program was made, in a few dozen kilobytes of text.
///
/// One line per different zone, as `.ci/zone-table.py` describes: names, rule, unit, offsets, changes since 1970.
enum BuiltInZones {
  /// Every name, links included, sorted by bytes.
  static let names = index.map(\.name)

  /// Nil for a name that the table does not have.
  static func table(named name: String) -> ZoneTable? {
    let place = index.partitioningIndex { !$0.name.utf8.lexicographicallyPrecedes(name.utf8) }
    guard place < index.count, index[place].name.utf8.elementsEqual(name.utf8) else { return nil }
    return table(name, lines[index[place].line])
  }

  private static let lines = parts.flatMap { $0.utf8.split(separator: 0x0A) }

  private static let index = lines.enumerated().flatMap { number, line in
    let names = line.prefix { $0 != 0x20 }.split(separator: UInt8(ascii: ","))
    return names.map { (name: String(decoding: $0, as: UTF8.self), line: number) }
  }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

  private static func table(_ name: String, _ line: Substring.UTF8View) -> ZoneTable? {
    let fields = line.split(separator: 0x20)
    guard fields.count == 5, let unit = number(fields[2]) else { return nil }
    let offsets = fields[3].split(separator: UInt8(ascii: ",")).compactMap(number)
    guard let first = offsets.first, let changes = changes(fields[4], unit, offsets) else { return nil }
    return ZoneTable(name: name, first: first, changes: changes, rule: ZoneRule(fields[1]))
  }

  private static func number(_ text: Substring.UTF8View) -> Int64? { Int64(Substring(text)) }

  /// Nil when the text is not what the generator writes.
  private static func changes(
    _ text: Substring.UTF8View, _ unit: Int64, _ offsets: [Int64]
  ) -> [ZoneRule.Event]? {
    var changes: [ZoneRule.Event] = []
    var (moment, step, shift) = (0 as Int64, 0 as Int64, 0 as Int64)
    var isOffset = false
    for byte in text where !text.elementsEqual("-".utf8) {
      let digit = values[Int(byte)]
      if isOffset {
        guard offsets.indices.contains(Int(digit)) else { return nil }
        changes.append(ZoneRule.Event(at: moment, offset: offsets[Int(digit)]))
        (step, shift, isOffset) = (0, 0, false)
      } else {
        step |= (digit & 31) << shift
        shift += 5
        if digit < 32 { (moment, isOffset) = (moment + step * unit, true) }
      }
    }
    return changes
  }

  /// What a digit stands for, by its byte.
  private static let values = {
    var values = [Int64](repeating: 0, count: 256)
    // Two capitals give way to points, so that no chance word can be read in the table.
    let digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRS_UVW.YZ+-"
    for (value, byte) in digits.utf8.enumerated() { values[Int(byte)] = Int64(value) }
    return values
  }()
}
