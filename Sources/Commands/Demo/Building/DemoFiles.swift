internal import Git

/// The files of one commit of the sample: contents by path, each written as an object when a commit needs it.
struct DemoFiles {
  private var texts: [String: String] = [:]
  private var blobs: [String: ObjectID] = [:]

  mutating func apply(_ edits: [DemoEdit]) {
    for edit in edits {
      switch edit {
      case .extend(let path, let title):
        set(path, (texts[path] ?? DemoCode.opening(of: path)) + DemoCode.piece(title, in: path))
      case .replace(let path, let text): set(path, text)
      }
    }
  }

  /// Takes the pieces of edits out again; a file that was replaced stays as it is.
  mutating func takeBack(_ edits: [DemoEdit]) {
    for case .extend(let path, let title) in edits {
      guard let text = texts[path], let piece = text.firstRange(of: DemoCode.piece(title, in: path)) else {
        continue
      }
      set(path, String(text[..<piece.lowerBound] + text[piece.upperBound...]))
    }
  }

  private mutating func set(_ path: String, _ text: String) {
    texts[path] = text
    blobs[path] = nil
  }

  /// Writes what has changed, and gives the tree of all files.
  mutating func tree(in writer: RepositoryWriter) throws -> ObjectID {
    // In any order: an object's name does not depend on when it was written.
    for (path, text) in texts where blobs[path] == nil {
      blobs[path] = try writer.object(.blob, Array(text.utf8))
    }
    return try Self.tree(blobs.map { ($0.key.split(separator: "/")[...], $0.value) }, writer)
  }

  private typealias Place = (path: ArraySlice<Substring>, blob: ObjectID)

  private static func tree(_ places: [Place], _ writer: RepositoryWriter) throws -> ObjectID {
    var entries: [TreeEntry] = []
    var folders: [Substring: [Place]] = [:]
    for (path, blob) in places {
      guard let name = path.first else { continue }
      if path.count == 1 {
        entries.append(TreeEntry(mode: .file, name: Array(name.utf8), id: blob))
      } else {
        folders[name, default: []].append((path.dropFirst(), blob))
      }
    }
    // In any order: the writer puts entries in Git's order.
    for (name, inside) in folders {
      entries.append(TreeEntry(mode: .directory, name: Array(name.utf8), id: try tree(inside, writer)))
    }
    return try writer.tree(entries)
  }
}
