internal import Clibgit2

/// The four kinds of objects.
public enum ObjectKind: String, Hashable, Sendable {
  case commit
  case tree
  case blob
  case tag

  init?(_ kind: git_object_t) {
    switch kind {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }

  var raw: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    case .tag: GIT_OBJECT_TAG
    }
  }
}

/// What an object is, without its contents.
public struct ObjectHeader: Hashable, Sendable {
  public let kind: ObjectKind
  /// In bytes.
  public let size: Int
}

/// An object copied out of the repository.
public struct RawObject: Hashable, Sendable {
  public let kind: ObjectKind
  public let bytes: [UInt8]
}
