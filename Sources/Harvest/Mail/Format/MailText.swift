internal import Git

/// Turns the bytes of mails into text.
enum MailText {
  /// Text in a named character set.
  ///
  /// UTF-8, ASCII, Latin-1, Latin-9 and Windows-1252 are known. Without a name, bytes that are not UTF-8 are
  /// read as Latin-1. In any other set the ASCII bytes stay and each run of others becomes U+FFFD.
  static func decode(_ bytes: ArraySlice<UInt8>, charset: [UInt8]?) -> String {
    guard bytes.contains(where: { $0 >= 0x80 }) || isStateful(charset) else { return bytes.text }
    guard let charset, !charset.isEmpty else { return Text.decode(bytes, encoding: nil).text }
    if Text.Encoding(header: charset) != nil { return Text.decode(bytes, encoding: charset).text }
    return replaced(bytes)
  }

  /// The same as UTF-8 bytes; nothing is copied where nothing changes.
  static func utf8(_ bytes: ArraySlice<UInt8>, charset: [UInt8]?) -> ArraySlice<UInt8> {
    guard bytes.contains(where: { $0 >= 0x80 }) || isStateful(charset) else { return bytes }
    return Array(decode(bytes, charset: charset).utf8)[...]
  }

  /// Character sets that write other letters with ASCII bytes, after an escape.
  private static func isStateful(_ charset: [UInt8]?) -> Bool {
    charset?[...].startsFolded("iso-2022-") ?? false
  }

  private static func replaced(_ bytes: ArraySlice<UInt8>) -> String {
    var scalars = String.UnicodeScalarView()
    var wasReplaced = false
    for byte in bytes {
      let isForeign = byte >= 0x80 || byte == 0x1B
      if !isForeign {
        scalars.append(Unicode.Scalar(byte))
      } else if !wasReplaced {
        scalars.append("\u{FFFD}")
      }
      wasReplaced = isForeign
    }
    return String(scalars)
  }

  /// White space at the ends left out, runs of it made one blank.
  static func collapsed(_ text: String) -> String {
    text.utf8.contains(where: isBlank)
      ? text.utf8.split(whereSeparator: isBlank).map { String(decoding: $0, as: UTF8.self) }
        .joined(separator: " ") : text
  }
}
