internal import Facts
internal import Git

/// gittuf's reference state log: one commit for each recorded move of a ref, and later remarks that withdraw some.
///
/// The format is that of gittuf `pkg/rsl`: an entry's message says `ref:`, `targetID:` and `number:`; a remark says
/// `entryID:` for each entry it is about, and `skip: true` when these no longer count.
struct ReferenceLog {
  struct Entry: Hashable {
    let id: ObjectName
    let at: Instant
    let target: ObjectName
  }

  /// The entries of one branch that count, oldest first.
  private(set) var entries: [Entry] = []
  /// All entries of the log, for all refs, and remarks.
  private(set) var total = 0
  private(set) var remarks = 0
  /// Entries that were withdrawn.
  private(set) var skipped = 0

  /// Reads the log as it stood at a moment; nil reads all of it.
  init(_ reader: GittufReader, ref: String, tip: ObjectID, branch: String, asOf: Instant?) {
    var withdrawn: Set<ObjectName> = []
    for (id, commit, at) in Self.commits(reader, ref: ref, tip: tip, asOf: asOf) {
      let name = ObjectName(git: id)
      switch Message(commit.messageText) {
      case .entry(let moved, let target):
        total += 1
        if moved == branch { entries.append(Entry(id: name, at: at, target: target)) }
      case .remark(let about, let isSkip):
        total += 1
        remarks += 1
        if isSkip { withdrawn.formUnion(about) }
      case .other: total += 1
      case nil:
        reader.report(.unreadableRecord(line: 1, detail: "no entry of the log"), ref: ref, object: name)
      }
    }
    skipped = withdrawn.count
    entries.removeAll { withdrawn.contains($0.id) }
  }

  /// The commits of the log, oldest first; none is dated before the one before it.
  private static func commits(
    _ reader: GittufReader, ref: String, tip: ObjectID, asOf: Instant?
  ) -> [(ObjectID, CommitObject, Instant)] {
    var chain: [(ObjectID, CommitObject)] = []
    var seen: Set<ObjectID> = []
    var next: ObjectID? = tip
    while let id = next, seen.insert(id).inserted {
      guard chain.count < reader.limits.commits else {
        reader.report(
          .oversized(bytes: chain.count, limit: reader.limits.commits), ref: ref, object: ObjectName(git: id))
        break
      }
      guard let commit = reader.commit(id, ref: ref) else { break }
      chain.append((id, commit))
      next = commit.parents.first
    }
    var dated: [(ObjectID, CommitObject, Instant)] = []
    var moment = Int64.min
    for (id, commit) in chain.reversed() {
      moment = max(moment, commit.committed?.seconds ?? .min)
      if let asOf, moment > asOf.seconds { break }
      dated.append((id, commit, Instant(seconds: moment)))
    }
    return dated
  }

  private enum Message {
    case entry(ref: String, target: ObjectName)
    case remark(about: [ObjectName], isSkip: Bool)
    /// A propagation from another repository.
    case other

    init?(_ text: String) {
      var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
      guard let subject = lines.popFirst() else { return nil }
      var fields: [(key: Substring, value: Substring)] = []
      for line in lines.prefix(100_000) {
        if line.starts(with: "-----BEGIN".utf8) { break }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
        let value = line[line.index(after: colon)...].drop { $0 == 0x20 }
        fields.append((Substring(line[..<colon]), Substring(value)))
      }
      let first = { (key: String) in fields.first { $0.key == key }?.value }
      if subject.elementsEqual("RSL Reference Entry".utf8) {
        guard let ref = first("ref"), let target = first("targetID").flatMap({ ObjectName(hex: $0) }) else {
          return nil
        }
        self = .entry(ref: String(ref), target: target)
      } else if subject.elementsEqual("RSL Annotation Entry".utf8) {
        let about = fields.filter { $0.key == "entryID" }.compactMap { ObjectName(hex: $0.value) }
        self = .remark(about: about, isSkip: first("skip") == "true")
      } else if subject.starts(with: "RSL ".utf8) {
        self = .other
      } else {
        return nil
      }
    }
  }
}
