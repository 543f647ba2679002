internal import Facts
internal import Git

/// Reads gittuf's refs and keeps a diagnostic for whatever cannot be read, each object once.
final class GittufReader {
  let limits: GittufLimits
  let repository: Repository
  private(set) var diagnostics: [Diagnostic] = []
  private var reported: Set<Diagnostic> = []
  private var bytesLeft: Int

  /// The last of this many says that there are more.
  private static let diagnosticLimit = 10_000

  init(_ repository: Repository, limits: GittufLimits = GittufLimits()) {
    self.repository = repository
    self.limits = limits
    bytesLeft = limits.totalBytes
  }

  func report(_ kind: Diagnostic.Kind, ref: String, object: ObjectName? = nil) {
    let diagnostic = Diagnostic(kind, ref: ref, object: object)
    guard reported.count < Self.diagnosticLimit, reported.insert(diagnostic).inserted else { return }
    let isLast = reported.count == Self.diagnosticLimit
    diagnostics.append(
      isLast
        ? Diagnostic(.oversized(bytes: reported.count, limit: Self.diagnosticLimit), ref: ref) : diagnostic)
  }

  func commit(_ id: ObjectID, ref: String) -> CommitObject? {
    found(id, ref) { repository throws(GitError) in try repository.commit(id) }
  }

  /// When a commit was made, if it is here; whoever needs it for more than its date reports what is wrong.
  func dateIfHere(_ id: ObjectID) -> Instant? { (try? repository.commit(id))?.committed }

  func folder(_ id: ObjectID, ref: String) -> [TreeEntry]? {
    found(id, ref) { repository throws(GitError) in try repository.tree(id) }
  }

  /// The statement in a blob; nil with a diagnostic when there is none.
  func envelope(_ id: ObjectID, ref: String) -> Envelope? {
    let name = ObjectName(git: id)
    let header = found(id, ref) { repository throws(GitError) in try repository.header(of: id) }
    guard let header else { return nil }
    guard header.kind == .blob else {
      report(.corruptObject(detail: "an attestation that is no blob"), ref: ref, object: name)
      return nil
    }
    let limit = min(limits.envelopeBytes, bytesLeft)
    guard header.size <= limit else {
      report(.oversized(bytes: header.size, limit: limit), ref: ref, object: name)
      return nil
    }
    bytesLeft -= header.size
    let object = found(id, ref) { repository throws(GitError) in try repository.read(id, limit: limit) }
    guard let object else { return nil }
    do {
      return try Envelope(object.bytes)
    } catch {
      report(.unreadableRecord(line: 1, detail: error.what), ref: ref, object: name)
      return nil
    }
  }

  /// What `body` reads; a missing object or a failure is noted.
  private func found<Found>(
    _ id: ObjectID, _ ref: String, _ body: (Repository) throws(GitError) -> Found?
  ) -> Found? {
    do {
      guard let found = try body(repository) else {
        report(.missingObject, ref: ref, object: ObjectName(git: id))
        return nil
      }
      return found
    } catch {
      report(.corruptObject(detail: error.message), ref: ref, object: ObjectName(git: id))
      return nil
    }
  }
}
