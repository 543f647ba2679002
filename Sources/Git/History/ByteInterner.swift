internal import Glibc

/// Gives each distinct pair of a number and some bytes a number of its own, counted from 0.
struct ByteInterner: Sendable {
  private struct Entry {
    let prefix: Int32
    let start: Int
    let length: Int32
    let hash: UInt32
  }

  private var entries: [Entry] = []
  private var arena: [UInt8] = []
  private var slots = [Int32](repeating: -1, count: 1024)

  var count: Int { entries.count }

  func prefix(_ index: Int) -> Int32 { entries[index].prefix }

  func bytes(_ index: Int) -> ArraySlice<UInt8> {
    let entry = entries[index]
    return arena[entry.start..<entry.start + Int(entry.length)]
  }

  mutating func intern(_ prefix: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = Self.hash(prefix, bytes)
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.prefix == prefix, equal(entry, bytes) { return slots[slot] }
      slot = (slot + 1) & mask
    }
    let index = Int32(entries.count)
    entries.append(
      Entry(prefix: prefix, start: arena.count, length: Int32(clamping: bytes.count), hash: hash))
    arena.append(contentsOf: bytes)
    slots[slot] = index
    if entries.count * 2 > slots.count { grow() }
    return index
  }

  private func equal(_ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(entry.length) == bytes.count else { return false }
    guard let wanted = bytes.baseAddress else { return true }
    return arena.withUnsafeBytes { arena in
      arena.baseAddress.map { memcmp($0 + entry.start, wanted, bytes.count) == 0 } ?? bytes.isEmpty
    }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for (index, entry) in entries.enumerated() {
      var slot = Int(entry.hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }

  /// FNV-1a over words of eight bytes, mixed at the end.
  private static func hash(_ prefix: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(UInt32(bitPattern: prefix))
    let raw = UnsafeRawBufferPointer(bytes)
    var offset = 0
    while raw.count - offset >= 8 {
      hash = (hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 29
      offset += 8
    }
    while offset < raw.count {
      hash = (hash ^ UInt64(raw[offset])) &* 0x0000_0100_0000_01B3
      offset += 1
    }
    hash ^= hash &>> 32
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: hash &>> 32)
  }
}
