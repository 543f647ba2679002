internal import PolicyFiles

/// The policy files of a directory on disk, by the rules that hold for a directory on a branch.
///
/// Files that end in `.json5`, and calendars of holidays that end in `.ics`, at most one folder down. Links are not followed: on a branch they are mere texts,
/// and a check that followed them would promise what the branch does not hold.
struct PolicyDirectory {
  /// Paths within the directory, with their bytes.
  private(set) var files: [(path: String, bytes: [UInt8])] = []
  /// Links in the place of files; paths are those within the directory.
  private(set) var problems: [PolicyProblem] = []

  init(_ directory: String, in world: World) throws(FileFailure) {
    for entry in try world.listDirectory(directory) {
      if entry.isLink {
        addLink(entry, at: entry.name)
      } else if entry.isDirectory {
        for inner in try world.listDirectory("\(directory)/\(entry.name)") {
          try add(inner, at: "\(entry.name)/\(inner.name)", directory, world)
        }
      } else {
        try add(entry, at: entry.name, directory, world)
      }
    }
    // Calendars alone make no policy.
    if !files.contains(where: { $0.path.hasSuffix(".json5") }) { files = [] }
  }

  private mutating func add(
    _ entry: DirectoryEntry, at path: String, _ directory: String, _ world: World
  ) throws(FileFailure) {
    guard Self.isNamedAsFile(entry), !entry.isDirectory || entry.isLink else { return }
    if entry.isLink { return addLink(entry, at: path) }
    files.append((path, try world.readFile("\(directory)/\(path)")))
  }

  private static func isNamedAsFile(_ entry: DirectoryEntry) -> Bool {
    entry.name.hasSuffix(".json5") || entry.name.hasSuffix(".ics")
  }

  private mutating func addLink(_ entry: DirectoryEntry, at path: String) {
    guard Self.isNamedAsFile(entry) || ["grants", "waivers"].contains(entry.name) else { return }
    problems.append(
      PolicyProblem(file: path, message: "a symbolic link, which is not followed; expected the file itself"))
  }
}
