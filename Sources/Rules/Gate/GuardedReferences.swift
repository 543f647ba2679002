public import Facts

/// Which references of a repository a gate looks after, and how.
public struct GuardedReferences: Sendable {
  public enum Guard: Hashable, Sendable {
    /// Every change needs its approvals.
    case branch
    /// Never moved or deleted.
    case tag
    /// Requests and reviews.
    case reviewNotes
    /// What the server itself records.
    case serverNotes
    /// What a review system records of approvals that count.
    case records(ApprovalSource)
    /// Nothing is asked but a name that cannot be mistaken.
    case none
  }

  private let gate: GatePolicy
  private let branches: Set<String>
  /// The branch that holds the policy; nil when it is elsewhere.
  private let policyBranch: String?

  /// `main` is the repository's main branch, `repository` its name in the platform file.
  public init(_ policy: Policy, main: String?, policyBranch: String?, repository: String?) {
    gate = policy.delegation.gate
    self.policyBranch = policyBranch
    let known = policy.platform.repositories
    // A repository that goes by another name here must not therefore go unguarded.
    let stated = known.first { $0.name == repository }?.branches ?? known.flatMap(\.branches)
    let named = stated.map { $0.hasPrefix("refs/") ? $0 : "refs/heads/\($0)" }
    branches = Set(named.isEmpty ? [main].compactMap { $0 } : named)
  }

  public func kind(of reference: String) -> Guard {
    if let policyBranch, reference.utf8.elementsEqual(policyBranch.utf8) { return .branch }
    if isGuardedBranch(reference) { return .branch }
    if gate.tags.matches(reference) { return .tag }
    if reference.hasPrefix("refs/notes/tributary/") { return .serverNotes }
    if Self.reviewNotes.contains(where: { $0.utf8.elementsEqual(reference.utf8) }) { return .reviewNotes }
    return system(of: reference).map { .records($0) } ?? .none
  }

  /// The system that keeps its records in a reference, if its approvals count.
  ///
  /// Gerrit's logs and patch sets, and the file that says which votes approve.
  private func system(of reference: String) -> ApprovalSource? {
    if gate.approvalsFrom.contains(.gerrit),
      reference.hasPrefix("refs/changes/") || reference.utf8.elementsEqual("refs/meta/config".utf8)
    {
      return .gerrit
    }
    let isAttested = reference.utf8.elementsEqual("refs/gittuf/attestations".utf8)
    return isAttested && gate.approvalsFrom.contains(.gittuf) ? .gittuf : nil
  }

  private static let reviewNotes = ["refs/notes/devtools/reviews", "refs/notes/devtools/discuss"]

  private func isGuardedBranch(_ reference: String) -> Bool {
    gate.branches.map { $0.matches(reference) }
      ?? branches.contains { $0.utf8.elementsEqual(reference.utf8) }
  }

  /// Whether a name may be taken for something else: an object id, an option, `HEAD`, a full name within a full name,
  /// a tag that is called like a guarded branch, or a name that looks like a guarded one.
  ///
  /// References below `refs/replace/` make Git show one object in the place of another.
  public func isAmbiguous(_ reference: String) -> Bool {
    let parts = reference.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "refs", parts[1] != "replace" else { return true }
    let short = String(parts[2])
    let last = short.split(separator: "/").last ?? ""
    if short.hasPrefix("refs/") || short.hasPrefix("-") || last.hasPrefix("-") { return true }
    if ["heads", "tags"].contains(parts[1]), Self.prefixes.contains(where: short.hasPrefix) { return true }
    if isReserved(short, last: last, in: parts[1]) { return true }
    if [40, 64].contains(short.utf8.count), short.utf8.allSatisfy(Self.isHex) { return true }
    if Self.reviewNotes.contains(where: { reference.hasPrefix($0 + "/") }) || isLookalike(reference) {
      return true
    }
    // As a clone calls the branch that it fetched; who says `origin/main` there may get another one.
    let isFetched =
      parts[1] != "remotes" && short.hasPrefix("origin/")
      && kind(of: "refs/heads/" + short.dropFirst("origin/".count)) == .branch
    return isFetched
      || (parts[1] == "tags" || parts[1] == "remotes")
        && kind(of: "refs/heads/\(short)") == .branch
  }

  /// Whether git may take the name, or the last part of it, for one of its own.
  ///
  /// `refs/remotes/NAME/HEAD` is what git takes `NAME` for; below `refs/pull/` and the like nothing is looked for.
  private func isReserved(_ short: String, last: Substring, in folder: Substring) -> Bool {
    switch folder {
    case "heads", "tags":
      Self.reserved.contains(short.uppercased()) || Self.reserved.contains(String(last))
    case "remotes":
      Self.reserved.contains(short.uppercased())
        || (last == "HEAD" && kind(of: "refs/heads/" + short.dropLast("/HEAD".count)) == .branch)
    default: false
    }
  }

  /// What git tries in front of a short name.
  private static let prefixes = ["heads/", "tags/", "remotes/"]

  private static let reserved: Set<String> = [
    "@", "HEAD", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD",
    "AUTO_MERGE",
  ]

  /// Whether some people or file systems would take the name for a guarded one: it differs in case, in marks that are
  /// not seen, or in the form of its letters.
  private func isLookalike(_ reference: String) -> Bool {
    let folded = Self.fold(reference)
    let known = branches.union([policyBranch].compactMap { $0 }).union(Self.reviewNotes)
    if known.contains(where: { Self.fold($0).utf8.elementsEqual(folded.utf8) }) {
      return kind(of: reference) == .none
    }
    return kind(of: reference) == .none && kind(of: folded) != .none
  }

  private static func fold(_ name: String) -> String {
    if name.utf8.allSatisfy({ $0 < 0x80 && !(0x41...0x5A).contains($0) }) { return name }
    var scalars = String.UnicodeScalarView()
    for scalar in name.unicodeScalars where !scalar.properties.isDefaultIgnorableCodePoint {
      scalars.append(scalar)
    }
    return String(scalars).lowercased().uppercased().lowercased()
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
  }
}
