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
    let stated = policy.platform.repositories.first { $0.name == repository }?.branches ?? []
    let named = stated.map { $0.hasPrefix("refs/") ? $0 : "refs/heads/\($0)" }
    branches = Set(named.isEmpty ? [main].compactMap { $0 } : named)
  }

  public func kind(of reference: String) -> Guard {
    if reference == policyBranch { return .branch }
    if gate.branches.map({ $0.matches(reference) }) ?? branches.contains(reference) { return .branch }
    if gate.tags.matches(reference) { return .tag }
    if reference.hasPrefix("refs/notes/tributary/") { return .serverNotes }
    if reference == "refs/notes/devtools/reviews" || reference == "refs/notes/devtools/discuss" {
      return .reviewNotes
    }
    return .none
  }

  /// Whether a name may be taken for something else: an object id, an option, `HEAD`, a full name within a full name,
  /// or a tag that is called like a guarded branch.
  public func isAmbiguous(_ reference: String) -> Bool {
    let parts = reference.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "refs" else { return true }
    let short = String(parts[2])
    let last = short.split(separator: "/").last ?? ""
    if short.hasPrefix("refs/") || short.hasPrefix("-") || last.hasPrefix("-") { return true }
    if ["HEAD", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD"].contains(last.uppercased()) { return true }
    if short.utf8.count == 40, short.utf8.allSatisfy(Self.isHex) { return true }
    return parts[1] != "heads" && (parts[1] == "tags" || parts[1] == "remotes")
      && kind(of: "refs/heads/\(short)") == .branch
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
  }
}
