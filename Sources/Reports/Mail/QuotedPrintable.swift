/// The transfer encoding of RFC 2045, section 6.7, for text: readable where it is ASCII, at most 76 columns.
enum QuotedPrintable {
  /// Encodes a text whose lines end with line feeds.
  ///
  /// What begins a line with `From ` or a dot is encoded too, because mailboxes change the one, and to programs that
  /// send mail a dot by itself is the end of the message.
  static func bytes(of text: String) -> [UInt8] {
    var encoded: [UInt8] = []
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      if number > 0 { encoded.append(UInt8(ascii: "\n")) }
      append(Array(line), to: &encoded)
    }
    return encoded
  }

  private static func append(_ line: [UInt8], to encoded: inout [UInt8]) {
    var column = 0
    for (place, byte) in line.enumerated() {
      let isSpaceAtEnd = (byte == 0x20 || byte == 0x09) && place == line.count - 1
      let isPlain =
        ((0x20...0x7E).contains(byte) || byte == 0x09) && byte != UInt8(ascii: "=") && !isSpaceAtEnd
      // One column is kept for the sign that the line goes on.
      if column + (isPlain ? 1 : 3) > 75 {
        encoded += "=\n".utf8
        column = 0
      }
      let wouldBeChanged =
        column == 0 && (byte == UInt8(ascii: ".") || line[place...].starts(with: "From ".utf8))
      let start = encoded.count
      if isPlain, !wouldBeChanged { encoded.append(byte) } else { encoded += Self.hex(byte) }
      column += encoded.count - start
    }
  }

  private static func hex(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
