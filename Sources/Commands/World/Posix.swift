internal import Glibc

/// The few system calls that Foundation does not offer with their errors and without side effects.
///
/// Every failure is thrown as the number in `errno`. Interrupted calls are taken up again.
enum Posix {
  struct Failure: Error {
    let code: Int32
  }

  /// An open file that is closed at the end of its scope.
  struct Descriptor: ~Copyable {
    let number: Int32

    deinit { _ = Glibc.close(number) }
  }

  static func open(_ path: String, _ flags: Int32, in directory: borrowing Descriptor) throws(Failure)
    -> Descriptor
  {
    let folder = directory.number
    return Descriptor(number: try check { unsafe Glibc.openat(folder, path, flags | O_CLOEXEC, 0o666) })
  }

  static func open(_ path: String, _ flags: Int32) throws(Failure) -> Descriptor {
    Descriptor(number: try check { unsafe Glibc.open(path, flags | O_CLOEXEC, 0o666) })
  }

  /// Creates a file that only this user can read and write.
  static func create(_ path: String) throws(Failure) -> Descriptor {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    return Descriptor(number: try check { unsafe Glibc.open(path, flags, 0o600) })
  }

  /// Has the system end this process after so many seconds, and refuse it more memory than so many MiB.
  static func limitRun(seconds: Int, memory: Int) {
    // SIGALRM ends a process that does not ask otherwise; git then refuses the push.
    _ = alarm(UInt32(clamping: seconds))
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(memory) << 20)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
  }

  /// Where a symbolic link points; nil when it cannot be read.
  static func linkTarget(_ path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer -> Int in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe Glibc.readlink(path, start, buffer.count)
    }
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }

  /// Writes all bytes, however many calls it takes.
  static func write(_ bytes: [UInt8], to number: Int32) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let rest = bytes[start...]
      start += Int(
        try check {
          Int32(
            clamping: unsafe rest.withUnsafeBytes {
              unsafe Glibc.write(number, $0.baseAddress, min($0.count, 1 << 30))
            })
        })
    }
  }

  /// Reads to the end, or fails with `EFBIG` once there are more than `limit` bytes.
  static func readAll(_ descriptor: borrowing Descriptor, limit: Int) throws(Failure) -> [UInt8] {
    let number = descriptor.number
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Int(
        try check {
          Int32(
            clamping: unsafe chunk.withUnsafeMutableBytes {
              unsafe Glibc.read(number, $0.baseAddress, $0.count)
            })
        })
      guard count > 0 else { return bytes }
      guard bytes.count + count <= limit else { throw Failure(code: EFBIG) }
      bytes += chunk[..<count]
    }
  }

  /// Type and permission bits.
  static func mode(of descriptor: borrowing Descriptor) throws(Failure) -> mode_t {
    let number = descriptor.number
    var status = stat()
    try check { unsafe fstat(number, &status) }
    return status.st_mode
  }

  /// Type and permission bits of a name in a directory; nil when there is none.
  static func mode(
    of name: String, in directory: borrowing Descriptor, followingLinks: Bool = false
  ) throws(Failure) -> mode_t? {
    let number = directory.number
    var status = stat()
    do throws(Failure) {
      try check { unsafe fstatat(number, name, &status, followingLinks ? 0 : AT_SYMLINK_NOFOLLOW) }
    } catch {
      guard error.code == ENOENT else { throw error }
      return nil
    }
    return status.st_mode
  }

  /// All names in a directory, in no order.
  static func names(in path: String) throws(Failure) -> [String] {
    guard let stream = unsafe opendir(path) else { throw Failure(code: errno) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw Failure(code: errno) }
        return names
      }
      names.append(unsafe withUnsafePointer(to: &entry.pointee.d_name) { unsafe name(at: $0) })
    }
  }

  /// The characters of a fixed array up to its first zero byte.
  private static func name<Characters>(at characters: UnsafePointer<Characters>) -> String {
    unsafe String(cString: UnsafeRawPointer(characters).assumingMemoryBound(to: CChar.self))
  }

  static func makeDirectory(_ path: String) throws(Failure) {
    try check { unsafe mkdir(path, 0o777) }
  }

  static func isRegular(_ mode: mode_t) -> Bool { mode & S_IFMT == S_IFREG }

  static func setMode(_ mode: mode_t, of descriptor: borrowing Descriptor) throws(Failure) {
    let number = descriptor.number
    try check { fchmod(number, mode & 0o7777) }
  }

  static func sync(_ descriptor: borrowing Descriptor) throws(Failure) {
    let number = descriptor.number
    try check { fsync(number) }
  }

  static func rename(_ old: String, to new: String, in directory: borrowing Descriptor) throws(Failure) {
    let number = directory.number
    try check { unsafe renameat(number, old, number, new) }
  }

  static func remove(_ name: String, in directory: borrowing Descriptor) throws(Failure) {
    let number = directory.number
    try check { unsafe unlinkat(number, name, 0) }
  }

  /// The path without links and dots, or nil when it names nothing.
  static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// What the system says about an error number, in English.
  static func message(_ code: Int32) -> String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// Runs a call that answers a negative number on failure.
  @discardableResult
  static func check(_ call: () -> Int32) throws(Failure) -> Int32 {
    while true {
      let result = call()
      guard result < 0 else { return result }
      guard errno == EINTR else { throw Failure(code: errno) }
    }
  }
}
