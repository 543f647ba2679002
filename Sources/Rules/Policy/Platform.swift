public import Facts

/// What is looked after, where it lies and who takes contributions to it: the content of `platform.json5`.
public struct Platform: Hashable, Sendable {
  /// One repository of the platform.
  public struct Repository: Hashable, Sendable {
    public var name: String
    /// Where the clone lies, relative to the policy file's directory unless absolute; nil when the caller
    /// says it.
    public var path: String?
    /// Target branches by short or full name, the main one first; empty means the branch that HEAD names.
    public var branches: [String]

    public init(name: String, path: String? = nil, branches: [String] = []) {
      self.name = name
      self.path = path
      self.branches = branches
    }
  }

  /// A part of the platform that one team takes contributions to.
  public struct Component: Hashable, Sendable {
    public var id: String
    public var name: String
    public var paths: PathList
    /// The id of the host team.
    public var host: String
    /// Names of the repositories the paths are meant for; empty means all.
    public var repositories: [String]

    public init(id: String, name: String? = nil, paths: PathList, host: String, repositories: [String] = []) {
      self.id = id
      self.name = name ?? id
      self.paths = paths
      self.host = host
      self.repositories = repositories
    }
  }

  public var repositories: [Repository]
  /// In the order of the file.
  public var components: [Component]
  /// The format of the files that say who owns which path; nil: with a roster, nobody is an owner by file.
  public var ownership: OwnershipFormat?

  public init(
    repositories: [Repository] = [], components: [Component] = [], ownership: OwnershipFormat? = nil
  ) {
    self.repositories = repositories
    self.components = components
    self.ownership = ownership
  }

  /// No repository named, no component, no ownership file.
  public static let defaults = Platform()

  /// The components that a path belongs to, in the order of the file; a path may belong to several or to
  /// none.
  public func components(of path: [UInt8], in repository: String? = nil) -> [Component] {
    components.filter { $0.covers(repository) && $0.paths.matches(path) }
  }

  /// The ids of all teams that host a component, each once, sorted.
  public var hosts: [String] { Set(components.map(\.host)).sorted() }
}

extension Platform.Component {
  fileprivate func covers(_ repository: String?) -> Bool {
    guard let repository, !repositories.isEmpty else { return true }
    return repositories.contains(repository)
  }
}
