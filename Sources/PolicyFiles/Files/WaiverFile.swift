import Facts
import Rules

/// Reads one file of `waivers/`.
enum WaiverFile {
  /// Takes the longest time that the policy allows, and when the file as it is came to the branch, if that is known.
  static func read(_ root: Cursor, longest: Int64?, arrival: Instant?) -> Waiver? {
    guard let fields = root.fields(.waiver) else { return nil }
    let id = fields.fileID()
    let objective = fields["objective"]?.reference(.objective)
    let contribution = fields["contribution"]?.contribution()
    let reason = fields["reason"]?.text("a reason")
    let by = fields["by"]?.reference(.person)
    let period = fields.period()
    if let longest { checkLength(of: period, fields, longest, root) }
    if let arrival { checkArrival(arrival, period, fields) }
    guard let id, let objective, let contribution, let reason, let by else { return nil }
    return Waiver(
      id: id, objective: objective, contribution: contribution, reason: reason, by: by, period: period)
  }

  /// A limit would mean nothing for a waiver that does not say when it begins.
  private static func checkLength(of period: Period, _ fields: Fields, _ longest: Int64, _ root: Cursor) {
    let limit = "expected at most \(DurationText.shown(longest)) (\"maxWaiver\" of service-levels.json5)"
    guard let until = period.until else { return }
    guard let from = period.from else {
      if fields["from"] == nil { root.error("missing key \"from\", \(limit) from there to \"until\"") }
      return
    }
    let length = until.since(from)
    if length > longest {
      fields["until"]?.error("a waiver of \(DurationText.shown(length)), \(limit)")
    }
  }

  /// A waiver excuses nothing from before its file was on the branch; one that claims to is worth a look.
  private static func checkArrival(_ arrival: Instant, _ period: Period, _ fields: Fields) {
    if let until = period.until, until <= arrival {
      fields["until"]?.warn(
        "the waiver had ended before its file came to the branch at \(arrival.rfc3339), so it excuses nothing"
      )
    } else if let from = period.from, from < arrival {
      fields["from"]?.warn(
        "backdated: the file came to the branch at \(arrival.rfc3339), and excuses nothing from before that")
    }
  }
}

extension Cursor {
  /// The id of a contribution as reports show it, which is how a waiver finds it.
  fileprivate func contribution() -> String? {
    let expected = "an id such as \"pr/76\""
    guard let text = string(expected) else { return nil }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, (1...250).contains(parts[1].utf8.count), let form = Self.form(of: parts[0]) else {
      error("\(quoted(text)) is no contribution, expected \(expected)")
      return nil
    }
    guard form.matches(parts[1]) else {
      error("\(quoted(text)) is no contribution, expected \(form.expected)")
      return nil
    }
    return text
  }

  private typealias Form = (expected: String, matches: (Substring) -> Bool)

  /// What stands after the kind of a contribution.
  private static func form(of kind: Substring) -> Form? {
    switch kind {
    case "pr":
      (
        "a number, such as \"pr/76\" or \"pr/76@bitbucket\"",
        { text in
          let parts = text.split(separator: "@", omittingEmptySubsequences: false)
          return isNumber(parts[0]) && (parts.count == 1 || (parts.count == 2 && isName(parts[1])))
        }
      )
    case "mr": ("a number, such as \"mr/45\"", isNumber)
    case "review", "commit":
      (
        "the first twelve digits of the commit, such as \"\(kind)/1a2b3c4d5e6f\"",
        { text in
          text.utf8.count == 12
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
      )
    case "change": ("a number or an id, such as \"change/4711\"", isName)
    case "diff": ("a number, such as \"diff/D12\"", { $0.first == "D" && isNumber($0.dropFirst()) })
    case "mail":
      (
        "a Message-ID without brackets, such as \"mail/1@example.org\"",
        { text in
          text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        }
      )
    default: nil
    }
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.count <= 18 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { Identifier.isLetterOrDigit($0) || "@._-".utf8.contains($0) }
  }
}

extension DurationText {
  /// Days where it is whole days, else hours, minutes or seconds: `90d`.
  static func shown(_ seconds: Int64) -> String {
    for (size, unit) in [(86_400 as Int64, "d"), (3_600, "h"), (60, "m")] where seconds % size == 0 {
      return "\(seconds / size)\(unit)"
    }
    return "\(seconds)s"
  }
}
