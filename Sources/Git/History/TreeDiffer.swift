internal import Clibgit2
internal import Glibc

/// Lists the paths that differ between two trees, reading only folders that differ.
///
/// Works on raw tree bytes. Statuses and order are those of `git diff-tree -r --no-renames`.
final class TreeDiffer {
  /// Why the paths of one pair of trees could not be told.
  enum Failure: Hashable, Sendable {
    case missing(ObjectID)
    case corrupt(ObjectID)
    case limit(ObjectID)
  }

  private let store: ObjectStore
  private let cache = TreeCache()
  private(set) var paths = PathTable()
  /// Path number and status of each change found so far.
  private(set) var changes: [History.Change] = []
  /// What stood and stands at each changed path; empty when not wanted.
  private(set) var sides: [TreeChange.Sides] = []
  private let keepsSides: Bool
  private var failure: Failure?
  private var entriesLeft = 0
  private var bytesAtStart = 0

  /// Small, so that it stays in the processor's cache; 16 MiB would save one read in twenty and cost more.
  private static let cacheBytes = 1 << 20
  /// Trees read for one pair may take this much memory.
  private static let bytesPerPair = 256 << 20

  init(_ store: ObjectStore, keepsSides: Bool = false) {
    self.store = store
    self.keepsSides = keepsSides
  }

  /// Forgets the changes found so far, but neither the paths nor the trees.
  func forgetChanges() {
    changes.removeAll(keepingCapacity: true)
    sides.removeAll(keepingCapacity: true)
  }

  /// Appends the changes from one tree to the other; on failure appends nothing.
  func compare(_ old: ObjectID?, _ new: ObjectID) -> Failure? {
    let before = changes.count
    failure = nil
    entriesLeft = Limits.treeEntries
    cache.shrink(toBytes: Self.cacheBytes)
    bytesAtStart = cache.bytes
    guard old != new else { return nil }
    if let new = load(new) {
      if let old {
        if let old = load(old) { compare(TreeCursor(old), TreeCursor(new), 0, 1) }
      } else {
        list(TreeCursor(new), .added, 0, 1)
      }
    }
    if failure != nil {
      changes.removeLast(changes.count - before)
      if keepsSides { sides.removeLast(sides.count - before) }
    }
    return failure
  }

  private func load(_ id: ObjectID) -> UnsafeBufferPointer<UInt8>? {
    if let known = cache.find(id) { return known }
    if id == .emptyTree { return UnsafeBufferPointer(start: nil, count: 0) }
    let object: OpaquePointer
    do {
      guard let found = try store.object(id) else {
        failure = .missing(id)
        return nil
      }
      object = found
    } catch {
      failure = .corrupt(id)
      return nil
    }
    guard git_odb_object_type(object) == GIT_OBJECT_TREE else {
      git_odb_object_free(object)
      failure = .corrupt(id)
      return nil
    }
    let bytes = cache.insert(id, object)
    if cache.bytes - bytesAtStart > Self.bytesPerPair {
      failure = .limit(id)
      return nil
    }
    return bytes
  }

  /// One pass over both trees, as git's tree-diff.c; stops at the first failure.
  private func compare(_ old: TreeCursor, _ new: TreeCursor, _ folder: Int32, _ depth: Int) {
    var old = old
    var new = new
    while failure == nil {
      TreeDiffer.skipEqual(&old, &new)
      switch (old.read(), new.read()) {
      case (.end, .end): return
      case (.malformed, _), (_, .malformed):
        failure = .corrupt(.zero)
      case (.entry, .end): one(&old, .deleted, folder, depth)
      case (.end, .entry): one(&new, .added, folder, depth)
      case (.entry, .entry):
        let order = TreeDiffer.order(old, new)
        if order < 0 {
          one(&old, .deleted, folder, depth)
        } else if order > 0 {
          one(&new, .added, folder, depth)
        } else {
          pair(&old, &new, folder, depth)
        }
      }
    }
  }

  /// Two entries of one name, both folders or both not.
  private func pair(_ old: inout TreeCursor, _ new: inout TreeCursor, _ folder: Int32, _ depth: Int) {
    defer {
      old.advance()
      new.advance()
    }
    guard count(new, depth) else { return }
    let (oldID, newID) = (old.id, new.id)
    if old.mode == .directory {
      guard oldID != newID else { return }
      let path = paths.names.intern(folder, new.name)
      guard let oldBytes = load(oldID), let newBytes = load(newID) else { return }
      compare(TreeCursor(oldBytes), TreeCursor(newBytes), path, depth + 1)
    } else if oldID != newID || old.mode != new.mode {
      let path = paths.names.intern(folder, new.name)
      let sameType = old.mode.rawValue & 0o170000 == new.mode.rawValue & 0o170000
      changes.append(History.Change(path, sameType ? .modified : .typeChanged))
      if keepsSides { sides.append(.init(old: side(old), new: side(new))) }
    }
  }

