/// The tree of a notes reference while notes are being changed; only folders on the way are read and written.
///
/// Notes stay where they are. A folder that gets more than 256 notes is divided by the next two digits; Git divides a
/// growing tree in the same way, at a number of its own (notes.c, `determine_fanout`).
struct NotesTreeEditor {
  private final class Folder {
    var entries: [TreeEntry] = []
    /// Places in `entries` by name; of equal names the first.
    var places: [[UInt8]: Int] = [:]
    /// Folders that were looked into.
    var folders: [[UInt8]: Folder] = [:]
    /// Whether any notes lie in folders of their own.
    var isDivided = false

    init(_ entries: [TreeEntry]) {
      for entry in entries { append(entry) }
    }

    func append(_ entry: TreeEntry) {
      if places[entry.name] == nil { places[entry.name] = entries.count }
      entries.append(entry)
      let isPart = entry.mode == .directory && entry.name.count == 2
      isDivided = isDivided || (isPart && entry.name.allSatisfy { Bytes.hexValue($0) != nil })
    }
  }

  private static let noteLimit = 256

  private let repository: Repository
  private let root: Folder

  /// Begins with the tree of a notes commit, or with no notes.
  init(_ repository: Repository, commit: ObjectID?) throws(GitError) {
    self.repository = repository
    guard let commit else {
      root = Folder([])
      return
    }
    guard let tree = try repository.tree(ofCommit: commit) else { throw .incomplete(commit) }
    guard let entries = try repository.tree(tree) else { throw .incomplete(tree) }
    root = Folder(entries)
  }

  /// The blob of the note on an object; the one that `set` replaces.
  func note(on annotated: ObjectID) throws(GitError) -> ObjectID? {
    let (folder, name) = try place(of: annotated)
    return folder.places[name].map { folder.entries[$0].id }
  }

  func set(_ annotated: ObjectID, to blob: ObjectID) throws(GitError) {
    let (folder, name) = try place(of: annotated)
    let entry = TreeEntry(mode: .file, name: name, id: blob)
    if let place = folder.places[name] {
      guard folder.entries[place].mode != .directory else { throw .occupied(annotated) }
      folder.entries[place] = entry
    } else if folder.isDivided, name.count > 2, folder.places[Array(name.prefix(2))] == nil {
      folder.append(TreeEntry(mode: .directory, name: Array(name.prefix(2)), id: .emptyTree))
      folder.folders[Array(name.prefix(2))] = Folder([
        TreeEntry(mode: .file, name: Array(name.dropFirst(2)), id: blob)
      ])
    } else {
      folder.append(entry)
      divide(folder, digits: name.count)
    }
  }

  /// Writes every folder that was looked into.
  func write(into batch: inout ObjectBatch) throws(GitError) -> ObjectID { try write(root, into: &batch) }

  /// The folder that holds the note on an object or should hold it, and the name it has there.
  private func place(of annotated: ObjectID) throws(GitError) -> (folder: Folder, name: [UInt8]) {
    var folder = root
    var rest = annotated.hexBytes[...]
    while folder.places[Array(rest)] == nil, rest.count > 2 {
      let name = Array(rest.prefix(2))
      guard let place = folder.places[name], folder.entries[place].mode == .directory else { break }
      folder = try inside(folder, name, folder.entries[place].id)
      rest = rest.dropFirst(2)
    }
    return (folder, Array(rest))
  }

  private func inside(_ folder: Folder, _ name: [UInt8], _ tree: ObjectID) throws(GitError) -> Folder {
    if let known = folder.folders[name] { return known }
    guard let entries = try repository.tree(tree) else { throw .incomplete(tree) }
    let read = Folder(entries)
    folder.folders[name] = read
    return read
  }

  /// Moves the notes of a folder that has become too full into folders of their own; `digits` is how many digits the
  /// names of its notes have.
  private func divide(_ folder: Folder, digits: Int) {
    func isNote(_ entry: TreeEntry) -> Bool {
      entry.mode != .directory && entry.name.count == digits
        && entry.name.allSatisfy { Bytes.hexValue($0) != nil }
    }
    guard digits > 2, folder.entries.count > Self.noteLimit,
      folder.entries.count(where: isNote) > Self.noteLimit
    else { return }
    let notes = folder.entries.filter(isNote)
    let others = folder.entries.filter { !isNote($0) }
    let divided = Folder(others)
    for (name, notes) in Dictionary(grouping: notes, by: { Array($0.name.prefix(2)) }) {
      let inner = divided.places[name] == nil ? Folder([]) : folder.folders[name]
      // A folder of this name that was not read stays as it is, and so do the notes beside it.
      guard let inner else {
        for note in notes { divided.append(note) }
        continue
      }
      for note in notes {
        inner.append(TreeEntry(mode: note.mode, name: Array(note.name.dropFirst(2)), id: note.id))
      }
      divided.folders[name] = inner
      if divided.places[name] == nil {
        divided.append(TreeEntry(mode: .directory, name: name, id: .emptyTree))
      }
      divide(inner, digits: digits - 2)
    }
    for (name, inner) in folder.folders where divided.folders[name] == nil { divided.folders[name] = inner }
    (folder.entries, folder.places, folder.folders) = (divided.entries, divided.places, divided.folders)
    folder.isDivided = divided.isDivided
  }

  private func write(_ folder: Folder, into batch: inout ObjectBatch) throws(GitError) -> ObjectID {
    for name in folder.folders.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let inner = folder.folders[name], let place = folder.places[name] else { continue }
      folder.entries[place] = TreeEntry(
        mode: .directory, name: name, id: try write(inner, into: &batch))
    }
    return try batch.add(.tree, TreeEntry.bytes(of: folder.entries))
  }
}

extension GitError {
  fileprivate static func occupied(_ id: ObjectID) -> GitError {
    GitError(code: .corrupt, function: "notes", message: "a folder has the name of the note on \(id)")
  }

  fileprivate static func incomplete(_ id: ObjectID) -> GitError {
    GitError(
      code: .notFound, function: "notes", message: "object \(id) of the notes is missing; nothing was written"
    )
  }
}
