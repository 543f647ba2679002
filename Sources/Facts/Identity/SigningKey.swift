/// A public key that a roster gives to a person, and for how long.
public struct SigningKey: Hashable, Sendable {
  /// Which key it is.
  public enum Material: Hashable, Sendable {
    /// An SSH key: its type, and its public part in base 64 as `ssh-keygen` writes it.
    case ssh(type: String, base64: String)
    /// An OpenPGP key by its fingerprint, in capital hexadecimal digits; the key itself is in the verifier's keyring.
    case openPGP(fingerprint: String)
  }

  public var material: Material
  /// When signatures by this key count, judged at the time of what was signed.
  public var period: Period
  /// Whether the key of a service is also taken for what it says that others did.
  public var vouches: Bool

  public init(_ material: Material, period: Period = .always, vouches: Bool = false) {
    self.material = material
    self.period = period
    self.vouches = vouches
  }
}
