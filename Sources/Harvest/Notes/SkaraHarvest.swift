internal import Facts
internal import Git

/// Reads `refs/notes/commits` as OpenJDK's bots (Skara) write it: which request a commit came from.
///
/// Skara squashes a request onto the branch without its number, so neither the message nor the head in `refs/pull/N/head` says
/// that the two belong together. After the push it notes on the commit: `Review: https://…/pull/N`. That line proves the
/// request that landed, and nothing about when it was reviewed.
enum SkaraHarvest {
  static let reference = "refs/notes/commits"
  /// A larger note is no such note; the largest real one has less than a kilobyte.
  static let byteLimit = 65_536
  /// More notes are not read.
  static let noteLimit = 1_000_000

  static func read(_ context: SourceContext) throws -> SourceHarvest {
    var harvest = SourceHarvest()
    guard let tree = notes(context, &harvest) else { return harvest }
    var counts = (reviews: 0, unreadable: 0)
    for entry in tree.entries.prefix(noteLimit) {
      // Nothing is told of commits that the branch does not hold as of the moment.
      guard let commit = context.history.index(of: entry.annotated), context.line.holds(commit) else {
        continue
      }
      for blob in entry.blobs {
        guard let text = content(of: blob, on: entry, context, &harvest) else {
          counts.unreadable += 1
          continue
        }
        guard let number = SkaraNote.request(in: text) else { continue }
        counts.reviews += 1
        harvest.traces.append(trace(of: number, commit, blob, context))
        break
      }
    }
    if tree.entries.count > noteLimit {
      harvest.diagnostics.append(
        Diagnostic(.oversized(bytes: tree.entries.count, limit: noteLimit), ref: reference))
    }
    guard counts.reviews > 0 || counts.unreadable > 0 else { return harvest }
    harvest.sources = [
      SourceReport(
        .commitNotes, place: reference, records: tree.entries.count, unreadable: counts.unreadable,
        counts: [.init("reviews", counts.reviews)])
    ]
    return harvest
  }

  /// The notes as they stood at the as-of moment; nil when there are none or they cannot be read.
  private static func notes(_ context: SourceContext, _ harvest: inout SourceHarvest) -> NotesTree? {
    guard let target = context.references.first(where: { $0.name == reference })?.target else { return nil }
    do {
      guard let commit = try newest(from: target, context) else { return nil }
      return try context.repository.notes(inCommit: commit)
    } catch {
      harvest.diagnostics.append(
        Diagnostic(
          .corruptObject(detail: error.message), ref: reference, object: ObjectName(git: target)))
      return nil
    }
  }

  /// The newest commit of the notes that is not later than the as-of moment, along first parents.
  private static func newest(from tip: ObjectID, _ context: SourceContext) throws(GitError) -> ObjectID? {
    guard let asOf = context.asOf else { return tip }
    var next: ObjectID? = tip
    for _ in 0..<noteLimit {
      guard let id = next, let commit = try context.repository.commit(id) else { return nil }
      if (commit.committer?.seconds ?? 0) <= asOf.seconds { return id }
      next = commit.parents.first
    }
    return nil
  }

  private static func content(
    of blob: ObjectID, on entry: NoteEntry, _ context: SourceContext, _ harvest: inout SourceHarvest
  ) -> [UInt8]? {
    func report(_ kind: Diagnostic.Kind) {
      harvest.diagnostics.append(
        Diagnostic(kind, ref: reference, object: ObjectName(git: entry.annotated)))
    }
    do {
      guard let header = try context.repository.header(of: blob) else {
        report(.missingObject)
        return nil
      }
      guard header.kind == .blob, header.size <= byteLimit else {
        report(
          header.kind == .blob
            ? .oversized(bytes: header.size, limit: byteLimit) : .corruptObject(detail: "its note is no blob")
        )
        return nil
      }
      return try context.repository.read(blob, limit: byteLimit)?.bytes
    } catch {
      report(.corruptObject(detail: error.message))
      return nil
    }
  }

  /// The request, landed with the annotated commit.
  private static func trace(of number: Int, _ commit: Int32, _ blob: ObjectID, _ context: SourceContext)
    -> Trace
  {
    let name = ObjectName(git: context.history.id(commit))
    var trace = Trace(source: .commitNotes, id: .pullRequest(number))
    trace.aliases = [.commit(name)]
    trace.target = context.branch
    trace.commits = [name]
    let landing = context.line.landing[Int(commit)]
    trace.observations = [
      Observation(
        .landed(commit: ObjectName(git: context.history.id(landing))),
        .at(Instant(seconds: context.history.committerSeconds(landing))), by: nil, .derived,
        Evidence(ref: reference, object: ObjectName(git: blob)))
    ]
    return trace
  }
}

/// The text of one of Skara's notes: `Commit:`, `Review:`, and a list of issues.
enum SkaraNote {
  /// The number in the first `Review:` line with the address of a request.
  static func request(in text: [UInt8]) -> Int? {
    for line in text[...].split(separator: 0x0A) {
      guard let value = line.trimmedEnd.value(ofKey: "Review") else { continue }
      return FooterScan.Link(url: value)?.number
    }
    return nil
  }
}
