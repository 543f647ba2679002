internal import Facts
internal import Git

/// Checks the signatures under attested approvals.
///
/// What an app saw on a forge must be signed by a key of a service that is trusted for others; an authorization by
/// the person's own key. gittuf's SSH signatures are made for the namespace `git`, over the encoding of DSSE, which
/// no commit can look like. Those by sigstore cannot be checked with Git's own programs: they are counted only.
struct GittufSignatures {
  private let reader: GittufReader
  private let ref: String
  private var good: Set<Int> = []
  private var present = 0
  private var foreign = 0
  private(set) var diagnostics: [Diagnostic] = []

  init(_ reader: GittufReader, ref: String) {
    self.reader = reader
    self.ref = ref
  }

  /// Approvals with a signature, with one that was found good, and with none of a kind that can be checked.
  var counts: [SourceReport.Count] {
    [.init("signatures", present), .init("verified", good.count), .init("not-checkable", foreign)]
  }

  func isGood(_ number: Int) -> Bool { good.contains(number) }

  mutating func check(_ entries: [ApprovalLedger.Entry], with verifier: SignatureVerifier?) {
    var claims: [SignatureClaim] = []
    var owners: [Int] = []
    for (number, entry) in entries.enumerated() where entry.isApproval {
      guard let blob = entry.blob, let envelope = reader.envelope(blob, ref: ref) else { continue }
      let own = envelope.signatures.filter { entry.voice.keyID == nil || $0.keyID == entry.voice.keyID }
      guard !own.isEmpty else { continue }
      present += 1
      let checkable = own.filter { $0.bytes.starts(with: "-----BEGIN SSH SIGNATURE-----".utf8) }
      if checkable.isEmpty { foreign += 1 }
      guard verifier != nil else { continue }
      if checkable.isEmpty {
        report("a kind of signature that only its own program can check (\(own[0].keyID))", entry)
      }
      let signer: SignatureClaim.Signer = entry.voice.keyID == nil ? .service : .person(entry.voice.person)
      for signature in checkable {
        claims.append(
          SignatureClaim(
            signature.bytes, over: envelope.signedBytes, by: signer,
            namespace: SignatureClaim.gitNamespace, at: entry.at))
        owners.append(number)
      }
    }
    guard let verifier, !claims.isEmpty else { return }
    judge(verifier(claims), owners, entries)
  }

  /// One good signature is enough; of an approval with none, the first reason is told.
  private mutating func judge(
    _ findings: [SignatureFinding], _ owners: [Int], _ entries: [ApprovalLedger.Entry]
  ) {
    for (finding, owner) in zip(findings, owners) where finding == .good { good.insert(owner) }
    var told = good
    for (finding, owner) in zip(findings, owners) {
      guard case .refused(let reason) = finding, told.insert(owner).inserted else { continue }
      report(reason, entries[owner])
    }
  }

  private mutating func report(_ detail: String, _ entry: ApprovalLedger.Entry) {
    diagnostics.append(Diagnostic(.unverifiedSignature(detail: detail), ref: ref, object: entry.commit))
  }
}
