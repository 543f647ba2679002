public import Git

/// Damages bytes in the ways in which records break, the same ways in every run of one seed.
public struct Damage: RandomNumberGenerator {
  /// What is done to a record.
  public enum Kind: CaseIterable, Sendable {
    case flippedBytes
    case cut
    case repeated
    /// Brackets, a hundred thousand deep.
    case nested
    /// A mebibyte without a line end.
    case longLine
    case nul
    case invalidUTF8
    /// More digits than any integer has.
    case hugeNumber
    /// Seconds and years that no calendar knows.
    case farDate
  }

  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// The next number of SplitMix64.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// The bytes, damaged in one way at a place that chance gives.
  public mutating func damaged(_ bytes: [UInt8], _ kind: Kind) -> [UInt8] {
    guard !bytes.isEmpty else { return [0xFF] }
    var bytes = bytes
    let place = Int.random(in: bytes.indices, using: &self)
    switch kind {
    case .flippedBytes:
      for _ in 0..<max(1, bytes.count / 40) {
        bytes[Int.random(in: bytes.indices, using: &self)] ^= UInt8.random(in: 1...255, using: &self)
      }
    case .cut: bytes.removeSubrange(place...)
    case .repeated:
      let end = Int.random(in: place..<bytes.count, using: &self)
      for _ in 0..<50 { bytes.insert(contentsOf: Array(bytes[place...end]), at: place) }
    case .nested: bytes.insert(contentsOf: [UInt8](repeating: 0x5B, count: 100_000), at: place)
    case .longLine: bytes.insert(contentsOf: [UInt8](repeating: 0x41, count: 1 << 20), at: place)
    case .nul: bytes.insert(contentsOf: [0, 0, 0], at: place)
    case .invalidUTF8: bytes.insert(contentsOf: [0xC0, 0xAF, 0xED, 0xA0, 0x80, 0xF5, 0xFF], at: place)
    case .hugeNumber: replaceNumber(of: &bytes, by: [UInt8](repeating: 0x39, count: 400))
    case .farDate: replaceNumber(of: &bytes, by: Array("9223372036854775807".utf8))
    }
    return bytes
  }

  private mutating func replaceNumber(of bytes: inout [UInt8], by digits: [UInt8]) {
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    let starts = bytes.indices.filter { isDigit(bytes[$0]) && ($0 == 0 || !isDigit(bytes[$0 - 1])) }
    guard let start = starts.randomElement(using: &self) else { return bytes += digits }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: digits)
  }
}

extension TemporaryRepository {
  /// Puts notes on objects in one commit of the ref, whatever bytes they hold.
  public func note(_ notes: [(object: ObjectID, note: [UInt8])], ref: String) throws {
    var stream = Array("commit \(ref)\ncommitter Ada Ray <ada@example.org> \(clock) +0000\ndata 0\n".utf8)
    for (object, note) in notes {
      stream += Array("N inline \(object.hex)\ndata \(note.count)\n".utf8) + note + [0x0A]
    }
    try git(["fast-import", "--quiet"], stdin: stream)
  }
}
