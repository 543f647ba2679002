internal import Glibc

/// Keeps other writers of this program out of one repository for as long as it lives.
///
/// A lock of the system (`flock`) on the file `tributary.lock` in the git directory: it goes with the process, however
/// that ends, so a killed run blocks nobody. Git knows nothing of it; against Git itself every reference is compared
/// before it is moved.
///
/// The file also says which references are just being moved, and to what. Git and libgit2 keep others away from a
/// reference with a file `<reference>.lock`, which stays behind when the process is killed and then blocks
/// everybody for ever. The next writer finds the reference named here and takes away the file that the killed one left.
public final class WriterLock {
  private let folder: String
  private let descriptor: Int32

  /// Waits until nobody else writes, at most so many seconds.
  public init(_ repository: Repository, waiting seconds: Int) throws(GitError) {
    folder = repository.commonDirectory
    SharedPermissions.apply(to: folder)
    let path = folder + "/tributary.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
    guard descriptor >= 0 else { throw .lock(path, "cannot be opened: \(String(cString: strerror(errno)))") }
    self.descriptor = descriptor
    let end = WriterLock.now + Double(seconds)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        let reason = String(cString: strerror(errno))
        close(descriptor)
        throw .lock(path, "cannot be locked: \(reason)")
      }
      guard WriterLock.now < end else {
        close(descriptor)
        throw .lock(path, "another run has been writing for \(seconds) seconds")
      }
      usleep(20_000)
    }
    recover()
  }

  deinit { close(descriptor) }

  /// Notes what is about to be moved; has reached the disk when this returns.
  func announce(_ moves: [(reference: String, target: ObjectID)]) throws(GitError) {
    let text = moves.map { "\($0.target.hex) \($0.reference)\n" }.joined()
    guard ftruncate(descriptor, 0) == 0, write(text), fsync(descriptor) == 0 else {
      throw .lock(folder + "/tributary.lock", "cannot be written: \(String(cString: strerror(errno)))")
    }
  }

  /// Notes that nothing is being moved any more.
  func settle() {
    // If this fails, the next writer looks for files that are not there.
    _ = ftruncate(descriptor, 0)
  }

  private func write(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
  }

  /// Takes away what a killed writer left behind.
  private func recover() {
    guard case .bytes(let bytes) = Files.read(folder + "/tributary.lock", limit: 1 << 20), !bytes.isEmpty
    else { return }
    for line in Bytes.lines(bytes[...]) {
      guard line.count > 41, let target = ObjectID(hexBytes: line.prefix(40)) else { continue }
      let name = line.dropFirst(41)
      guard name.starts(with: "refs/".utf8), ReferenceName.isValid(Array(name)) else { continue }
      removeStale(folder + "/" + String(decoding: name, as: UTF8.self) + ".lock", target)
    }
    settle()
  }

  /// Removes a lock file that holds what the killed writer was about to write, or nothing for two seconds.
  ///
  /// Git fills its own lock files at once, so neither is the lock of a living process.
  private func removeStale(_ path: String, _ target: ObjectID) {
    guard let before = FileStatus(path, followingLinks: false), before.kind == .regular else { return }
    switch Files.read(path, limit: 1024) {
    case .bytes(let bytes) where bytes.elementsEqual((target.hex + "\n").utf8): unlink(path)
    case .bytes(let bytes) where bytes.isEmpty:
      usleep(2_000_000)
      guard FileStatus(path, followingLinks: false) == before else { return }
      unlink(path)
    default: return
    }
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// Who may use what is written, as `core.sharedRepository` says it.
enum SharedPermissions {
  /// Widens the file mode mask of the process as far as the repository asks for.
  ///
  /// Git itself widens each file after making it (path.c, `adjust_shared_perm`); libgit2 does not, and folders that
  /// only one user may write to would make the pushes of all others fail.
  static func apply(to folder: String) {
    guard case .bytes(let bytes) = Files.read(folder + "/config", limit: 4 << 20),
      let value = ConfigFile(bytes).last("core.sharedrepository")
    else { return }
    let mask = umask(0)
    umask(mask & ~opened(by: value))
  }

  /// The bits of the mask that must not be set.
  static func opened(by value: String) -> mode_t {
    switch value.lowercased() {
    case "umask", "false", "no", "off", "0", "": return 0
    case "group", "true", "yes", "on", "1": return 0o070
    case "all", "world", "everybody", "2": return 0o075
    default:
      guard let mode = mode_t(value, radix: 8), mode <= 0o777 else { return 0 }
      // Folders must be searched by whoever may read them.
      return mode | (mode & 0o444) >> 2
    }
  }
}

extension GitError {
  fileprivate static func lock(_ path: String, _ detail: String) -> GitError {
    GitError(code: .locked, function: "lock", message: "\(path): \(detail)")
  }
}
