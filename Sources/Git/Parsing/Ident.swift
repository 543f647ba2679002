/// What is unusual about a recorded identity.
public struct IdentProblems: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// No `<` followed by `>`: neither name nor address nor date can be told.
  public static let noBrackets = IdentProblems(rawValue: 1)
  /// More than one `<` or `>`; the address ends at the first `>`, the date follows the last.
  public static let extraBrackets = IdentProblems(rawValue: 2)
  /// No date, or one that is not `<digits> <sign><digits>`.
  public static let noDate = IdentProblems(rawValue: 4)
  /// More seconds than a signed 64-bit number holds.
  public static let dateTooLarge = IdentProblems(rawValue: 8)
  /// An offset that no place on Earth has: 15 hours or more, or 60 minutes or more beside the hours.
  public static let oddOffset = IdentProblems(rawValue: 16)
}

/// Who did something, and when, as one header line of a commit or tag records it.
///
/// Follows git's ident.c, `split_ident_line`.
public struct Ident: Hashable, Sendable {
  /// Trimmed behind, not before, as Git does.
  public let name: [UInt8]
  public let email: [UInt8]
  /// Seconds since 1970; nil when the line has no date that can be used.
  public let seconds: Int64?
  /// Minutes east of UTC.
  ///
  /// `+051800` is 518 hours, as in Git.
  public let offsetMinutes: Int
  public let problems: IdentProblems

  public static func parse(_ line: [UInt8]) -> Ident {
    line.withUnsafeBufferPointer { buffer in
      let parts = IdentParts(buffer, 0..<buffer.count)
      return Ident(
        name: Array(buffer[parts.name]), email: Array(buffer[parts.email]),
        seconds: parts.problems.isDisjoint(with: [.noDate, .dateTooLarge]) ? parts.seconds : nil,
        offsetMinutes: Int(parts.offset), problems: parts.problems)
    }
  }
}

/// The parts of an identity, as places in the bytes that hold it.
struct IdentParts {
  var name: Range<Int>
  var email: Range<Int>
  /// 0 without a usable date, as Git shows it.
  var seconds: Int64 = 0
  var offset: Int32 = 0
  var problems: IdentProblems = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
    name = line.lowerBound..<line.lowerBound
    email = name
    var open = line.lowerBound
    var closesFirst = false
    while open < line.upperBound, bytes[open] != UInt8(ascii: "<") {
      if bytes[open] == UInt8(ascii: ">") { closesFirst = true }
      open += 1
    }
    var close = open
    while close < line.upperBound, bytes[close] != UInt8(ascii: ">") { close += 1 }
    guard close < line.upperBound else {
      problems = [.noBrackets, .noDate]
      return
    }
    var nameEnd = open
    while nameEnd > line.lowerBound, Bytes.isSpace(bytes[nameEnd - 1]) { nameEnd -= 1 }
    name = line.lowerBound..<nameEnd
    email = open + 1..<close
    var last = line.upperBound - 1
    while bytes[last] != UInt8(ascii: ">") { last -= 1 }
    if closesFirst || last != close || bytes[open + 1..<line.upperBound].contains(UInt8(ascii: "<")) {
      problems.insert(.extraBrackets)
    }
    readDate(bytes, last + 1..<line.upperBound)
  }

  private mutating func readDate(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
    var index = line.lowerBound
    while index < line.upperBound, Bytes.isSpace(bytes[index]) { index += 1 }
    let date = IdentParts.number(bytes, index..<line.upperBound)
    guard date.end > index else {
      problems.insert(.noDate)
      return
    }
    index = date.end
    while index < line.upperBound, Bytes.isSpace(bytes[index]) { index += 1 }
    guard index < line.upperBound,
      bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
    else {
      problems.insert(.noDate)
      return
    }
    let zone = IdentParts.number(bytes, index + 1..<line.upperBound)
    guard zone.end > index + 1 else {
      problems.insert(.noDate)
      return
    }
    if let value = date.value { seconds = value } else { problems.insert(.dateTooLarge) }
    // Git reads the offset as an `int` and takes one too large for 0.
    guard let digits = zone.value, digits < Int64(Int32.max) else {
      problems.insert(.oddOffset)
      return
    }
    if digits >= 1500 || digits % 100 >= 60 { problems.insert(.oddOffset) }
    let minutes = Int32(digits / 100 * 60 + digits % 100)
    offset = bytes[index] == UInt8(ascii: "-") ? -minutes : minutes
  }

  /// Digits from the start of the range; the value is nil when they do not fit.
  private static func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> (value: Int64?, end: Int) {
    var value: Int64 = 0
    var fits = true
    var index = range.lowerBound
    while index < range.upperBound, Bytes.isDigit(bytes[index]) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int64(bytes[index] & 15))
      if overflow || carry { fits = false } else { value = sum }
      index += 1
    }
    return (fits ? value : nil, index)
  }
}
