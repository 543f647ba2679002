internal import Clibgit2
internal import Glibc

/// Creation of a bare repository that is there as a whole or not at all.
public enum NewRepository {
  /// Makes an empty bare repository at a path where nothing is, or an empty folder.
  ///
  /// It is built beside the path and takes its name in one step. When somebody else makes one there meanwhile, theirs stays.
  public static func create(bareAt path: String) throws(GitError) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let building = "\(path).tributary-\(getpid()).tmp"
    try remove(building)
    do throws(GitError) {
      try Library.syncWrites()
      _ = try RepositoryWriter(creatingBareAt: building)
      try sync(building)
      guard rename(building, path) == 0 else {
        let reason = errno
        if reason == EEXIST || reason == ENOTEMPTY { return try remove(building) }
        throw .creation(path, reason)
      }
      try syncOne(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".")
    } catch {
      // The first failure is the one to report; what stays behind is in nobody's way.
      try? remove(building)
      throw error
    }
  }

  /// Makes sure that all files and folders below a path have reached the disk.
  private static func sync(_ path: String) throws(GitError) {
    if FileStatus(path, followingLinks: false)?.kind == .directory {
      for name in Files.names(in: path) ?? [] { try sync(path + "/" + name) }
    }
    try syncOne(path)
  }

  private static func syncOne(_ path: String) throws(GitError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw .creation(path, errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .creation(path, errno) }
  }

  /// Removes what a killed run of the same process number left.
  private static func remove(_ path: String) throws(GitError) {
    guard let status = FileStatus(path, followingLinks: false) else { return }
    if status.kind == .directory {
      for name in Files.names(in: path) ?? [] { try remove(path + "/" + name) }
      guard rmdir(path) == 0 else { throw .creation(path, errno) }
    } else {
      guard unlink(path) == 0 else { throw .creation(path, errno) }
    }
  }
}

extension GitError {
  fileprivate static func creation(_ path: String, _ reason: Int32) -> GitError {
    GitError(code: .generic, function: "create", message: "\(path): \(String(cString: strerror(reason)))")
  }
}