  /// An entry that only one side has.
  private func one(_ tree: inout TreeCursor, _ status: History.Status, _ folder: Int32, _ depth: Int) {
    defer { tree.advance() }
    guard count(tree, depth) else { return }
    let path = paths.names.intern(folder, tree.name)
    if tree.mode == .directory {
      guard let bytes = load(tree.id) else { return }
      list(TreeCursor(bytes), status, path, depth + 1)
    } else {
      changes.append(History.Change(path, status))
      guard keepsSides else { return }
      sides.append(status == .deleted ? .init(old: side(tree), new: nil) : .init(old: nil, new: side(tree)))
    }
  }

  private func side(_ tree: TreeCursor) -> TreeChange.Side { .init(mode: tree.mode, id: tree.id) }

  private func list(_ tree: TreeCursor, _ status: History.Status, _ folder: Int32, _ depth: Int) {
    var tree = tree
    while failure == nil {
      switch tree.read() {
      case .end: return
      case .malformed: failure = .corrupt(.zero)
      case .entry: one(&tree, status, folder, depth)
      }
    }
  }

  private func count(_ tree: TreeCursor, _ depth: Int) -> Bool {
    entriesLeft -= 1
    guard entriesLeft > 0, depth <= Limits.treeDepth else {
      failure = .limit(tree.id)
      return false
    }
    return true
  }

  /// Moves both cursors over the entries that are the same bytes.
  private static func skipEqual(_ old: inout TreeCursor, _ new: inout TreeCursor) {
    let (oldLeft, newLeft) = (old.bytes.count - old.position, new.bytes.count - new.position)
    let common = commonPrefix(old, new, min(oldLeft, newLeft))
    if common == oldLeft, common == newLeft {
      old.position += common
      new.position += common
      return
    }
    guard let bytes = UnsafeRawPointer(old.bytes.baseAddress) else { return }
    let start = old.position
    let limit = start + common
    var end = start
    while let nameEnd = firstZero(bytes, from: end, before: limit), limit - nameEnd >= 21 {
      end = nameEnd + 21
    }
    old.position = end
    new.position += end - start
  }

  /// Where the next zero byte is, looked for eight bytes at a time.
  private static func firstZero(_ bytes: UnsafeRawPointer, from start: Int, before limit: Int) -> Int? {
    var index = start
    while limit - index >= 8 {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < limit {
      if bytes.load(fromByteOffset: index, as: UInt8.self) == 0 { return index }
      index += 1
    }
    return nil
  }

  private static func commonPrefix(_ old: TreeCursor, _ new: TreeCursor, _ limit: Int) -> Int {
    guard limit > 0, let oldStart = old.bytes.baseAddress, let newStart = new.bytes.baseAddress else {
      return 0
    }
    let left = UnsafeRawPointer(oldStart + old.position)
    let right = UnsafeRawPointer(newStart + new.position)
    var offset = 0
    while limit - offset >= 128, memcmp(left + offset, right + offset, 128) == 0 { offset += 128 }
    while limit - offset >= 8 {
      let difference =
        left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        ^ right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if difference != 0 { return offset + difference.littleEndian.trailingZeroBitCount / 8 }
      offset += 8
    }
    while offset < limit,
      left.load(fromByteOffset: offset, as: UInt8.self)
        == right.load(fromByteOffset: offset, as: UInt8.self)
    { offset += 1 }
    return offset
  }

  /// Git's order of names: a folder counts as if `/` stood behind its name.
  private static func order(_ old: TreeCursor, _ new: TreeCursor) -> Int {
    let (left, right) = (old.name, new.name)
    let shared = min(left.count, right.count)
    for index in 0..<shared where left[index] != right[index] {
      return Int(left[index]) - Int(right[index])
    }
    let leftNext = shared < left.count ? left[shared] : old.mode == .directory ? UInt8(ascii: "/") : 0
    let rightNext = shared < right.count ? right[shared] : new.mode == .directory ? UInt8(ascii: "/") : 0
    if leftNext != rightNext { return Int(leftNext) - Int(rightNext) }
    return left.count - right.count
  }
}
