public import Facts
public import Git

// Values of `Git` as values of `Facts`.

extension ObjectName {
  /// The same name as `Facts` holds it.
  public init(git id: ObjectID) {
    let words = id.words
    self.init(high: words.high, middle: words.middle, low: words.low)
  }
}

extension ObjectID {
  /// The same name as `Git` holds it.
  public init(_ name: ObjectName) {
    let words = name.words
    self.init(high: words.high, middle: words.middle, low: words.low)
  }
}

extension CommitObject {
  /// When the commit was made, by its committer's clock; nil when the record has no usable date.
  var committed: Instant? { committer?.seconds.map { Instant(seconds: $0) } }

  var authorIdentity: Identity? { author.map { identity($0) } }

  var committerIdentity: Identity? { committer.map { identity($0) } }

  /// The first line of the message.
  var subject: String { messageText.firstLine }

  private func identity(_ ident: Ident) -> Identity {
    Identity(
      name: Text.decode(ident.name[...], encoding: encoding).text,
      email: Text.decode(ident.email[...], encoding: encoding).text)
  }
}

extension String {
  /// The text up to the first line end, without blanks around it.
  var firstLine: String {
    let line = utf8.drop { Self.isBlank($0) }.prefix { $0 != 0x0a && $0 != 0x0d }
    var trimmed = Substring(line)
    while let last = trimmed.utf8.last, Self.isBlank(last) { trimmed = trimmed.dropLast() }
    return String(trimmed)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
