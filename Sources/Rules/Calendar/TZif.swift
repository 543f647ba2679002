/// Reads a compiled time zone file (TZif, RFC 9636, versions 1 to 4).
///
/// Nothing in the bytes is trusted: every count is checked before it is used, and whatever does not hold together
/// gives nil. Files that count leap seconds (`right/…`) are refused, because our seconds do not.
struct TZif {
  /// More changes than any zone has had.
  static let changeLimit = 20_000

  /// Seconds east of UTC before the first change.
  private(set) var first: Int64 = 0
  /// Ascending.
  private(set) var changes: [ZoneRule.Event] = []
  /// Nil when the file says nothing of the time after the last change.
  private(set) var rule: ZoneRule?

  private let bytes: [UInt8]

  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard let old = header(at: 0) else { return nil }
    guard bytes[4] >= UInt8(ascii: "2") else {
      guard read(old) else { return nil }
      return
    }
    guard let new = header(at: old.end), read(new) else { return nil }
    let footer = bytes[new.end...]
    guard footer.first == 0x0A, let end = footer.dropFirst().firstIndex(of: 0x0A) else { return nil }
    let text = footer.dropFirst()[..<end]
    guard !text.isEmpty else { return }
    guard let rule = ZoneRule(text) else { return nil }
    self.rule = rule
  }

  /// Where the parts of a data block begin.
  private struct Block {
    var width: Int
    var times: Int
    var types: Int
    var moments: Int
    var kinds: Int
    var offsets: Int
    var end: Int
  }

  /// Nil when the block is not all there, or counts leap seconds.
  private func header(at start: Int) -> Block? {
    guard bytes.count - start >= 44, bytes[start..<(start + 4)].elementsEqual("TZif".utf8) else { return nil }
    let counts = (0..<6).map { Int(number(at: start + 20 + $0 * 4, width: 4) & 0xFFFF_FFFF) }
    let (markers, leaps, times, types, letters) = (
      counts[0] + counts[1], counts[2], counts[3], counts[4], counts[5]
    )
    guard leaps == 0, times <= Self.changeLimit, (1...256).contains(types),
      counts.allSatisfy({ $0 <= bytes.count })
    else { return nil }
    let width = start == 0 ? 4 : 8
    let moments = start + 44
    let kinds = moments + times * width
    let offsets = kinds + times
    let end = offsets + types * 6 + letters + markers
    guard end <= bytes.count else { return nil }
    return Block(
      width: width, times: times, types: types, moments: moments, kinds: kinds, offsets: offsets, end: end)
  }

  private mutating func read(_ block: Block) -> Bool {
    let offsets = (0..<block.types).map { number(at: block.offsets + $0 * 6, width: 4) }
    guard offsets.allSatisfy({ abs($0) <= ZoneTable.largestOffset }) else { return false }
    first = offsets[0]
    for index in 0..<block.times {
      let moment = number(at: block.moments + index * block.width, width: block.width)
      let kind = Int(bytes[block.kinds + index])
      guard kind < offsets.count, moment > changes.last?.at ?? .min || index == 0 else { return false }
      changes.append(ZoneRule.Event(at: moment, offset: offsets[kind]))
    }
    return true
  }

  /// A big-endian number in two's complement; the caller knows that its bytes are there.
  private func number(at start: Int, width: Int) -> Int64 {
    var value: UInt64 = 0
    for byte in bytes[start..<(start + width)] { value = value << 8 | UInt64(byte) }
    return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}

extension ZoneTable {
  /// Reads a compiled time zone file; nil when it is damaged or counts leap seconds.
  ///
  /// See RFC 9636. The name is taken as given.
  public init?(name: String, tzif bytes: [UInt8]) {
    guard let file = TZif(bytes) else { return nil }
    self.init(name: name, first: file.first, changes: file.changes, rule: file.rule)
  }
}
