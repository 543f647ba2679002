/// What makes a repository of another user acceptable, handed in because it comes from the environment.
///
/// Git's rule (setup.c, `ensure_valid_ownership`): the git directory, the `.git` file and the work tree must
/// belong to the effective user; root also accepts the user who called `sudo`. Otherwise an entry of
/// `safe.directory` must name the work tree, or the git directory of a bare repository.
public struct Trust: Hashable, Sendable {
  /// The user who called `sudo`, used only by root.
  public var sudoUser: UInt32?
  /// The values of `safe.directory` in order: `*` accepts all, an empty value forgets those before it.
  public var safeDirectories: [String]

  public init(sudoUser: UInt32? = nil, safeDirectories: [String] = []) {
    self.sudoUser = sudoUser
    self.safeDirectories = safeDirectories
  }

  /// Takes `safe.directory` from the contents of the user's configuration files, in order.
  ///
  /// A leading `~/` stands for `home`. Includes are not followed.
  public init(sudoUser: UInt32?, configurations: [[UInt8]], home: String?) {
    let values = configurations.flatMap { ConfigFile($0).entries }.filter { $0.name == "safe.directory" }
    self.init(
      sudoUser: sudoUser,
      safeDirectories: values.map { entry in
        let value = entry.value ?? ""
        guard let home, value.hasPrefix("~/") else { return value }
        return home + value.dropFirst(1)
      })
  }

  /// Whether an owner is the effective user, or the `sudo` user of root.
  func accepts(owner: UInt32) -> Bool {
    let user = Files.effectiveUser
    return owner == user || (user == 0 && sudoUser == owner)
  }

  /// Whether `safe.directory` names this path.
  func names(_ path: String) -> Bool {
    var safe = false
    for entry in safeDirectories {
      switch entry {
      case "": safe = false
      case "*": safe = true
      case _ where entry.hasSuffix("/*"): safe = safe || path.hasPrefix(entry.dropLast(1))
      default: safe = safe || path == entry || Files.resolved(entry) == path
      }
    }
    return safe
  }
}
