internal import Facts
internal import Git
internal import PolicyFiles
internal import Reports
internal import Rules

/// The policy directory into which grants are written, with all files as they stand there.
struct GrantFiles {
  /// As the user can open it.
  let directory: String
  /// The repository to commit in, as the user named it; nil for a directory outside of its work tree.
  let repository: String?
  let files: [(path: String, bytes: [UInt8])]
  let policy: Policy
  private let world: World

  init(_ plan: AnalysisPlan, _ world: World) throws {
    self.world = world
    let path = plan.repositories.first ?? "."
    let loading = PolicyLoading(world: world)
    if let place = plan.policies {
      guard loading.isDirectory(place) else {
        throw CommandFailure.other(
          "--policies \(place) is no directory; a grant is written into files, not into a commit")
      }
      (directory, repository) = (place, nil)
    } else {
      directory = try Self.directory(of: path, world)
      repository = path
    }
    guard loading.isDirectory(directory) else {
      throw CommandFailure.other(
        "no directory \(directory) to write a grant into; `tributary policy init` writes a starter policy")
    }
    files = try loading.filesOnDisk(directory)
    policy = try loading.load(files, in: directory)
  }

  /// `policies` at the top of the work tree, as short as it can be named.
  private static func directory(of path: String, _ world: World) throws -> String {
    guard let top = try world.openRepository(path).workTree else {
      throw CommandFailure.other(
        "\(path) is a bare repository without files to write into; run this in a clone, or name a directory with --policies"
      )
    }
    // A path that cannot be listed is not the top, so the top is named in full.
    let isTop = (try? world.listDirectory(path))?.contains { $0.name == ".git" } ?? false
    guard isTop else { return "\(top)/policies" }
    return path == "." ? "policies" : "\(path)/policies"
  }

  /// Where a grant's file lies, as the user can open it.
  func path(of id: String) -> String { "\(directory)/grants/\(id).json5" }

  /// The bytes of a grant's file; nil when there is none.
  func bytes(of id: String) -> [UInt8]? { files.first { $0.path == "grants/\(id).json5" }?.bytes }

  /// The policy with some files added or replaced; every problem of it is told.
  func policy(with changed: [(path: String, bytes: [UInt8])]) throws -> Policy {
    let names = Set(changed.map(\.path))
    let all = files.filter { !names.contains($0.path) } + changed
    return try PolicyLoading(world: world).load(all, in: directory)
  }

  /// What commits the files: shown, never run.
  func commands(for paths: [String], message: String) -> [String] {
    let git = repository.map { $0 == "." ? "git" : "git -C \(Self.quoted($0))" } ?? "git"
    let prefix = repository.map { $0 == "." ? "" : $0 + "/" } ?? ""
    let own = paths.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
    return [
      "\(git) add \(own.map(Self.quoted).joined(separator: " "))",
      "\(git) commit -m \(Self.quoted(message))",
    ]
  }

  /// A word as a shell takes it.
  static func quoted(_ text: String) -> String {
    let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./,:=@+"
    if !text.isEmpty, text.unicodeScalars.allSatisfy(plain.unicodeScalars.contains) { return text }
    return text.shellQuoted
  }
}

/// Who acts: whom `--as` names, or whom git commits as.
struct Grantor {
  /// The handle in the roster; nil for somebody whom it does not know.
  let handle: String?
  /// What git commits as; nil where git names nobody.
  let address: String?

  init(_ arguments: Arguments, _ scene: DelegationScene, _ plan: AnalysisPlan, _ world: World) throws {
    let lookup = RosterLookup(roster: scene.roster)
    address = try world.ownAddress(repository: plan.repositories.first ?? ".")
    if let named = arguments[Options.grantor] {
      handle = try lookup.person(named).handle
    } else {
      handle = address.flatMap { lookup.known($0)?.handle }
    }
  }

  /// The handle, or why there is none.
  func required() throws(CommandFailure) -> String {
    if let handle { return handle }
    guard let address else {
      throw .other("git knows no address of yours here (`git config user.email`); say who grants with --as")
    }
    throw .other("git commits here as \(address), whom the roster does not know; say who grants with --as")
  }
}
