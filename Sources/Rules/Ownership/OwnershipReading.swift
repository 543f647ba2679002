public import Facts

/// Whether ownership files matter, and in which format they are read.
public enum OwnershipReading: Hashable, Sendable {
  /// A roster says who hosts, and the policy names no format.
  case none
  /// There is no roster: in the format that the files show.
  case asShown
  /// The policy names the format.
  case format(OwnershipFormat)

  /// The format that is asked for; nil where the files show it, or are not read.
  public var format: OwnershipFormat? { if case .format(let format) = self { format } else { nil } }
}

extension Policy {
  /// How ownership files are read under this policy.
  public var ownershipReading: OwnershipReading {
    if let format = platform.ownership { return .format(format) }
    return roster == nil ? .asShown : .none
  }
}
