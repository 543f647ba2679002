internal import Glibc

/// What the file system says about one path, without opening it.
struct FileStatus: Hashable {
  enum Kind {
    case regular
    case directory
    case link
    case special
  }

  let kind: Kind
  let owner: UInt32
  let device: UInt64
  let inode: UInt64
  let size: Int64
  let changed: Int64

  /// Nil when nothing is there, or it may not be looked at.
  init?(_ path: String, followingLinks: Bool = true) {
    var status = stat()
    guard (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .special
      }
    owner = status.st_uid
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    changed = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
  }
}

/// Reading files and folders so that no pipe, device or endless file can stop the program.
enum Files {
  /// What came of reading a file.
  enum Reading {
    case bytes([UInt8])
    case missing
    case special
    case unreadable(String)
  }

  /// Reads a regular file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) -> Reading {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      return errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable(reason(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .unreadable(reason(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return status.st_mode & S_IFMT == S_IFDIR ? .unreadable("is a folder") : .special
    }
    guard status.st_size <= limit else { return .unreadable("is larger than \(limit) bytes") }
    return contents(of: descriptor, expecting: Int(status.st_size), limit: limit)
  }

  /// The names in a folder, sorted by their bytes; nil when it is no readable folder.
  static func names(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The target text of a symbolic link.
  static func linkTarget(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink(path, $0.assumingMemoryBound(to: CChar.self), bytes.count) } ?? 0
    }
    guard count > 0, count < buffer.count else { return nil }
    return String(decoding: buffer.prefix(count), as: UTF8.self)
  }

  /// The path with all links resolved; nil when something on the way does not exist.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Lets other processes go on.
  static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }

  /// The user this process acts as.
  static var effectiveUser: UInt32 { geteuid() }

  private static func contents(of descriptor: Int32, expecting size: Int, limit: Int) -> Reading {
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { Glibc.read(descriptor, $0 + filled, size - filled) } ?? 0
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return .unreadable(reason(errno)) }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(size - filled)
    return .bytes(bytes)
  }

  private static func reason(_ code: Int32) -> String {
    String(cString: strerror(code))
  }
}
