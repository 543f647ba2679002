/// What must be known about a repository before libgit2 may touch it.
struct Preflight {
  let location: Location
  let isPartialClone: Bool
  /// The object folders: its own first, then those it borrows from.
  let objectDirectories: [String]

  /// Extensions that change nothing for a reader of objects and references.
  private static let harmless: Set<String> = [
    "noop", "noop-v1", "partialclone", "preciousobjects", "worktreeconfig", "relativeworktrees",
  ]

  init(path: String, trust: Trust, quarantine: String? = nil) throws(OpenRefusal) {
    location = try Location(at: path)
    try Preflight.checkOwner(location, trust)
    let config = try Preflight.config(of: location)
    try Preflight.checkFormat(config, path: location.commonDirectory)
    let common = location.commonDirectory
    for name in ["packed-refs", "shallow", "objects/info/alternates"] {
      try Preflight.checkRegular(common + "/" + name)
    }
    var folders = try Preflight.objectDirectories(from: common + "/objects")
    if let quarantine { folders.insert(try Preflight.quarantine(quarantine, in: common), at: 0) }
    objectDirectories = folders
    var promisor = config.last("extensions.partialclone") != nil
    promisor =
      promisor
      || config.entries.contains {
        $0.name.hasPrefix("remote.") && $0.name.hasSuffix(".promisor")
          && ConfigFile.isTrue($0.value ?? "true")
      }
    for folder in objectDirectories {
      promisor = try Preflight.checkPacks(folder + "/pack") || promisor
    }
    isPartialClone = promisor
  }

  /// The real path of a quarantine, which git makes inside the repository's own objects.
  private static func quarantine(_ path: String, in common: String) throws(OpenRefusal) -> String {
    guard let real = Files.resolved(path), let objects = Files.resolved(common + "/objects"),
      real.hasPrefix(objects + "/"), FileStatus(real)?.kind == .directory
    else {
      throw .unreadable(path: path, detail: "is no folder within \(common)/objects")
    }
    return real
  }

  private static func checkOwner(_ location: Location, _ trust: Trust) throws(OpenRefusal) {
    let checked = [location.gitFile, location.workTree, location.gitDirectory]
    for path in checked.compactMap({ $0 }) {
      guard let status = FileStatus(path, followingLinks: false) else { continue }
      guard !trust.accepts(owner: status.owner) else { continue }
      guard !trust.names(location.workTree ?? location.gitDirectory) else { return }
      throw .foreignOwner(path: path, owner: status.owner)
    }
  }

  private static func config(of location: Location) throws(OpenRefusal) -> ConfigFile {
    let path = location.commonDirectory + "/config"
    switch Files.read(path, limit: 4 << 20) {
    case .missing: return ConfigFile([])
    case .special: throw .specialFile(path: path)
    case .unreadable(let detail): throw .unreadable(path: path, detail: detail)
    case .bytes(let bytes): return ConfigFile(bytes)
    }
  }

  /// Follows git's setup.c, `check_repository_format_gently`.
  private static func checkFormat(_ config: ConfigFile, path: String) throws(OpenRefusal) {
    if let format = config.last("extensions.objectformat"), format != "sha1" {
      if format == "sha256" { throw .sha256(path: path) }
      throw .unsupportedExtension(name: "objectformat=\(format)")
    }
    if let storage = config.last("extensions.refstorage"), storage != "files" {
      if storage == "reftable" { throw .reftable(path: path) }
      throw .unsupportedExtension(name: "refstorage=\(storage)")
    }
    let version = config.last("core.repositoryformatversion") ?? "0"
    guard version == "0" || version == "1" else { throw .unsupportedFormat(version: version) }
    guard version == "1" else { return }
    for entry in config.entries where entry.name.hasPrefix("extensions.") {
      let name = String(entry.name.dropFirst("extensions.".count))
      guard harmless.contains(name) || name == "objectformat" || name == "refstorage" else {
        throw .unsupportedExtension(name: name)
      }
    }
  }

  private static func checkRegular(_ path: String) throws(OpenRefusal) {
    if FileStatus(path)?.kind == .special { throw .specialFile(path: path) }
  }

  /// Whether a pack came from a promisor; refuses files that could hang a reader.
  private static func checkPacks(_ folder: String) throws(OpenRefusal) -> Bool {
    var promisor = false
    for name in Files.names(in: folder) ?? [] {
      try checkRegular(folder + "/" + name)
      promisor = promisor || name.hasSuffix(".promisor")
    }
    return promisor
  }

  /// Follows `objects/info/alternates` as git's object-file.c does, five levels deep.
  private static func objectDirectories(from first: String) throws(OpenRefusal) -> [String] {
    var found = [first]
    var level = [first]
    for _ in 0..<5 where !level.isEmpty {
      var next: [String] = []
      for folder in level {
        for alternate in try alternates(of: folder) where !(found + next).contains(alternate) {
          next.append(alternate)
        }
      }
      found += next
      level = next
    }
    return found
  }

  private static func alternates(of folder: String) throws(OpenRefusal) -> [String] {
    let path = folder + "/info/alternates"
    switch Files.read(path, limit: 1 << 20) {
    case .missing: return []
    case .special: throw .specialFile(path: path)
    case .unreadable(let detail): throw .unreadable(path: path, detail: detail)
    case .bytes(let bytes):
      return Bytes.lines(bytes[...]).compactMap { line in
        guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
        let target = Location.join(folder, String(decoding: line, as: UTF8.self))
        guard let real = Files.resolved(target), FileStatus(real)?.kind == .directory else { return nil }
        return real
      }
    }
  }
}
