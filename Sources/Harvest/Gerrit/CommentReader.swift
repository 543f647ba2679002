import Facts
import Git

/// Reads the comments on a change: what the notes of the newest update hold, and which update first showed each.
///
/// A note says when a comment was written; that is when its draft was last saved. Others could read it from the
/// update on whose tree first has it.
struct CommentReader {
  private let repository: Repository
  private let limits: GerritLimits
  private var accounts: GerritAccounts
  private var bytesRead = 0

  init(_ repository: Repository, _ limits: GerritLimits, _ accounts: GerritAccounts) {
    self.repository = repository
    self.limits = limits
    self.accounts = accounts
  }

  /// Reads the comments from the trees of the updates, oldest first.
  mutating func read(trees: [(commit: ObjectName, tree: ObjectID?)], into log: inout GerritLog) {
    let versions = versions(trees, &log)
    log.change.comments = comments(versions, &log)
  }

  /// Comments that robots keep in notes of their own, dated by themselves.
  mutating func readRobots(_ place: ChangeRefs.Log, asOf: Instant?, into log: inout GerritLog) {
    do {
      guard let tree = try repository.tree(ofCommit: place.tip) else {
        return report(.missingObject, place.tip, &log)
      }
      let versions = versions([(ObjectName(git: place.tip), tree)], &log)
      log.change.robotRef = place.ref
      log.change.robotComments = comments(versions, &log).filter { comment in
        asOf.map { limit in comment.written.map { $0 <= limit } ?? false } ?? true
      }
    } catch {
      report(.corruptObject(detail: error.message), place.tip, &log)
    }
  }

  /// One version of the note on one patch set, and the update that brought it.
  private struct Version {
    let annotated: ObjectID
    let blob: ObjectID
    let update: Int
    var isLast = true
  }

  /// All versions of all notes, oldest first.
  private mutating func versions(
    _ trees: [(commit: ObjectName, tree: ObjectID?)], _ log: inout GerritLog
  ) -> [Version] {
    var versions: [Version] = []
    var newest: [ObjectID: Int] = [:]
    var before: ObjectID? = .emptyTree
    for (place, (_, tree)) in trees.enumerated() where tree != before {
      before = tree
      guard let tree, let notes = notes(tree, &log) else { continue }
      var present: Set<ObjectID> = []
      for note in notes {
        present.insert(note.annotated)
        if let known = newest[note.annotated] {
          if versions[known].blob == note.blob { continue }
          versions[known].isLast = false
        }
        newest[note.annotated] = versions.count
        versions.append(Version(annotated: note.annotated, blob: note.blob, update: place))
      }
      for (annotated, known) in newest where !present.contains(annotated) {
        versions[known].isLast = false
        newest[annotated] = nil
      }
    }
    return versions
  }

  private func notes(
    _ tree: ObjectID, _ log: inout GerritLog
  ) -> [(annotated: ObjectID, blob: ObjectID)]? {
    guard tree != .emptyTree else { return [] }
    do {
      let notes = try repository.notes(inTree: tree)
      return notes.entries.flatMap { entry in entry.blobs.map { (entry.annotated, $0) } }
    } catch {
      report(.corruptObject(detail: error.message), tree, &log)
      return nil
    }
  }

  private mutating func comments(_ versions: [Version], _ log: inout GerritLog) -> [GerritComment] {
    var shown: [String: Int] = [:]
    var comments: [GerritComment] = []
    let rewritten = Set(versions.lazy.filter { !$0.isLast }.map(\.annotated))
    for version in versions {
      guard let bytes = blob(version.blob, &log) else { continue }
      if rewritten.contains(version.annotated) {
        NoteScanner.identifiers(bytes) { uuid in
          if shown[uuid] == nil { shown[uuid] = version.update }
        }
      }
      guard version.isLast else { continue }
      add(bytes, version, shown, &comments, &log)
    }
    return comments.count > 1 ? Self.inOrder(comments) : comments
  }

  private mutating func add(
    _ bytes: [UInt8], _ version: Version, _ shown: [String: Int], _ comments: inout [GerritComment],
    _ log: inout GerritLog
  ) {
    guard !Self.isOldForm(bytes) else {
      return report(
        .unreadableRecord(line: 1, detail: "a note in a form older than JSON"), version.blob, &log)
    }
    var found: [NoteComment] = []
    var scanner = NoteScanner(bytes, limit: limits.comments)
    do {
      _ = try scanner.comments { found.append($0) }
    } catch {
      report(
        .unreadableRecord(line: 1, detail: "byte \(error.offset): \(error.what)"), version.blob, &log)
    }
    let server = log.change.owner?.gerritServer.map(String.init) ?? ""
    for note in found {
      let author = note.author.flatMap { accounts.account(number: $0, server: note.server ?? server) }
      comments.append(
        GerritComment(
          note, author: author, in: version.blob, published: note.uuid.flatMap { shown[$0] } ?? version.update
        ))
    }
  }

  /// Before JSON, notes were text with headers; an empty one or a push certificate alone is no comment either.
  private static func isOldForm(_ bytes: [UInt8]) -> Bool {
    bytes.first { !isBlank($0) } != UInt8(ascii: "{")
  }

  private mutating func blob(_ id: ObjectID, _ log: inout GerritLog) -> [UInt8]? {
    guard bytesRead < limits.notesBytes else {
      report(.oversized(bytes: bytesRead, limit: limits.notesBytes), id, &log)
      return nil
    }
    do {
      guard let header = try repository.header(of: id) else {
        report(.missingObject, id, &log)
        return nil
      }
      guard header.size <= limits.noteBytes else {
        report(.oversized(bytes: header.size, limit: limits.noteBytes), id, &log)
        return nil
      }
      guard let object = try repository.read(id, limit: limits.noteBytes), object.kind == .blob else {
        report(.corruptObject(detail: "a note that is no blob"), id, &log)
        return nil
      }
      bytesRead += object.bytes.count
      return object.bytes
    } catch {
      report(.corruptObject(detail: error.message), id, &log)
      return nil
    }
  }

  private func report(_ kind: Diagnostic.Kind, _ id: ObjectID, _ log: inout GerritLog) {
    log.diagnostics.append(Diagnostic(kind, ref: log.change.ref, object: ObjectName(git: id)))
  }

  private static func inOrder(_ comments: [GerritComment]) -> [GerritComment] {
    comments.sorted {
      ($0.published, $0.written?.seconds ?? 0, $0.uuid) < ($1.published, $1.written?.seconds ?? 0, $1.uuid)
    }
  }
}

extension GerritComment {
  fileprivate init(_ note: NoteComment, author: Identity?, in blob: ObjectID, published: Int) {
    self.init(
      uuid: note.uuid ?? "", author: author, patchSet: Int(clamping: note.patchSet ?? 0),
      written: note.written.flatMap { Instant(text: $0) },
      isOnCode: note.file.map { $0 != "/PATCHSET_LEVEL" } ?? true, isUnresolved: note.isUnresolved,
      tag: note.tag,
      robot: note.robot, note: ObjectName(git: blob), published: published)
  }
}
