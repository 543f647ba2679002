/// What stands for one person throughout an analysis.
///
/// Two records are the same person exactly when their keys are equal.
public enum PersonKey: Hashable, Sendable {
  /// A person of the roster.
  case handle(String)
  /// Somebody the roster does not list, by canonical address, or by login where no address is known.
  case address(Address)
  /// A record without any address, by its name.
  case nameOnly(Address)
}

extension PersonKey: CustomStringConvertible {
  /// The handle, the address or the name alone, as reports show it.
  public var description: String {
    switch self {
    case .handle(let handle): handle
    case .address(let address), .nameOnly(let address): address.text
    }
  }
}

extension PersonKey: Comparable {
  /// Handles first, then addresses, then names; each in the order of their bytes.
  public static func < (left: PersonKey, right: PersonKey) -> Bool {
    left.rank != right.rank
      ? left.rank < right.rank
      : left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }

  private var rank: Int {
    switch self {
    case .handle: 0
    case .address: 1
    case .nameOnly: 2
    }
  }
}
