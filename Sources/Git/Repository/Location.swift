/// Where the parts of a repository lie on disk.
struct Location: Hashable {
  /// The folder with this work tree's own `HEAD`.
  let gitDirectory: String
  /// The folder with objects and references; the same, but for linked work trees.
  let commonDirectory: String
  /// The work tree, when there is one above the git directory or pointing to it.
  let workTree: String?
  /// The `.git` file that pointed here.
  let gitFile: String?

  /// Finds the repository at the path or in a folder above it, as git's setup.c does.
  ///
  /// The search stops at the border of a file system.
  init(at path: String) throws(OpenRefusal) {
    guard let start = Files.resolved(path), let status = FileStatus(start) else {
      throw .notFound(path: path)
    }
    var folder = status.kind == .directory ? start : Location.parent(of: start)
    while true {
      if let found = try Location(in: folder) {
        self = found
        return
      }
      let above = Location.parent(of: folder)
      guard above != folder, FileStatus(above)?.device == status.device else {
        throw .notARepository(path: path)
      }
      folder = above
    }
  }

  private init?(in folder: String) throws(OpenRefusal) {
    let dotGit = folder + "/.git"
    switch FileStatus(dotGit)?.kind {
    case .special: throw .specialFile(path: dotGit)
    case .regular:
      try self.init(gitFile: dotGit, in: folder)
    case .directory where try Location.isGitDirectory(dotGit):
      try self.init(gitDirectory: Files.resolved(dotGit) ?? dotGit, workTree: folder, gitFile: nil)
    default:
      guard try Location.isGitDirectory(folder) else { return nil }
      try self.init(gitDirectory: folder, workTree: nil, gitFile: nil)
    }
  }

  private init(gitFile: String, in folder: String) throws(OpenRefusal) {
    let text = try Location.text(gitFile) ?? ""
    guard text.hasPrefix("gitdir: ") else { throw .notARepository(path: gitFile) }
    let target = Location.join(folder, String(text.dropFirst(8)))
    guard let real = Files.resolved(target), try Location.isGitDirectory(real) else {
      throw .notARepository(path: target)
    }
    try self.init(gitDirectory: real, workTree: folder, gitFile: gitFile)
  }

  private init(gitDirectory: String, workTree: String?, gitFile: String?) throws(OpenRefusal) {
    self.gitDirectory = gitDirectory
    self.commonDirectory = try Location.common(of: gitDirectory)
    self.workTree = workTree
    self.gitFile = gitFile
  }

  /// Git asks for `HEAD`, `objects` and `refs`; a snapshot may keep `packed-refs` alone.
  private static func isGitDirectory(_ path: String) throws(OpenRefusal) -> Bool {
    guard let head = FileStatus(path + "/HEAD", followingLinks: false) else { return false }
    guard head.kind != .special else { throw .specialFile(path: path + "/HEAD") }
    let common = try common(of: path)
    guard FileStatus(common + "/objects")?.kind == .directory else { return false }
    return FileStatus(common + "/refs")?.kind == .directory || FileStatus(common + "/packed-refs") != nil
  }

  private static func common(of gitDirectory: String) throws(OpenRefusal) -> String {
    guard let text = try text(gitDirectory + "/commondir") else { return gitDirectory }
    let target = join(gitDirectory, text)
    return Files.resolved(target) ?? target
  }

  /// A short text file without its last line ends; nil when there is none.
  private static func text(_ path: String) throws(OpenRefusal) -> String? {
    switch Files.read(path, limit: 65_536) {
    case .missing: return nil
    case .special: throw .specialFile(path: path)
    case .unreadable(let detail): throw .unreadable(path: path, detail: detail)
    case .bytes(var bytes):
      while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  static func join(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
