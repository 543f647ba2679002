/// Visits commits by committer date, newest first, and tells which pairs of trees to compare.
struct HistoryWalk {
  private struct Mark {
    /// How many commits ago this line of history passed the cutoff; 0 is before it.
    var behind: Int32
    var wantsPaths: Bool
    var isExpanded = false
  }

  private let options: History.Options
  private let shallow: Set<ObjectID>
  private let emit: (DiffJob) -> Void
  private(set) var commits: CommitLoader
  /// In the order of the rows; the links of one row lie together.
  private(set) var parents = ParentLists()
  /// Where the links of each row start; -1 for commits whose parents were not looked at.
  private(set) var linkStarts: [Int32] = []
  private var marks: [Mark] = []
  private var heap = CommitHeap()
  private(set) var problems: [HistoryProblem] = []

  init(
    _ store: ObjectStore, shallow: Set<ObjectID>, checksSize: Bool, options: History.Options,
    emit: @escaping (DiffJob) -> Void
  ) {
    commits = CommitLoader(store, checksSize: checksSize)
    self.shallow = shallow
    self.options = options
    self.emit = emit
  }

  mutating func run(from roots: [ObjectID]) {
    let pathRoots = Set(options.pathRoots ?? roots)
    for (position, root) in roots.enumerated() {
      visit(root, position == 0 ? 0 : Int32(clamping: options.slop), pathRoots.contains(root))
    }
    for root in options.pathRoots ?? [] where commits.find(root) < 0 {
      visit(root, Int32(clamping: options.slop), true)
    }
    while let row = heap.pop() { expand(row) }
  }

  /// A root older than the cutoff is not followed at all, but for the first one.
  private mutating func visit(_ root: ObjectID, _ behind: Int32, _ wantsPaths: Bool) {
    guard let row = commits.load(root, child: root) else { return }
    reach(row, behind, wantsPaths)
  }

  /// Notes one way to a commit, counted from the child's distance behind the cutoff.
  private mutating func reach(_ row: Int32, _ behindChild: Int32, _ wantsPaths: Bool) {
    let index = Int(row)
    let seconds = commits.rows[index].committerSeconds
    let isOld = options.since.map { seconds < $0 } ?? false
    let behind = isOld ? behindChild + 1 : 0
    if index == marks.count {
      marks.append(Mark(behind: behind, wantsPaths: wantsPaths))
      linkStarts.append(-1)
      heap.push(row, seconds: seconds)
      return
    }
    if behind < marks[index].behind {
      let wasTooFar = Int(marks[index].behind) > options.slop
      marks[index].behind = behind
      if wasTooFar && !marks[index].isExpanded { heap.push(row, seconds: seconds) }
    }
    if wantsPaths && !marks[index].wantsPaths { want(row) }
  }

  /// Wants the paths of a commit met before, and of all its ancestors that were expanded already.
  private mutating func want(_ row: Int32) {
    var stack = [row]
    while let row = stack.popLast() {
      let index = Int(row)
      guard !marks[index].wantsPaths else { continue }
      marks[index].wantsPaths = true
      guard marks[index].isExpanded else { continue }
      emitJob(row)
      let start = Int(linkStarts[index])
      for link in parents.links[start..<start + Int(commits.rows[index].parentCount)] where link >= 0 {
        stack.append(link)
      }
    }
  }

  private mutating func expand(_ row: Int32) {
    let index = Int(row)
    guard !marks[index].isExpanded, Int(marks[index].behind) <= options.slop else { return }
    marks[index].isExpanded = true
    linkStarts[index] = Int32(parents.links.count)
    let commit = commits.rows[index]
    let own = commits.ids[index]
    let isBoundary = shallow.contains(own)
    if isBoundary && commit.parentCount > 0 { problems.append(HistoryProblem(own, .shallowBoundary)) }
    let first = Int(commit.parentStart)
    var reached: [Int32] = []
    for place in first..<first + Int(commit.parentCount) {
      let id = commits.parentIDs[place]
      if !isBoundary, let parent = commits.load(id, child: own) {
        parents.links.append(parent)
        reached.append(parent)
      } else {
        parents.append(absent: id)
      }
    }
    for parent in reached.sorted() { reach(parent, marks[index].behind, marks[index].wantsPaths) }
    if marks[index].wantsPaths { emitJob(row) }
  }

  private func emitJob(_ row: Int32) {
    let commit = commits.rows[Int(row)]
    switch options.changedPaths {
    case .none: return
    case .sinceCutoff:
      if let since = options.since, commit.committerSeconds < since { return }
    case .all: break
    }
    guard commit.parentCount > 0 else {
      emit(DiffJob(commit: row, tree: commit.tree, parentTree: nil))
      return
    }
    let parent = parents.links[Int(linkStarts[Int(row)])]
    guard parent >= 0 else { return }
    emit(DiffJob(commit: row, tree: commit.tree, parentTree: commits.rows[Int(parent)].tree))
  }
}
