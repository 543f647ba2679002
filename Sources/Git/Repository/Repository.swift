internal import Clibgit2

/// One repository on disk, opened for reading: never its work tree, its index or its hooks.
///
/// For one thread at a time. Pipes and devices in place of the files that libgit2 opens are refused at the
/// start. A pack that another process cuts short while it is read kills the program, as it does with libgit2.
public final class Repository {
  /// The folder with this work tree's own `HEAD`.
  public let gitDirectory: String
  /// The folder with objects and references; the same, but for linked work trees.
  public let commonDirectory: String
  /// The top of the work tree; nil for a bare repository.
  public let workTree: String?
  /// The object folders: its own first, then the alternates.
  public let objectDirectories: [String]
  /// Whether objects may be missing because a server promised them.
  public let hasPromisor: Bool
  /// Commits whose parents were left out on purpose.
  public let shallowBoundary: Set<ObjectID>

  let store: ObjectStore
  let looseObjects: LooseObjects
  let looseReferences: LooseReferences
  var packedReferences: PackedReferences?

  /// Opens the repository at or above the path: a work tree, a git directory, bare or without configuration.
  ///
  /// `quarantine` is a folder of objects that a push has brought and that are not part of the repository yet.
  /// With `verifyHashes` each object read is hashed and compared with its name. That holds for the whole
  /// process from then on and doubles the time of a full reading.
  public init(
    path: String, verifyHashes: Bool = false, trust: Trust = Trust(), quarantine: String? = nil
  ) throws(OpenRefusal) {
    let preflight = try Preflight(path: path, trust: trust, quarantine: quarantine)
    guard Library.started else { throw .unreadable(path: path, detail: "libgit2 does not start") }
    if verifyHashes { Library.verifyHashes() }
    gitDirectory = preflight.location.gitDirectory
    commonDirectory = preflight.location.commonDirectory
    workTree = preflight.location.workTree
    objectDirectories = preflight.objectDirectories
    hasPromisor = preflight.isPartialClone
    shallowBoundary = try Repository.shallow(commonDirectory + "/shallow")
    looseReferences = LooseReferences(folder: commonDirectory)
    looseObjects = LooseObjects(in: preflight.objectDirectories)
    do {
      store = try ObjectStore(folders: preflight.objectDirectories, loose: looseObjects, spelling: 0)
    } catch {
      throw .unreadable(path: commonDirectory + "/objects", detail: error.message)
    }
  }

  /// Opens the same repository once more, for another thread.
  init(_ twin: RepositoryTwin, store: ObjectStore) {
    gitDirectory = twin.gitDirectory
    commonDirectory = twin.commonDirectory
    workTree = twin.workTree
    objectDirectories = twin.objectDirectories
    hasPromisor = twin.hasPromisor
    shallowBoundary = twin.shallowBoundary
    looseObjects = twin.looseObjects
    looseReferences = LooseReferences(folder: twin.commonDirectory)
    self.store = store
  }

  /// Whether history was cut on purpose; its oldest commits then have parents that are not here.
  public var isShallow: Bool { !shallowBoundary.isEmpty }

  /// Kind and size of an object; nil when it is not in this repository.
  public func header(of id: ObjectID) throws(GitError) -> ObjectHeader? {
    try store.header(of: id)
  }

  /// Copies an object; nil when it is not in this repository, an error when larger than `limit` bytes.
  public func read(_ id: ObjectID, limit: Int) throws(GitError) -> RawObject? {
    guard let header = try header(of: id) else { return nil }
    guard header.size <= limit else { throw .tooLarge(id, header.size, limit) }
    return try store.withObject(id) { kind, bytes throws(GitError) in
      guard bytes.count <= limit else { throw .tooLarge(id, bytes.count, limit) }
      return RawObject(kind: kind, bytes: Array(bytes))
    }
  }

  /// Copies what should be a commit, a tree or a tag, which hardly ever is too large.
  ///
  /// Its size is known only when it was read, which saves looking it up twice: that counts where hundreds of
  /// thousands are read. Nil when it is not in this repository, an error when larger than `limit` bytes.
  public func readSmall(_ id: ObjectID, limit: Int) throws(GitError) -> RawObject? {
    try store.withObject(id) { kind, bytes throws(GitError) in
      guard bytes.count <= limit else { throw .tooLarge(id, bytes.count, limit) }
      return RawObject(kind: kind, bytes: Array(bytes))
    }
  }

  /// Copies an object that must be of one kind, and no blob.
  func bytes(_ id: ObjectID, as kind: ObjectKind, limit: Int) throws(GitError) -> [UInt8]? {
    guard let object = try readSmall(id, limit: limit) else { return nil }
    guard object.kind == kind else {
      throw GitError(
        code: .wrongKind, function: "read", message: "object \(id) is a \(object.kind), not a \(kind)")
    }
    return object.bytes
  }

  private static func shallow(_ path: String) throws(OpenRefusal) -> Set<ObjectID> {
    switch Files.read(path, limit: 64 << 20) {
    case .missing: return []
    case .special: throw .specialFile(path: path)
    case .unreadable(let detail): throw .unreadable(path: path, detail: detail)
    case .bytes(let bytes):
      return Set(Bytes.lines(bytes[...]).compactMap { ObjectID(hexBytes: $0) })
    }
  }
}

extension GitError {
  static func tooLarge(_ id: ObjectID, _ size: Int, _ limit: Int) -> GitError {
    GitError(
      code: .tooLarge, function: "read", message: "object \(id) has \(size) bytes, more than \(limit)")
  }
}
