/// One line of a tree object.
public struct TreeEntry: Hashable, Sendable {
  /// What an entry is, as Git understands its mode bits.
  public struct Mode: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let directory = Mode(rawValue: 0o040000)
    public static let file = Mode(rawValue: 0o100644)
    public static let executable = Mode(rawValue: 0o100755)
    public static let symbolicLink = Mode(rawValue: 0o120000)
    /// A commit of another repository.
    public static let submodule = Mode(rawValue: 0o160000)

    /// Reduces recorded bits to one of the five, as git's `canon_mode` does.
    init(recorded bits: UInt32) {
      switch bits & 0o170000 {
      case 0o100000: self = bits & 0o100 == 0 ? .file : .executable
      case 0o120000: self = .symbolicLink
      case 0o040000: self = .directory
      default: self = .submodule
      }
    }
  }

  public let mode: Mode
  /// Raw bytes: neither sure to be UTF-8 nor free of anything but NUL.
  public let name: [UInt8]
  public let id: ObjectID

  public init(mode: Mode, name: [UInt8], id: ObjectID) {
    self.mode = mode
    self.name = name
    self.id = id
  }

  /// The entries of a tree object as they stand, whatever their order.
  ///
  /// Nil when the bytes break off, or an entry has no octal mode or no name.
  public static func parse(_ bytes: [UInt8]) -> [TreeEntry]? {
    bytes.withUnsafeBufferPointer { buffer in
      var cursor = TreeCursor(buffer)
      var entries: [TreeEntry] = []
      while true {
        switch cursor.read() {
        case .entry:
          entries.append(
            TreeEntry(mode: cursor.mode, name: Array(cursor.name), id: cursor.id))
          cursor.advance()
        case .end: return entries
        case .malformed: return nil
        }
      }
    }
  }
}

/// Reads the entries of a tree object one by one, in place.
struct TreeCursor {
  enum Step {
    case entry
    case end
    case malformed
  }

  let bytes: UnsafeBufferPointer<UInt8>
  /// Where the current entry starts.
  var position = 0
  private(set) var mode = TreeEntry.Mode.file
  private(set) var nameStart = 0
  private(set) var nameEnd = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var name: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[nameStart..<nameEnd]) }

  /// Only after `read` said `.entry`.
  var id: ObjectID {
    guard let start = bytes.baseAddress else { return .zero }
    return ObjectID(bytes: start + nameEnd + 1)
  }

  /// Reads the entry at `position`; 20 bytes of name are sure to follow when it says `.entry`.
  mutating func read() -> Step {
    guard position < bytes.count else { return .end }
    var bits: UInt32 = 0
    var index = position
    while index < bytes.count, bytes[index] != 0x20 {
      guard bytes[index] & 0xF8 == 0x30, index - position < 10 else { return .malformed }
      bits = bits &<< 3 | UInt32(bytes[index] & 7)
      index += 1
    }
    guard index > position, index < bytes.count else { return .malformed }
    nameStart = index + 1
    nameEnd = nameStart
    while nameEnd < bytes.count, bytes[nameEnd] != 0 { nameEnd += 1 }
    guard nameEnd > nameStart, bytes.count - nameEnd >= 21 else { return .malformed }
    mode = TreeEntry.Mode(recorded: bits)
    return .entry
  }

  /// Moves behind the entry that was read.
  mutating func advance() { position = nameEnd + 21 }
}
