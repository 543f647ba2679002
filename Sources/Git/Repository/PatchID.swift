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
    let differ = TreeDiffer(store)
    switch differ.compare(old, new) {
    case .missing: return .unknown(.missingObject)
    case .limit: return .unknown(.tooMuch)
    case .corrupt(let tree): throw .corrupt(tree == .zero ? new : tree, "patchID", "malformed entry")
    case nil: break
    }
    guard !differ.changes.isEmpty else { return .unknown(.noChanges) }
    guard differ.changes.count <= PatchID.mostChanges else { return .unknown(.tooMuch) }
    do {
      return try hashed(from: old, to: new)
    } catch {
      guard error.code == .notFound else { throw error }
      return .unknown(.missingObject)
    }
  }

  private func hashed(from old: ObjectID?, to new: ObjectID) throws(GitError) -> PatchID {
    let wrapped = try Handle("git_repository_wrap_odb", free: { git_repository_free($0) }) {
      git_repository_wrap_odb(&$0, store.odb)
    }
    let newTree = try Handle(tree: new, in: wrapped)
    guard let old else { return try hashed(wrapped.pointer, nil, newTree.pointer) }
    let oldTree = try Handle(tree: old, in: wrapped)
    return try hashed(wrapped.pointer, oldTree.pointer, newTree.pointer)
  }

  private func hashed(
    _ repository: OpaquePointer, _ old: OpaquePointer?, _ new: OpaquePointer
  ) throws(GitError) -> PatchID {
    var options = git_diff_options()
    try check("git_diff_options_init") { git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) }
    options.max_size = git_off_t(PatchID.largestFile)
    let diff = try Handle("git_diff_tree_to_tree", free: { git_diff_free($0) }) {
      git_diff_tree_to_tree(&$0, repository, old, new, &options)
    }
    for index in 0..<git_diff_num_deltas(diff.pointer) {
      guard let delta = git_diff_get_delta(diff.pointer, index)?.pointee else { continue }
      for file in [delta.old_file, delta.new_file] where file.mode & 0o170000 != 0o160000 {
        let id = ObjectID(file.id)
        guard id != .zero else { continue }
        guard let header = try store.header(of: id) else { return .unknown(.missingObject) }
        guard header.size <= PatchID.largestFile else { return .unknown(.tooMuch) }
        try store.checkWhole(id)
      }
    }
    var id = git_oid()
    try check("git_diff_patchid") { git_diff_patchid(&id, diff.pointer, nil) }
    for index in 0..<git_diff_num_deltas(diff.pointer) {
      guard let delta = git_diff_get_delta(diff.pointer, index) else { continue }
      if delta.pointee.flags & GIT_DIFF_FLAG_BINARY.rawValue != 0 { return .unknown(.binary) }
    }
    return .known(ObjectID(id))
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

extension Handle {
  fileprivate init(tree id: ObjectID, in repository: borrowing Handle) throws(GitError) {
    let repository = repository.pointer
    try self.init("git_tree_lookup", free: { git_tree_free($0) }) { made in
      var raw = id.raw
      return git_tree_lookup(&made, repository, &raw)
    }
  }
}
