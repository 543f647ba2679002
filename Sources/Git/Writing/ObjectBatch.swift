internal import Clibgit2

/// Objects that are written together: singly while they are few, else as one pack.
///
/// Each file costs a wait for the disk, and a pack is one file however many objects it holds.
struct ObjectBatch {
  /// As many objects as Git unpacks after a fetch (`transfer.unpackLimit`).
  private static let singleLimit = 100

  private var objects: [(kind: ObjectKind, bytes: [UInt8], id: ObjectID)] = []
  private var known: Set<ObjectID> = []

  /// Takes an object in and names it; nothing is written yet.
  mutating func add(_ kind: ObjectKind, _ bytes: [UInt8]) throws(GitError) -> ObjectID {
    var raw = git_oid()
    try check("git_odb_hash") { git_odb_hash(&raw, bytes, bytes.count, kind.raw) }
    let id = ObjectID(raw)
    if known.insert(id).inserted { objects.append((kind, bytes, id)) }
    return id
  }

  /// Writes all objects; they have reached the disk when this returns.
  func write(into repository: OpaquePointer) throws(GitError) {
    var odb: OpaquePointer?
    try check("git_repository_odb") { git_repository_odb(&odb, repository) }
    guard let odb else { throw GitError.last(-1, in: "git_repository_odb") }
    defer { git_odb_free(odb) }
    if objects.count <= Self.singleLimit {
      try store(in: odb)
    } else {
      try pack(odb, repository)
    }
  }

  private func store(in odb: OpaquePointer) throws(GitError) {
    for object in objects {
      var raw = git_oid()
      try check("git_odb_write") {
        git_odb_write(&raw, odb, object.bytes, object.bytes.count, object.kind.raw)
      }
    }
  }

  /// Keeps the objects in memory first, where the pack is made from.
  private func pack(_ odb: OpaquePointer, _ repository: OpaquePointer) throws(GitError) {
    var memory: UnsafeMutablePointer<git_odb_backend>?
    try check("git_mempack_new") { git_mempack_new(&memory) }
    try check("git_odb_add_backend") { git_odb_add_backend(odb, memory, 999) }
    try store(in: odb)
    var builder: OpaquePointer?
    try check("git_packbuilder_new") { git_packbuilder_new(&builder, repository) }
    defer { git_packbuilder_free(builder) }
    git_packbuilder_set_threads(builder, 1)
    for object in objects {
      var raw = object.id.raw
      try check("git_packbuilder_insert") { git_packbuilder_insert(builder, &raw, nil) }
    }
    try check("git_packbuilder_write") { git_packbuilder_write(builder, nil, 0o444, nil, nil) }
  }
}
