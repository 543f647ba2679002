import Facts
import Rules

extension Cursor {
  /// A name that other places refer to: a letter or digit, then letters, digits, `.`, `_`, `-`.
  func identifier() -> String? {
    guard let text = string("a name") else { return nil }
    guard Identifier.isValid(text) else {
      error("\(quoted(text, asciiOnly: true)) is no name, expected \(Identifier.rule)")
      return nil
    }
    return text
  }

  /// A name that must be declared in its place, which is looked up when all files are read.
  func reference(_ kind: Reference.Kind) -> String? {
    guard let text = string("the name of \(kind.noun)") else { return nil }
    report.refer(to: Reference(kind: kind, name: text, cursor: self))
    return text
  }

  /// A list of glob patterns.
  func paths() -> PathList? {
    guard let elements = atMost(1000)?.elements() else { return nil }
    let entries = elements.compactMap { $0.pathEntry() }
    if elements.isEmpty { error("empty list, expected at least one path such as \"docs/**\"") }
    if !entries.isEmpty, entries.count == elements.count, entries.allSatisfy(\.isExclusion) {
      error("only exclusions, which match no path; expected a path without `!` before them")
    }
    return PathList(entries)
  }

  private func pathEntry() -> PathList.Entry? {
    guard let text = string("a path pattern") else { return nil }
    do {
      return try PathList.Entry(text)
    } catch {
      self.error("\(quoted(text)) is no path pattern: \(wording(of: error))")
      return nil
    }
  }

  private func wording(of flaw: PathPattern.Flaw) -> String {
    switch flaw {
    case .empty: "nothing is left, expected a path such as \"docs/**\""
    case .longerThan(let bytes): "too long, expected at most \(bytes) bytes"
    case .moreWildcardsThan(let count): "too many wildcards, expected at most \(count)"
    case .leadingSlash: "leading `/`, expected a path from the root of the repository without it"
    case .trailingSlash: "trailing `/`, expected `/**` for all that is inside"
    case .emptySegment: "two `/` in a row, expected one"
    case .dotSegment: "`.` or `..` as a segment, expected names only"
    case .partialDoubleStar: "`**` beside other characters, expected it as a whole segment or a single `*`"
    case .bracket: "bracket, expected `\\[` or `\\]` for the character itself; there are no classes"
    case .danglingEscape: "`\\` before nothing, expected a character after it"
    case .control: "control character, expected visible ones"
    }
  }

  /// An e-mail address that may stand for a person.
  func email() -> String? {
    let expected = "an address such as \"ada@example.org\""
    guard let text = string(expected) else { return nil }
    guard AddressRule.isEmail(text) else {
      error("\(quoted(text, asciiOnly: true)) is no address, expected \(expected) in ASCII without spaces")
      return nil
    }
    return text
  }

  /// The account name of a person on a forge.
  func login() -> String? {
    guard let text = string("a login") else { return nil }
    guard AddressRule.isLogin(text) else {
      error(
        "\(quoted(text, asciiOnly: true)) is no login, expected ASCII letters, digits, `.`, `_`, `-`, without `@`"
      )
      return nil
    }
    return text
  }
}

extension Entry {
  /// The key as a name that other places refer to.
  func identifier() -> String? {
    guard Identifier.isValid(key) else {
      keyError("\(quoted(key, asciiOnly: true)) is no name, expected \(Identifier.rule)")
      return nil
    }
    return key
  }
}

/// Names of teams, people, components and so on.
enum Identifier {
  static let rule = "an ASCII letter or digit, then letters, digits, `.`, `_` or `-`, at most 64 in all"

  static func isValid(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || [0x2E, 0x5F, 0x2D].contains($0) }
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}

/// Which texts may stand for a person; strict, because an address decides who may approve.
enum AddressRule {
  /// Visible ASCII, one `@` with something on both sides, at most 254 bytes (RFC 5321), no list or quote
  /// signs.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= 254 else { return false }
    return text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>(),;:\"\\".utf8.contains($0) }
      && parts[1].first != UInt8(ascii: ".") && parts[1].last != UInt8(ascii: ".")
  }

  /// Forge account names, with a trailing `[bot]` if need be.
  static func isLogin(_ text: String) -> Bool {
    let plain = text.hasSuffix("[bot]") ? text.utf8.dropLast(5) : text.utf8[...]
    return (1...100).contains(plain.count)
      && plain.allSatisfy { Identifier.isLetterOrDigit($0) || [0x2E, 0x5F, 0x2D].contains($0) }
  }

  /// A mail domain or a glob over domains that names at least one letter or digit.
  static func isDomainPattern(_ text: String) -> Bool {
    (1...253).contains(text.utf8.count)
      && text.utf8.contains(where: Identifier.isLetterOrDigit)
      && text.utf8.allSatisfy { Identifier.isLetterOrDigit($0) || "-._*?".utf8.contains($0) }
  }
}
