import Facts

/// The comments of one review as threads, with git-appraise's verdict on each thread and on all of them.
///
/// The rules are those of google/git-appraise `review/review.go`: a comment with `original` replaces another
/// one (the latest by timestamp text wins, wholly) and is in no thread itself; one with an unknown `parent` or
/// `original` is an orphan and counts for nothing. Threads are worked through by index, never by recursion, so
/// a chain of a hundred thousand replies is only long.
struct CommentThreads {
  /// By which names replies and edits may refer to a comment.
  enum Naming {
    /// Only by the SHA-1 of the comment as Go writes it: git-appraise's own rule.
    case canonical
    /// Also by the SHA-1 of the line as stored, which some writers took; the canonical name is preferred.
    case either
  }

  /// One comment; identical records are one.
  struct Node {
    let source: NoteRecord<AppraiseComment>
    let id: ObjectName
    /// Other names that writers may have given to it.
    var otherNames: [ObjectName]
    /// Index of the comment it answers.
    var parent: Int?
    /// Indices of its edits and of its answers, in the order of the note.
    var edits: [Int] = []
    var children: [Int] = []
    /// Index of the record whose fields are in force: the latest edit, or the comment itself.
    var current: Int
    /// The thread's state: false needs work, true is done, nil is for information.
    var resolved: Bool?
  }

  private(set) var nodes: [Node] = []
  /// Comments that begin a thread.
  private(set) var roots: [Int] = []
  /// Comments whose `parent` or `original` is not there.
  private(set) var orphans: [Int] = []
  /// The verdict on the whole review: accepted, rejected, or none.
  private(set) var resolved: Bool?
  /// All comments in threads, each after the one it answers.
  private var order: [Int] = []

  init(_ records: [NoteRecord<AppraiseComment>], naming: Naming) {
    collect(records)
    link(naming)
    settle()
  }

  /// The record in force for a comment.
  func current(_ index: Int) -> NoteRecord<AppraiseComment> { nodes[nodes[index].current].source }

  private mutating func collect(_ records: [NoteRecord<AppraiseComment>]) {
    var known: [ObjectName: Int] = [:]
    for source in records {
      let id = source.record.id
      if let index = known[id] {
        nodes[index].otherNames.append(source.digest)
      } else {
        let names = [source.digest] + (source.record.olderID.map { [$0] } ?? [])
        known[id] = nodes.count
        nodes.append(Node(source: source, id: id, otherNames: names, current: nodes.count))
      }
    }
  }

  private mutating func link(_ naming: Naming) {
    let names = names(naming)
    for index in nodes.indices {
      let comment = nodes[index].source.record
      if !comment.original.isEmpty {
        if let original = comment.original.fullObjectName.flatMap({ names[$0] }) {
          nodes[original].edits.append(index)
        } else {
          orphans.append(index)
        }
      } else if comment.parent.isEmpty {
        roots.append(index)
      } else if let parent = comment.parent.fullObjectName.flatMap({ names[$0] }) {
        nodes[parent].children.append(index)
        nodes[index].parent = parent
      } else {
        orphans.append(index)
      }
    }
  }

  private func names(_ naming: Naming) -> [ObjectName: Int] {
    var names: [ObjectName: Int] = [:]
    for index in nodes.indices { names[nodes[index].id] = index }
    guard naming == .either else { return names }
    for index in nodes.indices {
      for name in nodes[index].otherNames where names[name] == nil { names[name] = index }
    }
    return names
  }

  /// Puts edits in force, then settles every thread from its leaves up.
  private mutating func settle() {
    for index in nodes.indices {
      for edit in nodes[index].edits {
        let latest = nodes[index].current
        let newer = nodes[edit].source.record.timestamp
        if latest == index || !newer.precedesInBytes(nodes[latest].source.record.timestamp) {
          nodes[index].current = edit
        }
      }
    }
    order = roots
    var next = 0
    while next < order.count {
      order += nodes[order[next]].children
      next += 1
    }
    for index in order.reversed() {
      let own = current(index).record.resolved
      switch conjunction(nodes[index].children) {
      case nil: nodes[index].resolved = own
      case false: nodes[index].resolved = false
      case true: nodes[index].resolved = own == true ? true : nil
      }
    }
    resolved = conjunction(roots)
  }

  /// True when all threads that have a state are done, nil when none has one.
  private func conjunction(_ threads: [Int]) -> Bool? {
    var result: Bool?
    for thread in threads {
      if let resolved = nodes[thread].resolved { result = (result ?? true) && resolved }
    }
    return result
  }
}

extension CommentThreads {
  /// For each rejection that no longer stands: the index of its root, and of the answer that lifted it.
  ///
  /// A rejection is lifted when the answers to it are all done. Where no answer ever asked for more, that was when
  /// the first direct answer said so; otherwise it is taken to be when the last answer with a state was written.
  func liftedRejections() -> [(root: Int, by: Int)] {
    var answers: [Int: [Int]] = [:]
    var rootOf: [Int: Int] = [:]
    for index in order {
      if let parent = nodes[index].parent, let root = rootOf[parent] {
        rootOf[index] = root
        if current(index).record.resolved != nil { answers[root, default: []].append(index) }
      } else if nodes[index].parent == nil, current(index).record.resolved == false,
        nodes[index].resolved != false
      {
        rootOf[index] = index
      }
    }
    return roots.compactMap { root in
      guard let votes = answers[root] else { return nil }
      let contested = votes.contains { current($0).record.resolved == false }
      let direct = votes.filter { nodes[$0].parent == root }
      let lifting = contested ? votes.max(by: isEarlier) : direct.min(by: isEarlier)
      return lifting.map { (root, $0) }
    }
  }

  private func isEarlier(_ one: Int, _ other: Int) -> Bool {
    current(one).record.timestamp.precedesInBytes(current(other).record.timestamp)
  }
}
