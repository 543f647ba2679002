internal import Git

/// The signature in a commit and the bytes that it is over: the commit without the headers that hold signatures.
///
/// As git's commit.c, `parse_buffer_signed_by_header`; but a commit with two signatures of one kind has none here,
/// because programs disagree on which one counts.
struct CommitSignature {
  let signature: [UInt8]
  let payload: [UInt8]

  /// Nil for a commit without a signature.
  init?(commit bytes: [UInt8]) {
    var signature: [UInt8] = []
    var payload: [UInt8] = []
    var signatures = 0
    var header = Header.other
    var rest = bytes[...]
    while let first = rest.first, first != UInt8(ascii: "\n") {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      let line = rest[..<end]
      rest = rest[end...]
      if first != UInt8(ascii: " ") { header = Header(line) }
      switch header {
      case .other: payload += line
      case .otherSignature: continue
      case .signature:
        if first != UInt8(ascii: " ") { signatures += 1 }
        signature += line.dropFirst(first == UInt8(ascii: " ") ? 1 : Header.name.count)
      }
    }
    guard signatures == 1 else { return nil }
    self.signature = signature
    self.payload = payload + rest
  }

  private enum Header {
    case signature
    /// One over another form of the commit, such as `gpgsig-sha256`.
    case otherSignature
    case other

    static let name = "gpgsig ".utf8

    init(_ line: ArraySlice<UInt8>) {
      if line.starts(with: Self.name) {
        self = .signature
      } else {
        self = line.starts(with: "gpgsig".utf8) ? .otherSignature : .other
      }
    }
  }
}
