/// Readers of what our writers escape, as the programs behind each output read it.
enum Unescaping {
  /// A path in the quotes of git's `quote.c`.
  static func path(_ text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.first == 0x22 else { return bytes }
    var read: [UInt8] = []
    var rest = bytes.dropFirst().dropLast()[...]
    let letters: [UInt8: UInt8] = [
      0x61: 7, 0x62: 8, 0x74: 9, 0x6E: 10, 0x76: 11, 0x66: 12, 0x72: 13, 0x22: 0x22, 0x5C: 0x5C,
    ]
    while let byte = rest.popFirst() {
      guard byte == 0x5C else {
        read.append(byte)
        continue
      }
      guard let next = rest.first else { return nil }
      if let letter = letters[next] {
        read.append(letter)
        rest = rest.dropFirst()
      } else {
        guard rest.count >= 3, let value = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
        else { return nil }
        read.append(value)
        rest = rest.dropFirst(3)
      }
    }
    return read
  }

  /// The rows of comma-separated values (RFC 4180); nil when quotes do not close or stand within a cell.
  static func csv(_ bytes: [UInt8]) -> [[[UInt8]]]? {
    var rows: [[[UInt8]]] = []
    var row: [[UInt8]] = []
    var cell: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      switch byte {
      case 0x22:
        guard cell.isEmpty else { return nil }
        while true {
          guard let inner = rest.popFirst() else { return nil }
          guard inner == 0x22 else {
            cell.append(inner)
            continue
          }
          guard rest.first == 0x22 else { break }
          cell.append(rest.removeFirst())
        }
      case 0x2C:
        row.append(cell)
        cell = []
      case 0x0D:
        guard rest.popFirst() == 0x0A else { return nil }
        rows.append(row + [cell])
        (row, cell) = ([], [])
      case 0x0A: return nil
      default: cell.append(byte)
      }
    }
    return row.isEmpty && cell.isEmpty ? rows : nil
  }

  /// Words in Markdown, without the marks that our writer puts in.
  static func markdown(_ source: String) -> String {
    var text = String.UnicodeScalarView()
    var rest = Array(source.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\\":
        if let next = rest.popFirst() { text.append(next) }
      case "<": rest = rest.dropFirst(7)
      case "&":
        let name = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(name.count + 1)
        text.append(
          name.elementsEqual("lt".unicodeScalars) ? "<" : name.elementsEqual("gt".unicodeScalars) ? ">" : "&")
      default: text.append(scalar)
      }
    }
    return String(text)
  }

  /// The one word that a POSIX shell makes of a text; nil when it would be several, or none.
  static func shell(_ text: String) -> [UInt8]? {
    var word: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "'"):
        guard let end = rest.firstIndex(of: byte) else { return nil }
        word += rest[..<end]
        rest = rest[(end + 1)...]
      case UInt8(ascii: "\\"):
        guard let next = rest.popFirst() else { return nil }
        word.append(next)
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: word.append(byte)
      case _ where "._-/+:@%".utf8.contains(byte): word.append(byte)
      default: return nil
      }
    }
    return word
  }

  /// Quoted-printable text (RFC 2045, 6.7).
  static func quotedPrintable(_ bytes: [UInt8]) -> [UInt8]? {
    var read: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        read.append(byte)
        continue
      }
      if rest.first == 0x0A {
        rest.removeFirst()
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else {
        return nil
      }
      read.append(value)
      rest = rest.dropFirst(2)
    }
    return read
  }
}
