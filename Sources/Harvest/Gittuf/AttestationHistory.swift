internal import Facts
internal import Git

/// The history of one attestations ref: which files each commit brought or took away.
///
/// gittuf keeps the ref as one line of commits. Of a merge only the first parent is followed, so that what another
/// line held appears with the merge.
struct AttestationHistory {
  struct Step {
    let commit: ObjectName
    /// Committer time, never before that of the commit before.
    let at: Instant
    /// False for the oldest commit where its parent is not here: what it holds may be older.
    let showsArrivals: Bool
    let author: Identity?
    let changes: [Change]
  }

  /// A file that came, changed, or went (then without a blob).
  struct Change {
    let path: String
    let blob: ObjectID?
  }

  /// Oldest first.
  private(set) var steps: [Step] = []
  /// The tree of the newest commit that counts.
  private(set) var tree: ObjectID?

  private struct Link {
    let id: ObjectID
    let tree: ObjectID
    let seconds: Int64
    let author: Identity?
    let hasParent: Bool
  }

  /// Reads the ref as it stood at a moment; nil reads all of it.
  init(_ reader: GittufReader, ref: String, tip: ObjectID, asOf: Instant?) {
    var trees = FolderComparison(reader, ref: ref)
    var before: ObjectID?
    var moment = Int64.min
    for (place, link) in Self.links(reader, ref: ref, tip: tip).reversed().enumerated() {
      moment = max(moment, link.seconds)
      if let asOf, moment > asOf.seconds { return }
      let changes = trees.changes(from: before, to: link.tree)
      steps.append(
        Step(
          commit: ObjectName(git: link.id), at: Instant(seconds: moment),
          showsArrivals: place > 0 || !link.hasParent, author: link.author, changes: changes))
      before = link.tree
      tree = link.tree
    }
  }

  /// The commits from the newest to the oldest along first parents.
  private static func links(_ reader: GittufReader, ref: String, tip: ObjectID) -> [Link] {
    var links: [Link] = []
    var seen: Set<ObjectID> = []
    var next: ObjectID? = tip
    while let id = next, seen.insert(id).inserted {
      guard links.count < reader.limits.commits else {
        reader.report(
          .oversized(bytes: links.count, limit: reader.limits.commits), ref: ref, object: ObjectName(git: id))
        break
      }
      guard let commit = reader.commit(id, ref: ref), let tree = commit.tree else { break }
      links.append(
        Link(
          id: id, tree: tree, seconds: commit.committed?.seconds ?? .min, author: commit.authorIdentity,
          hasParent: !commit.parents.isEmpty))
      next = commit.parents.first
    }
    return links
  }
}

/// Finds the files that differ between two folders, reading only what differs.
struct FolderComparison {
  private let reader: GittufReader
  private let ref: String
  private var entriesLeft: Int
  /// The folders of the version before, which is the next comparison's older side.
  private var known: [ObjectID: [TreeEntry]] = [:]
  private var used: [ObjectID: [TreeEntry]] = [:]

  init(_ reader: GittufReader, ref: String) {
    self.reader = reader
    self.ref = ref
    entriesLeft = reader.limits.treeEntries
  }

  mutating func changes(from old: ObjectID?, to new: ObjectID) -> [AttestationHistory.Change] {
    var found: [AttestationHistory.Change] = []
    compare(old, new, path: "", depth: 0, into: &found)
    (known, used) = (used, [:])
    return found
  }

  private mutating func compare(
    _ old: ObjectID?, _ new: ObjectID?, path: String, depth: Int,
    into found: inout [AttestationHistory.Change]
  ) {
    guard old != new, depth < reader.limits.depth else { return }
    let (before, after) = Self.withoutCommonEnds(entries(old), entries(new))
    var removed: [[UInt8]: TreeEntry] = [:]
    for entry in before { removed[entry.name] = entry }
    for entry in after {
      let earlier = removed.removeValue(forKey: entry.name)
      guard earlier != entry else { continue }
      let name = path + String(decoding: entry.name, as: UTF8.self)
      let earlierFolder = earlier?.mode == .directory ? earlier?.id : nil
      if entry.mode == .directory {
        if earlier != nil, earlierFolder == nil { found.append(.init(path: name, blob: nil)) }
        compare(earlierFolder, entry.id, path: name + "/", depth: depth + 1, into: &found)
      } else {
        if let earlierFolder { compare(earlierFolder, nil, path: name + "/", depth: depth + 1, into: &found) }
        found.append(.init(path: name, blob: entry.id))
      }
    }
    for entry in before where removed[entry.name] == entry {
      let name = path + String(decoding: entry.name, as: UTF8.self)
      if entry.mode == .directory {
        compare(entry.id, nil, path: name + "/", depth: depth + 1, into: &found)
      } else {
        found.append(.init(path: name, blob: nil))
      }
    }
  }

  private mutating func entries(_ folder: ObjectID?) -> [TreeEntry] {
    guard let folder else { return [] }
    if let entries = known[folder] ?? used[folder] {
      used[folder] = entries
      return entries
    }
    guard entriesLeft > 0 else { return [] }
    guard let entries = reader.folder(folder, ref: ref) else { return [] }
    entriesLeft -= entries.count
    if entriesLeft <= 0 {
      reader.report(.oversized(bytes: reader.limits.treeEntries, limit: reader.limits.treeEntries), ref: ref)
    }
    used[folder] = entries
    return entries
  }

  /// Both lists without the equal entries at their starts and ends.
  private static func withoutCommonEnds(
    _ one: [TreeEntry], _ other: [TreeEntry]
  ) -> (ArraySlice<TreeEntry>, ArraySlice<TreeEntry>) {
    let shared = min(one.count, other.count)
    var start = 0
    while start < shared, one[start] == other[start] { start += 1 }
    var end = 0
    while end < shared - start, one[one.count - 1 - end] == other[other.count - 1 - end] { end += 1 }
    return (one[start..<one.count - end], other[start..<other.count - end])
  }
}
