internal import Clibgit2

/// The name of a change apart from where it was made, as `git patch-id --stable` computes it.
public enum PatchID: Hashable, Sendable {
  case known(ObjectID)
  case unknown(Reason)

  /// Why a change has no name.
  public enum Reason: Hashable, Sendable {
    /// The commit, a tree or a file is not in this repository.
    case missingObject
    /// The commit has several parents.
    case merge
    /// The trees are the same.
    case noChanges
    /// A changed file is binary; its contents would not count.
    case binary
    /// More changed files, or larger ones, than are worth comparing.
    case tooMuch
    /// A path that Git itself refuses to put into an index, such as one through `.git`.
    case refusedPath
  }

  static let mostChanges = 5_000
  static let largestFile = 16 << 20
}

extension Repository {
  /// Names the change of a commit against its parent.
  public func patchID(ofCommit id: ObjectID) throws(GitError) -> PatchID {
    guard let commit = try commit(id), let tree = commit.tree else { return .unknown(.missingObject) }
    guard commit.parents.count <= 1 else { return .unknown(.merge) }
    guard let parent = commit.parents.first else { return try patchID(from: nil, to: tree) }
    guard let parentTree = try self.tree(ofCommit: parent) else { return .unknown(.missingObject) }
    return try patchID(from: parentTree, to: tree)
  }

  /// Names the change between two trees; nil stands for the empty one.
  public func patchID(from old: ObjectID?, to new: ObjectID) throws(GitError) -> PatchID {
    try TreeComparison(self).patchID(from: old, to: new)
  }
}

/// Names changes by the contents of the changed files alone.
///
/// libgit2 would walk both whole trees entry by entry, so it is given two indexes in memory that hold nothing but
/// the changed paths.
final class PatchNaming {
  private let store: ObjectStore

  init(_ store: ObjectStore) { self.store = store }

  /// The name as `git patch-id --stable` computes it, or why there is none.
  ///
  /// Where an empty file comes or goes libgit2 counts two lines that git does not print; equal changes stay equal.
  func name(of change: TreeChange) throws(GitError) -> PatchID {
    guard !change.entries.isEmpty else { return .unknown(.noChanges) }
    guard change.entries.count <= PatchID.mostChanges else { return .unknown(.tooMuch) }
    for entry in change.entries {
      for side in [entry.sides.old, entry.sides.new] {
        guard let side, side.mode != .submodule else { continue }
        if let reason = try obstacle(side.id) { return .unknown(reason) }
      }
    }
    do {
      return try hashed(change)
    } catch {
      guard error.code == .notFound else { throw error }
      return .unknown(.missingObject)
    }
  }

  /// Why the contents of a file cannot be compared; nil when they can.
  private func obstacle(_ id: ObjectID) throws(GitError) -> PatchID.Reason? {
    guard let header = try store.header(of: id) else { return .missingObject }
    guard header.size <= PatchID.largestFile else { return .tooMuch }
    try store.checkWhole(id)
    return nil
  }

  private func hashed(_ change: TreeChange) throws(GitError) -> PatchID {
    let repository = try Handle("git_repository_wrap_odb", free: { git_repository_free($0) }) {
      git_repository_wrap_odb(&$0, store.odb)
    }
    let old = try Handle("git_index_new", free: { git_index_free($0) }) { git_index_new(&$0) }
    let new = try Handle("git_index_new", free: { git_index_free($0) }) { git_index_new(&$0) }
    for entry in change.entries {
      guard add(entry.sides.old, entry.path, to: old.pointer),
        add(entry.sides.new, entry.path, to: new.pointer)
      else { return .unknown(.refusedPath) }
    }
    var options = git_diff_options()
    try check("git_diff_options_init") { git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) }
    options.max_size = git_off_t(PatchID.largestFile)
    let (from, to, place) = (old.pointer, new.pointer, repository.pointer)
    let diff = try Handle("git_diff_index_to_index", free: { git_diff_free($0) }) {
      git_diff_index_to_index(&$0, place, from, to, &options)
    }
    var id = git_oid()
    try check("git_diff_patchid") { git_diff_patchid(&id, diff.pointer, nil) }
    for index in 0..<git_diff_num_deltas(diff.pointer) {
      guard let delta = git_diff_get_delta(diff.pointer, index) else { continue }
      if delta.pointee.flags & GIT_DIFF_FLAG_BINARY.rawValue != 0 { return .unknown(.binary) }
    }
    return .known(ObjectID(id))
  }

  /// Whether an index in memory takes one side of a path.
  private func add(_ side: TreeChange.Side?, _ path: [UInt8], to index: OpaquePointer) -> Bool {
    guard let side else { return true }
    var entry = git_index_entry()
    entry.mode = side.mode.rawValue
    entry.id = side.id.raw
    let status = (path + [0]).withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { path in
        entry.path = path.baseAddress
        return git_index_add(index, &entry)
      }
    }
    if status < 0 { git_error_clear() }
    return status >= 0
  }
}

/// Owns one libgit2 object and frees it at the end of its scope.
struct Handle: ~Copyable {
  let pointer: OpaquePointer
  private let free: (OpaquePointer?) -> Void

  init(
    _ function: StaticString, free: @escaping (OpaquePointer?) -> Void,
    _ make: (inout OpaquePointer?) -> Int32
  ) throws(GitError) {
    var made: OpaquePointer?
    let status = make(&made)
    guard status >= 0, let made else { throw GitError.last(status, in: function) }
    pointer = made
    self.free = free
  }

  deinit { free(pointer) }
}
