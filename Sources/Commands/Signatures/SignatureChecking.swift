internal import Facts
internal import Harvest
internal import PolicyFiles
internal import Rules

/// Chooses the keys that are trusted for one repository, and keeps what is to be said of the checks.
///
/// As with addresses, the roster that is in force at the as-of moment decides; the dates of its keys are judged at the
/// moment of what was signed. A key that is taken out of the roster proves nothing any more.
final class SignatureChecking {
  private let policies: PolicyHistory?
  private let allowedSigners: [UInt8]?
  private let asOf: Instant
  private let world: World
  private var checkers: [SignatureChecker] = []

  init(policies: PolicyHistory?, allowedSigners: [UInt8]?, asOf: Instant, world: World) {
    self.policies = policies
    self.allowedSigners = allowedSigners
    self.asOf = asOf
    self.world = world
  }

  /// What checks signatures, given the versions of the policy on the branch; nil when no key is trusted.
  func verifier(_ versions: [PolicyFilesVersion]) -> SignatureVerifier? {
    let keys = TrustedKeys(roster: roster(versions), allowedSigners: allowedSigners)
    guard !keys.isEmpty else { return nil }
    let checker = SignatureChecker(keys, world: world)
    checkers.append(checker)
    return checker.check
  }

  /// One line for each thing that could not be checked.
  var remarks: [String] { checkers.compactMap(\.remark) }

  private func roster(_ versions: [PolicyFilesVersion]) -> Roster? {
    if let policies { return policies.inForce(at: asOf).policy.roster }
    // A broken newest version ends the run later, with its problems.
    return versions.last.flatMap { PolicyFiles.load($0.files, hasZone: world.hasTimeZone).policy?.roster }
  }
}
