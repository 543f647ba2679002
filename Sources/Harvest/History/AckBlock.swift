/// Reviewers in a merge of Bitcoin Core's script: `ACKs for top commit:`, then `  NICK:` and below it what was said.
enum AckBlock {
  struct Ack: Hashable {
    /// How far it goes, from no to a test.
    enum Strength: Hashable {
      case against
      /// The idea is good; the code was not judged.
      case concept
      case approval
    }

    let nick: ArraySlice<UInt8>
    /// The word itself, such as `utACK`, `tACK` or `Concept ACK`.
    let word: String
    let strength: Strength
    /// The digits of the commit that was judged; empty where none is given.
    let commit: ArraySlice<UInt8>
  }

  /// More is not read of one merge.
  private static let limit = 256

  /// Everybody in the block, each with the first word of theirs that tells an opinion; none without a block.
  static func read(_ message: ArraySlice<UInt8>) -> [Ack] {
    guard let heading = heading(in: message) else { return [] }
    var acks: [Ack] = []
    var nick: ArraySlice<UInt8>?
    var text: [UInt8] = []
    func finish() {
      if let nick, let ack = ack(by: nick, text[...]) { acks.append(ack) }
      text = []
    }
    for line in message[heading...].split(separator: 0x0A) {
      if line.starts(with: "    ".utf8) {
        if text.count < 4096 { text += Array(line.trimmed) + [0x20] }
      } else if line.starts(with: "  ".utf8), line.trimmedEnd.last == UInt8(ascii: ":") {
        finish()
        nick = line.trimmed.dropLast()
        if nick?.contains(where: isBlank) ?? true { nick = nil }
      } else if !line.allSatisfy(isBlank) {
        break
      }
      guard acks.count < limit else { return acks }
    }
    finish()
    return acks
  }

  /// Where the lines begin below `ACKs for top commit:` or `ACKs for commit 1a2b3c:`.
  private static func heading(in message: ArraySlice<UInt8>) -> Int? {
    guard let found = message.firstRange(of: "\nACKs for "),
      let end = message[found.upperBound...].firstIndex(of: 0x0A)
    else { return nil }
    let rest = message[found.upperBound..<end]
    return rest.starts(with: "top commit".utf8) || rest.starts(with: "commit ".utf8) ? end : nil
  }

  private static func ack(by nick: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Ack? {
    guard let place = text.firstRange(of: "ACK") else { return nil }
    let commit = text[place.upperBound...].split(whereSeparator: { isBlank($0) }).first { word in
      word.count >= 7 && word.count <= 40 && word.allSatisfy { hexDigit($0) != nil }
    }
    let lead = text[..<place.lowerBound]
    func ack(_ word: String, _ strength: Ack.Strength) -> Ack {
      Ack(nick: nick, word: word, strength: strength, commit: commit ?? [])
    }
    if lead.last == UInt8(ascii: "N") { return ack("NACK", .against) }
    if let idea = ["Concept ", "Approach "].first(where: { ends(lead, $0) }) {
      return ack(idea + "ACK", .concept)
    }
    let kinds = [
      ("t", "tACK"), ("ut", "utACK"), ("cr", "crACK"), ("tested ", "tACK"), ("code review ", "crACK"),
      ("untested ", "utACK"),
    ]
    return ack(kinds.last { ends(lead, $0.0) }?.1 ?? "ACK", .approval)
  }

  private static func ends(_ text: ArraySlice<UInt8>, _ word: String) -> Bool {
    text.suffix(word.utf8.count).equalsIgnoringCase(word.lowercased())
  }
}
