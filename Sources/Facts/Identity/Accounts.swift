/// The person behind an account that a review system knows by number only, as far as other records tell.
public struct AccountName: Hashable, Sendable {
  /// Name and address as the evidence has them.
  public var identity: Identity
  /// How many observations named this address, of how many that named any for the account.
  public var agreeing: Int
  public var observations: Int
  public var basis: Basis

  /// Where the name comes from, from the strongest to the weakest.
  public enum Basis: String, Hashable, Sendable, CaseIterable {
    /// The server's own account records (a clone of All-Users).
    case accountRecord = "account-record"
    /// The committer of patch sets that the account uploaded.
    case uploads
    /// The submitter or voters that `refs/notes/review` names for the same change.
    case reviewNotes = "review-notes"
    /// The one name that is left of a change's `Reviewed-by` footers.
    case footers
    /// The name that the record itself carries.
    case recordedName = "recorded-name"
  }

  public init(identity: Identity, agreeing: Int, observations: Int, basis: Basis) {
    self.identity = identity
    self.agreeing = agreeing
    self.observations = observations
    self.basis = basis
  }

  /// The share of observations that agree, 0 to 1.
  public var confidence: Double { observations > 0 ? Double(agreeing) / Double(observations) : 0 }
}

/// Why an account is taken for a machine although nothing in its name says so.
public struct MachineEvidence: Hashable, Sendable {
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// The review system marks its messages as written by a machine.
    case taggedMessages = "tagged-messages"
    /// It votes on build labels, within seconds of an upload, and says nothing else.
    case behaviour
  }

  public var reason: Reason
  /// Events that show it, of all events of the account.
  public var events: Int
  public var total: Int

  public init(reason: Reason, events: Int, total: Int) {
    self.reason = reason
    self.events = events
    self.total = total
  }
}
