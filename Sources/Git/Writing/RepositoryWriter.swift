internal import Clibgit2

/// Writes a repository of its own, object by object; the same calls give the same ids.
///
/// Meant for examples and demonstrations, never for a repository that people work in.
public final class RepositoryWriter {
  /// The git directory.
  public let path: String
  private let repository: OpaquePointer
  private let odb: OpaquePointer

  /// Creates a bare repository at a path where none is, with an unborn branch.
  public init(creatingBareAt path: String, branch: String = "main") throws(GitError) {
    guard Library.started else {
      throw GitError(code: .generic, function: "git_libgit2_init", message: "libgit2 does not start")
    }
    let repository = try RepositoryWriter.create(path, branch)
    var odb: OpaquePointer?
    let status = git_repository_odb(&odb, repository)
    guard status >= 0, let odb else {
      git_repository_free(repository)
      throw GitError.last(status, in: "git_repository_odb")
    }
    self.path = path
    self.repository = repository
    self.odb = odb
  }

  deinit {
    git_odb_free(odb)
    git_repository_free(repository)
  }

  private static func create(_ path: String, _ branch: String) throws(GitError) -> OpaquePointer {
    var options = git_repository_init_options()
    try check("git_repository_init_options_init") {
      git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
    }
    options.flags =
      GIT_REPOSITORY_INIT_BARE.rawValue | GIT_REPOSITORY_INIT_MKPATH.rawValue
      | GIT_REPOSITORY_INIT_NO_REINIT.rawValue
    var made: OpaquePointer?
    let status = branch.withCString { branch in
      options.initial_head = branch
      return git_repository_init_ext(&made, path, &options)
    }
    guard status >= 0, let made else { throw GitError.last(status, in: "git_repository_init_ext") }
    return made
  }

  /// Writes an object of any kind and contents.
  public func object(_ kind: ObjectKind, _ bytes: [UInt8]) throws(GitError) -> ObjectID {
    var id = git_oid()
    try check("git_odb_write") { git_odb_write(&id, odb, bytes, bytes.count, kind.raw) }
    return ObjectID(id)
  }

  /// Writes one folder; the entries are put in Git's order.
  public func tree(_ entries: [TreeEntry]) throws(GitError) -> ObjectID {
    try object(.tree, TreeEntry.bytes(of: entries))
  }

  /// Writes folders for the given files, contents by path with `/` between its parts.
  public func tree(files: [String: [UInt8]]) throws(GitError) -> ObjectID {
    var entries: [TreeEntry] = []
    var folders: [String: [String: [UInt8]]] = [:]
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      if let slash = path.firstIndex(of: "/") {
        folders[String(path[..<slash]), default: [:]][String(path[path.index(after: slash)...])] = bytes
      } else {
        let id = try object(.blob, bytes)
        entries.append(TreeEntry(mode: .file, name: Array(path.utf8), id: id))
      }
    }
    for (name, inside) in folders.sorted(by: { $0.key < $1.key }) {
      entries.append(TreeEntry(mode: .directory, name: Array(name.utf8), id: try tree(files: inside)))
    }
    return try tree(entries)
  }

  /// Writes a tree of notes without folders, from annotated object to the blob about it.
  public func noteTree(_ notes: [ObjectID: ObjectID]) throws(GitError) -> ObjectID {
    try tree(notes.map { TreeEntry(mode: .file, name: $0.key.hexBytes, id: $0.value) })
  }

  /// Writes a commit; both idents read `Name <address> 1704067200 +0000`.
  public func commit(
    tree: ObjectID, parents: [ObjectID], author: String, committer: String, message: String
  ) throws(GitError) -> ObjectID {
    var text = "tree \(tree.hex)\n"
    for parent in parents { text += "parent \(parent.hex)\n" }
    text += "author \(author)\ncommitter \(committer)\n\n\(message)"
    return try object(.commit, Array(text.utf8))
  }

  /// Moves a reference from the expected object to a new one; nil expects that there is none.
  ///
  /// Another value in between is an error with code `modified`, or `notFound` when the reference is gone.
  public func updateReference(
    _ name: String, from expected: ObjectID?, to new: ObjectID
  ) throws(GitError) {
    var target = new.raw
    var before = (expected ?? .zero).raw
    var reference: OpaquePointer?
    defer { git_reference_free(reference) }
    try check("git_reference_create_matching") {
      git_reference_create_matching(&reference, repository, name, &target, 1, &before, "written")
    }
  }
}

extension TreeEntry {
  /// The tree object that holds these entries, put in Git's order.
  static func bytes(of entries: [TreeEntry]) -> [UInt8] {
    func key(_ entry: TreeEntry) -> [UInt8] {
      entry.mode == .directory ? entry.name + [UInt8(ascii: "/")] : entry.name
    }
    var bytes: [UInt8] = []
    for entry in entries.sorted(by: { key($0).lexicographicallyPrecedes(key($1)) }) {
      bytes += Array(String(entry.mode.rawValue, radix: 8).utf8) + [UInt8(ascii: " ")]
      bytes += entry.name + [0] + entry.id.rawBytes
    }
    return bytes
  }
}

extension ObjectID {
  fileprivate var rawBytes: [UInt8] { withUnsafeBytes(of: raw) { Array($0) } }
}
