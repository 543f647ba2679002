internal import Facts

/// People in a trailer's value: `Name <address>`, several with commas, addresses or names alone, with remarks.
enum PersonList {
  /// More people are not read from one value.
  private static let limit = 256

  /// The people of a value in which a name may hold a comma, as one person's line has it.
  static func parse(_ value: ArraySlice<UInt8>) -> [Identity] {
    guard value.contains(UInt8(ascii: "<")) else { return list(value) }
    var people: [Identity] = []
    var rest = value
    while people.count < limit, let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) ?? rest.endIndex
      let name = rest[..<open].drop { isBlank($0) || $0 == UInt8(ascii: ",") }.trimmedEnd
      let email = rest[(open + 1)..<close].trimmed
      if !name.isEmpty || !email.isEmpty {
        people.append(Identity(name: unquoted(name).text, email: email.text))
      }
      rest = close < rest.endIndex ? rest[(close + 1)...] : []
      // A remark behind the last address is no person.
      guard let comma = rest.firstIndex(of: UInt8(ascii: ",")) else { break }
      rest = rest[(comma + 1)...]
    }
    return people
  }

  static func parse(_ value: String) -> [Identity] { parse(ArraySlice(value.utf8)) }

  /// The people of a list in which commas, semicolons and the word `and` part one from the next.
  static func list(_ value: ArraySlice<UInt8>) -> [Identity] {
    let separators = [UInt8(ascii: ","), UInt8(ascii: ";")]
    return value.split(maxSplits: limit, whereSeparator: separators.contains).flatMap(parts).prefix(limit)
      .compactMap { item in
        let item = item.trimmed
        return item.contains(UInt8(ascii: "<")) ? parse(item).first : bare(item)
      }
  }

  /// Both sides of `Bo Lin and Cy Orr`.
  private static func parts(_ item: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    guard let word = item.firstRange(of: " and ") else { return [item] }
    return [item[..<word.lowerBound], item[word.upperBound...]]
  }

  /// A value without an address: a mail address or login alone, or a name; nil for a group (`#core`) and for `nobody`.
  ///
  /// A remark in brackets or behind ` #` is cut, and the `!` by which Phabricator marks a reviewer who must agree.
  private static func bare(_ item: ArraySlice<UInt8>) -> Identity? {
    if let person = memberOfGroup(item) { return Identity(name: "", email: person.text) }
    var word = item
    for opening in [" (", " [", " #"] {
      if let remark = word.firstRange(of: opening) { word = word[..<remark.lowerBound] }
    }
    word = word.trimmed
    if word.last == UInt8(ascii: "!") { word = word.dropLast() }
    guard let first = word.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "(") else { return nil }
    if ["nobody", "none", "n/a"].contains(where: { word.equalsIgnoringCase($0) }) { return nil }
    if word.contains(UInt8(ascii: "@")), !word.contains(where: isBlank) {
      return Identity(name: "", email: word.text)
    }
    return word.contains(where: isBlank)
      ? Identity(name: word.text, email: "") : Identity(name: "", email: word.text)
  }

  /// The login in FreeBSD's `re (gjb)`: who approved it for a team of the project.
  private static func memberOfGroup(_ item: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard item.last == UInt8(ascii: ")"), let open = item.firstRange(of: " (") else { return nil }
    let groups = ["re", "core", "portmgr", "secteam", "so", "mentor"]
    guard groups.contains(where: { item[..<open.lowerBound].elementsEqual($0.utf8) }) else { return nil }
    let login = item[open.upperBound...].dropLast()
    return login.isEmpty || login.contains(where: isBlank) ? nil : login
  }

  private static func unquoted(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard name.count >= 2, name.first == 0x22, name.last == 0x22 else { return name }
    return name.dropFirst().dropLast()
  }
}
