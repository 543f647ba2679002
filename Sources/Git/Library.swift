internal import Clibgit2
internal import Synchronization

/// The process-wide state of libgit2: started once, never stopped.
enum Library {
  /// Starts libgit2 and shuts out every configuration but the repository's own.
  ///
  /// Its object cache is off: each caller here reads an object once, or keeps it itself.
  static let started: Bool = {
    guard git_libgit2_init() > 0 else { return false }
    for level in [GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL] {
      guard tributary_git_set_search_path(level.rawValue, "") == 0 else { return false }
    }
    return tributary_git_set_caching(0) == 0
      && tributary_git_set_mwindow_size(window) == 0
      && tributary_git_set_mwindow_mapped_limit(mapped) == 0
      && tributary_git_set_owner_validation(0) == 0
      && tributary_git_set_strict_hash_verification(0) == 0
  }()

  /// How much of a pack one mapping shows, in bytes.
  private static let window = 16 << 20
  /// How much of all packs is mapped at the same time, in bytes; each thread maps the packs anew.
  ///
  /// Bounds the resident memory of a full reading. Below what the threads need together,
  /// mapping again and again would double the time.
  private static let mapped = 576 << 20

  /// From now on everything written into a git directory is synced to the disk before it counts.
  static func syncWrites() throws(GitError) {
    try check("git_libgit2_opts") { tributary_git_set_fsync(1) }
  }

  private static let verifying = Mutex(false)

  /// Whether objects are hashed when they are read.
  static var isVerifying: Bool { verifying.withLock { $0 } }

  /// From now on each object read is hashed and compared with its name, in the whole process.
  static func verifyHashes() {
    verifying.withLock { on in
      guard !on else { return }
      on = tributary_git_set_strict_hash_verification(1) == 0
    }
  }
}
