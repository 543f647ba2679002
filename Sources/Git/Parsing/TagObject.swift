/// A tag object taken apart, whatever its bytes are.
public struct TagObject: Hashable, Sendable {
  /// Nil when the first line holds no object id.
  public let target: ObjectID?
  /// Nil when the line is missing or names no kind of object.
  public let targetKind: ObjectKind?
  public let name: [UInt8]
  /// Nil in tags older than 2005.
  public let tagger: Ident?
  /// Everything behind the first empty line, a signature included.
  public let message: [UInt8]

  public static func parse(_ bytes: [UInt8]) -> TagObject {
    var headers: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
      let line = rest[..<end]
      let nameEnd = line.firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
      headers.append((line[..<nameEnd], line[nameEnd...].dropFirst()))
      rest = rest[(end + 1)...]
    }
    let value = { (name: String) in headers.first { $0.name.elementsEqual(name.utf8) }?.value }
    return TagObject(
      target: headers.first.flatMap {
        $0.name.elementsEqual("object".utf8) ? ObjectID(hexBytes: $0.value) : nil
      },
      targetKind: value("type").flatMap { ObjectKind(rawValue: String(decoding: $0, as: UTF8.self)) },
      name: Array(value("tag") ?? []),
      tagger: value("tagger").map { Ident.parse(Array($0)) },
      message: Array(rest.dropFirst()))
  }
}
