internal import Facts
internal import Harvest

/// Checks signatures with `ssh-keygen` and `gpg`, each different claim once.
///
/// What a signature says of itself only chooses the key; good is only what the program says is good, and only with
/// the one key that is trusted for this signer and moment.
final class SignatureChecker {
  private let keys: TrustedKeys
  private let world: World
  /// How long one run of a program may take, in seconds.
  private let patience: Int
  private var known: [SignatureClaim: SignatureFinding] = [:]
  /// Programs that are missing or do not do what is needed.
  private(set) var lacking: Set<String> = []
  private var givenUp: Set<String> = []
  /// Claims for which nothing could be said.
  private(set) var unchecked = 0

  /// More different claims than this are not checked in one run.
  private static let limit = 50_000

  init(_ keys: TrustedKeys, world: World, patience: Int = 20) {
    self.keys = keys
    self.world = world
    self.patience = patience
  }

  func check(_ claims: [SignatureClaim]) -> [SignatureFinding] { claims.map(finding) }

  private func finding(_ claim: SignatureClaim) -> SignatureFinding {
    if let known = known[claim] { return known }
    guard known.count < Self.limit else {
      return .refused("more than \(Self.limit) signatures; this one was not checked")
    }
    let finding: SignatureFinding
    if SSHSignature.isArmour(claim.signature) {
      finding = ssh(claim)
    } else if claim.signature.starts(with: "-----BEGIN PGP SIGNATURE-----".utf8) {
      finding = openPGP(claim)
    } else {
      finding = .refused("a kind of signature that is not checked here")
    }
    if finding == .unchecked { unchecked += 1 }
    known[claim] = finding
    return finding
  }

  // MARK: SSH

  private func ssh(_ claim: SignatureClaim) -> SignatureFinding {
    guard let signature = SSHSignature(claim.signature) else {
      return .refused("the SSH signature cannot be read")
    }
    guard signature.namespace == claim.namespace else {
      return .refused("made for \(named(signature.namespace)), expected \(named(claim.namespace))")
    }
    let key = SigningKey.Material.ssh(type: signature.keyType, base64: signature.keyBase64)
    let objection = keys.objection(to: key, signer: claim.signer, at: claim.moment)
    if objection == nil {
      let line = "signer \(signature.keyType) \(signature.keyBase64)\n"
      return sshKeygen(claim, principal: "signer", allowed: Array(line.utf8), at: nil)
    }
    let refusal = SignatureFinding.refused(objection ?? "")
    guard let file = keys.allowedSigners, let address = claim.signer.address, !address.isEmpty,
      let moment = claim.moment.compactText
    else { return refusal }
    let finding = sshKeygen(claim, principal: address, allowed: file, at: moment)
    if case .refused = finding {
      return keys.isListed(key)
        ? refusal : .refused("no key that is trusted for \(address) at that time signed it")
    }
    return finding
  }

  private func sshKeygen(
    _ claim: SignatureClaim, principal: String, allowed: [UInt8], at moment: String?
  ) -> SignatureFinding {
    // A record can name anybody; the end of a text in C must not hide the rest of a name.
    guard !principal.utf8.contains(0) else { return .refused("the signer's address holds a zero byte") }
    let outcome = run(
      ProgramCall(
        "ssh-keygen",
        [
          .text("-Y"), .text("verify"), .text("-n"), .text(claim.namespace), .text("-I"), .text(principal),
          .text("-f"), .file(allowed), .text("-s"), .file(claim.signature),
        ] + (moment.map { [.text("-Overify-time=\($0)")] } ?? []), input: claim.payload, seconds: patience))
    switch outcome {
    case .ended(status: 0, _): return .good
    case .ended(status: 255, _): return .refused("the signature does not match what it is over")
    default: return lacks("ssh-keygen")
    }
  }

  // MARK: OpenPGP

  private func openPGP(_ claim: SignatureClaim) -> SignatureFinding {
    guard keys.hasOpenPGP else { return .refused("the roster lists no OpenPGP key") }
    guard let moment = claim.moment.compactText else { return .refused("it has no usable time") }
    let home = world.environment("GNUPGHOME").map { ["GNUPGHOME": $0] } ?? [:]
    let (day, clock) = (moment.prefix(8), moment.dropFirst(8))
    let words = [
      "--no-options", "--batch", "--no-tty", "--no-auto-key-retrieve", "--no-auto-check-trustdb",
      "--disable-dirmngr", "--trust-model", "always", "--status-fd", "1",
      "--faked-system-time", "\(day)T\(clock)!", "--verify",
    ]
    let outcome = run(
      ProgramCall(
        "gpg", words.map { .text($0) } + [.file(claim.signature), .text("-")], input: claim.payload,
        environment: home, seconds: patience))
    guard case .ended(let status, let output) = outcome else { return lacks("gpg") }
    switch OpenPGPStatus(output) {
    case .bad(let reason): return .refused(reason)
    case .good(let fingerprints):
      guard status == 0 else { return .refused("the OpenPGP signature is not good") }
      let materials = fingerprints.map { SigningKey.Material.openPGP(fingerprint: $0) }
      let key = materials.first(where: keys.isListed) ?? materials[0]
      return keys.objection(to: key, signer: claim.signer, at: claim.moment).map { .refused($0) }
        ?? .good
    }
  }

  /// A program that was given up once, or is not there, is not waited for again.
  private func run(_ call: ProgramCall) -> ProgramOutcome {
    guard !givenUp.contains(call.program) else { return .missing }
    let outcome = world.runProgram(call)
    switch outcome {
    case .missing, .killed: givenUp.insert(call.program)
    case .failed, .ended: break
    }
    return outcome
  }

  private func lacks(_ program: String) -> SignatureFinding {
    lacking.insert(program)
    return .unchecked
  }

  private func named(_ namespace: String) -> String { "the namespace \"\(namespace)\"" }
}

extension SignatureChecker {
  /// One remark on what could not be checked; nil when everything was.
  var remark: String? {
    guard unchecked > 0 else { return nil }
    let programs = lacking.sorted().joined(separator: " and ")
    return "\(programs) cannot be run here: \(unchecked) signatures were not checked and prove nothing"
  }
}

extension Instant {
  /// `YYYYMMDDHHMMSS` in UTC; nil outside the years 1970 to 9999, which the programs do not take.
  fileprivate var compactText: String? {
    guard seconds >= 0, seconds < 253_402_300_800 else { return nil }
    return rfc3339.filter { $0.isASCII && $0.isNumber }
  }
}
