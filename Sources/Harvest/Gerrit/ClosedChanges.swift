import Facts
import Git

/// Changes that were closed before the window: what they tell of accounts, without reading more than that takes.
///
/// Comments on lines are the dear part of a log, and whether an account is a machine hangs on them. So they are read
/// only where an account that would be a machine without them may have written one.
struct ClosedChanges {
  struct Log: Sendable {
    let place: ChangeRefs.Log
    /// Without comments.
    let change: GerritChange
  }

  private let logs: [Log]
  private let robots: [Int: ChangeRefs.Log]
  private let limits: GerritLimits

  init(_ logs: [Log], robots: [Int: ChangeRefs.Log], _ limits: GerritLimits) {
    self.logs = logs
    self.robots = robots
    self.limits = limits
  }

  /// The accounts that are machines by all changes together, as if no window had been given.
  func machines(
    beside changes: [GerritChange], _ labels: ReviewLabels, _ context: SourceContext
  ) -> [Identity: MachineEvidence] {
    let found = MachineAccounts(changes + logs.map(\.change), labels: labels).found
    let candidates = Set(found.keys)
    let doubtful = logs.filter { log in
      log.change.updates.contains { update in
        update.changesNotes && !update.isByTool && (update.actor.map(candidates.contains) ?? false)
      }
    }
    guard !doubtful.isEmpty else { return found }
    let (limits, robots, asOf) = (limits, robots, context.asOf)
    let read = context.repository.concurrently(doubtful.count, jobs: context.jobs) { repository, place in
      let log = doubtful[place].place
      return LogReader(repository: repository, limits: limits, since: nil, asOf: asOf)
        .read(log, robots: robots[log.number]).change
    }
    let authors = Set(read.flatMap(\.comments).filter { $0.isOnCode && !$0.isByTool }.compactMap(\.author))
    return found.filter { !authors.contains($0.key) }
  }
}
