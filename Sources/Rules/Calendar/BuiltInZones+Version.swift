// Written by .ci/zone-table.py from tzdata 2025b; not to be edited by hand.

extension BuiltInZones {
  /// The version of the time zone database that the table was made from.
  static let version = "2025b"

  static let parts = [part1, part2, part3]
}
