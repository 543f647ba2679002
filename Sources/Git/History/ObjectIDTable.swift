/// A list of distinct object ids that finds the place of each by open addressing; an id is its own hash.
struct ObjectIDTable: Sendable {
  private(set) var ids: [ObjectID] = []
  private var slots: [Int32]

  init(capacity: Int = 1024) {
    var size = 1024
    while size < capacity * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    ids.reserveCapacity(capacity)
  }

  /// The place of the id, or -1.
  func find(_ id: ObjectID) -> Int32 {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: id.middle) & mask
    while slots[slot] >= 0 {
      if ids[Int(slots[slot])] == id { return slots[slot] }
      slot = (slot + 1) & mask
    }
    return -1
  }

  /// Appends an id that is not in the list yet.
  mutating func append(_ id: ObjectID) {
    if ids.count * 2 >= slots.count { grow() }
    place(id, Int32(ids.count))
    ids.append(id)
  }

  private mutating func place(_ id: ObjectID, _ position: Int32) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: id.middle) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = position
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (position, id) in ids.enumerated() { place(id, Int32(position)) }
  }
}
