import Facts
import Git

/// Reads a repository for the notes, and keeps a diagnostic for whatever cannot be read.
///
/// One broken object must cost one fact, not the whole report.
final class TolerantReader {
  let limits: AppraiseLimits
  let repository: Repository
  /// Where notes are read: the repository, and the ledgers that belong to it.
  let ledgers: [Repository]
  private(set) var diagnostics: [Diagnostic] = []

  init(_ repository: Repository, ledgers: [Repository] = [], limits: AppraiseLimits) {
    self.repository = repository
    self.ledgers = [repository] + ledgers
    self.limits = limits
  }

  func report(_ kind: Diagnostic.Kind, ref: String? = nil, object: ObjectName? = nil) {
    diagnostics.append(Diagnostic(kind, ref: ref, object: object))
  }

  func report(_ problems: [Diagnostic]) { diagnostics += problems }

  /// Notes references to things that are not there, at most twenty: the last then says how many more there are.
  func reportDangling(_ names: [String], ref: String? = nil, object: ObjectName? = nil) {
    for (place, name) in names.prefix(20).enumerated() {
      var text = String(name.unicodeScalars.prefix(64))
      if place == 19, names.count > 20 { text += ", and \(names.count - 20) more" }
      report(.danglingReference(to: text), ref: ref, object: object)
    }
  }

  /// What `body` reads; nil when it finds nothing or fails, and a failure is noted.
  func attempt<Found>(
    in ledger: Repository? = nil, ref: String? = nil, object: ObjectName? = nil,
    _ body: (Repository) throws(GitError) -> Found?
  ) -> Found? {
    do {
      return try body(ledger ?? repository)
    } catch {
      report(.corruptObject(detail: error.message), ref: ref, object: object)
      return nil
    }
  }

  func commit(_ id: ObjectID, in ledger: Repository? = nil, ref: String? = nil) -> CommitObject? {
    attempt(in: ledger, ref: ref, object: ObjectName(git: id)) { repository throws(GitError) in
      try repository.commit(id)
    }
  }
}
