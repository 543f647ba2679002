/// Recognises that somebody says a patch was applied.
///
/// Only statements at the start of a clause count: `Applied, thanks!`, `Thanks, patch applied.`, `I've applied the
/// series`, `This patch was applied to …`; never `if applied`, `not yet applied` or a question.
enum AppliedWords {
  enum Extent {
    case patch
    case series
  }

  /// What a line of an answer says; of a line that continues a clause the first clause does not count.
  static func extent(_ line: ArraySlice<UInt8>, isContinued: Bool = false) -> Extent? {
    guard mayHold(line) else { return nil }
    let clauses = line.folded.split(omittingEmptySubsequences: false) { ".,;!".utf8.contains($0) }
    for clause in clauses.dropFirst(isContinued ? 1 : 0) where clause.last != UInt8(ascii: "?") {
      if let extent = read(clause) { return extent }
    }
    return nil
  }

  /// A quick look for one of the verbs: they all have `ed` in them.
  private static func mayHold(_ line: ArraySlice<UInt8>) -> Bool {
    line.firstRange(of: "ed") != nil || line.firstRange(of: "ED") != nil
  }

  /// Words before the verb that change nothing, and those that say what was applied.
  private static let fillers: Set<String> = [
    "i", "ve", "have", "has", "been", "was", "were", "now", "also", "just", "already", "finally", "is", "it",
    "this", "the", "thanks", "thank", "you", "ok", "okay", "good", "looks", "and", "patch", "commit", "we",
    "so",
    "following",
  ]
  private static let several: Set<String> = [
    "series", "patches", "all", "both", "set", "patchset", "patchseries", "whole",
  ]
  private static let verbs: Set<String> = ["applied", "merged", "queued", "pushed"]
  private static let afterVerb: Set<String> = [
    "to", "the", "this", "with", "it", "for", "and", "in", "on", "all", "both", "series", "thanks", "v1",
    "v2",
    "v3", "v4", "v5", "patch", "patches", "as", "after", "manually", "now", "up", "into", "locally", "by",
    "them",
    "these", "your", "but", "https", "here", "already", "at",
  ]

  private static func read(_ clause: ArraySlice<UInt8>) -> Extent? {
    let words = clause.prefix(400).split { !MailLetters.isWord($0) }.map {
      String(decoding: $0, as: UTF8.self)
    }
    guard let verb = words.firstIndex(where: verbs.contains) else { return nil }
    let before = words[..<verb]
    let after = words[(verb + 1)...]
    guard before.allSatisfy({ fillers.contains($0) || several.contains($0) }),
      after.first.map(afterVerb.contains) ?? true, isStatement(words[verb], before, after)
    else { return nil }
    let object = after.prefix { $0 != "to" && $0 != "for" && $0 != "in" }.prefix(3)
    let isSeveral = before.contains(where: several.contains) || object.contains(where: several.contains)
    return isSeveral ? .series : .patch
  }

  /// `it merged`, `your suggestion applied`: only `applied` stands without an object; the others need a place.
  private static func isStatement(
    _ verb: String, _ before: ArraySlice<String>, _ after: ArraySlice<String>
  ) -> Bool {
    if after.starts(with: ["your"]) {
      return after.dropFirst().first.map { $0.hasPrefix("patch") || $0 == "series" } ?? false
    }
    if verb == "applied" { return true }
    return after.isEmpty
      ? before.isEmpty
      : ["to", "into", "up", "for", "in", "https", "the", "it"].contains(after[after.startIndex])
  }
}
