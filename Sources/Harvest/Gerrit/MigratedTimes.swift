import Facts

/// Finds the updates whose times are those of a migration, so that no latency is computed from them.
///
/// Four marks, each enough:
/// 1. **A shared second.** At one second of one server at least ten changes that had been closed before carry a vote
///    or message without a tag: rows of a database that an upgrade rewrote. All such updates of that second are
///    migrated.
/// 2. **A late creation.** At the very second of its creation somebody other than the owner says something, or the
///    change is merged or abandoned, all without a tag; or a comment on it was written more than an hour before. The
///    row of the change was stamped anew, and Gerrit moves events that are older than their change to its creation.
///    Everything of that second is migrated, the creation too.
/// 3. **A late push.** A patch set without a tag comes to a change that is closed, which no server lets happen. All
///    updates of that second without a tag or a status are migrated.
/// 4. **The last word of the migration.** An update with the subject `Final NoteDb migration updates`.
struct MigratedTimes {
  /// Fewer changes than these at one second are an ordinary coincidence, or one hand at work in bulk.
  static let sharedSecond = 10

  /// A second of one server.
  private struct Moment: Hashable {
    let server: Substring
    let time: Instant
  }

  private let shared: Set<Moment>

  /// Counts over all changes, those out of scope included as far as they were read.
  init(_ logs: [GerritLog]) {
    var changes: [Moment: Int] = [:]
    for log in logs {
      var seen: Set<Moment> = []
      for update in log.change.updatesAfterClosing where Self.isLoose(update) {
        guard let moment = Self.moment(of: update), seen.insert(moment).inserted else { continue }
        changes[moment, default: 0] += 1
      }
    }
    shared = Set(changes.lazy.filter { $0.value >= Self.sharedSecond }.map(\.key))
  }

  /// Marks the updates of one change, and says how many were marked.
  func mark(_ change: inout GerritChange) -> Int {
    let created = isCreatedLate(change) ? change.updates.first?.time : nil
    let pushes = change.timesOfPushesWhileClosed
    var marked = 0
    for place in change.updates.indices where isMigrated(change.updates[place], created, pushes) {
      change.updates[place].isMigrated = true
      marked += 1
    }
    return marked
  }

  private func isMigrated(_ update: GerritUpdate, _ created: Instant?, _ pushes: Set<Instant>) -> Bool {
    if created != nil, update.time == created { return true }
    if update.isFinalMigration, update.tellsAnEvent { return true }
    if update.tag == nil, update.status == nil, pushes.contains(update.time) { return true }
    return !shared.isEmpty && Self.isLoose(update) && Self.moment(of: update).map(shared.contains) ?? false
  }

  /// A vote or message that no tag, push or change of status explains.
  private static func isLoose(_ update: GerritUpdate) -> Bool {
    update.tag == nil && update.upload == nil && update.status == nil && !update.isFinalMigration
      && (update.message.isPresent || !update.votes.isEmpty || !update.reviewers.isEmpty)
  }

  private static func moment(of update: GerritUpdate) -> Moment? {
    update.actor?.gerritServer.map { Moment(server: $0, time: update.time) }
  }

  private func isCreatedLate(_ change: GerritChange) -> Bool {
    guard !change.isIncomplete, let created = change.updates.first?.time else { return false }
    if change.comments.contains(where: { $0.written.map { $0 < created.advanced(by: -3_600) } ?? false }) {
      return true
    }
    return change.updates.contains { update in
      guard update.time == created, update.tag == nil, !update.isFinalMigration else { return false }
      if let status = update.status, status != .new { return true }
      guard update.actor != nil, update.actor != change.owner else { return false }
      return update.message.isPresent || update.votes.contains { $0.value != 0 }
    }
  }
}

extension GerritUpdate {
  /// Anything becomes of the update beyond a topic or the like.
  fileprivate var tellsAnEvent: Bool {
    upload != nil || status != nil || isWorkInProgress != nil || message.isPresent || !votes.isEmpty
      || !reviewers.isEmpty || !attention.isEmpty || !relations.isEmpty
  }
}

extension GerritChange {
  /// The seconds at which an untagged patch set came although the change was closed.
  fileprivate var timesOfPushesWhileClosed: Set<Instant> {
    var times: Set<Instant> = []
    var closed: Instant?
    for update in updates {
      if update.upload != nil, update.tag == nil, let closed, update.time > closed {
        times.insert(update.time)
      }
      if let status = update.status { closed = status == .new ? nil : update.time }
    }
    return times
  }

  /// The updates that are later than the last one that closed the change.
  fileprivate var updatesAfterClosing: ArraySlice<GerritUpdate> {
    guard status != .new, let closing = updates.lastIndex(where: { $0.status != nil && $0.status != .new })
    else {
      return []
    }
    let time = updates[closing].time
    return updates[(closing + 1)...].drop { $0.time <= time }
  }
}
