internal import Facts
internal import Git

extension LandedTraces {
  /// Adds what the trailers of the commits say: approvals, co-authors, and whose input the change answers.
  ///
  /// A trailer proves who, never when: its time is only "not after the landing". It was written by whoever wrote
  /// the commit, so its grade is `claimed`.
  func addTrailers(to trace: inout Trace, from commits: [Int32]) {
    var seen = Set<Mention>()
    for commit in commits {
      let message = history.utf8Message(commit)
      guard Self.mayHoldPeople(message) else { continue }
      for trailer in Trailers.parse(message, mode: .git).trailers {
        guard let meaning = TrailerMeaning(key: trailer.key) else { continue }
        for person in PersonList.parse(trailer.value) {
          guard seen.insert(Mention(meaning: meaning, person: person)).inserted else { continue }
          add(person, meaning, trailer.key, commit, to: &trace)
        }
      }
    }
  }

  private struct Mention: Hashable {
    let meaning: TrailerMeaning
    let person: Identity
  }

  private func add(
    _ person: Identity, _ meaning: TrailerMeaning, _ key: String, _ commit: Int32, to trace: inout Trace
  ) {
    let time = KnownTime.between(nil, instant(line.landing[Int(commit)]))
    switch meaning {
    case .coauthor:
      if person != trace.author { trace.coauthors.append(person) }
    case .approval:
      trace.observations.append(
        Observation(.approvedByTrailer(key: key), time, by: person, .claimed, evidence(commit)))
    case .input:
      trace.observations.append(Observation(.inputBy(key: key), time, by: person, .claimed, evidence(commit)))
    }
  }

  /// Whether a message can hold a trailer about people at all: it has `-by:` in any letter case.
  static func mayHoldPeople(_ message: ArraySlice<UInt8>) -> Bool {
    var start = message.startIndex
    while let colon = message[start...].firstIndex(of: UInt8(ascii: ":")) {
      if colon - message.startIndex >= 3, message[colon - 1] | 0x20 == UInt8(ascii: "y"),
        message[colon - 2] | 0x20 == UInt8(ascii: "b"), message[colon - 3] == UInt8(ascii: "-")
      {
        return true
      }
      start = colon + 1
    }
    return false
  }
}

/// What a trailer key says about the person it names; the keys of the Linux kernel's process documents and of forges.
enum TrailerMeaning: Hashable {
  case approval
  case coauthor
  /// The person had the idea, the report or the request.
  case input

  /// Nil for keys that say nothing about review, `Signed-off-by` among them.
  init?(key: String) {
    switch key.lowercased() {
    case "reviewed-by", "acked-by", "approved-by": self = .approval
    case "co-authored-by", "co-developed-by": self = .coauthor
    case "suggested-by", "requested-by", "reported-by": self = .input
    default: return nil
    }
  }
}

/// People in a trailer's value: `Name <address>`, several with commas, addresses or names alone, with remarks.
enum PersonList {
  static func parse(_ value: String) -> [Identity] {
    let bytes = ArraySlice(value.utf8)
    guard bytes.contains(UInt8(ascii: "<")) else {
      return bytes.split(separator: UInt8(ascii: ",")).compactMap { bare($0.trimmed) }
    }
    var people: [Identity] = []
    var rest = bytes
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
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

  /// A value without an address: a mail address or login alone, or a name.
  private static func bare(_ word: ArraySlice<UInt8>) -> Identity? {
    guard !word.isEmpty else { return nil }
    if word.contains(UInt8(ascii: "@")), !word.contains(where: isBlank) {
      return Identity(name: "", email: word.text)
    }
    return word.contains(where: isBlank)
      ? Identity(name: word.text, email: "") : Identity(name: "", email: word.text)
  }

  private static func unquoted(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard name.count >= 2, name.first == 0x22, name.last == 0x22 else { return name }
    return name.dropFirst().dropLast()
  }
}
