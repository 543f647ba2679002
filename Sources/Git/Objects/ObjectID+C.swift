internal import Clibgit2

extension ObjectID {
  /// Twenty raw bytes, as trees and packs store names.
  init(bytes: UnsafeRawPointer) {
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      middle: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
      low: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)))
  }

  init(_ raw: git_oid) {
    self = withUnsafeBytes(of: raw) { bytes in
      guard let start = bytes.baseAddress, bytes.count >= 20 else { return ObjectID.zero }
      return ObjectID(bytes: start)
    }
  }

  /// The same name as libgit2 wants it.
  var raw: git_oid {
    var raw = git_oid()
    withUnsafeMutableBytes(of: &raw) { bytes in
      bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      bytes.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return raw
  }

  /// Forty zeros: Git's word for "no object".
  public static let zero = ObjectID(high: 0, middle: 0, low: 0)

  /// The name of the tree without entries.
  public static let emptyTree = ObjectID(
    high: 0x4b82_5dc6_42cb_6eb9, middle: 0xa060_e54b_f8d6_9288, low: 0xfbee_4904)
}
