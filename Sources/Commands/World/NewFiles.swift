internal import Glibc

/// Creation of files that must not be there yet.
enum NewFiles {
  /// Creates the directory if need be and all files in it; when one cannot be created, none stays.
  ///
  /// A name that is taken, by a link too, is a failure: nothing is ever replaced.
  static func create(
    _ files: [(name: String, bytes: [UInt8])], in directory: String
  ) throws(FileFailure) {
    try FileAccess.createDirectory(directory)
    var current = directory
    do throws(Posix.Failure) {
      let folder = try Posix.open(directory, O_RDONLY | O_DIRECTORY)
      var created: [String] = []
      do throws(Posix.Failure) {
        for (name, bytes) in files {
          current = "\(directory)/\(name)"
          let file = try Posix.open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, in: folder)
          created.append(name)
          try Posix.write(bytes, to: file.number)
          try Posix.sync(file)
        }
      } catch {
        // The first failure is the one to report.
        for name in created { try? Posix.remove(name, in: folder) }
        throw error
      }
      try Posix.sync(folder)
    } catch {
      throw FileFailure(.write, current, .system(error.code))
    }
  }
}
