public import Facts

/// What an import writes into a record beside git-appraise's own fields: where the record comes from, and what
/// git-appraise has no words for.
///
/// The fields stand at the end of the line, all as texts. git-appraise passes over fields that it does not know, and names a
/// comment by the fields it does know (google/git-appraise `review/comment/comment.go`, `Hash`), so ids stay what
/// they are.
public struct ForgeMark: Hashable, Sendable {
  /// What happened, in words that every forge shares.
  public enum Event: String, Hashable, Sendable, CaseIterable {
    // Of requests.
    case opened
    case draft
    case ready
    case reopened
    /// The change has a new head.
    case revision
    case reviewRequested = "review-requested"
    case reviewerRemoved = "reviewer-removed"
    /// Title or target branch were changed.
    case updated
    case merged
    case closed
    // Of comments.
    case comment
    /// A review was handed in, with or without an opinion.
    case review
    /// A vote on a label.
    case vote
    /// An opinion was taken back or dismissed.
    case withdrawn
    /// An answer by which a later approval lifts the same person's rejection; nobody wrote it.
    case settled
    /// Written by the review system itself or by a build.
    case automatic
  }

  /// The kind of forge: `github`, `gitlab` or `gerrit`.
  public var forge: String
  /// The request in the forge's numbering: `pull/76`, `merge-requests/45`, `changes/12345`.
  public var request: String
  /// The forge's own id of what happened, or one made of the request, the event and its time.
  public var id: String
  public var event: Event
  /// Who did it, where that is not the record's own person.
  public var actor = ""
  /// Whom it concerns: the reviewer who was asked or removed.
  public var subject = ""
  /// The commit it is about: the new head, or the one that landed.
  public var commit = ""
  /// The earliest time at which it can have happened, in seconds; empty when the record's own time is exact.
  public var notBefore = ""
  /// The label of a vote and its value, such as `Code-Review` and `+2`.
  public var label = ""
  public var value = ""
  /// What the review system calls a message that it wrote by itself.
  public var tag = ""
  /// `open` while an answer to the comment is expected.
  public var thread = ""

  public init(forge: String, request: String, id: String, event: Event) {
    self.forge = forge
    self.request = request
    self.id = id
    self.event = event
  }

  /// The vote, when it has a label and a whole number.
  public var vote: Vote? {
    let digits = value.utf8.first == UInt8(ascii: "+") ? value.dropFirst() : value[...]
    guard !label.isEmpty, let number = Int(digits) else { return nil }
    return Vote(label: label, value: number)
  }

  /// The request's name among contributions.
  public var contribution: ContributionID? {
    let parts = request.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[1]), number > 0 else { return nil }
    switch parts[0] {
    case "pull": return .pullRequest(number)
    case "merge-requests": return .mergeRequest(number)
    case "changes": return .change(String(number))
    default: return nil
    }
  }

  /// What makes marks those of one request.
  var group: String { forge + " " + request }

  /// Place among records of the same second.
  var rank: Int { Event.allCases.firstIndex(of: event) ?? 0 }
}

extension ForgeMark {
  /// The fields by name, in the order in which they are written.
  private var fields: [(name: String, text: String)] {
    [
      ("forge", forge), ("id", id), ("request", request), ("event", event.rawValue), ("by", actor),
      ("of", subject), ("commit", commit), ("after", notBefore), ("label", label), ("value", value),
      ("tag", tag), ("thread", thread),
    ]
  }

  func write(to writer: inout RecordWriter) {
    for field in fields { writer.member(field.name, field.text) }
  }
}

/// The fields of a mark while a record is being read.
///
/// Anybody may use the same names for something else. So a value of another kind is passed over, never an error that
/// would cost the record, and without the first four fields there is no mark.
struct ForgeMarkReader {
  private static let names: Set<String> = [
    "forge", "id", "request", "event", "by", "of", "commit", "after", "label", "value", "tag", "thread",
  ]

  private var texts: [String: String] = [:]

  /// Takes the value of a field that belongs to a mark; false when it does not, or is no text.
  mutating func take(_ field: String, from reader: inout RecordReader) throws(RecordFailure) -> Bool {
    guard Self.names.contains(field), reader.isAtString else { return false }
    var text = ""
    try reader.string(into: &text)
    texts[field] = text
    return true
  }

  /// The mark, if the record has one.
  var mark: ForgeMark? {
    guard let forge = texts["forge"], let request = texts["request"], let id = texts["id"], !forge.isEmpty,
      !request.isEmpty, !id.isEmpty, let event = texts["event"].flatMap(ForgeMark.Event.init(rawValue:))
    else { return nil }
    var mark = ForgeMark(forge: forge, request: request, id: id, event: event)
    mark.actor = texts["by"] ?? ""
    mark.subject = texts["of"] ?? ""
    mark.commit = texts["commit"] ?? ""
    mark.notBefore = texts["after"] ?? ""
    mark.label = texts["label"] ?? ""
    mark.value = texts["value"] ?? ""
    mark.tag = texts["tag"] ?? ""
    mark.thread = texts["thread"] ?? ""
    return mark
  }
}
