/// Who a recorded name and address stand for, as `.mailmap` says.
///
/// Follows git's mailmap.c: addresses and names are compared without regard to ASCII case, later lines add to and
/// override earlier ones, an entry with a name beats one without, and the answer is not looked up again. Unlike
/// `git` it is never read from the work tree.
public struct Mailmap: Hashable, Sendable {
  private struct Replacement: Hashable {
    var name: [UInt8]?
    var email: [UInt8]?

    mutating func merge(name: [UInt8]?, email: [UInt8]?) {
      if let name { self.name = name }
      if let email { self.email = email }
    }
  }

  private struct Entry: Hashable {
    var plain = Replacement()
    var byName: [[UInt8]: Replacement] = [:]
  }

  /// By address in lower case.
  private var entries: [[UInt8]: Entry] = [:]

  /// Reads several sources in order; a source ends at its first NUL byte.
  public init(parsing sources: [UInt8]...) {
    for source in sources { add(source) }
  }

  /// Whether there is nothing to look up.
  public var isEmpty: Bool { entries.isEmpty }

  /// Adds a source that overrides those before it.
  public mutating func add(_ source: [UInt8]) {
    for line in Bytes.lines(source[..<(source.firstIndex(of: 0) ?? source.endIndex)]) { addLine(line) }
  }

  /// The name and address that stand for the given ones; those that no entry replaces come back unchanged.
  public func resolve(name: [UInt8], email: [UInt8]) -> (name: [UInt8], email: [UInt8]) {
    guard let entry = entries[Self.folded(email)] else { return (name, email) }
    let replacement = entry.byName.isEmpty ? entry.plain : entry.byName[Self.folded(name)] ?? entry.plain
    return (replacement.name ?? name, replacement.email ?? email)
  }

  /// The same for text.
  public func resolve(name: String, email: String) -> (name: String, email: String) {
    let found = resolve(name: Array(name.utf8), email: Array(email.utf8))
    return (
      Text.decode(found.name[...], encoding: nil).text, Text.decode(found.email[...], encoding: nil).text
    )
  }

  private mutating func addLine(_ line: ArraySlice<UInt8>) {
    guard line.first != UInt8(ascii: "#"), let first = Part(line, emptyEmail: false) else { return }
    guard let second = Part(first.rest, emptyEmail: true) else {
      entries[Self.folded(first.email), default: Entry()].plain.merge(name: first.name, email: nil)
      return
    }
    let key = Self.folded(second.email)
    guard let oldName = second.name else {
      entries[key, default: Entry()].plain.merge(name: first.name, email: first.email)
      return
    }
    entries[key, default: Entry()].byName[Self.folded(oldName)] = Replacement(
      name: first.name, email: first.email)
  }

  private static func folded(_ bytes: [UInt8]) -> [UInt8] { bytes.map(Bytes.lowered) }

  /// `parse_name_and_email`: text up to an address in angle brackets, and what follows it.
  private struct Part {
    let name: [UInt8]?
    let email: [UInt8]
    let rest: ArraySlice<UInt8>

    init?(_ text: ArraySlice<UInt8>, emptyEmail: Bool) {
      guard let open = text.firstIndex(of: UInt8(ascii: "<")),
        let close = text[open...].firstIndex(of: UInt8(ascii: ">")), emptyEmail || close > open + 1
      else { return nil }
      let before = Bytes.trimmed(text[..<open])
      name = before.isEmpty ? nil : Array(before)
      email = Array(text[open...].dropFirst().prefix { $0 != UInt8(ascii: ">") })
      rest = text[close...].dropFirst()
    }
  }
}

extension Repository {
  /// The `.mailmap` at the top of a commit's tree; empty when there is none, or when it is no regular file.
  public func mailmap(atCommit commit: ObjectID) throws(GitError) -> Mailmap {
    let limit = 16 << 20
    switch try file(atPath: ".mailmap", inCommit: commit, limit: limit) {
    case .found(let bytes, _): return Mailmap(parsing: bytes)
    case .notThere, .notAFile, .missingObject: return Mailmap()
    case .oversized(let id, let size): throw .tooLarge(id, size, limit)
    }
  }
}
