/// Decimal text with a fixed number of digits, the same on every machine and in every locale.
public enum FixedDecimal {
  /// The number with exactly `digits` digits (0–17) after the point, rounded half away from zero.
  ///
  /// Rounded is the shortest decimal that stands for the value, as people read it: 1.005 with two digits gives
  /// `1.01`, although its binary form is slightly less. Zero never has a sign. Infinities and "not a number"
  /// have no decimal text, so the answer is nil.
  public static func text(_ value: Double, digits: Int) -> String? {
    guard value.isFinite else { return nil }
    let wanted = min(max(digits, 0), 17)
    var (figures, point) = decimal(value.magnitude)
    let kept = point + wanted
    if kept < figures.count {
      let roundsUp = kept >= 0 && figures[kept] >= 5
      figures.removeSubrange(max(kept, 0)...)
      if roundsUp { increment(&figures, &point) }
    }
    let isNegative = value < 0 && figures.contains { $0 != 0 }
    return (isNegative ? "-" : "") + assembled(figures, point: point, digits: wanted)
  }

  /// The exact quotient of two counts with `digits` digits (0–17), or nil when the divisor is zero.
  public static func quotient(_ part: Int, by whole: Int, digits: Int) -> String? {
    guard whole != 0 else { return nil }
    let wanted = min(max(digits, 0), 17)
    let scale = (0..<wanted).reduce(UInt128(1)) { product, _ in product * 10 }
    let divisor = UInt128(whole.magnitude)
    let rounded = (UInt128(part.magnitude) * scale * 2 + divisor) / (divisor * 2)
    let isNegative = (part < 0) != (whole < 0) && rounded > 0
    let fraction = String(rounded % scale)
    let zeros = String(repeating: "0", count: wanted - min(wanted, fraction.count))
    let tail = wanted > 0 ? ".\(zeros)\(fraction)" : ""
    return (isNegative ? "-" : "") + String(rounded / scale) + tail
  }

  /// A share of a whole in percent, `87.5%`, or nil when the whole is nothing.
  public static func percent(_ part: Int, of whole: Int, digits: Int = 0) -> String? {
    let (hundredfold, overflow) = part.multipliedReportingOverflow(by: 100)
    return overflow ? nil : quotient(hundredfold, by: whole, digits: digits).map { $0 + "%" }
  }

  /// The significant decimal figures of a value, and how many of them stand before the point.
  private static func decimal(_ value: Double) -> (figures: [UInt8], point: Int) {
    var figures: [UInt8] = []
    var point: Int?
    var exponent = 0
    var characters = value.description.utf8.makeIterator()
    while let character = characters.next() {
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): figures.append(character - UInt8(ascii: "0"))
      case UInt8(ascii: "."): point = figures.count
      default: exponent = readExponent(&characters)
      }
    }
    return (figures, (point ?? figures.count) + exponent)
  }

  /// What follows the `e` of a description, as `-05` or `+16`.
  private static func readExponent(_ characters: inout String.UTF8View.Iterator) -> Int {
    var magnitude = 0
    var isNegative = false
    while let character = characters.next() {
      if character == UInt8(ascii: "-") { isNegative = true }
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) {
        magnitude = magnitude * 10 + Int(character - UInt8(ascii: "0"))
      }
    }
    return isNegative ? -magnitude : magnitude
  }

  /// Adds one to the last figure and carries.
  private static func increment(_ figures: inout [UInt8], _ point: inout Int) {
    for index in figures.indices.reversed() {
      if figures[index] < 9 {
        figures[index] += 1
        return
      }
      figures[index] = 0
    }
    figures.insert(1, at: 0)
    point += 1
  }

  private static func assembled(_ figures: [UInt8], point: Int, digits: Int) -> String {
    func figure(_ place: Int) -> UInt8 {
      let index = point + place
      return UInt8(ascii: "0") + (figures.indices.contains(index) ? figures[index] : 0)
    }
    var bytes = (min(-point, -1)..<0).map(figure)
    let zeros = bytes.dropLast().prefix { $0 == UInt8(ascii: "0") }.count
    bytes.removeFirst(zeros)
    if digits > 0 {
      bytes.append(UInt8(ascii: "."))
      bytes += (0..<digits).map(figure)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
