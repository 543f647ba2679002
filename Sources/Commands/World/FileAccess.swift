internal import Glibc

/// Reading of files and directories on disk.
enum FileAccess {
  /// The largest file that is read whole, in bytes.
  static let limit = 64 << 20

  /// The bytes of a regular file; anything else, such as a pipe, could wait for ever and is refused.
  static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    do throws(Posix.Failure) {
      let file = try Posix.open(path, O_RDONLY | O_NONBLOCK)
      let mode = try Posix.mode(of: file)
      if mode & S_IFMT == S_IFDIR { throw Posix.Failure(code: EISDIR) }
      guard Posix.isRegular(mode) else { throw Posix.Failure(code: ESPIPE) }
      return try Posix.readAll(file, limit: limit)
    } catch {
      switch error.code {
      case ESPIPE: throw FileFailure(.read, path, .notARegularFile)
      case EFBIG: throw FileFailure(.read, path, .tooLarge(limit: limit))
      default: throw FileFailure(.read, path, .system(error.code))
      }
    }
  }

  /// Standard input to its end.
  static func readInput(limit: Int) throws(FileFailure) -> [UInt8] {
    do throws(Posix.Failure) {
      let input = Posix.Descriptor(number: try Posix.check { dup(STDIN_FILENO) })
      return try Posix.readAll(input, limit: limit)
    } catch {
      throw FileFailure(
        .read, "standard input", error.code == EFBIG ? .tooLarge(limit: limit) : .system(error.code))
    }
  }

  static func list(_ path: String) throws(FileFailure) -> [DirectoryEntry] {
    do throws(Posix.Failure) {
      let directory = try Posix.open(path, O_RDONLY | O_DIRECTORY)
      var entries: [DirectoryEntry] = []
      for name in try Posix.names(in: path) where name != "." && name != ".." {
        let mode = try Posix.mode(of: name, in: directory)
        entries.append(
          DirectoryEntry(
            name: name, isDirectory: try isDirectory(name, in: directory),
            isLink: mode.map { $0 & S_IFMT == S_IFLNK } ?? false))
      }
      return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    } catch {
      throw FileFailure(.list, path, .system(error.code))
    }
  }

  static func createDirectory(_ path: String) throws(FileFailure) {
    do throws(Posix.Failure) {
      try createDirectories(path)
    } catch {
      throw FileFailure(.createDirectory, path, .system(error.code))
    }
  }

  private static func createDirectories(_ path: String) throws(Posix.Failure) {
    do throws(Posix.Failure) {
      try Posix.makeDirectory(path)
    } catch {
      switch error.code {
      case EEXIST:
        // Something is there; it is fine if it can be opened as a directory.
        _ = try Posix.open(path, O_RDONLY | O_DIRECTORY)
      case ENOENT:
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { throw error }
        try createDirectories(String(path[..<slash]))
        if path.index(after: slash) < path.endIndex { try Posix.makeDirectory(path) }
      default: throw error
      }
    }
  }

  /// Whether a name leads to a directory, through links too; one that leads nowhere does not.
  private static func isDirectory(
    _ name: String, in directory: borrowing Posix.Descriptor
  ) throws(Posix.Failure) -> Bool {
    try Posix.mode(of: name, in: directory, followingLinks: true).map { $0 & S_IFMT == S_IFDIR } ?? false
  }
}
