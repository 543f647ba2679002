import Facts

@testable import Rules

/// A calendar in as few words as a test should need.
func working(
  in zone: String = "America/New_York", _ hours: [Int: [CalendarPolicy.Hours]],
  exceptions: [String: [CalendarPolicy.Hours]] = [:], holidays: [String] = [],
  freezes: [CalendarPolicy.Freeze] = []
) -> WorkingCalendar {
  let dated = exceptions.compactMap { text, hours in CivilDate(text).map { ($0, hours) } }
  let region = CalendarPolicy.Region(
    timeZone: zone, hours: hours, holidays: holidays.compactMap { CivilDate($0) },
    exceptions: Dictionary(uniqueKeysWithValues: dated), freezes: freezes)
  return WorkingCalendar(name: "test", region, zones: .builtIn)
}

/// A window in minutes from hours and minutes written as in `0930`; `2600` is two o'clock on the next day.
func window(_ from: Int, _ until: Int) -> CalendarPolicy.Hours {
  CalendarPolicy.Hours(from: from / 100 * 60 + from % 100, until: until / 100 * 60 + until % 100)
}

/// Monday to Friday.
func weekdays(_ windows: CalendarPolicy.Hours...) -> [Int: [CalendarPolicy.Hours]] {
  Dictionary(uniqueKeysWithValues: (1...5).map { ($0, windows) })
}

/// All seven days.
func daily(_ windows: CalendarPolicy.Hours...) -> [Int: [CalendarPolicy.Hours]] {
  Dictionary(uniqueKeysWithValues: (1...7).map { ($0, windows) })
}

/// A moment from RFC 3339; what cannot be read is so far away that any test on it fails.
func at(_ text: String) -> Instant { Instant(text: text) ?? Instant(seconds: .min) }

/// The generator of Sebastiano Vigna's SplitMix64: the same numbers on every machine.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
