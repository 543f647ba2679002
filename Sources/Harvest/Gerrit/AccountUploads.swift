internal import Facts
internal import Git

/// Hints from patch sets: who uploads a commit is most often who committed it.
///
/// Not always: people rebase and pick each other's changes. So the newest uploads of an account are weighed together,
/// and a change that an account opened with somebody's own commit counts as the account's own work.
struct AccountUploads {
  /// How many uploads of one account are looked at, the newest first.
  static let limit = 50

  private struct Upload {
    let account: Identity
    let commit: ObjectName
    let time: Instant
    let opensChange: Bool
    /// To tell uploads of the same second apart.
    let change: Int
    let patchSet: Int
  }

  private(set) var hints: [AccountHint] = []

  init(_ changes: [GerritChange], _ context: SourceContext) {
    var uploads: [Identity: [Upload]] = [:]
    for change in changes {
      for set in change.patchSets {
        guard let account = set.uploader, account.isGerritAccount else { continue }
        uploads[account, default: []].append(
          Upload(
            account: account, commit: set.commit, time: set.time,
            opensChange: set.number == 1 && account == change.owner, change: change.number,
            patchSet: set.number))
      }
    }
    let newest = uploads.sorted { $0.key.email < $1.key.email }.flatMap { Self.newest($0.value) }
    let people = Self.people(newest.map { ObjectID($0.commit) }, context)
    hints = zip(newest, people).compactMap { upload, people in
      guard let people, people.committer.address.hasAt, !Committers.isForge(people.committer) else {
        return nil
      }
      return AccountHint(
        account: upload.account, person: people.committer, basis: .uploads, time: upload.time,
        isOwnWork: upload.opensChange && people.author?.address == people.committer.address)
    }
  }

  private static func newest(_ uploads: [Upload]) -> [Upload] {
    let sorted = uploads.sorted { one, other in
      (one.time, one.change, one.patchSet) > (other.time, other.change, other.patchSet)
    }
    return Array(sorted.prefix(limit))
  }

  private struct People: Sendable {
    let committer: Identity
    let author: Identity?
  }

  /// Committer and author of each commit; nil for one that cannot be read, which the patch set's own reader reports.
  private static func people(_ commits: [ObjectID], _ context: SourceContext) -> [People?] {
    context.repository.concurrently(commits.count, jobs: context.jobs) { repository, place in
      do {
        let commit = try repository.commit(commits[place])
        return commit?.committerIdentity.map { People(committer: $0, author: commit?.authorIdentity) }
      } catch {
        // A broken commit names nobody.
        return nil
      }
    }
  }
}

extension Identity {
  /// Whether NoteDb means an account by it: a number on a server, and no name.
  var isGerritAccount: Bool { gerritNumber != nil }

  /// The number of an account, before the `@`.
  var gerritNumber: Int? {
    let digits = email.utf8.prefix { isDigit($0) }
    guard !digits.isEmpty, digits.count <= 18, email.utf8[digits.endIndex...].first == UInt8(ascii: "@"),
      name.utf8.starts(with: "Gerrit User ".utf8)
    else { return nil }
    return Int(Substring(digits))
  }
}
