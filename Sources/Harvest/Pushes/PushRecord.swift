public import Facts

/// One reference as one push moved it, as a line of `refs/notes/tributary/pushes`.
///
/// The note is on the reference's new object, on the old one when the reference was deleted.
public struct PushRecord: Hashable, Sendable {
  public static let reference = "refs/notes/tributary/pushes"

  /// When the server had taken the push, by its own clock.
  public var at: Instant
  /// Who pushed, as the transport knows it: an address, a login, or nothing.
  public var pusher: String
  /// Where `pusher` was read.
  public var origin: String
  /// The full name of the reference; bytes that are no UTF-8 are replaced.
  public var ref: String
  /// Nil when the reference was made.
  public var old: ObjectName?
  /// Nil when it was deleted.
  public var new: ObjectName?

  public init(at: Instant, pusher: String, origin: String, ref: String, old: ObjectName?, new: ObjectName?) {
    self.at = at
    self.pusher = pusher
    self.origin = origin
    self.ref = ref
    self.old = old
    self.new = new
  }

  /// The object that the note is on; nil for a record that moves nothing.
  public var annotated: ObjectName? { new ?? old }

  private static let nothing = String(repeating: "0", count: 40)

  /// The record as one line without its end; time first, so that sorted lines are in order of time.
  public var line: [UInt8] {
    var writer = RecordWriter()
    let digits = String(max(0, at.seconds))
    writer.member("timestamp", String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits)
    writer.member("ref", ref)
    writer.member("old", old?.hex ?? Self.nothing)
    writer.member("new", new?.hex ?? Self.nothing)
    writer.member("pusher", pusher)
    writer.member("from", origin)
    return writer.closed
  }

  /// Reads a line back.
  init(line: ArraySlice<UInt8>) throws(RecordFailure) {
    var texts: [String: String] = [:]
    var reader = RecordReader(line)
    try reader.record { (reader, field) throws(RecordFailure) in
      guard ["timestamp", "ref", "old", "new", "pusher", "from"].contains(field) else { return false }
      var text = ""
      try reader.string(into: &text)
      texts[field] = text
      return true
    }
    guard let at = (texts["timestamp"] ?? "").appraiseInstant else {
      throw RecordFailure(detail: "no timestamp")
    }
    guard let old = (texts["old"] ?? "").fullObjectName, let new = (texts["new"] ?? "").fullObjectName else {
      throw RecordFailure(detail: "no object id of 40 digits")
    }
    guard let ref = texts["ref"], ref.hasPrefix("refs/") else { throw RecordFailure(detail: "no reference") }
    self.init(
      at: at, pusher: texts["pusher"] ?? "", origin: texts["from"] ?? "", ref: ref,
      old: old.hex == Self.nothing ? nil : old, new: new.hex == Self.nothing ? nil : new)
    guard annotated != nil else { throw RecordFailure(detail: "moves nothing") }
  }
}
