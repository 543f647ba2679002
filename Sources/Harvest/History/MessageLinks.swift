/// The mails that a commit message names: where the change was posted, or discussed.
///
/// Lines are read wherever they stand below the subject, because projects put them in and before the last paragraph:
///
/// | line | used by |
/// |---|---|
/// | `Link: https://lore.kernel.org/r/ID`, `Link: https://patch.msgid.link/ID` | Linux, b4; the last one is the version applied |
/// | `Message-Id: <ID>`, `Message-ID: <ID>` | `git am --message-id`, QEMU, U-Boot |
/// | `Discussion: https://postgr.es/m/ID` | PostgreSQL |
enum MessageLinks {
  /// At most so many ids are read from one message.
  static let limit = 64
  /// A longer line is no link.
  private static let lineLimit = 4096

  /// The Message-IDs that a commit message names, without their angle brackets, in the order written, each once.
  ///
  /// Ids in URLs are percent-decoded. An id holds one `@` with something on both sides and no blanks; what else a line
  /// links to (a bug, a build) is left out. Bytes that are not UTF-8 become U+FFFD.
  static func messageIDs(of message: ArraySlice<UInt8>) -> [String] {
    guard message.contains(UInt8(ascii: "@")) || message.firstRange(of: "%40") != nil else { return [] }
    var found: [String] = []
    var seen = Set<String>()
    for line in MessageParts(message).body.split(separator: 0x0A) where line.count <= lineLimit {
      guard let value = value(of: line) else { continue }
      for word in value.split(whereSeparator: { isBlank($0) || $0 == UInt8(ascii: ",") }) {
        guard let id = messageID(in: word)?.text, seen.insert(id).inserted else { continue }
        found.append(id)
        if found.count == limit { return found }
      }
    }
    return found
  }

  /// What stands behind the key of a line that links to mail; nil for all other lines.
  private static func value(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let colon = line.prefix(12).firstIndex(of: UInt8(ascii: ":")) else { return nil }
    for key in ["link", "message-id", "discussion"] where line[..<colon].equalsIgnoringCase(key) {
      return line[(colon + 1)...]
    }
    return nil
  }

  /// The id in `<ID>`, in a URL whose path has it as one part, or standing alone.
  private static func messageID(in word: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let bare = word.first == UInt8(ascii: "<") ? word.dropFirst().prefix { $0 != UInt8(ascii: ">") } : word
    guard let scheme = bare.firstRange(of: "://") else { return checked(bare) }
    let parts = bare[scheme.upperBound...].split(separator: UInt8(ascii: "/")).dropFirst()
    return parts.lazy.compactMap { part in
      checked(decoded(part.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }))
    }.first
  }

  private static func checked(_ id: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let at = id.firstIndex(of: UInt8(ascii: "@")), at > id.startIndex, at < id.endIndex - 1,
      at == id.lastIndex(of: UInt8(ascii: "@")),
      id.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") })
    else { return nil }
    return id
  }

  /// Percent-decoded; a `%` without two hexadecimal digits stays as it is.
  private static func decoded(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard part.contains(UInt8(ascii: "%")) else { return part }
    var bytes: [UInt8] = []
    var index = part.startIndex
    while index < part.endIndex {
      if part[index] == UInt8(ascii: "%"), part.endIndex - index > 2, let high = hexDigit(part[index + 1]),
        let low = hexDigit(part[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(part[index])
        index += 1
      }
    }
    return bytes[...]
  }
}

/// The value of a hexadecimal digit of either case.
func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x61...0x66: byte - 0x61 + 10
  case 0x41...0x46: byte - 0x41 + 10
  default: nil
  }
}
