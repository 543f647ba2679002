/// A person as one record in Git names them: name and address exactly as recorded (decoded to text).
///
/// Nothing is looked up here: the repository's mailmap and the roster are applied later, so that a corrected
/// mailmap needs no second reading. Review systems that know only a login put it into `email` without an `@`.
public struct Identity: Hashable, Sendable {
  public let name: String
  public let email: String

  public init(name: String, email: String) {
    self.name = name
    self.email = email
  }

  /// Byte for byte: texts that Unicode calls equivalent (Kelvin sign and K) are still two records.
  public static func == (left: Identity, right: Identity) -> Bool {
    hasSameBytes(left.email, right.email) && hasSameBytes(left.name, right.name)
  }
}
