internal import Facts

/// People in a `From:`, `To:` or `Cc:` field (RFC 5322 §3.4), read without ever failing.
enum MailAddresses {
  /// The first address of a field.
  static func first(_ field: [UInt8]) -> Identity? { list(field, limit: 1).first }

  /// The addresses of a field in their order, at most `limit`; entries without an address are left out.
  static func list(_ field: [UInt8], limit: Int) -> [Identity] {
    var people: [Identity] = []
    var reader = MailboxReader(field[...])
    while people.count < limit, let person = reader.next() { people.append(person) }
    return people
  }
}

/// Reads mailboxes one by one: `Name <address>`, `address (Name)`, groups and quoted names.
private struct MailboxReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> Identity? {
    while !rest.isEmpty {
      if let person = mailbox() { return person }
    }
    return nil
  }

  /// Reads up to the next comma or semicolon outside of quotes, brackets and comments.
  private mutating func mailbox() -> Identity? {
    var words: [UInt8] = []
    var comment: [UInt8] = []
    var address: ArraySlice<UInt8>?
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "\""): words += quoted()
      case UInt8(ascii: "("): comment += bracketed(until: UInt8(ascii: ")"))
      case UInt8(ascii: "<"): address = bracketed(until: UInt8(ascii: ">"))
      case UInt8(ascii: ","), UInt8(ascii: ";"):
        rest.removeFirst()
        return person(words, comment, address)
      case UInt8(ascii: ":") where address == nil && !words.contains(UInt8(ascii: "@")):
        // The name of a group; its members follow.
        words = []
        rest.removeFirst()
      default:
        words.append(byte)
        rest.removeFirst()
      }
    }
    return person(words, comment, address)
  }

  private func person(_ words: [UInt8], _ comment: [UInt8], _ address: ArraySlice<UInt8>?) -> Identity? {
    let named = address != nil
    let email = (address ?? words[...]).filter { !isBlank($0) }
    guard !email.isEmpty else { return nil }
    let name = named && !words.allSatisfy(isBlank) ? words : comment
    return Identity(
      name: EncodedWords.decode(Array(name[...].trimmed)), email: MailText.decode(email[...], charset: nil))
  }

  /// The contents of a quoted string, `\` undone.
  private mutating func quoted() -> [UInt8] {
    rest.removeFirst()
    var text: [UInt8] = []
    while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
        text.append(next)
      } else {
        text.append(byte)
      }
    }
    return text
  }

  /// What stands before the closing bracket; all that is left when there is none.
  private mutating func bracketed(until close: UInt8) -> ArraySlice<UInt8> {
    rest.removeFirst()
    let end = rest.firstIndex(of: close) ?? rest.endIndex
    let inside = rest[..<end]
    rest = end < rest.endIndex ? rest[(end + 1)...] : rest[end...]
    return inside
  }
}
