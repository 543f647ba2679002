internal import Facts
internal import Git

extension ReviewLines {
  /// The lines about people; of a message to which a server appended its footers only those that are of the last landing.
  ///
  /// A cherry-pick keeps the footers of the original above its own. What belongs to this landing stands below the last
  /// `(cherry picked from …)` or, where there is none, below the last `Change-Id` between two `Reviewed-on`.
  static func read(_ message: ArraySlice<UInt8>, ofLastLanding: Bool) -> [ReviewLine] {
    let lines = read(message)
    guard ofLastLanding, let last = lines.lastIndex(where: \.isReviewedOn) else { return lines }
    var start = 0
    if let picked = pickedLine(in: message, before: lines[last].key.startIndex) {
      start = lines.firstIndex { $0.key.startIndex > picked } ?? last
    } else if let former = lines[..<last].lastIndex(where: \.isReviewedOn) {
      let id = lines[former..<last].lastIndex { $0.key.equalsIgnoringCase("change-id") }
      start = id ?? last
    }
    return Array(lines[start...])
  }

  /// Where the last `(cherry picked from …)` stands at the start of a line.
  private static func pickedLine(in message: ArraySlice<UInt8>, before end: Int) -> Int? {
    guard let found = message[..<end].lastRange(of: "\n(cherry picked from ") else { return nil }
    return found.lowerBound + 1
  }
}

extension ReviewLine {
  var isReviewedOn: Bool { key.equalsIgnoringCase("reviewed-on") }
}

extension LandedTraces {
  /// Positive votes on other labels than `Code-Review`, which a Gerrit server writes below `Reviewed-on` as `LABEL: NAME <ADDRESS>`.
  ///
  /// `Reviewed-by` stands for `Code-Review` and is told as an approval without strength, because +1 and +2 look alike;
  /// `Tested-by` stands for `Verified`. Where a machine is the committer, who asked it to land the change is told as
  /// the one who landed it.
  func addLabels(_ message: ArraySlice<UInt8>, _ commit: Int32, to trace: inout Trace) {
    guard names.isReviewedOnServer(commit) else { return }
    let lines = ReviewLines.read(message)
    guard let place = lines.lastIndex(where: \.isReviewedOn) else { return }
    var askers: [String: Identity] = [:]
    for line in lines[(place + 1)...] {
      guard let label = GerritLabel.name(of: line.key), line.value.last == UInt8(ascii: ">"),
        let voter = PersonList.parse(line.value).first
      else { continue }
      var observation = Observation(
        .labelled(Vote(label: label, value: 1), revision: nil), whileOpen(commit), by: voter, .claimed,
        evidence(commit))
      observation.vote = Vote(label: label, value: 1)
      trace.observations.append(observation)
      askers[label] = voter
    }
    guard let asker = askers["Auto-Submit"] ?? askers["Commit-Queue"],
      machineCommitters.contains(history.committer(commit))
    else { return }
    trace.setLander(asker)
  }
}

/// The labels that Gerrit writes as footers.
enum GerritLabel {
  /// The label's name; nil for footers that stand for no label.
  static func name(of key: ArraySlice<UInt8>) -> String? {
    if key.equalsIgnoringCase("tested-by") { return "Verified" }
    if TrailerMeaning(key: key) != nil || key.contains(0x20) || key.starts(with: "Original-".utf8) {
      return nil
    }
    return others.contains { key.equalsIgnoringCase($0) } ? nil : key.text
  }

  private static let others = [
    "signed-off-by", "cc", "change-id", "reviewed-on", "from", "by", "to", "tbr", "bug", "test", "nacked-by",
    "debugged-by", "helped-by", "bisected-by", "reported-and-tested-by", "thanks-to",
  ]
}

extension Committers {
  /// Gerrit's own committer, which merges in somebody's name; that one is the author of the merge.
  static func isGerrit(_ identity: Identity) -> Bool { identity.name == "Gerrit Code Review" }
}
