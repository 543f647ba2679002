internal import Facts
internal import Rules

/// Sentences for reasons: the only place where data becomes words.
enum Words {
  static func note(_ note: ReportNote) -> StyledText {
    switch note {
    case .hostsInferred(let repository, let count):
      """
      \(repository): no roster, so the host team is inferred: \(counted(count, "person", "people")) who landed at least \
      \(HostInference.threshold) contributions of others in the last \(HostInference.days) days. \
      `tributary policy init` writes it down for you to correct.
      """
    case .hostsUnknown(let repository):
      """
      \(repository): no roster, and history does not name who lands the work of others, so nobody can be told \
      external. Write a roster with `tributary policy init`.
      """
    case .ownersByFile(let repository, let source):
      "\(repository): no roster, so whoever an ownership file names is taken for a host of the paths: "
        + ownership(source) + ". For everybody else the host team is inferred from history."
    case .policyOutsideGit:
      "The policy comes from outside Git: one policy is applied to all of time."
    case .nothingInWindow(let repository, let newest):
      if let newest {
        "\(repository): nothing in this window; the newest commit is of \(newest.shown.date). Try `--window all`."
      } else {
        "\(repository): nothing in this window. Try `--window all`."
      }
    case .emptyRepository(let repository):
      "\(repository): the repository has no commit yet."
    case .shallow(let repository):
      """
      \(repository): the clone is shallow; history ends early, so older contributions are missing. \
      `git fetch --unshallow` brings them.
      """
    case .undetermined(let count):
      """
      Not found in history: \(counted(count, "proposal")). Git alone cannot tell an open proposal from a declined one, \
      so this is counted apart.
      """
    case .reviewsNotInGit(let repository):
      """
      \(repository): no review records in this clone, so who reviewed and when is not known here. A forge keeps \
      them outside Git.
      """
    case .replayHoldsBehaviour:
      """
      What people did is held fixed: under another promise they might have acted differently, which no replay can tell.
      """
    case .replayForAllTime:
      "The other policy is applied to all of time, whenever it would have come into force."
    }
  }

  /// A number with its noun: `1 proposal`, `2 proposals`.
  static func counted(_ count: Int, _ one: StaticString, _ many: StaticString? = nil) -> StyledText {
    "\(count) \(count == 1 ? "\(one)" : many.map { "\($0)" } ?? "\(one)s")"
  }

  static func diagnostic(_ diagnostic: Diagnostic) -> StyledText {
    var text = problem(diagnostic.kind)
    if let ref = diagnostic.ref { text = text + " in \(ref)" }
    if let object = diagnostic.object { text = text + " (\(object.hex, .id))" }
    return text
  }

  private static func problem(_ kind: Diagnostic.Kind) -> StyledText {
    switch kind {
    case .missingObject: "object is not in this clone"
    case .corruptObject(let detail): "object cannot be read: \(detail)"
    case .notACommit: "a commit was expected, but the object is none"
    case .unreadableRecord(let line, let detail): "line \(line) is no record of its format: \(detail)"
    case .danglingReference(let to): "refers to \(to), which is not there"
    case .oversized(let bytes, let limit): "\(bytes) bytes are more than the limit of \(limit)"
    case .undecodableText: "text is in no known encoding"
    case .malformedIdentity(let detail): "name, address or date is malformed: \(detail)"
    case .shallowBoundary: "history ends here, because the clone is shallow"
    case .dateOutOfOrder: "commit is dated before its parent"
    case .migratedTimes: "times are those of a move between servers, not of the events"
    case .unverifiedSignature(let detail): "signature does not verify: \(detail)"
    case .symbolicLink(let path): "\(path) is a symbolic link, which is not followed"
    case .submodule(let path): "\(path) is a submodule, whose files are not read"
    case .ownership(let problem): "\(problem.place.description) " + flaw(problem.flaw)
    }
  }
}
