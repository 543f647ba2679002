internal import Clibgit2

/// One object database handle, for one thread at a time.
///
/// libgit2 shares an open pack, its lock and its cache of delta bases between all handles that reached it by
/// the same path string. So each worker opens the folders under a spelling of their paths of its own.
final class ObjectStore {
  let odb: OpaquePointer
  private let loose: LooseObjects

  /// Opens the folders; `spelling` 0 is the plain path, each higher number another spelling of it.
  init(folders: [String], loose: LooseObjects, spelling: Int) throws(GitError) {
    self.loose = loose
    var made: OpaquePointer?
    try check("git_odb_new") { git_odb_new(&made) }
    guard let made else { throw GitError.last(-1, in: "git_odb_new") }
    odb = made
    let suffix = String(repeating: "/.", count: spelling)
    for folder in folders {
      try check("git_odb_add_disk_alternate") { git_odb_add_disk_alternate(made, folder + suffix) }
    }
  }

  deinit { git_odb_free(odb) }

  /// Kind and size of an object; nil when it is not there.
  func header(of id: ObjectID) throws(GitError) -> ObjectHeader? {
    var raw = id.raw
    var size = 0
    var kind = GIT_OBJECT_INVALID
    if let danger = loose.danger(id, headerOnly: true) { throw .corrupt(id, "header", danger) }
    let status = git_odb_read_header(&size, &kind, odb, &raw)
    guard try found(status, "git_odb_read_header") else { return nil }
    guard let kind = ObjectKind(kind) else { throw .unknownKind(id) }
    return ObjectHeader(kind: kind, size: size)
  }

  /// Lends the bytes of an object for the length of one call; nil when it is not there.
  func withObject<Result>(
    _ id: ObjectID, _ body: (ObjectKind, UnsafeBufferPointer<UInt8>) throws(GitError) -> Result
  ) throws(GitError) -> Result? {
    guard let object = try object(id) else { return nil }
    defer { git_odb_object_free(object) }
    guard let kind = ObjectKind(git_odb_object_type(object)) else { throw .unknownKind(id) }
    let start = git_odb_object_data(object)?.assumingMemoryBound(to: UInt8.self)
    return try body(kind, UnsafeBufferPointer(start: start, count: git_odb_object_size(object)))
  }

  /// Throws when libgit2 would hang on reading the object; to be asked before it reads one by itself.
  func checkWhole(_ id: ObjectID) throws(GitError) {
    if let danger = loose.danger(id, headerOnly: false) { throw .corrupt(id, "read", danger) }
  }

  /// Reads an object that the caller must free; nil when it is not there.
  func object(_ id: ObjectID) throws(GitError) -> OpaquePointer? {
    try checkWhole(id)
    var raw = id.raw
    var object: OpaquePointer?
    let status = git_odb_read(&object, odb, &raw)
    return try found(status, "git_odb_read") ? object : nil
  }

  private func found(_ status: Int32, _ function: StaticString) throws(GitError) -> Bool {
    if status == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return false
    }
    guard status >= 0 else { throw GitError.last(status, in: function) }
    return true
  }
}

extension GitError {
  static func unknownKind(_ id: ObjectID) -> GitError {
    GitError(code: .corrupt, function: "read", message: "object \(id) is of no known kind")
  }

  static func corrupt(_ id: ObjectID, _ function: String, _ message: String) -> GitError {
    GitError(code: .corrupt, function: function, message: "\(message) in object \(id)")
  }
}
