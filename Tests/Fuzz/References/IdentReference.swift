@testable import Git

/// The rule for lines of authors, told once more and as plainly as can be.
enum IdentReference {
  static func parse(_ line: [UInt8]) -> Ident {
    guard let open = line.firstIndex(of: UInt8(ascii: "<")),
      let close = line[open...].firstIndex(of: UInt8(ascii: ">")),
      let last = line.lastIndex(of: UInt8(ascii: ">"))
    else {
      return Ident(name: [], email: [], seconds: nil, offsetMinutes: 0, problems: [.noBrackets, .noDate])
    }
    let name = Array(line[..<open].reversed().drop(while: isBlank).reversed())
    var problems: IdentProblems = []
    if line.count(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }) > 2 {
      problems.insert(.extraBrackets)
    }
    let date = date(line[(last + 1)...], &problems)
    return Ident(
      name: name, email: Array(line[(open + 1)..<close]), seconds: date.seconds, offsetMinutes: date.minutes,
      problems: problems)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func date(_ text: ArraySlice<UInt8>, _ problems: inout IdentProblems)
    -> (seconds: Int64?, minutes: Int)
  {
    let start = text.drop(while: isBlank)
    let digits = start.prefix(while: isDigit)
    let zone = start.dropFirst(digits.count).drop(while: isBlank)
    let zoneDigits = zone.dropFirst().prefix(while: isDigit)
    guard !digits.isEmpty, zone.first == UInt8(ascii: "+") || zone.first == UInt8(ascii: "-"),
      !zoneDigits.isEmpty
    else {
      problems.insert(.noDate)
      return (nil, 0)
    }
    let seconds = Int64(String(decoding: digits, as: UTF8.self))
    if seconds == nil { problems.insert(.dateTooLarge) }
    guard let number = Int32(String(decoding: zoneDigits, as: UTF8.self)), number < Int32.max else {
      problems.insert(.oddOffset)
      return (seconds, 0)
    }
    if number >= 1500 || number % 100 >= 60 { problems.insert(.oddOffset) }
    let minutes = Int(number / 100 * 60 + number % 100)
    return (seconds, zone.first == UInt8(ascii: "-") ? -minutes : minutes)
  }
}
