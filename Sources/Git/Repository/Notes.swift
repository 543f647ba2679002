/// One object with the notes on it.
public struct NoteEntry: Hashable, Sendable {
  /// The object that the notes are about; it need not exist.
  public let annotated: ObjectID
  /// The notes, in tree order; several only where a note lies both flat and in folders.
  public let blobs: [ObjectID]
}

/// The notes of one commit of a notes reference.
public struct NotesTree: Hashable, Sendable {
  public let commit: ObjectID
  /// Sorted by annotated object.
  public let entries: [NoteEntry]
  /// Entries whose path is not an object id cut into parts.
  public let otherEntries: Int
}

/// A note that differs between two commits of a notes reference.
public struct NoteChange: Hashable, Sendable {
  public let annotated: ObjectID
  /// The notes there were, without those that stayed.
  public let old: [ObjectID]
  /// The notes there are now, without those that stayed.
  public let new: [ObjectID]
}

extension Repository {
  /// The notes under a full reference name; nil when there is no such reference.
  public func notes(inRef fullName: String) throws(GitError) -> NotesTree? {
    guard let id = try resolve(reference: fullName) else { return nil }
    guard let commit = try peelToCommit(id) else { throw .notes(id, "leads to no commit that is here") }
    return try notes(inCommit: commit)
  }

  /// The notes as one commit has them, whatever reference it is on.
  public func notes(inCommit commit: ObjectID) throws(GitError) -> NotesTree {
    guard let tree = try tree(ofCommit: commit) else { throw .notes(commit, "is missing") }
    let found = try notes(inTree: tree)
    return NotesTree(commit: commit, entries: found.entries, otherEntries: found.others)
  }

  /// The notes that a tree holds, sorted by annotated object, and the number of other entries.
  public func notes(inTree tree: ObjectID) throws(GitError) -> (entries: [NoteEntry], others: Int) {
    var found = FoundNotes()
    try collect(tree, NotePath(), into: &found)
    var entries: [NoteEntry] = []
    for note in found.notes.sorted(by: { $0.annotated < $1.annotated }) {
      if let last = entries.last, last.annotated == note.annotated {
        entries[entries.count - 1] = NoteEntry(annotated: note.annotated, blobs: last.blobs + [note.blob])
      } else {
        entries.append(NoteEntry(annotated: note.annotated, blobs: [note.blob]))
      }
    }
    return (entries, found.others)
  }

  /// What a notes commit changed against another, sorted by annotated object; `old` nil means from nothing.
  ///
  /// Only folders that differ are read. A note that merely moved between folders is no change.
  public func noteChanges(from old: ObjectID?, to new: ObjectID) throws(GitError) -> [NoteChange] {
    var before = FoundNotes()
    var after = FoundNotes()
    guard let newTree = try tree(ofCommit: new) else { throw .notes(new, "is missing") }
    if let old {
      guard let oldTree = try tree(ofCommit: old) else { throw .notes(old, "is missing") }
      try compare(oldTree, newTree, NotePath(), &before, &after)
    } else {
      try collect(newTree, NotePath(), into: &after)
    }
    let removed = Dictionary(grouping: before.notes, by: \.annotated)
    let added = Dictionary(grouping: after.notes, by: \.annotated)
    return Set(removed.keys).union(added.keys).sorted().compactMap { annotated in
      let old = (removed[annotated] ?? []).map(\.blob)
      let new = (added[annotated] ?? []).map(\.blob)
      let change = NoteChange(
        annotated: annotated, old: old.filter { !new.contains($0) }, new: new.filter { !old.contains($0) })
      return change.old.isEmpty && change.new.isEmpty ? nil : change
    }
  }

  private func collect(
    _ tree: ObjectID, _ path: NotePath, into found: inout FoundNotes
  ) throws(GitError) {
    guard let entries = try self.tree(tree) else { throw .notes(tree, "is missing") }
    for entry in entries { try collect(entry, path, into: &found) }
  }

  private func collect(
    _ entry: TreeEntry, _ path: NotePath, into found: inout FoundNotes
  ) throws(GitError) {
    guard let longer = path.appending(entry.name) else {
      found.others += 1
      return
    }
    if entry.mode == .directory, !longer.isComplete {
      try collect(entry.id, longer, into: &found)
    } else if let annotated = longer.annotated, entry.mode == .file || entry.mode == .executable {
      found.notes.append((annotated, entry.id))
    } else {
      found.others += 1
    }
  }

  private func compare(
    _ old: ObjectID, _ new: ObjectID, _ path: NotePath, _ before: inout FoundNotes, _ after: inout FoundNotes
  ) throws(GitError) {
    guard old != new else { return }
    guard let oldEntries = try tree(old) else { throw .notes(old, "is missing") }
    guard let newEntries = try tree(new) else { throw .notes(new, "is missing") }
    let oldOnly = Set(oldEntries).subtracting(newEntries)
    let newOnly = Set(newEntries).subtracting(oldEntries)
    var oldFolders: [[UInt8]: TreeEntry] = [:]
    for entry in oldEntries where oldOnly.contains(entry) && entry.mode == .directory {
      oldFolders[entry.name] = entry
    }
    var compared: Set<[UInt8]> = []
    for entry in newEntries where newOnly.contains(entry) {
      if entry.mode == .directory, let other = oldFolders[entry.name],
        let longer = path.appending(entry.name),
        !longer.isComplete, compared.insert(entry.name).inserted
      {
        try compare(other.id, entry.id, longer, &before, &after)
      } else {
        try collect(entry, path, into: &after)
      }
    }
    for entry in oldEntries where oldOnly.contains(entry) {
      if oldFolders[entry.name] == entry && compared.contains(entry.name) { continue }
      try collect(entry, path, into: &before)
    }
  }
}

private struct FoundNotes {
  var notes: [(annotated: ObjectID, blob: ObjectID)] = []
  var others = 0
}

/// The digits collected on the way down a notes tree.
private struct NotePath {
  private var digits: [UInt8] = []

  var isComplete: Bool { digits.count >= 40 }

  var annotated: ObjectID? { ObjectID(hexBytes: digits[...]) }

  /// Nil when the name is no part of an object id, or there would be too many digits.
  func appending(_ name: [UInt8]) -> NotePath? {
    guard digits.count + name.count <= 40, name.allSatisfy({ Bytes.hexValue($0) != nil }) else { return nil }
    var longer = self
    longer.digits += name
    return longer
  }
}

extension GitError {
  fileprivate static func notes(_ id: ObjectID, _ detail: String) -> GitError {
    GitError(code: .notFound, function: "notes", message: "object \(id) of the notes \(detail)")
  }
}
