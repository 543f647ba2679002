/// Open stretches of time, sorted and apart from each other, with the seconds that lie before each.
///
/// Every question is a binary search.
struct Stretches: Hashable, Sendable {
  /// A half-open stretch of seconds since 1970.
  struct Stretch: Hashable {
    var from: Int64
    var until: Int64
  }

  /// A stretch and the open seconds before it.
  private struct Part: Hashable {
    var from: Int64
    var until: Int64
    var before: Int64
  }

  private var parts: [Part] = []

  var isEmpty: Bool { parts.isEmpty }
  var count: Int { parts.count }

  subscript(index: Int) -> Stretch { Stretch(from: parts[index].from, until: parts[index].until) }

  /// Adds a stretch that begins no earlier than the one before; what touches or overlaps becomes one.
  mutating func append(_ from: Int64, _ until: Int64) {
    guard until > from else { return }
    guard let last = parts.last else { return parts.append(Part(from: from, until: until, before: 0)) }
    if from > last.until {
      parts.append(Part(from: from, until: until, before: last.before + (last.until - last.from)))
    } else if until > last.until {
      parts[parts.count - 1].until = until
    }
  }

  func contains(_ moment: Int64) -> Bool {
    let next = parts.partitioningIndex { $0.from > moment }
    return next > 0 && moment < parts[next - 1].until
  }

  /// Open seconds before a moment.
  func seconds(before moment: Int64) -> Int64 {
    let next = parts.partitioningIndex { $0.from > moment }
    guard next > 0 else { return 0 }
    let part = parts[next - 1]
    return part.before + (min(moment, part.until) - part.from)
  }

  /// The first moment before which at least so many (one or more) open seconds lie.
  func moment(reaching seconds: Int64) -> Int64? {
    moment(of: seconds, in: parts.partitioningIndex { $0.before >= seconds }) { $0 <= $1 }
  }

  /// The first open moment before which exactly so many open seconds lie.
  func moment(exceeding seconds: Int64) -> Int64? {
    moment(of: seconds, in: parts.partitioningIndex { $0.before > seconds }) { $0 < $1 }
  }

  /// The moment in the part before `next`, if the seconds fit into its length.
  private func moment(
    of seconds: Int64, in next: Int, where fits: (_ rest: Int64, _ length: Int64) -> Bool
  ) -> Int64? {
    guard next > 0 else { return nil }
    let part = parts[next - 1]
    return fits(seconds - part.before, part.until - part.from) ? part.from + (seconds - part.before) : nil
  }

  /// The parts that lie between two moments.
  func clipped(from: Int64, to: Int64) -> [Stretch] {
    var clipped: [Stretch] = []
    var index = parts.partitioningIndex { $0.until > from }
    while index < parts.count, parts[index].from < to {
      clipped.append(Stretch(from: max(parts[index].from, from), until: min(parts[index].until, to)))
      index += 1
    }
    return clipped
  }

  /// Open when either is.
  func union(_ other: Stretches) -> Stretches {
    var joined = Stretches()
    var next = 0
    for part in parts {
      while next < other.parts.count, other.parts[next].from < part.from {
        joined.append(other.parts[next].from, other.parts[next].until)
        next += 1
      }
      joined.append(part.from, part.until)
    }
    for part in other.parts[next...] { joined.append(part.from, part.until) }
    return joined
  }

  mutating func reserve(_ count: Int) { parts.reserveCapacity(count) }
}

/// The dates on which a calendar works, and when the work of each ends.
struct WorkingDays: Hashable, Sendable {
  private struct Day: Hashable {
    /// Days since 1970-01-01.
    var date: Int64
    /// The end of the last window that began on the date.
    var end: Int64
  }

  /// In the order of their dates.
  private var days: [Day] = []

  /// Adds a date later than all so far, or takes a later end for the last one.
  mutating func append(_ date: Int64, end: Int64) {
    if let last = days.last, last.date == date {
      if end > last.end { days[days.count - 1].end = end }
    } else {
      days.append(Day(date: date, end: end))
    }
  }

  /// The end of the n-th date after one, not counting dates that ended by the moment `start` already.
  func end(ofDay number: Int, after date: Int64, start: Int64) -> Int64? {
    var first = days.partitioningIndex { $0.date > date }
    while first < days.count, days[first].end <= start { first += 1 }
    guard number >= 1, number <= days.count - first else { return nil }
    return days[first + number - 1].end
  }

  /// Dates on which either works, until the later end.
  func union(_ other: WorkingDays) -> WorkingDays {
    var joined = WorkingDays()
    var next = 0
    for day in days {
      while next < other.days.count, other.days[next].date < day.date {
        joined.append(other.days[next].date, end: other.days[next].end)
        next += 1
      }
      joined.append(day.date, end: day.end)
    }
    for day in other.days[next...] { joined.append(day.date, end: day.end) }
    return joined
  }

  mutating func reserve(_ count: Int) { days.reserveCapacity(count) }
}
