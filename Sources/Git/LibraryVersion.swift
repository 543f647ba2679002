internal import Clibgit2

/// The versions of the libraries that this process runs with.
public enum LibraryVersion {
  /// The version of libgit2, such as `1.5.1`.
  public static var libgit2: String {
    var parts: (major: Int32, minor: Int32, revision: Int32) = (0, 0, 0)
    git_libgit2_version(&parts.major, &parts.minor, &parts.revision)
    return "\(parts.major).\(parts.minor).\(parts.revision)"
  }
}
