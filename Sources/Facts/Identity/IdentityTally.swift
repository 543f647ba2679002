/// Identities with how often each was recorded, in the order in which they first appeared.
public struct IdentityTally: Sendable {
  public private(set) var identities: [Identity] = []
  /// How often the identity at the same place was recorded.
  public private(set) var counts: [Int] = []
  private var places: [Identity: Int] = [:]

  public init() {}

  public init(_ recorded: some Sequence<Identity>) { for identity in recorded { add(identity) } }

  public mutating func add(_ identity: Identity) { add(identity, count: 1) }

  /// Adds what was counted apart, as if its identities had been recorded after all others.
  public mutating func add(_ later: IdentityTally) {
    for (identity, count) in zip(later.identities, later.counts) { add(identity, count: count) }
  }

  private mutating func add(_ identity: Identity, count: Int) {
    if let place = places[identity] {
      counts[place] += count
    } else {
      places[identity] = identities.count
      identities.append(identity)
      counts.append(count)
    }
  }
}
