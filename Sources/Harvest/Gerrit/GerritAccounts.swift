import Facts
import Git

/// Accounts as NoteDb writes them; each is made once for a log.
///
/// The same number on another server is another person, so the server id is part of the address. Logs of old versions
/// carry the person's name before the address; the identity is the same, the name is kept beside it.
struct GerritAccounts {
  private var known: [ArraySlice<UInt8>: Identity?] = [:]
  private(set) var recordedNames: [Identity: String] = [:]

  /// The account behind `Name <N@server>`; nil for the server itself and for anything without an account number.
  mutating func account(name: ArraySlice<UInt8>, email: ArraySlice<UInt8>) -> Identity? {
    let identity: Identity?
    if let found = known[email] {
      identity = found
    } else {
      identity = Self.identity(email)
      known[email] = identity
    }
    if let identity, !name.isEmpty, recordedNames[identity] == nil, !name.elementsEqual(identity.name.utf8) {
      recordedNames[identity] = Text.decode(name, encoding: nil).text
    }
    return identity
  }

  /// An identity in a footer: an account, or whoever else it names.
  mutating func person(_ text: ArraySlice<UInt8>) -> Identity? {
    guard let open = text.lastIndex(of: UInt8(ascii: "<")),
      let close = text[open...].firstIndex(of: UInt8(ascii: ">"))
    else {
      let address = text.trimmed
      return address.contains(UInt8(ascii: "@")) ? Identity(name: "", email: address.text) : nil
    }
    let (name, email) = (text[..<open].trimmed, text[text.index(after: open)..<close])
    if let account = account(name: name, email: email) { return account }
    return email.isEmpty ? nil : Identity(name: name.text, email: email.text)
  }

  /// The account that a comment names by number only.
  mutating func account(number: Int64, server: String) -> Identity? {
    guard number >= 0, !server.isEmpty else { return nil }
    return account(name: [], email: Array("\(number)@\(server)".utf8)[...])
  }

  private static func identity(_ email: ArraySlice<UInt8>) -> Identity? {
    let digits = email.prefix { isDigit($0) }
    guard !digits.isEmpty, email[digits.endIndex...].first == UInt8(ascii: "@"),
      email.index(after: digits.endIndex) < email.endIndex
    else { return nil }
    return Identity(name: "Gerrit User \(digits.text)", email: email.text)
  }
}

extension Identity {
  /// The server id of an account, behind the `@`.
  var gerritServer: Substring? {
    guard let at = email.utf8.firstIndex(of: UInt8(ascii: "@")), at > email.startIndex else { return nil }
    let server = email[email.utf8.index(after: at)...]
    return server.isEmpty ? nil : server
  }
}
