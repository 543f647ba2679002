/// Message-IDs in headers, and in the web addresses of archives.
enum MessageIDs {
  /// The ids of a header field, without their brackets, at most `limit`, in their order.
  static func list(_ field: [UInt8], limit: Int) -> [String] {
    var ids: [String] = []
    var rest = field[...]
    while ids.count < limit, let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[(open + 1)...]
      guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
      let id = rest[..<close].filter { !isBlank($0) }
      if !id.isEmpty, !id.contains(UInt8(ascii: "<")), id.count <= 1_000 { ids.append(id[...].text) }
      rest = rest[(close + 1)...]
    }
    return ids
  }

  /// Every Message-ID that a text may name: in brackets, bare, or as a part of a web address.
  ///
  /// `https://lore.kernel.org/r/ID`, `https://lore.kernel.org/LIST/ID/T/#u`, `https://patch.msgid.link/ID`: any
  /// part of the path that holds an `@`, percent signs undone. Whoever asks must know the id from elsewhere.
  static func candidates(in text: ArraySlice<UInt8>) -> [String] {
    var ids: [String] = []
    for word in text.prefix(4096).split(whereSeparator: { isBlank($0) || $0 == 0x3C || $0 == 0x3E }) {
      let pieces =
        word.firstRange(of: "://") == nil
        ? [word]
        : word.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
          .split(separator: UInt8(ascii: "/"))
      for piece in pieces {
        let id = unescaped(trimmed(piece))
        if id.contains(UInt8(ascii: "@")), id.count <= 1_000 { ids.append(id[...].text) }
      }
    }
    return ids
  }

  private static func trimmed(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var word = word
    while let last = word.last, ",;)]\"'".utf8.contains(last) { word.removeLast() }
    while let first = word.first, "([\"'".utf8.contains(first) { word.removeFirst() }
    return word
  }

  private static func unescaped(_ word: ArraySlice<UInt8>) -> [UInt8] {
    guard word.contains(UInt8(ascii: "%")) else { return Array(word) }
    var bytes: [UInt8] = []
    var index = word.startIndex
    while index < word.endIndex {
      if word[index] == UInt8(ascii: "%"), index + 2 < word.endIndex,
        let high = hexDigit(word[index + 1]),
        let low = hexDigit(word[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(word[index])
        index += 1
      }
    }
    return bytes
  }
}
