/// Paints commits from two ends, the newest first, as git's `limit_list` and `paint_down_to_common` do.
struct CommitPainting {
  enum Goal {
    case newSideIsWhole
    case basesAreKnown
  }

  private struct Side: OptionSet {
    let rawValue: UInt8
    static let new = Side(rawValue: 1)
    static let old = Side(rawValue: 2)
    /// Lies below a common ancestor that was found already.
    static let stale = Side(rawValue: 4)
    static let both: Side = [.new, .old]
  }

  private struct Item {
    let commit: CommitRange.Commit
    let seconds: Int64
    var sides: Side
    var isWaiting = false
    var isBase = false
  }

  /// Old commits are still walked for so many steps after the last new one, because dates can lie; git takes 5.
  private static let slop = 128

  private let repository: Repository
  private let budget: Budget
  private var items: [Item] = []
  private var places: [ObjectID: Int] = [:]
  private var heap = CommitHeap()
  /// Commits in the heap of which the goal still depends.
  private var waiting = 0
  private var goal = Goal.newSideIsWhole
  private var steps = 0
  /// Places of new commits without parents.
  private var newRoots: [Int] = []

  init(_ repository: Repository, _ budget: Budget) {
    self.repository = repository
    self.budget = budget
  }

  /// The commits of the new side alone, parents first.
  var newSide: [CommitRange.Commit] {
    Self.parentsFirst(items.filter { $0.sides == .new }.map(\.commit))
  }

  /// Common ancestors that lie below no other one.
  var bases: [ObjectID] { items.filter { $0.isBase && !$0.sides.contains(.stale) }.map(\.commit.id) }

  func isNew(_ id: ObjectID) -> Bool { places[id].map { items[$0].sides.contains(.new) } ?? false }

  mutating func paint(old: [ObjectID], new: [ObjectID], until goal: Goal) throws(CommitRange.Obstacle) {
    self.goal = goal
    for id in old { try add(id, .old) }
    for id in new { try add(id, .new) }
    var left = Self.slop
    var oldestNew = Int64.max
    while let place = heap.pop().map({ Int($0) }) {
      items[place].isWaiting = false
      let item = items[place]
      if matters(item.sides) {
        waiting -= 1
        oldestNew = min(oldestNew, item.seconds)
        left = Self.slop
      } else if waiting == 0 {
        if goal == .basesAreKnown { return }
        if item.seconds < oldestNew { left -= 1 }
        if left < 0, !reachesRoot { return }
      }
      try count(item)
      try spread(place)
    }
  }

  /// Whether nothing below a new commit is known to be old.
  ///
  /// Either the histories have nothing in common, or dates have kept the old side back: then all of it is walked.
  private var reachesRoot: Bool { newRoots.contains { items[$0].sides == .new } }

  private mutating func count(_ item: Item) throws(CommitRange.Obstacle) {
    steps += 1
    if item.sides == .new, goal == .newSideIsWhole, steps > budget.commits { throw .tooMany(budget.commits) }
    if steps & 0xFF == 0, budget.isSpent() { throw .outOfTime }
  }

  /// Whether the goal is not reached while such a commit waits.
  private func matters(_ sides: Side) -> Bool {
    switch goal {
    case .newSideIsWhole: sides == .new
    case .basesAreKnown: !sides.contains(.stale)
    }
  }

  /// Passes a commit's sides on to its parents.
  private mutating func spread(_ place: Int) throws(CommitRange.Obstacle) {
    let item = items[place]
    var sides = item.sides
    if sides.isSuperset(of: .both) {
      if !sides.contains(.stale) { items[place].isBase = true }
      sides.insert(.stale)
    }
    if sides == .new, repository.shallowBoundary.contains(item.commit.id) { throw .shallow(item.commit.id) }
    if sides == .new, item.commit.parents.isEmpty { newRoots.append(place) }
    for parent in item.commit.parents { try add(parent, sides) }
  }

  private mutating func add(_ id: ObjectID, _ sides: Side) throws(CommitRange.Obstacle) {
    guard let place = places[id] else {
      guard let item = try load(id, sides) else { return }
      places[id] = items.count
      items.append(item)
      push(items.count - 1)
      return
    }
    let before = items[place].sides
    guard !before.isSuperset(of: sides) else { return }
    if items[place].isWaiting, matters(before) { waiting -= 1 }
    items[place].sides.formUnion(sides)
    if items[place].isWaiting {
      if matters(items[place].sides) { waiting += 1 }
    } else {
      push(place)
    }
  }

  private mutating func push(_ place: Int) {
    items[place].isWaiting = true
    if matters(items[place].sides) { waiting += 1 }
    heap.push(Int32(place), seconds: items[place].seconds)
  }

  /// Nil for an ancestor of the old side that is not here: what lies behind it is old as well.
  private func load(_ id: ObjectID, _ sides: Side) throws(CommitRange.Obstacle) -> Item? {
    let read: CommitObject?
    do throws(GitError) {
      read = try repository.commit(id)
    } catch {
      throw .unreadable(id, detail: error.message)
    }
    guard let read else {
      if sides.contains(.old), !places.isEmpty { return nil }
      throw .missing(id)
    }
    guard let tree = read.tree else { throw .unreadable(id, detail: "no tree line") }
    return Item(
      commit: .init(id: id, tree: tree, parents: read.parents), seconds: read.committer?.seconds ?? 0,
      sides: sides)
  }

  /// Orders commits so that each stands behind its parents, whatever their dates say.
  private static func parentsFirst(_ commits: [CommitRange.Commit]) -> [CommitRange.Commit] {
    let places = Dictionary(commits.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { one, _ in one })
    var children = [Int](repeating: 0, count: commits.count)
    for commit in commits {
      for parent in commit.parents { if let place = places[parent] { children[place] += 1 } }
    }
    var ready = commits.indices.filter { children[$0] == 0 }
    var ordered: [CommitRange.Commit] = []
    while let place = ready.popLast() {
      ordered.append(commits[place])
      for parent in commits[place].parents {
        guard let above = places[parent] else { continue }
        children[above] -= 1
        if children[above] == 0 { ready.append(above) }
      }
    }
    return ordered.reversed()
  }
}
