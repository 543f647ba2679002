public import Facts
public import Git

/// Tells who brought commits to a server: by this push, or earlier as the server's own record of pushes says.
///
/// Author and committer are what a commit says of itself; who pushes is what the transport says.
public final class CommitArrivals {
  /// The repository without what this push brings; nil where nothing is being pushed.
  private let before: Repository?
  private let log: Repository
  let pusher: Identity?
  private var places: [ObjectID: [ObjectID]]?
  /// The most bytes of the record on one commit: whoever moves references to it makes it longer.
  private static let noteLimit = 32 << 20
  private var hasLog = false

  public init(log: Repository, before: Repository?, pusher: Identity?) {
    (self.log, self.before, self.pusher) = (log, before, pusher)
  }

  /// What the server's record says of the time at which a commit came.
  public enum Recorded: Hashable, Sendable {
    /// Nothing is recorded here.
    case noRecord
    case never
    case at(Instant)
  }

  /// When a push first named any of these commits.
  public func recorded(_ commits: [ObjectName]) throws(UpdateObstacle) -> Recorded {
    var first: Instant?
    for commit in commits {
      do throws(GitError) {
        for record in try records(on: ObjectID(commit)) {
          first = first.map { min($0, record.at) } ?? record.at
        }
      } catch {
        throw .unreadable(commit, detail: error.message)
      }
    }
    return first.map { .at($0) } ?? (hasLog ? .never : .noRecord)
  }

  /// For commits that stand behind their parents, how each came to the server.
  ///
  /// Whoever brought a commit first counts, and a push brings everything below what it names.
  func arrivals(of commits: [CommitRange.Commit]) throws(UpdateObstacle) -> [ProposedCommit.Arrival] {
    guard let before else { return commits.map { _ in .unknown } }
    let numbers = Dictionary(commits.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { one, _ in one })
    var first = [First?](repeating: nil, count: commits.count)
    var found = [ProposedCommit.Arrival](repeating: .unknown, count: commits.count)
    for number in commits.indices.reversed() {
      let commit = commits[number]
      found[number] = try arrival(of: commit.id, before, &first[number])
      guard let inherited = first[number] else { continue }
      for parent in commit.parents {
        if let below = numbers[parent] { first[below].merge(inherited) }
      }
    }
    return found
  }

  /// The earliest records so far that brought one commit.
  fileprivate struct First {
    var at: Instant
    var pushers: [String]
  }

  private func arrival(
    of id: ObjectID, _ before: Repository, _ first: inout First?
  ) throws(UpdateObstacle) -> ProposedCommit.Arrival {
    do throws(GitError) {
      if try before.header(of: id) == nil { return .withThisPush }
      for record in try records(on: id) { first.merge(First(at: record.at, pushers: [record.pusher])) }
    } catch {
      throw .unreadable(ObjectName(git: id), detail: error.message)
    }
    guard hasLog else { return .unknown }
    let pushers = first?.pushers.filter { !$0.isEmpty } ?? []
    return pushers.isEmpty
      ? .unrecorded : .pushed(by: pushers.map { Identity(name: "", email: $0) })
  }

  /// The pushes that moved a reference to exactly this commit.
  private func records(on id: ObjectID) throws(GitError) -> [PushRecord] {
    if places == nil {
      let tree = try log.notes(inRef: PushRecord.reference)
      hasLog = tree != nil
      places = Dictionary(
        (tree?.entries ?? []).map { ($0.annotated, $0.blobs) }, uniquingKeysWith: { one, _ in one })
    }
    var records: [PushRecord] = []
    for blob in places?[id] ?? [] {
      guard let bytes = try log.read(blob, limit: Self.noteLimit)?.bytes else { continue }
      records += NoteRecords(bytes) { (line) throws(RecordFailure) in try PushRecord(line: line) }
        .records.map(\.record).filter { $0.new == ObjectName(git: id) }
    }
    return records
  }
}

extension CommitArrivals.First? {
  fileprivate mutating func merge(_ other: CommitArrivals.First) {
    guard let known = self, known.at <= other.at else {
      self = other
      return
    }
    guard known.at == other.at else { return }
    self?.pushers += other.pushers.filter { !known.pushers.contains($0) }
  }
}

extension ProposedCommit.Arrival {
  /// Whoever brought the commit; `pusher` is who pushes now.
  func people(pusher: Identity?) -> [Identity] {
    switch self {
    case .withThisPush: [pusher].compactMap { $0 }
    case .pushed(let people): people
    case .unrecorded, .unknown: []
    }
  }
}
