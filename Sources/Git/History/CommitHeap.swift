/// Commits waiting to be visited, the newest first.
struct CommitHeap {
  private struct Item {
    let seconds: Int64
    /// Breaks ties: the smaller comes first.
    let rank: Int32

    func isBefore(_ other: Item) -> Bool {
      seconds != other.seconds ? seconds > other.seconds : rank < other.rank
    }
  }

  private var items: [Item] = []

  mutating func push(_ rank: Int32, seconds: Int64) {
    items.append(Item(seconds: seconds, rank: rank))
    var index = items.count - 1
    while index > 0 {
      let above = (index - 1) / 2
      guard items[index].isBefore(items[above]) else { return }
      items.swapAt(index, above)
      index = above
    }
  }

  mutating func pop() -> Int32? {
    guard let first = items.first, let last = items.popLast() else { return nil }
    if !items.isEmpty {
      items[0] = last
      sink()
    }
    return first.rank
  }

  private mutating func sink() {
    var index = 0
    while true {
      var smallest = index * 2 + 1
      guard smallest < items.count else { return }
      if smallest + 1 < items.count, items[smallest + 1].isBefore(items[smallest]) { smallest += 1 }
      guard items[smallest].isBefore(items[index]) else { return }
      items.swapAt(index, smallest)
      index = smallest
    }
  }
}
