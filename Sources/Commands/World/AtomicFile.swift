internal import Glibc

/// Replacement of files by one rename.
///
/// The new bytes go to a sibling, are synced, and take the name in one step; then the directory is synced as
/// well. After a crash at any instant the name holds the old or the new bytes. An existing file keeps its
/// permissions, and a symbolic link stays one: the file it points to is replaced.
enum AtomicFile {
  /// Writes the bytes to `path`, or leaves what was there; a program may be executed by everybody.
  static func write(_ bytes: [UInt8], to path: String, executable: Bool = false) throws(FileFailure) {
    let place = split(resolved(path))
    guard !place.name.isEmpty else { throw FileFailure(.write, path, .system(EISDIR)) }
    do throws(Posix.Failure) {
      let directory = try Posix.open(place.folder, O_RDONLY | O_DIRECTORY)
      let mode = try Posix.mode(of: place.name, in: directory)
      if let mode, !Posix.isRegular(mode) { throw Posix.Failure(code: notRegular) }
      try replace(place.name, in: directory, with: bytes, mode: executable ? 0o755 : mode)
    } catch {
      throw FileFailure(.write, path, error.code == notRegular ? .notARegularFile : .system(error.code))
    }
  }

  /// Stands for "there is something, but no file" among the error numbers, which are all positive.
  private static let notRegular: Int32 = -1

  private static func replace(
    _ name: String, in directory: borrowing Posix.Descriptor, with bytes: [UInt8], mode: UInt32?
  ) throws(Posix.Failure) {
    let sibling = try create(beside: name, in: directory)
    do throws(Posix.Failure) {
      if let mode { try Posix.setMode(mode, of: sibling.file) }
      try Posix.write(bytes, to: sibling.file.number)
      try Posix.sync(sibling.file)
      try Posix.rename(sibling.name, to: name, in: directory)
    } catch {
      // The first failure is the one to report, and a sibling that stays behind blocks nobody.
      try? Posix.remove(sibling.name, in: directory)
      throw error
    }
    try Posix.sync(directory)
  }

  private struct Sibling: ~Copyable {
    let name: String
    let file: Posix.Descriptor
  }

  /// A new file whose name nobody else uses: one left behind by a killed run is passed over.
  private static func create(
    beside name: String, in directory: borrowing Posix.Descriptor
  ) throws(Posix.Failure) -> Sibling {
    var attempt = 0
    while true {
      let candidate = ".\(name.prefix(100)).\(getpid())-\(attempt).tmp"
      do throws(Posix.Failure) {
        let file = try Posix.open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, in: directory)
        return Sibling(name: candidate, file: file)
      } catch {
        guard error.code == EEXIST, attempt < 1_000 else { throw error }
        attempt += 1
      }
    }
  }

  /// The path behind a symbolic link; a path that names nothing yet stays as it is.
  private static func resolved(_ path: String) -> String { Posix.realPath(path) ?? path }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = String(path[..<slash])
    return (folder.isEmpty ? "/" : folder, String(path[path.index(after: slash)...]))
  }
}
