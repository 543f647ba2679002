public import Facts
public import Rules

/// What was inferred about people, and why, ready to be written as a roster for somebody to correct.
public struct RosterDraft: Sendable {
  public var roster: Roster
  /// Lines for the head of the file.
  public var header: [String]
  /// For a handle, the lines that say why the person is listed so.
  public var evidence: [String: [String]]
  /// Addresses that could not be given to anybody, each with a remark.
  public var unresolved: [(address: String, remark: String)]
  /// For a team's id, the lines that say where it comes from.
  public var teamEvidence: [String: [String]]

  public init(
    roster: Roster, header: [String] = [], evidence: [String: [String]] = [:],
    unresolved: [(address: String, remark: String)] = [], teamEvidence: [String: [String]] = [:]
  ) {
    self.teamEvidence = teamEvidence
    self.roster = roster
    self.header = header
    self.evidence = evidence
    self.unresolved = unresolved
  }
}

/// Writes policy files that people can read and that `PolicyFiles` reads back without problems.
///
/// The same values give the same bytes. Names and addresses come from Git, where anything can stand; what a policy
/// file does not take (an address with a space, an address with two people) is left out and told in a comment.
public enum PolicyWriter {
  /// The text of a `roster.json5`.
  public static func roster(_ draft: RosterDraft) -> String {
    var page = Page()
    let selection = Selection(draft.roster)
    page.comment(draft.header)
    page.open("{")
    page.line("version: 1,")
    page.section("teams") { page in
      for team in draft.roster.teams {
        page.comment(draft.teamEvidence[team.id] ?? [])
        page.add(team, selection)
      }
    }
    page.section("people") { page in
      for candidate in selection.people {
        page.add(candidate, draft.evidence[candidate.person.handle] ?? [], selection)
      }
    }
    page.addDomains(draft.roster.domains, selection)
    page.addBots(draft.roster.bots)
    page.addUnresolved(draft.unresolved)
    page.close("}")
    return page.text
  }

  /// The text of a `platform.json5`; `evidence` holds comment lines by component id.
  public static func platform(
    _ platform: Platform, header: [String] = [], evidence: [String: [String]] = [:]
  ) -> String {
    var page = Page()
    page.comment(header)
    page.open("{")
    page.line("version: 1,")
    page.blank()
    page.open("repositories: [")
    for repository in platform.repositories { page.add(repository) }
    page.close("],")
    page.section("components") { page in
      for component in platform.components { page.add(component, evidence[component.id] ?? []) }
    }
    if let ownership = platform.ownership {
      page.blank()
      page.line("ownership: \(literal(ownership.rawValue)),")
    }
    page.close("}")
    return page.text
  }

  /// A handle for somebody who has none: the login, the part before the `@` or the name, with a number if taken.
  ///
  /// It consists of lower-case ASCII letters, digits, `.`, `_` and `-`, as a policy file wants it.
  public static func handle(for identity: Identity, avoiding taken: Set<String>) -> String {
    let sources = [identity.login ?? identity.address.localPart, identity.name]
    let words = sources.map(handleWord)
    let word = words.first { !$0.isEmpty } ?? "person"
    guard taken.contains(word) else { return word }
    var number = 2
    while taken.contains("\(word)-\(number)") { number += 1 }
    return "\(word)-\(number)"
  }

  private static func handleWord(_ text: String) -> String {
    var word: [UInt8] = []
    for byte in Address(text).text.utf8 {
      let fits = Identifier.isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
      if fits, !word.isEmpty || Identifier.isLetterOrDigit(byte) {
        word.append(byte)
      } else if !word.isEmpty, word.last != UInt8(ascii: "-") {
        word.append(UInt8(ascii: "-"))
      }
    }
    var cut = word.prefix(48)
    while let last = cut.last, !Identifier.isLetterOrDigit(last) { cut.removeLast() }
    return String(decoding: cut, as: UTF8.self)
  }
}

/// A JSON5 string in double quotes, in one line.
func literal(_ text: String) -> String {
  var written = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": written += "\\\""
    case "\\": written += "\\\\"
    case let scalar where isHidden(scalar):
      for unit in String(Character(scalar)).utf16 {
        let digits = String(unit, radix: 16)
        written += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      }
    default: written.unicodeScalars.append(scalar)
    }
  }
  return written + "\""
}

/// A JSON5 key, with quotes only where it needs them.
func literalKey(_ key: String) -> String {
  let isWord = key.utf8.allSatisfy { Identifier.isLetterOrDigit($0) || $0 == UInt8(ascii: "_") }
  guard let first = key.utf8.first, isWord, !(0x30...0x39).contains(first) else { return literal(key) }
  return key
}

/// A text with every hidden character replaced by a space; nil when nothing is left to see.
func visible(_ text: String) -> String? {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { shown.append(isHidden(scalar) ? " " : scalar) }
  return shown.contains { $0 != " " } ? String(shown) : nil
}
