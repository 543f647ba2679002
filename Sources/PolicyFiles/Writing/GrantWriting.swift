public import Facts
public import Rules

extension PolicyWriter {
  /// The text of a file of `grants/`; `comments` are lines for its head.
  public static func grant(_ grant: Grant, comments: [String] = []) -> String {
    var page = Page()
    page.comment(comments)
    page.open("{")
    page.line("version: 1,")
    page.line("id: \(literal(grant.id)),")
    switch grant.grantee {
    case .person(let name), .team(let name): page.line("grantee: \(literal(name)),")
    }
    page.line("verbs: \(words(Grant.Verb.allCases.filter(grant.verbs.contains).map(\.rawValue))),")
    page.line("paths: \(words(grant.paths.entries.map(\.text))),")
    if grant.branches != .everything {
      page.line("branches: \(words(grant.branches.entries.map(\.text))),")
    }
    page.addLimits(grant.limits)
    switch grant.giver {
    case .person(let handle): page.line("grantedBy: \(literal(handle)),")
    case .ladder(let name): page.line("ladder: \(literal(name)),")
    }
    if let from = grant.period.from { page.line("from: \(moment(from)),") }
    if let until = grant.period.until { page.line("until: \(moment(until)), // no longer from then on") }
    if let revoked = grant.revokedOn { page.line("revokedOn: \(moment(revoked)),") }
    if grant.depth > 0 { page.line("depth: \(grant.depth),") }
    page.line("reason: \(literal(visible(grant.reason) ?? "")),")
    page.close("}")
    return page.text
  }

  private static func words(_ items: [String]) -> String {
    "[\(items.map(literal).joined(separator: ", "))]"
  }

  /// A moment as policy files state it: a day where it is the start of one in UTC.
  static func moment(_ instant: Instant) -> String {
    let day = instant.utcDate
    let isDay = Instant(startOf: day) == instant && (0...9999).contains(day.year)
    return literal(isDay ? "\(day)" : instant.rfc3339)
  }
}

extension Page {
  fileprivate mutating func addLimits(_ limits: Grant.Limits) {
    var parts: [String] = []
    if let paths = limits.paths { parts.append("paths: \(paths)") }
    if let kinds = limits.kinds {
      let names = ChangeKind.allCases.filter(kinds.contains).map { literal($0.rawValue) }
      parts.append("kinds: [\(names.joined(separator: ", "))]")
    }
    if !parts.isEmpty { line("limits: { \(parts.joined(separator: ", ")) },") }
  }
}

/// Changes the text of a grant's file and leaves everything else in it as it is: comments, order, spelling.
public enum GrantEditor {
  /// Why a text could not be changed.
  public enum Refusal: Error, Hashable, Sendable {
    /// The bytes are no JSON5 object.
    case unreadable
    /// It is revoked already, as of this text.
    case revokedBefore(String)
  }

  /// The same file with `revokedOn`; `reason` becomes a comment beside it.
  ///
  /// The key is put before the one that follows `until`, else before the last key, so that no comma is missing whatever
  /// stands at the end.
  public static func revoking(
    _ bytes: [UInt8], on moment: Instant, reason: String? = nil
  ) throws(Refusal) -> [UInt8] {
    let source = SourceText(bytes)
    guard SourceText.firstInvalidByte(in: bytes) == nil, let members = members(of: source) else {
      throw .unreadable
    }
    if let known = members.first(where: { $0.key == "revokedOn" }) {
      if case .string(let text) = known.node.value { throw .revokedBefore(text) }
      throw .unreadable
    }
    guard let place = place(among: members) else { throw .unreadable }
    var blank: [UInt8] = []
    var start = place
    while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 {
      start -= 1
      blank.insert(bytes[start], at: 0)
    }
    let line = "revokedOn: \(PolicyWriter.moment(moment)),"
    let remark = reason.flatMap(visible)
    let isOwnLine = start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D
    var text: [UInt8]
    if isOwnLine {
      let end = lineEnd(before: start, in: bytes)
      text = Array((remark.map { "// \($0)" + end + String(decoding: blank, as: UTF8.self) } ?? "").utf8)
      text += Array((line + end).utf8) + blank
    } else {
      text = Array((line + (remark.map { " /* \(withoutEnd($0)) */" } ?? "") + " ").utf8)
    }
    return Array(bytes[..<place]) + text + bytes[place...]
  }

  /// Text that ends no comment, with a blank between an asterisk and a slash.
  ///
  /// By code points: to `Character` a slash with an accent upon it is no slash, and it still ends a comment.
  private static func withoutEnd(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "/", shown.last == "*" { shown.append(" ") }
      shown.append(scalar)
    }
    return String(shown)
  }

  private static func members(of source: SourceText) -> [Node.Member]? {
    // Why a file is no JSON5 is told by the reader of policies; here it only cannot be changed.
    guard
      let root = try? { () throws(SyntaxError) in
        var parser = Parser(source)
        return try parser.parse()
      }(), case .object(let members) = root.value
    else { return nil }
    return members
  }

  /// The offset of the key before which the new one goes.
  private static func place(among members: [Node.Member]) -> Int? {
    guard let last = members.last else { return nil }
    guard let until = members.firstIndex(where: { $0.key == "until" }) else { return last.keyOffset }
    return until + 1 < members.count ? members[until + 1].keyOffset : members[until].keyOffset
  }

  /// How the line before a place ends.
  private static func lineEnd(before place: Int, in bytes: [UInt8]) -> String {
    guard place >= 1, bytes[place - 1] == 0x0A else { return place >= 1 ? "\r" : "\n" }
    return place >= 2 && bytes[place - 2] == 0x0D ? "\r\n" : "\n"
  }
}
