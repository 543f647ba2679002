/// Header texts with letters beyond ASCII: `=?charset?Q?…?=` and `=?charset?B?…?=` (RFC 2047).
enum EncodedWords {
  /// The text of an unfolded field, runs of white space made one blank.
  ///
  /// White space between two encoded words is dropped. Their bytes are joined before they are decoded when the
  /// character set is the same, because some programs cut letters in two. What is not well formed stays as it is.
  static func decode(_ bytes: [UInt8]) -> String {
    guard bytes[...].firstRange(of: "=?") != nil else {
      return MailText.collapsed(MailText.decode(bytes[...], charset: nil))
    }
    var text = ""
    var pending = Word(charset: [], bytes: [])
    var rest = bytes[...]
    while let start = rest.firstRange(of: "=?")?.lowerBound {
      guard let (word, end) = word(rest[start...]) else {
        flush(&pending, into: &text)
        text += MailText.decode(rest[..<(start + 2)], charset: nil)
        rest = rest[(start + 2)...]
        continue
      }
      let between = rest[..<start]
      if !between.allSatisfy(isBlank) {
        flush(&pending, into: &text)
        text += MailText.decode(between, charset: nil)
      } else if pending.bytes.isEmpty || pending.charset != word.charset {
        flush(&pending, into: &text)
        if text.isEmpty { text += between.text }
      }
      pending = Word(charset: word.charset, bytes: pending.bytes + word.bytes)
      rest = rest[end...]
    }
    flush(&pending, into: &text)
    return MailText.collapsed(text + MailText.decode(rest, charset: nil))
  }

  private struct Word {
    var charset: [UInt8]
    var bytes: [UInt8]
  }

  private static func flush(_ word: inout Word, into text: inout String) {
    if !word.bytes.isEmpty { text += MailText.decode(word.bytes[...], charset: word.charset) }
    word = Word(charset: [], bytes: [])
  }

  /// The encoded word at the start of the bytes, and where it ends.
  private static func word(_ bytes: ArraySlice<UInt8>) -> (Word, Int)? {
    let start = bytes.startIndex + 2
    guard let charsetEnd = bytes[start...].prefix(80).firstIndex(of: question), charsetEnd > start,
      charsetEnd + 2 < bytes.endIndex, bytes[charsetEnd + 2] == question
    else { return nil }
    let content = bytes[(charsetEnd + 3)...]
    // Programs that break the limit of 75 bytes are common; a word still ends where the next blank line would.
    guard let end = content.prefix(1024).firstRange(of: "?=")?.lowerBound else { return nil }
    let charset = bytes[start..<charsetEnd].prefix { $0 != UInt8(ascii: "*") }.folded
    switch bytes[charsetEnd + 1] | 0x20 {
    case UInt8(ascii: "q"):
      return (Word(charset: charset, bytes: TransferEncoding.q(content[..<end])), end + 2)
    case UInt8(ascii: "b"):
      return (Word(charset: charset, bytes: TransferEncoding.base64(content[..<end])), end + 2)
    default: return nil
    }
  }

  private static let question = UInt8(ascii: "?")
}
