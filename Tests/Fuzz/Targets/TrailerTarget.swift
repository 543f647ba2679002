import Git

extension FuzzTarget {
  /// Commit messages: trailers by git's rule and by Gerrit's.
  static let trailer = FuzzTarget(name: "trailer") { bytes throws(Broken) in
    for mode in [Trailers.Mode.git, .strict] {
      let read = Trailers.parse(bytes, mode: mode)
      try hold(read.block.upperBound <= bytes.count, "\(mode): the block ends behind the message")
      try hold(
        read.block.isEmpty == read.trailers.isEmpty, "\(mode): a block without trailers, or they without it")
      for trailer in read.trailers {
        let isKey = trailer.key.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        try hold(isKey && !trailer.key.isEmpty, "\(mode): the key \(trailer.key)")
        try hold(!trailer.value.utf8.contains(0x0A), "\(mode): a value of two lines")
        try hold(read.first(trailer.key) != nil, "\(mode): \(trailer.key) is not found again")
      }
      try again(read, mode)
      let block = Array(bytes[read.block])
      let alone = Trailers.parse(Array("subject\n\n".utf8) + block, mode: mode)
      if mode == .strict {
        try hold(alone.trailers == read.trailers, "\(mode): the block alone reads as \(alone.trailers)")
      }
    }
  }

  /// Trailers written one to a line are read as they were.
  private static func again(_ read: Trailers, _ mode: Trailers.Mode) throws(Broken) {
    // A carriage return within a value ends no line for git, but one at its end belongs to the line end.
    let values = read.trailers.filter { !$0.value.contains("\0") }
    guard !values.isEmpty else { return }
    let text = "subject\n\n" + values.map { "\($0.key): \($0.value)\n" }.joined()
    let second = Trailers.parse(Array(text.utf8), mode: mode)
    try hold(second.trailers == values, "\(mode): written and read again, they are \(second.trailers)")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}
