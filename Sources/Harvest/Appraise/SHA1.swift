import Facts

/// The SHA-1 digest of bytes (FIPS 180-4), as git-appraise names its comments.
///
/// Comment ids are digests of bare text. Git's own hash puts a header before the content, and the standard
/// library has none; see the decision note `0001-own-sha1`. Names only: nothing is authenticated with it.
struct SHA1 {
  private var a: UInt32 = 0x6745_2301
  private var b: UInt32 = 0xefcd_ab89
  private var c: UInt32 = 0x98ba_dcfe
  private var d: UInt32 = 0x1032_5476
  private var e: UInt32 = 0xc3d2_e1f0
  private var schedule = InlineArray<80, UInt32>(repeating: 0)

  /// The digest of all of `bytes`.
  static func digest(of bytes: some RandomAccessCollection<UInt8>) -> ObjectName {
    var hash = SHA1()
    var rest = bytes[...]
    while rest.count >= 64 {
      hash.absorb(rest.prefix(64))
      rest = rest.dropFirst(64)
    }
    var tail = Array(rest) + [0x80]
    while tail.count % 64 != 56 { tail.append(0) }
    let bits = UInt64(bytes.count) &* 8
    for shift in stride(from: 56, through: 0, by: -8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    hash.absorb(tail.prefix(64))
    if tail.count > 64 { hash.absorb(tail.suffix(64)) }
    return hash.name
  }

  private var name: ObjectName {
    ObjectName(
      high: UInt64(a) << 32 | UInt64(b), middle: UInt64(c) << 32 | UInt64(d), low: e)
  }

  /// Mixes in one block of exactly 64 bytes.
  private mutating func absorb(_ block: some Collection<UInt8>) {
    var index = 0
    var word: UInt32 = 0
    for byte in block {
      word = word << 8 | UInt32(byte)
      if index & 3 == 3 { schedule[index >> 2] = word }
      index += 1
    }
    for step in 16..<80 {
      let mixed =
        schedule[step - 3] ^ schedule[step - 8] ^ schedule[step - 14] ^ schedule[step - 16]
      schedule[step] = rotate(mixed, by: 1)
    }
    let before = (a, b, c, d, e)
    for step in 0..<20 { round(step, (b & c) | (~b & d), 0x5a82_7999) }
    for step in 20..<40 { round(step, b ^ c ^ d, 0x6ed9_eba1) }
    for step in 40..<60 { round(step, (b & c) | (b & d) | (c & d), 0x8f1b_bcdc) }
    for step in 60..<80 { round(step, b ^ c ^ d, 0xca62_c1d6) }
    (a, b, c, d, e) =
      (a &+ before.0, b &+ before.1, c &+ before.2, d &+ before.3, e &+ before.4)
  }

  private mutating func round(_ step: Int, _ choice: UInt32, _ constant: UInt32) {
    let next = rotate(a, by: 5) &+ choice &+ e &+ constant &+ schedule[step]
    (e, d, c, b, a) = (d, c, rotate(b, by: 30), a, next)
  }

  private func rotate(_ word: UInt32, by count: UInt32) -> UInt32 {
    word << count | word >> (32 - count)
  }
}
