internal import Facts

/// Sorts the names of refs into namespaces; a name that only looks like one belongs to none.
enum RefNames {
  enum Kind: Hashable {
    case known(Namespace, pattern: String)
    /// Notes, each ref a place of its own.
    case notes(Namespace)
    /// A branch, a remote branch, a tag, or git's own stash.
    case ordinary
    case unknown(pattern: String)
  }

  static func kind(of name: String) -> Kind {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { ArraySlice($0) }
    guard parts.count >= 2, parts[0].text == "refs" else { return .unknown(pattern: name) }
    switch parts[1].text {
    case "heads": return isGhstack(parts) ? .known(.ghstack, pattern: "refs/heads/gh/*") : .ordinary
    case "tags":
      return isPhabricator(parts) ? .known(.phabricatorTags, pattern: "refs/tags/phabricator/*") : .ordinary
    case "remotes", "stash": return .ordinary
    case "notes" where parts.count > 2: return .notes(notes(parts))
    default:
      if let (namespace, pattern) = numbered(parts) ?? collected(parts) {
        return .known(namespace, pattern: pattern)
      }
      return .unknown(pattern: parts.count > 2 ? "refs/\(parts[1].text)/*" : name)
    }
  }

  /// Whether a branch holds a proposal and nothing else: those that ghstack makes for each change of a stack.
  static func isProposal(_ name: String) -> Bool {
    name.utf8.starts(with: "refs/heads/gh/".utf8)
      && kind(of: name) == .known(.ghstack, pattern: "refs/heads/gh/*")
  }

  /// Families that count their refs: `refs/pull/76/head`.
  private static func numbered(_ parts: [ArraySlice<UInt8>]) -> (Namespace, String)? {
    guard parts.count >= 4, isNumber(parts[2]) else { return nil }
    let last = parts[parts.count - 1].text
    switch (parts[1].text, parts.count, last) {
    case ("pull", 4, "head"): return (.pullHeads, "refs/pull/*/head")
    case ("pull", 4, "merge"): return (.pullMerges, "refs/pull/*/merge")
    case ("merge-requests", 4, "head"): return (.mergeRequestHeads, "refs/merge-requests/*/head")
    case ("merge-requests", 4, "merge"), ("merge-requests", 4, "train"):
      return (.mergeRequestMerges, "refs/merge-requests/*/\(last)")
    case ("pull-requests", 4, "from"), ("pull-requests", 4, "merge"):
      return (.bitbucketRequests, "refs/pull-requests/*/\(last)")
    case ("changes", 5, _) where parts[2].count == 2 && isNumber(parts[3]):
      if isNumber(parts[4]) { return (.patchSets, "refs/changes/*/*/*") }
      if last == "meta" { return (.changeLogs, "refs/changes/*/*/meta") }
      if last == "checks" || last == "robot-comments" { return (.changeChecks, "refs/changes/*/*/\(last)") }
      return nil
    default: return nil
    }
  }

  /// Families whose refs have names.
  private static func collected(_ parts: [ArraySlice<UInt8>]) -> (Namespace, String)? {
    guard parts.count >= 3 else { return nil }
    switch parts[1].text {
    case "devtools": return (.appraiseArchives, "refs/devtools/*")
    case "remoteDevtools": return (.appraiseArchives, "refs/remoteDevtools/*")
    case "gittuf", "gittuf-dogfood": return (.gittuf, "refs/\(parts[1].text)/*")
    case "bugs", "identities": return (.gitBug, "refs/\(parts[1].text)/*")
    case "dit": return (.gitDit, "refs/dit/*")
    case "reviewable": return (.reviewable, "refs/reviewable/*")
    case "keep-around": return (.keepAround, "refs/keep-around/*")
    default: return nil
    }
  }

  /// The kind of notes by their name; copies of another clone's notes count as what they copy.
  private static func notes(_ parts: [ArraySlice<UInt8>]) -> Namespace {
    if parts[2].text == "remotes", parts.count > 5, parts[4].text == "devtools" { return .appraiseNotes }
    if parts[2].text == "devtools", parts.count > 3 { return .appraiseNotes }
    if parts[2...].map(\.text) == ["tributary", "pushes"] { return .pushNotes }
    guard parts.count == 3 else { return .otherNotes }
    switch parts[2].text {
    case "review": return .reviewNotes
    case "commits": return .commitNotes
    case "amlog": return .amlogNotes
    default: return .otherNotes
    }
  }

  private static func isGhstack(_ parts: [ArraySlice<UInt8>]) -> Bool {
    parts.count == 6 && parts[2].text == "gh" && isNumber(parts[4])
      && ["base", "head", "orig"].contains(parts[5].text)
  }

  private static func isPhabricator(_ parts: [ArraySlice<UInt8>]) -> Bool {
    parts.count == 5 && parts[2].text == "phabricator" && ["base", "diff"].contains(parts[3].text)
      && isNumber(parts[4])
  }

  private static func isNumber(_ part: ArraySlice<UInt8>) -> Bool {
    !part.isEmpty && part.count <= 9 && part.allSatisfy(isDigit)
  }
}
