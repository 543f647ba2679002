internal import Facts

/// A signed statement: a DSSE envelope (secure-systems-lab/dsse `envelope.md`) around an in-toto statement.
struct Envelope {
  struct Signature: Hashable {
    /// What the signer calls the key; `SHA256:…` for SSH keys, `IDENTITY::ISSUER` for sigstore.
    let keyID: String
    let bytes: [UInt8]
  }

  /// Why a text is no such envelope.
  struct Problem: Error, Hashable {
    let what: String
  }

  let payloadType: String
  let payload: [UInt8]
  let signatures: [Signature]
  /// The statement's predicate type, as the in-toto JSON or the protocol-buffer JSON spells the key.
  let predicateType: String
  let predicate: JSONValue
  /// Digests of the statement's first subject, by algorithm.
  private let subject: JSONValue?

  init(_ text: [UInt8]) throws(Problem) {
    let envelope = try Self.json(text, "the envelope")
    guard let type = envelope["payloadType"]?.text, let encoded = envelope["payload"]?.text else {
      throw Problem(what: "no DSSE envelope")
    }
    guard let payload = Base64.decode(encoded.utf8) else { throw Problem(what: "its payload is not base 64") }
    let statement = try Self.json(payload, "the statement")
    guard let predicateType = (statement["predicate_type"] ?? statement["predicateType"])?.text,
      let predicate = statement["predicate"]
    else { throw Problem(what: "no in-toto statement") }
    payloadType = type
    self.payload = payload
    self.predicateType = predicateType
    self.predicate = predicate
    subject = statement["subject"]?.elements.first?["digest"]
    signatures = (envelope["signatures"]?.elements ?? []).prefix(Self.signatureLimit).compactMap { entry in
      guard let bytes = entry["sig"]?.text.flatMap({ Base64.decode($0.utf8) }) else { return nil }
      return Signature(keyID: entry["keyid"]?.text ?? "", bytes: bytes)
    }
  }

  /// More signatures than this are not looked at.
  private static let signatureLimit = 64

  /// The digest of the statement's subject under the name of an algorithm.
  func subjectDigest(_ algorithm: String) -> ObjectName? {
    subject?[algorithm]?.text.flatMap { ObjectName(hex: $0) }
  }

  /// What is signed: the pre-authentication encoding of type and payload (DSSE `protocol.md`).
  var signedBytes: [UInt8] {
    Array("DSSEv1 \(payloadType.utf8.count) \(payloadType) \(payload.count) ".utf8) + payload
  }

  private static func json(_ text: [UInt8], _ part: String) throws(Problem) -> JSONValue {
    do {
      return try JSONValue(text)
    } catch {
      throw Problem(what: "\(part) is not JSON at byte \(error.offset): \(error.what)")
    }
  }
}
