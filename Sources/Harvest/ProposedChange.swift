public import Facts
public import Git

/// What a commit would change on a branch that does not hold it yet, and who wrote it.
public struct ProposedChange: Sendable {
  /// The newest commit that it shares with the branch.
  public var base: ObjectName
  /// Paths that differ between there and the commit, in the order of their bytes.
  public var paths: [String]
  /// Commits that the branch does not hold.
  public var commits: Int
  /// Their authors and committers as recorded, each once, in the order of the newest commit.
  public var people: [Identity]

  /// Compares a commit with the tip of a branch.
  ///
  /// Nil when the branch holds it already, when the two have no commit in common, or when a tree is not in this
  /// repository.
  public init?(
    of head: ObjectID, onto tip: ObjectName, in repository: Repository
  ) throws(HarvestProblem) {
    do {
      let history = try History.load(
        repository, roots: [ObjectID(tip), head], options: .init(changedPaths: .none))
      guard let tip = history.index(of: ObjectID(tip)), let head = history.index(of: head) else {
        return nil
      }
      let line = BranchLine(history, tip: tip) { _ in false }
      let reach = history.reach(from: [head])
      // Children come before parents, so the first one has no other among its descendants.
      let shared = (0..<Int32(history.count)).first { reach.contains($0) && line.holds($0) }
      guard !line.holds(head), let base = shared else { return nil }
      let trees = TreeComparison(repository)
      guard let changed = trees.changedPaths(from: history.tree(base), to: history.tree(head)) else {
        return nil
      }
      let own = (0..<Int32(history.count)).filter { reach.contains($0) && !line.holds($0) }
      var seen: Set<Int32> = []
      self.base = ObjectName(git: history.id(base))
      paths = changed.map { String(decoding: $0, as: UTF8.self) }.sorted()
      commits = own.count
      people = own.flatMap { [history.author($0), history.committer($0)] }.filter { seen.insert($0).inserted }
        .map { number in
          let identity = history.identities[Int(number)]
          return Identity(name: identity.name, email: identity.email)
        }
    } catch {
      throw .unreadable(String(describing: error))
    }
  }
}

/// The paths that a commit holds.
public struct PathsAtCommit {
  private let repository: Repository
  private let root: ObjectID
  private var found: [String] = []
  private var left: Int

  /// The most entries looked at.
  public static let entryLimit = 2_000_000

  /// Nil when the commit is not in this repository.
  public init?(_ repository: Repository, commit: ObjectName) throws(HarvestProblem) {
    self.repository = repository
    left = Self.entryLimit
    do {
      guard let root = try repository.tree(ofCommit: ObjectID(commit)) else { return nil }
      self.root = root
    } catch {
      throw .unreadable(String(describing: error))
    }
  }

  /// Files, links and submodules that are wanted, in the order of the trees; at most so many.
  ///
  /// `mayHold` says of a directory whether anything below it can be wanted, so that others are not read.
  public mutating func list(
    limit: Int, mayHold: ([UInt8]) -> Bool, wanted: ([UInt8]) -> Bool
  ) throws(HarvestProblem) -> [String] {
    found = []
    do {
      try walk(root, prefix: [], depth: 1, limit, mayHold, wanted)
    } catch {
      throw .unreadable(String(describing: error))
    }
    return found
  }

  /// Whether a path is a directory.
  public func isDirectory(_ path: String) throws(HarvestProblem) -> Bool {
    do {
      guard case .found(let entry) = try repository.entry(atPath: path, inTree: root) else { return false }
      return entry.mode == .directory
    } catch {
      throw .unreadable(String(describing: error))
    }
  }

  private mutating func walk(
    _ tree: ObjectID, prefix: [UInt8], depth: Int, _ limit: Int, _ mayHold: ([UInt8]) -> Bool,
    _ wanted: ([UInt8]) -> Bool
  ) throws {
    guard depth <= Limits.treeDepth else {
      throw HarvestProblem.unreadable("directories are nested more than \(Limits.treeDepth) deep")
    }
    for entry in try repository.tree(tree) ?? [] where found.count < limit {
      left -= 1
      guard left > 0 else { throw HarvestProblem.unreadable("more than \(Self.entryLimit) entries in trees") }
      let path = prefix + entry.name
      if entry.mode == .directory {
        guard mayHold(path) else { continue }
        try walk(entry.id, prefix: path + [UInt8(ascii: "/")], depth: depth + 1, limit, mayHold, wanted)
      } else if wanted(path) {
        found.append(String(decoding: path, as: UTF8.self))
      }
    }
  }
}
