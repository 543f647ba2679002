internal import Facts
internal import Git

/// A reference from the push that made it to the one that deleted it.
struct HeadLife {
  let ref: String
  /// Moves in order; the first made the reference, unless the log begins later.
  var moves: [PushRecord] = []
  /// The push that deleted it.
  var deletion: PushRecord?

  /// The push that made it.
  var creation: PushRecord? { moves.first.flatMap { $0.old == nil ? $0 : nil } }

  /// The newest commit it pointed to.
  var tip: ObjectName? { moves.last?.new ?? deletion?.old }

  /// All commits it pointed to.
  var tips: [ObjectName] { moves.compactMap(\.new) + [deletion?.old].compactMap { $0 } }
}

/// The heads of proposals as the log shows them: branches beside the target, and what forges keep for requests.
struct PushedHeads {
  private(set) var lives: [HeadLife] = []

  init(_ log: PushLog, branch: String) {
    var current: [String: Int] = [:]
    for record in log.records where Self.isHead(record.ref, branch: branch) {
      // What is pushed for review has no place of its own there: each push stands alone.
      let isMagic = record.ref.hasPrefix("refs/for/")
      if record.old == nil || isMagic { current[record.ref] = nil }
      let place = current[record.ref] ?? lives.count
      if place == lives.count { lives.append(HeadLife(ref: record.ref)) }
      current[record.ref] = place
      if record.new == nil {
        lives[place].deletion = record
        current[record.ref] = nil
      } else {
        lives[place].moves.append(record)
      }
    }
  }

  private static func isHead(_ ref: String, branch: String) -> Bool {
    guard ref != branch else { return false }
    return ref.hasPrefix("refs/heads/") || ref.hasPrefix("refs/for/")
      || ((ref.hasPrefix("refs/pull/") || ref.hasPrefix("refs/merge-requests/")) && ref.hasSuffix("/head"))
  }

  /// Lives by reference, in order of time.
  var byRef: [String: [HeadLife]] { Dictionary(grouping: lives, by: \.ref) }
}
