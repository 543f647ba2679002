/// A name with an address as commits record them, turned into UTF-8 when the commit names its encoding.
public struct RawIdentity: Hashable, Sendable {
  public let nameBytes: [UInt8]
  public let emailBytes: [UInt8]

  public init(nameBytes: [UInt8], emailBytes: [UInt8]) {
    self.nameBytes = nameBytes
    self.emailBytes = emailBytes
  }

  /// Takes name and address apart that have two bytes between them.
  init(joined bytes: ArraySlice<UInt8>, nameLength: Int) {
    nameBytes = Array(bytes.prefix(nameLength))
    emailBytes = Array(bytes.dropFirst(nameLength + 2))
  }

  /// As text; see `Text.decode`.
  public var name: String { Text.decode(nameBytes[...], encoding: nil).text }

  /// As text; see `Text.decode`.
  public var email: String { Text.decode(emailBytes[...], encoding: nil).text }
}

extension ByteInterner {
  /// Numbers an identity by its name and address, with two bytes between them.
  mutating func intern(
    identity parts: IdentParts?, in bytes: UnsafeBufferPointer<UInt8>, encoding: [UInt8]?
  ) -> Int32 {
    let name = bytes[parts?.name ?? 0..<0]
    let email = bytes[parts?.email ?? 0..<0]
    if encoding == nil, email.startIndex - name.endIndex == 2 {
      return intern(Int32(name.count), UnsafeBufferPointer(rebasing: bytes[name.startIndex..<email.endIndex]))
    }
    let readableName = Text.utf8(Array(name)[...], encoding: encoding)
    let whole = readableName + Array(" <".utf8) + Text.utf8(Array(email)[...], encoding: encoding)
    return whole.withUnsafeBufferPointer { intern(Int32(readableName.count), $0) }
  }
}
