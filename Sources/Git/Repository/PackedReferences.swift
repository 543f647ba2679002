/// The contents of one `packed-refs` file.
struct PackedReferences {
  struct Line {
    fileprivate let name: Range<Int>
    let target: ObjectID
    var peeled: ObjectID?
  }

  /// What tells that the file is still the same.
  let status: FileStatus?
  private let bytes: [UInt8]
  /// Sorted by name; of two equal names the first in the file stays.
  private let lines: [Line]
  let problems: [BrokenReference]

  init(_ bytes: [UInt8], status: FileStatus?) {
    self.bytes = bytes
    self.status = status
    var lines: [Line] = []
    var problems: [BrokenReference] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      PackedReferences.read(bytes, start..<end, into: &lines, &problems)
      start = end + 1
    }
    self.problems = problems
    let less = { (left: Line, right: Line) in
      bytes[left.name].lexicographicallyPrecedes(bytes[right.name])
    }
    let sorted = zip(lines, lines.dropFirst()).allSatisfy { less($0, $1) }
    self.lines = sorted ? lines : lines.sorted(by: less)
  }

  private static func read(
    _ bytes: [UInt8], _ range: Range<Int>, into lines: inout [Line], _ problems: inout [BrokenReference]
  ) {
    guard let first = range.isEmpty ? nil : bytes[range.lowerBound], first != UInt8(ascii: "#") else {
      return
    }
    var range = range
    if bytes[range.upperBound - 1] == UInt8(ascii: "\r") { range = range.lowerBound..<range.upperBound - 1 }
    if first == UInt8(ascii: "^") {
      if !lines.isEmpty { lines[lines.count - 1].peeled = ObjectID(hexBytes: bytes[range.dropFirst()]) }
      return
    }
    guard range.count > 41, bytes[range.lowerBound + 40] == UInt8(ascii: " "),
      let target = ObjectID(hexBytes: bytes[range.lowerBound..<range.lowerBound + 40])
    else {
      let text = String(decoding: bytes[range].prefix(200), as: UTF8.self)
      problems.append(BrokenReference(name: "packed-refs", detail: "line without an object id: \(text)"))
      return
    }
    lines.append(Line(name: range.lowerBound + 41..<range.upperBound, target: target, peeled: nil))
  }

  func name(of line: Line) -> ArraySlice<UInt8> { bytes[line.name] }

  /// The lines whose names start with the prefix.
  func lines(under prefix: [UInt8]) -> ArraySlice<Line> {
    let first = firstLine(notBefore: prefix)
    let rest = lines[first...]
    let end = rest.firstIndex { !bytes[$0.name].starts(with: prefix) } ?? lines.count
    return lines[first..<end]
  }

  func line(named name: [UInt8]) -> Line? {
    let index = firstLine(notBefore: name)
    guard index < lines.count, bytes[lines[index].name].elementsEqual(name) else { return nil }
    return lines[index]
  }

  private func firstLine(notBefore name: [UInt8]) -> Int {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if bytes[lines[middle].name].lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
