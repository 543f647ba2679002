public import Facts

/// A signature over bytes, with who is said to have made it.
public struct SignatureClaim: Hashable, Sendable {
  /// Whose key it must be.
  public enum Signer: Hashable, Sendable {
    /// A key of this person.
    case person(Identity)
    /// A key of a service that is trusted to say what others did.
    case service
    /// Either of the two.
    case personOrService(Identity)
  }

  /// The moment for which the key must be valid: that of the event, within the limits that history sets.
  public var moment: Instant
  public var signer: Signer
  /// What SSH signatures are made for; one made for commits proves nothing in another place.
  public var namespace: String
  /// The armoured signature, SSH or OpenPGP.
  public var signature: [UInt8]
  /// The bytes that were signed.
  public var payload: [UInt8]

  public init(
    _ signature: [UInt8], over payload: [UInt8], by signer: Signer, namespace: String, at moment: Instant
  ) {
    self.signature = signature
    self.payload = payload
    self.signer = signer
    self.namespace = namespace
    self.moment = moment
  }

  /// The namespace of commits, and of gittuf's attestations.
  public static let gitNamespace = "git"
  /// The namespace of signatures inside review records.
  public static let recordNamespace = "review@tributary"
}

/// What became of a check.
public enum SignatureFinding: Hashable, Sendable {
  /// The bytes are as signed, by a trusted key that was valid, of the one who is said to have signed.
  case good
  /// Not so, and why.
  case refused(String)
  /// Nothing could be said here: the program that checks is missing.
  case unchecked
}

/// Checks signatures against the keys that are trusted; the findings stand in the order of the claims.
public typealias SignatureVerifier = ([SignatureClaim]) -> [SignatureFinding]
