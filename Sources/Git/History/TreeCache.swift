internal import Clibgit2

/// Trees read lately, kept as long as they fit; the oldest goes first.
final class TreeCache {
  private struct Slot {
    var id: ObjectID
    var object: OpaquePointer?
  }

  private var slots: [Slot]
  private var mask: Int
  private var used = 0
  /// Ids in the order they came, from `oldest` on.
  private var order: [ObjectID] = []
  private var oldest = 0
  private(set) var bytes = 0

  init() {
    slots = [Slot](repeating: Slot(id: .zero, object: nil), count: 1 << 15)
    mask = slots.count - 1
  }

  deinit { for slot in slots where slot.object != nil { git_odb_object_free(slot.object) } }

  func find(_ id: ObjectID) -> OpaquePointer? {
    var index = Int(truncatingIfNeeded: id.middle) & mask
    while let object = slots[index].object {
      if slots[index].id == id { return object }
      index = (index + 1) & mask
    }
    return nil
  }

  /// Takes over an object that is not in the cache.
  func insert(_ id: ObjectID, _ object: OpaquePointer) {
    if used * 2 >= slots.count { grow() }
    place(id, object)
    order.append(id)
    used += 1
    bytes += git_odb_object_size(object)
  }

  /// Frees the oldest trees; none that was lent before may be in use.
  func shrink(toBytes limit: Int) {
    while bytes > limit, oldest < order.count {
      remove(order[oldest])
      oldest += 1
    }
    if oldest > 1 << 16 {
      order.removeFirst(oldest)
      oldest = 0
    }
  }

  private func place(_ id: ObjectID, _ object: OpaquePointer) {
    var index = Int(truncatingIfNeeded: id.middle) & mask
    while slots[index].object != nil { index = (index + 1) & mask }
    slots[index] = Slot(id: id, object: object)
  }

  private func remove(_ id: ObjectID) {
    var hole = Int(truncatingIfNeeded: id.middle) & mask
    while slots[hole].id != id {
      guard slots[hole].object != nil else { return }
      hole = (hole + 1) & mask
    }
    guard let object = slots[hole].object else { return }
    bytes -= git_odb_object_size(object)
    git_odb_object_free(object)
    used -= 1
    closeHole(hole)
  }

  /// Moves later entries back so that no search ends too early.
  private func closeHole(_ start: Int) {
    var hole = start
    var index = (hole + 1) & mask
    while slots[index].object != nil {
      let home = Int(truncatingIfNeeded: slots[index].id.middle) & mask
      if (index - home) & mask >= (index - hole) & mask {
        slots[hole] = slots[index]
        hole = index
      }
      index = (index + 1) & mask
    }
    slots[hole] = Slot(id: .zero, object: nil)
  }

  private func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(id: .zero, object: nil), count: old.count * 2)
    mask = slots.count - 1
    for slot in old { if let object = slot.object { place(slot.id, object) } }
  }
}
