internal import Clibgit2

/// Trees read lately, kept as long as they fit; the oldest goes first.
final class TreeCache {
  private struct Slot {
    var id: ObjectID
    var object: OpaquePointer?
    /// Those of the object, which libgit2 would have to be asked for.
    var bytes: UnsafeBufferPointer<UInt8>

    static var free: Slot {
      Slot(id: .zero, object: nil, bytes: UnsafeBufferPointer(start: nil, count: 0))
    }
  }

  private var slots: [Slot]
  private var mask: Int
  private var used = 0
  /// Ids in the order they came, from `oldest` on.
  private var order: [ObjectID] = []
  private var oldest = 0
  private(set) var bytes = 0

  /// Starts with as many slots as small trees need, so that a search stays in the processor's cache.
  init() {
    slots = [Slot](repeating: .free, count: 1 << 12)
    mask = slots.count - 1
  }

  deinit { for slot in slots where slot.object != nil { git_odb_object_free(slot.object) } }

  /// The bytes of a tree, until the next call of `shrink`.
  func find(_ id: ObjectID) -> UnsafeBufferPointer<UInt8>? {
    var index = Int(truncatingIfNeeded: id.middle) & mask
    while slots[index].object != nil {
      if slots[index].id == id { return slots[index].bytes }
      index = (index + 1) & mask
    }
    return nil
  }

  /// Takes over an object that is not in the cache, and lends its bytes until the next call of `shrink`.
  func insert(_ id: ObjectID, _ object: OpaquePointer) -> UnsafeBufferPointer<UInt8> {
    if used * 2 >= slots.count { grow() }
    let content = UnsafeBufferPointer(
      start: git_odb_object_data(object)?.assumingMemoryBound(to: UInt8.self),
      count: git_odb_object_size(object))
    place(Slot(id: id, object: object, bytes: content))
    order.append(id)
    used += 1
    bytes += content.count
    return content
  }

  /// Frees the oldest trees; none that was lent before may be in use.
  func shrink(toBytes limit: Int) {
    while bytes > limit, oldest < order.count {
      remove(order[oldest])
      oldest += 1
    }
    if oldest > 1 << 12 {
      order.removeFirst(oldest)
      oldest = 0
    }
  }

  private func place(_ slot: Slot) {
    var index = Int(truncatingIfNeeded: slot.id.middle) & mask
    while slots[index].object != nil { index = (index + 1) & mask }
    slots[index] = slot
  }

  private func remove(_ id: ObjectID) {
    var hole = Int(truncatingIfNeeded: id.middle) & mask
    while slots[hole].id != id {
      guard slots[hole].object != nil else { return }
      hole = (hole + 1) & mask
    }
    guard let object = slots[hole].object else { return }
    bytes -= slots[hole].bytes.count
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
    slots[hole] = .free
  }

  private func grow() {
    let old = slots
    slots = [Slot](repeating: .free, count: old.count * 2)
    mask = slots.count - 1
    for slot in old where slot.object != nil { place(slot) }
  }
}
