/// The paths that changed in a history, each named by one number.
///
/// A path is a name in a folder, and a folder is a path: 0 is the top folder. Numbers follow the order in which
/// the history, newest first, mentions them.
public struct PathTable: Sendable {
  var names = ByteInterner()

  init() { _ = names.intern(-1, UnsafeBufferPointer(start: nil, count: 0)) }

  /// How many numbers are in use, folders included.
  public var count: Int { names.count }

  /// The folder a path lies in; nil for the top folder.
  public func folder(of path: Int32) -> Int32? {
    let folder = names.prefix(Int(path))
    return folder < 0 ? nil : folder
  }

  /// The last part of a path.
  public func name(_ path: Int32) -> ArraySlice<UInt8> { names.bytes(Int(path)) }

  /// The whole path with `/` between its parts, as recorded.
  public func bytes(_ path: Int32) -> [UInt8] {
    var parts: [ArraySlice<UInt8>] = []
    var current = path
    while let folder = folder(of: current) {
      parts.append(name(current))
      current = folder
    }
    return Array(parts.reversed().joined(separator: [UInt8(ascii: "/")]))
  }

  /// The whole path as text; bytes that are not UTF-8 are replaced.
  public func string(_ path: Int32) -> String { String(decoding: bytes(path), as: UTF8.self) }
}
