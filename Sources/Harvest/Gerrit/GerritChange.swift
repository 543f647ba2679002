import Facts

/// One change of a Gerrit server as its log in NoteDb tells it, before anybody is looked up.
///
/// Accounts are identities exactly as NoteDb writes them: `Gerrit User N <N@server-id>`.
struct GerritChange: Sendable {
  let number: Int
  /// The full name of the log, `refs/changes/NN/N/meta`.
  let ref: String
  /// The `I…` id that the patch sets carry in their messages.
  var changeID: String?
  /// The subject of the newest patch set.
  var subject = ""
  /// Full name of the branch that the change is meant for.
  var branch: String?
  /// Every branch that the change was meant for, in the order of the updates that say so.
  var targets: [GerritTarget] = []
  var status = ChangeStatus.new
  /// The account that made the change; nil for the server itself, or when the log's start is missing.
  var owner: Identity?
  /// Oldest first, without those that a broken commit of the log held.
  var updates: [GerritUpdate] = []
  /// Comments on files and lines with what the notes say of them, in the order in which they became visible.
  var comments: [GerritComment] = []
  /// What robots noted in notes of their own.
  var robotComments: [GerritComment] = []
  var robotRef = ""
  /// Names that old logs give accounts beside the number.
  var recordedNames: [Identity: String] = [:]
  /// The log's first commit could not be read, so nothing is known of the start.
  var isIncomplete = false

  init(number: Int, ref: String) {
    self.number = number
    self.ref = ref
  }
}

/// A branch that a change was meant for from one update on.
struct GerritTarget: Hashable, Sendable {
  /// The place among the log's updates.
  let place: Int
  /// Full name.
  let branch: String
}

/// One version of a change that somebody pushed.
struct GerritPatchSet: Hashable, Sendable {
  let number: Int
  let commit: ObjectName
  /// The account that pushed it; nil for the server itself.
  let uploader: Identity?
  let time: Instant
}

extension GerritChange {
  /// The patch sets that were pushed and not deleted again, oldest first.
  var patchSets: [GerritPatchSet] {
    var sets: [GerritPatchSet] = []
    // By place, because an update is large to copy and most bring no patch set.
    for place in updates.indices where updates[place].upload != nil || updates[place].deletesPatchSet {
      let update = updates[place]
      sets.removeAll { $0.number == update.patchSet }
      guard let commit = update.upload else { continue }
      sets.append(
        GerritPatchSet(number: update.patchSet, commit: commit, uploader: update.actor, time: update.time))
    }
    return sets.sorted { $0.number < $1.number }
  }

  /// The patch set that counts: the newest, or an older one that was made current again.
  var currentPatchSet: GerritPatchSet? {
    let sets = patchSets
    let newest = updates.last { $0.upload != nil || $0.makesCurrent }
    if let newest, newest.makesCurrent, let again = sets.first(where: { $0.number == newest.patchSet }) {
      return again
    }
    return sets.last
  }

  /// The votes that stand on a patch set, the last of each account and label, in the order they were given.
  ///
  /// Votes of 0 and removed ones are left out, the internal label `SUBM` too.
  func votes(onPatchSet number: Int) -> [GerritVote] {
    var standing: [GerritVote] = []
    for update in updates where update.patchSet == number {
      for vote in update.votes {
        standing.removeAll { $0.label == vote.label && $0.voter == vote.voter }
        if vote.value != 0, vote.label != GerritVote.submitLabel { standing.append(vote) }
      }
      for removed in update.reviewers where removed.state == .removed {
        standing.removeAll { $0.voter == removed.person }
      }
    }
    return standing
  }

  /// The update that brought the change to its branch; nil while it has not landed.
  var merge: GerritUpdate? {
    guard status == .merged else { return nil }
    return updates.last { $0.status == .merged || $0.isSubmission }
  }

  /// Who pressed Submit: the voter of `SUBM`, else who wrote the merging update.
  var submitter: Identity? {
    guard let merge else { return nil }
    let pressed = updates.reversed().lazy.flatMap(\.votes).first {
      $0.label == GerritVote.submitLabel && $0.value > 0
    }
    return merge.realActor ?? pressed?.voter ?? merge.actor
  }
}
