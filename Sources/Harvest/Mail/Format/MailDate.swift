internal import Facts

/// Dates of mail headers (RFC 5322 §3.3 with its obsolete forms), as seconds since 1970.
enum MailDate {
  /// Nil for what is no date.
  ///
  /// Any number is taken for an offset: real mails carry impossible ones, and the moment is still right.
  static func seconds(_ field: some Collection<UInt8>) -> Int64? {
    let words = field.prefix(200).split { isBlank($0) || $0 == UInt8(ascii: ",") }.map { ArraySlice($0) }
    guard let place = words.firstIndex(where: { month($0) != nil }), let month = month(words[place]) else {
      return nil
    }
    // `2 Jan 2024 15:04:05 +0100`, and `Jan 2 15:04:05 2024` as asctime has it.
    let isUsual = place > 0 && number(words[place - 1], atMost: 2) != nil
    let dayPlace = isUsual ? place - 1 : place + 1
    let rest = words.dropFirst(isUsual ? place + 1 : place + 2)
    guard dayPlace < words.count, let day = number(words[dayPlace], atMost: 2),
      let clockPlace = rest.firstIndex(where: { $0.contains(UInt8(ascii: ":")) }),
      let clock = clock(words[clockPlace]),
      let yearPlace = rest.firstIndex(where: { number($0, atMost: 4) != nil && $0.count >= 2 }),
      let year = number(words[yearPlace], atMost: 4),
      let date = CivilDate(year: fullYear(year, digits: words[yearPlace].count), month: month, day: day)
    else { return nil }
    let zonePlace = max(clockPlace, yearPlace) + 1
    let offset = zonePlace < words.count ? offset(words[zonePlace]) : 0
    return Instant(startOf: date).seconds + clock - offset
  }

  private static func fullYear(_ year: Int, digits: Int) -> Int {
    if digits >= 4 { return year }
    return digits == 2 && year < 50 ? year + 2000 : year + 1900
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func month(_ word: ArraySlice<UInt8>) -> Int? {
    guard word.count >= 3, MailLetters.isLetter(word[word.startIndex]) else { return nil }
    return months.firstIndex { word.startsFolded($0) }.map { $0 + 1 }
  }

  private static func number(_ word: ArraySlice<UInt8>, atMost digits: Int) -> Int? {
    guard !word.isEmpty, word.count <= digits, word.allSatisfy(isDigit) else { return nil }
    return word.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Seconds since midnight of `hh:mm` or `hh:mm:ss`; a leap second counts as the second before it.
  private static func clock(_ word: ArraySlice<UInt8>) -> Int64? {
    let parts = word.split(separator: UInt8(ascii: ":")).map { number($0, atMost: 2) }
    guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1], hour < 24,
      minute < 60
    else { return nil }
    guard let second = parts.count == 3 ? parts[2] : 0, second <= 60 else { return nil }
    return Int64(hour * 3600 + minute * 60 + min(second, 59))
  }

  /// Seconds east of UTC; names of zones other than the North American ones count as UTC.
  private static func offset(_ word: ArraySlice<UInt8>) -> Int64 {
    if let sign = word.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      let digits = number(word.dropFirst(), atMost: 4)
    {
      let seconds = Int64(digits / 100 * 3600 + digits % 100 * 60)
      return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
    let hours: [String: Int64] = [
      "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
    ]
    return (hours[String(decoding: word.folded, as: UTF8.self)] ?? 0) * 3600
  }
}
