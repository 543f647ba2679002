/// Puts what was loaded into its final order, which does not depend on who did what.
struct HistoryAssembly {
  private let walk: HistoryWalk
  /// Rows in final order.
  private var order: [Int32] = []
  /// The final number of each row.
  private var numbers: [Int32]
  private var problems: [HistoryProblem] = []
  private var rows: [CommitRow] = []
  private var parents = ParentLists()
  private var table: ObjectIDTable
  private let identities: [RawIdentity]

  /// Does everything that needs no paths.
  init(_ walk: HistoryWalk) {
    self.walk = walk
    numbers = [Int32](repeating: -1, count: walk.commits.rows.count)
    table = ObjectIDTable(capacity: walk.commits.rows.count)
    identities = walk.commits.identities
    sort()
    relink()
    for row in order { table.append(walk.commits.ids[Int(row)]) }
  }

  /// The history with the changed paths that the threads found.
  mutating func history(_ results: [DiffResults]) -> History {
    let (paths, starts, changes) = collectChanges(results)
    return History(
      rows: rows, table: table, parents: parents, messages: walk.commits.messages,
      encodings: walk.commits.encodings, changeStarts: starts, changeList: changes,
      identities: identities, paths: paths, problems: sortedProblems())
  }

  private func links(_ row: Int32) -> ArraySlice<Int32> {
    let start = Int(walk.linkStarts[Int(row)])
    guard start >= 0 else { return [] }
    return walk.parents.links[start..<start + Int(walk.commits.rows[Int(row)].parentCount)]
  }

  /// Children before parents, then the newest committer date, then the smallest id.
  private mutating func sort() {
    let rows = walk.commits.rows
    let ids = walk.commits.ids
    var children = [Int32](repeating: 0, count: rows.count)
    for row in rows.indices { for link in links(Int32(row)) where link >= 0 { children[Int(link)] += 1 } }
    let byID = rows.indices.sorted { ids[$0] < ids[$1] }
    var ranks = [Int32](repeating: 0, count: rows.count)
    for (rank, row) in byID.enumerated() { ranks[row] = Int32(rank) }
    var heap = CommitHeap()
    for row in rows.indices where children[row] == 0 {
      heap.push(ranks[row], seconds: rows[row].committerSeconds)
    }
    order.reserveCapacity(rows.count)
    while let rank = heap.pop() {
      let row = Int32(byID[Int(rank)])
      numbers[Int(row)] = Int32(order.count)
      order.append(row)
      for link in links(row) where link >= 0 {
        children[Int(link)] -= 1
        if children[Int(link)] == 0 { heap.push(ranks[Int(link)], seconds: rows[Int(link)].committerSeconds) }
      }
    }
    for row in byID where numbers[row] < 0 {
      problems.append(HistoryProblem(ids[row], .cycle))
      numbers[row] = Int32(order.count)
      order.append(Int32(row))
    }
  }

  /// Rows in final order with parents by final number, and generations.
  private mutating func relink() {
    var rows = order.map { walk.commits.rows[Int($0)] }
    var lists = ParentLists()
    lists.links.reserveCapacity(walk.commits.parentIDs.count)
    for index in rows.indices {
      let links = links(order[index])
      let recorded = Int(rows[index].parentStart)
      rows[index].parentStart = Int32(lists.links.count)
      for offset in 0..<Int(rows[index].parentCount) {
        let link = links.isEmpty ? -1 : links[links.startIndex + offset]
        if link >= 0, numbers[Int(link)] > index {
          lists.links.append(numbers[Int(link)])
        } else {
          lists.append(absent: walk.commits.parentIDs[recorded + offset])
        }
      }
    }
    for index in rows.indices.reversed() {
      let start = Int(rows[index].parentStart)
      var generation: Int32 = 0
      for link in lists.links[start..<start + Int(rows[index].parentCount)] where link >= 0 {
        generation = max(generation, rows[Int(link)].generation)
      }
      rows[index].generation = generation + 1
    }
    self.rows = rows
    parents = lists
  }

  private mutating func collectChanges(
    _ results: [DiffResults]
  ) -> (PathTable, [Int], [History.Change]) {
    var spans = [(worker: Int, span: Int)](repeating: (-1, 0), count: rows.count)
    for (worker, result) in results.enumerated() {
      for (place, span) in result.spans.enumerated() { spans[Int(span.commit)] = (worker, place) }
    }
    var merger = PathMerger(results.map(\.paths))
    var starts: [Int] = []
    starts.reserveCapacity(rows.count + 1)
    var changes: [History.Change] = []
    changes.reserveCapacity(results.reduce(0) { $0 + $1.changes.count })
    for index in rows.indices {
      starts.append(changes.count)
      let (worker, place) = spans[Int(order[index])]
      guard worker >= 0 else { continue }
      let span = results[worker].spans[place]
      if let failure = span.failure {
        problems.append(HistoryProblem(walk.commits.ids[Int(order[index])], failure))
        continue
      }
      rows[index].changesKnown = true
      for change in results[worker].changes[span.range] {
        changes.append(History.Change(merger.merged(change.path, of: worker), change.status))
      }
    }
    starts.append(changes.count)
    return (merger.table, starts, changes)
  }

  private func sortedProblems() -> [HistoryProblem] {
    let all = walk.commits.problems + walk.problems + problems
    let keyed = all.map { problem in
      (place: table.find(problem.commit), problem: problem)
    }
    return keyed.enumerated().sorted { left, right in
      (UInt32(bitPattern: left.element.place), left.offset)
        < (UInt32(bitPattern: right.element.place), right.offset)
    }.map(\.element.problem)
  }
}

/// Joins the path tables of several threads into one, numbered in order of first use.
private struct PathMerger {
  private(set) var table = PathTable()
  private let tables: [PathTable]
  private var numbers: [[Int32]]

  init(_ tables: [PathTable]) {
    self.tables = tables
    numbers = tables.map { [0] + [Int32](repeating: -1, count: $0.count - 1) }
  }

  mutating func merged(_ path: Int32, of worker: Int) -> Int32 {
    let known = numbers[worker][Int(path)]
    if known >= 0 { return known }
    let folder = tables[worker].folder(of: path).map { merged($0, of: worker) } ?? 0
    let number = tables[worker].name(path).withUnsafeBufferPointer { table.names.intern(folder, $0) }
    numbers[worker][Int(path)] = number
    return number
  }
}

extension HistoryProblem {
  fileprivate init(_ commit: ObjectID, _ failure: TreeDiffer.Failure) {
    switch failure {
    case .missing(let tree): self.init(commit, .missingTree, object: tree)
    case .corrupt(let tree): self.init(commit, .corruptTree, object: tree == .zero ? nil : tree)
    case .limit(let tree): self.init(commit, .tooManyChanges, object: tree)
    }
  }
}
