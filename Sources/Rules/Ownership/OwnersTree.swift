internal import Facts

/// The OWNERS files of a commit, from the directory of a path up to the root.
///
/// An include is followed once for each way of including, and no more than so many for one path, so that files which
/// include one another in every way cost no more than files that do not.
struct OwnersTree: Sendable {
  /// How deep files may include one another.
  private static let depthLimit = 10
  /// How many includes are followed for one path.
  private static let includeLimit = 2_000

  let reader: OwnersFile.Reader
  private let files: [String: OwnersFile]
  private(set) var problems: [OwnershipProblem] = []

  init(_ files: [OwnersFile], reader: OwnersFile.Reader) {
    self.reader = reader
    self.files = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    problems = files.flatMap(\.problems)
    for file in files {
      for item in file.allImports {
        guard let path = item.path, self.files[path] == nil else { continue }
        problems.append(
          OwnershipProblem(.include(item.text), at: OwnershipPlace(file: file.path, line: item.line)))
      }
    }
  }

  /// Paths that files include and that were not given, sorted.
  static func missingImports(_ files: [OwnersFile]) -> [String] {
    let known = Set(files.map(\.path))
    return Set(files.flatMap(\.allImports).compactMap(\.path)).subtracting(known).sorted()
  }

  /// What one directory says of one of its files.
  private struct Level {
    var special: [Owner] = []
    var general: [Owner] = []
    var stopsParents = false
    /// Only the owners of the file itself count.
    var isSpecialOnly = false
  }

  /// Which includes were followed for one directory, and how many more may be.
  private struct Trail {
    private var seen: Set<String>
    var rest = OwnersTree.includeLimit

    init(_ path: String) { seen = [path] }

    /// Whether a file is to be read: not when it was before, in the same way or as a whole.
    mutating func enters(_ path: String, ownersOnly: Bool) -> Bool {
      guard rest > 0, !seen.contains(path) else { return false }
      rest -= 1
      return seen.insert(ownersOnly ? path + "\u{0}" : path).inserted
    }
  }

  func owners(of path: String) -> PathOwners {
    let bytes = Array(path.utf8)
    var owners: [Owner] = []
    for folder in FolderPath.upward(from: path) {
      guard let file = files[FolderPath.join(folder, "OWNERS")] else { continue }
      let rest = folder.isEmpty ? bytes[...] : bytes[(folder.utf8.count + 1)...]
      var level = Level()
      var trail = Trail(file.path)
      read(file, rest, ownersOnly: false, 0, &trail, &level)
      owners += level.isSpecialOnly ? level.special : level.special + level.general
      if level.stopsParents || level.isSpecialOnly { break }
    }
    guard let first = owners.first else { return PathOwners() }
    var names = Set<Owner.Name>()
    let group = OwnerGroup(owners: owners.filter { names.insert($0.name).inserted }, at: first.place)
    return PathOwners([group])
  }

  private func read(
    _ file: OwnersFile, _ path: ArraySlice<UInt8>, ownersOnly: Bool, _ depth: Int,
    _ trail: inout Trail, _ level: inout Level
  ) {
    level.general += file.owners
    if !ownersOnly {
      level.stopsParents = level.stopsParents || file.stopsParents
      for entry in file.perFile where entry.covers(path, reader) {
        level.special += entry.owners
        level.isSpecialOnly = level.isSpecialOnly || entry.stopsParents
        for item in entry.imports {
          var named = Level()
          var own = Trail(file.path)
          own.rest = trail.rest
          follow(item, path, ownersOnly: true, depth, &own, &named)
          trail.rest = own.rest
          level.special += named.general
        }
      }
    }
    for item in file.imports {
      follow(item, path, ownersOnly: ownersOnly || item.isOwnersOnly, depth, &trail, &level)
    }
  }

  /// Reads an included file; one that was read already ends the circle.
  private func follow(
    _ item: OwnersFile.Import, _ path: ArraySlice<UInt8>, ownersOnly: Bool, _ depth: Int,
    _ trail: inout Trail, _ level: inout Level
  ) {
    guard depth < Self.depthLimit, let target = item.path, let file = files[target] else { return }
    guard trail.enters(target, ownersOnly: ownersOnly) else { return }
    read(file, path, ownersOnly: ownersOnly, depth + 1, &trail, &level)
  }
}

extension OwnersFile {
  fileprivate var allImports: [Import] { imports + perFile.flatMap(\.imports) }
}

extension OwnersTree {
  /// The owners of each directory alone: what holds for single files is too fine for a component.
  func collect(into collector: inout PartCollector) {
    for path in files.keys.sorted() where path == "OWNERS" || path.hasSuffix("/OWNERS") {
      guard let file = files[path], let first = file.owners.first else { continue }
      collector.add(
        nil, [PlatformPattern.folder(FolderPath.parent(of: path))], file.owners, at: first.place)
    }
  }
}
