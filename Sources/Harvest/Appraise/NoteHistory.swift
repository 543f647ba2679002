import Facts
import Git

/// The history of a notes reference, as far as it tells when lines came into some of its notes.
///
/// Each notes commit is compared with its parents by the names of the blobs; only notes that are asked for and
/// that differ are read. A line arrives with a commit that holds it more often than each of the parents.
struct NoteHistory {
  private let reader: TolerantReader
  private let wanted: Set<ObjectName>
  private var ledger: Repository
  private var ref: String
  private var bytesLeft: Int
  /// By annotated object.
  private(set) var arrivals: [ObjectName: LineArrivals] = [:]

  init(_ reader: TolerantReader, of source: NoteSource, wanted: Set<ObjectName>) {
    self.reader = reader
    self.wanted = wanted
    ledger = reader.repository
    ref = source.ref
    bytesLeft = reader.limits.historyBytes
    guard !wanted.isEmpty else { return }
    var before = 0
    for copy in source.copies where bytesLeft > 0 { read(copy, counting: &before) }
  }

  /// Reads the history of one repository's notes; `before` counts the commits of those read before.
  private mutating func read(_ copy: NoteSource.Copy, counting before: inout Int) {
    (ledger, ref) = (copy.ledger, copy.ref)
    var commits = commitsParentsFirst(copy.tree.commit)
    for id in NoteHistory.inTime(commits.order, &commits.byID) {
      guard let commit = commits.byID[id] else { continue }
      compare(commit, id, before, commits.byID)
      before += 1
      guard bytesLeft > 0 else {
        let limit = reader.limits.historyBytes
        reader.report(.oversized(bytes: limit - bytesLeft, limit: limit), ref: ref)
        return
      }
    }
  }

  private struct NotesCommit {
    /// Those that are in this repository.
    var parents: [ObjectID]
    let time: Instant?
    let author: Identity
    let isSigned: Bool
    /// Its date, or the latest among the dates of all commits before it.
    var moment = Int64.min
  }

  /// Orders commits by date, none before its parents: a date earlier than a parent's counts as the parent's.
  private static func inTime(
    _ order: [ObjectID], _ byID: inout [ObjectID: NotesCommit]
  ) -> [ObjectID] {
    for id in order {
      guard let commit = byID[id] else { continue }
      let before = commit.parents.compactMap { byID[$0]?.moment }
      byID[id]?.moment = before.reduce(commit.time?.seconds ?? .min, max)
    }
    let moments = byID.mapValues(\.moment)
    return order.enumerated().sorted { one, other in
      (moments[one.element] ?? .min, one.offset) < (moments[other.element] ?? .min, other.offset)
    }.map(\.element)
  }

  /// All commits of the reference, each after its parents; without recursion.
  private func commitsParentsFirst(
    _ tip: ObjectID
  ) -> (order: [ObjectID], byID: [ObjectID: NotesCommit]) {
    var byID: [ObjectID: NotesCommit] = [:]
    var order: [ObjectID] = []
    guard let first = notesCommit(tip) else { return (order, byID) }
    byID[tip] = first
    var path: [(id: ObjectID, parents: ArraySlice<ObjectID>)] = [(tip, first.parents[...])]
    while var last = path.popLast() {
      guard let parent = last.parents.popFirst() else {
        order.append(last.id)
        continue
      }
      path.append(last)
      if byID[parent] != nil { continue }
      if let commit = notesCommit(parent) {
        byID[parent] = commit
        path.append((parent, commit.parents[...]))
      } else {
        byID[last.id]?.parents.removeAll { $0 == parent }
      }
    }
    return (order, byID)
  }

  private func notesCommit(_ id: ObjectID) -> NotesCommit? {
    guard let commit = reader.commit(id, in: ledger, ref: ref) else { return nil }
    return NotesCommit(
      parents: commit.parents, time: commit.committed,
      author: commit.authorIdentity ?? Identity(name: "", email: ""),
      isSigned: commit.extraHeaders.contains { $0.name.elementsEqual("gpgsig".utf8) })
  }

  private mutating func compare(
    _ commit: NotesCommit, _ id: ObjectID, _ order: Int, _ all: [ObjectID: NotesCommit]
  ) {
    guard let time = commit.time, let changes = changes(of: commit, id) else { return }
    let before = commit.parents.compactMap { all[$0]?.time }.max().flatMap { $0 <= time ? $0 : nil }
    var arrival = LineArrival(order: order, notBefore: before, notAfter: time, author: commit.author)
    let moments = commit.parents.compactMap { all[$0]?.moment }.filter { $0 > .min }
    arrival.earliest = moments.max().map { Instant(seconds: $0) }
    arrival.latest = Instant(seconds: commit.moment)
    if commit.isSigned { arrival.signed = .init(id: id, ledger: ledger) }
    for (annotated, versions) in changes {
      let known = versions.map { lineCounts($0.old) }
      for (digest, count) in lineCounts(versions[0].new)
      where known.allSatisfy({ ($0[digest] ?? 0) < count }) {
        arrivals[annotated, default: [:]][digest, default: []].append(arrival)
      }
    }
  }

  /// The wanted notes that a commit changed against all its parents, each with the change against every parent.
  private func changes(of commit: NotesCommit, _ id: ObjectID) -> [(ObjectName, [NoteChange])]? {
    var changes: [(ObjectName, [NoteChange])] = []
    let parents: [ObjectID?] = commit.parents.isEmpty ? [nil] : commit.parents
    for (place, parent) in parents.enumerated() {
      let found = reader.attempt(in: ledger, ref: ref, object: ObjectName(git: id)) {
        repository throws(GitError) in
        try repository.noteChanges(from: parent, to: id)
      }
      guard let found else { return nil }
      if place == 0 {
        changes = found.filter { !$0.new.isEmpty && wanted.contains(ObjectName(git: $0.annotated)) }
          .map { (ObjectName(git: $0.annotated), [$0]) }
      } else {
        let others = Dictionary(
          found.map { (ObjectName(git: $0.annotated), $0) }, uniquingKeysWith: { first, _ in first })
        changes = changes.compactMap { name, versions in others[name].map { (name, versions + [$0]) } }
      }
    }
    return changes
  }

  /// How often each line stands in the notes, by its digest; notes that cannot be read have no lines.
  private mutating func lineCounts(_ blobs: [ObjectID]) -> [ObjectName: Int] {
    var counts: [ObjectName: Int] = [:]
    let limit = reader.limits.noteBytes
    for blob in blobs {
      let object = reader.attempt(in: ledger, ref: ref, object: ObjectName(git: blob)) {
        repository throws(GitError) -> RawObject? in
        guard let header = try repository.header(of: blob), header.size <= limit else { return nil }
        return try repository.read(blob, limit: limit)
      }
      guard let object else { continue }
      bytesLeft -= object.bytes.count
      for line in object.bytes.split(separator: 0x0a) { counts[SHA1.digest(of: line), default: 0] += 1 }
    }
    return counts
  }
}
