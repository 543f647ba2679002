/// What a push would do to attested approvals.
public struct ProposedAttestations: Hashable, Sendable {
  /// False when the line of commits would no longer hold what it holds now.
  public var isFastForward: Bool
  /// Whose approvals would be taken back, each once, by address.
  public var takingBack: [Identity]

  public init(isFastForward: Bool, takingBack: [Identity] = []) {
    self.isFastForward = isFastForward
    self.takingBack = takingBack
  }
}
