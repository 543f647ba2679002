/// Looks for entries that programs read differently, in those trees of a commit that its parents do not have.
///
/// `git fsck` finds most of them, but a server need not ask for it, and it does not look again at objects that are
/// there already.
public final class TreeInspection {
  /// Something no honest program writes into a tree.
  public enum Flaw: Hashable, Sendable {
    /// `.`, `..`, `.git`, or a name that a file system takes for `.git`.
    case reservedName
    case slashInName
    case nameTooLong
    case duplicate
    /// A file and a directory of one name.
    case fileAndDirectory
    case unsorted
    case zeroPaddedMode
    case unknownMode(UInt32)
    case nullObject
    /// Differs from another name of the directory only in case or in the form of its letters.
    case twin(of: [UInt8])
    /// A `.gitmodules` that is no plain file.
    case foreignModules
    case unreadable(String)
    /// Deeper than `Limits.treeDepth`.
    case tooDeep
  }

  public struct Finding: Hashable, Sendable {
    /// Raw bytes from the root.
    public let path: [UInt8]
    public let flaw: Flaw
  }

  /// What stopped an inspection.
  public enum Obstacle: Error, Hashable, Sendable {
    case missing(ObjectID)
    case tooManyEntries(Int)
    case outOfTime
  }

  /// More findings than this say nothing new; twins are all told, as what they mean depends on the path.
  private static let mostFindings = 100
  /// The longest name and path, in bytes.
  private static let longestName = 4_096

  private let repository: Repository
  private let budget: Budget
  /// Trees without a finding, with the deepest and longest place at which that was seen.
  private var sound: [ObjectID: Place] = [:]
  private var entriesLeft: Int
  private let entryLimit: Int
  private var findings: [Finding] = []
  private var otherThanTwins = 0

  /// What of a place decides how a tree is judged there.
  private struct Place {
    var depth: Int
    var length: Int
  }

  /// More entries than `entryLimit` in all trees together are not looked at.
  public init(_ repository: Repository, budget: Budget, entryLimit: Int = Limits.treeEntries) {
    self.repository = repository
    self.budget = budget
    self.entryLimit = entryLimit
    entriesLeft = entryLimit
  }

  /// What is wrong in a tree, leaving out directories that one of the known trees has at the same path.
  public func findings(in tree: ObjectID, besides known: [ObjectID]) throws(Obstacle) -> [Finding] {
    (findings, otherThanTwins) = ([], 0)
    _ = try inspect(tree, besides: known, at: [], depth: 1)
    return findings
  }

  /// Whether all of the tree was looked at and nothing was found.
  private func inspect(
    _ tree: ObjectID, besides known: [ObjectID], at path: [UInt8], depth: Int
  ) throws(Obstacle) -> Bool {
    guard !known.contains(tree) else { return false }
    if let place = sound[tree], depth <= place.depth, path.count <= place.length { return true }
    guard depth <= Limits.treeDepth else { return report(path, .tooDeep) }
    guard let entries = try entries(of: tree, at: path) else { return false }
    if budget.isSpent() { throw .outOfTime }
    var before: [[RawTreeEntry]] = []
    for other in known { if let entries = knownEntries(of: other) { before.append(entries) } }
    // Where only contents differ the names were looked at before, here or when they landed.
    let isRenewed = before.contains { Self.haveSameNames($0, entries) }
    if !isRenewed { entriesLeft -= entries.count }
    guard entriesLeft >= 0 else { throw .tooManyEntries(entryLimit) }
    var isSound = isRenewed ? checkContents(entries, at: path) : check(entries, at: path, before)
    for entry in entries where entry.mode == .directory {
      let others = before.compactMap { entries in
        entries.first { $0.name == entry.name && $0.mode == .directory }
      }
      let isPartSound = try inspect(
        entry.id, besides: others.map(\.id), at: joined(path, entry.name), depth: depth + 1)
      isSound = isPartSound && isSound
    }
    guard isSound, !isRenewed else { return false }
    let place = sound[tree] ?? Place(depth: 0, length: 0)
    sound[tree] = Place(depth: max(place.depth, depth), length: max(place.length, path.count))
    return true
  }

  private func entries(of tree: ObjectID, at path: [UInt8]) throws(Obstacle) -> [RawTreeEntry]? {
    if tree == .emptyTree { return [] }
    do throws(GitError) {
      guard let bytes = try repository.bytes(tree, as: .tree, limit: Limits.tree) else {
        throw GitError(code: .notFound, function: "read", message: "not here")
      }
      guard let entries = RawTreeEntry.parse(bytes) else {
        report(path, .unreadable("malformed entry"))
        return nil
      }
      return entries
    } catch {
      if error.code == .notFound { throw .missing(tree) }
      report(path, .unreadable(error.message))
      return nil
    }
  }

  /// The entries of a tree that stood at the same place before.
  private func knownEntries(of tree: ObjectID) -> [RawTreeEntry]? {
    // A known tree that cannot be read spares nothing from being looked at.
    guard let bytes = try? repository.bytes(tree, as: .tree, limit: Limits.tree) else { return nil }
    return RawTreeEntry.parse(bytes)
  }

  private static func haveSameNames(_ one: [RawTreeEntry], _ other: [RawTreeEntry]) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy { $0.modeText == $1.modeText && $0.name == $1.name }
  }

  /// Whether nothing is wrong with what entries lead to whose names are known.
  private func checkContents(_ entries: [RawTreeEntry], at path: [UInt8]) -> Bool {
    var isSound = true
    for entry in entries where entry.id == .zero { isSound = report(joined(path, entry.name), .nullObject) }
    return isSound
  }

  /// Whether nothing is wrong with the entries of one tree; twins that stood there before are not told again.
  private func check(_ entries: [RawTreeEntry], at path: [UInt8], _ before: [[RawTreeEntry]]) -> Bool {
    var isSound = true
    var folded: [String: [UInt8]] = [:]
    var kinds: [[UInt8]: TreeEntry.Mode] = [:]
    for (index, entry) in entries.enumerated() {
      let place = joined(path, entry.name)
      for flaw in entry.flaws(pathLength: place.count, limit: Self.longestName) {
        isSound = report(place, flaw)
      }
      if let other = kinds[entry.name] {
        let isSameKind = (other == .directory) == (entry.mode == .directory)
        isSound = report(place, isSameKind ? .duplicate : .fileAndDirectory)
      } else {
        kinds[entry.name] = entry.mode
        let twin = folded.updateValue(entry.name, forKey: NameFolding.fold(entry.name))
        if let twin {
          isSound = Self.hold(before, entry.name, twin) ? false : report(place, .twin(of: twin))
        }
      }
      if index > 0, !entries[index - 1].precedes(entry) { isSound = report(place, .unsorted) }
    }
    return isSound
  }

  /// Whether one of the trees that stood at the place has both names.
  private static func hold(_ before: [[RawTreeEntry]], _ one: [UInt8], _ other: [UInt8]) -> Bool {
    before.contains { entries in
      entries.contains { $0.name == one } && entries.contains { $0.name == other }
    }
  }

  /// Always false, for the caller to pass on: not sound.
  @discardableResult
  private func report(_ path: [UInt8], _ flaw: Flaw) -> Bool {
    if case .twin = flaw {
      findings.append(Finding(path: path, flaw: flaw))
    } else if otherThanTwins < Self.mostFindings {
      otherThanTwins += 1
      findings.append(Finding(path: path, flaw: flaw))
    }
    return false
  }

  private func joined(_ path: [UInt8], _ name: [UInt8]) -> [UInt8] {
    path.isEmpty ? name : path + [UInt8(ascii: "/")] + name
  }
}
