internal import Facts

/// What the text of an answer says beside what it quotes.
struct ReplyText {
  /// Words of its own: neither quoted, nor a trailer, a signature, or the line that introduces a quotation.
  private(set) var hasOwnText = false
  /// Some of these words answer a quoted part of a diff.
  private(set) var isOnCode = false
  /// Something is asked: a line of its own ends in a question mark.
  private(set) var asks = false
  private(set) var trailers: [MailTrailer] = []
  /// A refusal in a word: `NAK`, `Nacked`.
  private(set) var refuses = false
  /// The patch, or the whole series, is said to be applied.
  private(set) var applied: AppliedWords.Extent?
  /// Parts that are listed as applied, with the name of the commit where there is one (b4 ty, patchwork).
  private(set) var listed: [Listed] = []

  struct Listed: Hashable {
    /// Nil when the line has no `n/m`.
    let part: Int?
    /// Hexadecimal digits, often not all.
    let commit: String?
  }

  private let limit: Int
  private var isInQuotedDiff = false
  private var quotesCode = false
  private var pending: [(line: ArraySlice<UInt8>, isContinued: Bool)] = []
  /// The line before was the sender's own and did not end a clause.
  private var continues = false

  init(_ text: [UInt8], limits: MailLimits) {
    limit = limits.trailers
    var lines = MailLines(text[...])
    var line = lines.next()
    while let current = line {
      line = lines.next()
      if Self.ends(current) { break }
      if let quoted = Self.quoted(current) {
        introduce()
        quote(quoted)
      } else {
        own(current, next: line)
      }
    }
    settle()
  }

  /// The signature, or the quotation below the answer that some programs do not mark.
  private static func ends(_ line: ArraySlice<UInt8>) -> Bool {
    if line.elementsEqual("-- ".utf8) || line.elementsEqual("--".utf8) { return true }
    return line.starts(with: "-----Original Message".utf8)
      || line.starts(with: "-----BEGIN PGP SIGNATURE".utf8)
      || line.starts(with: "________________________________".utf8)
  }

  /// The line without its mark of quotation; nil for a line that is not quoted.
  private static func quoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let text = line.drop { $0 == 0x20 }
    guard text.first == UInt8(ascii: ">") else { return nil }
    let rest = text.dropFirst()
    return rest.first == 0x20 ? rest.dropFirst() : rest
  }

  private mutating func quote(_ line: ArraySlice<UInt8>) {
    if line.starts(with: "diff --git ".utf8) || line.starts(with: "@@ ".utf8)
      || line.starts(with: "+++ ".utf8)
    {
      isInQuotedDiff = true
    }
    if line.elementsEqual("-- ".utf8) || line.elementsEqual("--".utf8) { isInQuotedDiff = false }
    guard !line.allSatisfy(isBlank) else { return }
    let isChange =
      (line.first == UInt8(ascii: "+") || line.first == UInt8(ascii: "-"))
      && !line.dropFirst().starts(with: "-".utf8) && !line.dropFirst().starts(with: " ".utf8)
    quotesCode = isInQuotedDiff || isChange
  }

  private mutating func own(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>?) {
    if let trailer = MailTrailers.read(line, next: next) {
      settle()
      if trailers.count < limit { trailers.append(trailer) }
      return
    }
    let text = line.trimmedEnd
    guard let last = text.last else {
      continues = false
      return
    }
    guard !text.starts(with: "-----BEGIN PGP".utf8), !text.starts(with: "Hash: ".utf8) else { return }
    if pending.count >= 3 { settle() }
    pending.append((text, continues))
    continues = MailLetters.isWord(last)
  }

  /// Leaves out what introduces a quotation: up to three lines of which the last ends in a colon.
  private mutating func introduce() {
    if pending.last?.line.last == UInt8(ascii: ":") { pending = [] }
    settle()
    continues = false
  }

  /// Takes the lines read since the last quotation for the sender's own.
  private mutating func settle() {
    for (line, isContinued) in pending { take(line, isContinued) }
    pending = []
  }

  private mutating func take(_ line: ArraySlice<UInt8>, _ isContinued: Bool) {
    hasOwnText = true
    if quotesCode { isOnCode = true }
    let text = line.trimmed
    if text.last == UInt8(ascii: "?") { asks = true }
    if Self.isRefusal(text) { refuses = true }
    if let extent = AppliedWords.extent(text, isContinued: isContinued), applied != .series {
      applied = extent
    }
    readListed(text)
  }

  /// `NAK`, `Nack.`, `NACKed-by me` at the start of a line; not `Nakamura`, nor a person who tells of another's.
  private static func isRefusal(_ text: ArraySlice<UInt8>) -> Bool {
    let word = text.prefix(while: MailLetters.isLetter)
    return word.isFolded("nak") || word.isFolded("nack")
  }

  /// `[1/3] title` or `- [net,v2,1/3] title`, then `commit: 1a2b…` or an address that ends in a commit's name.
  private mutating func readListed(_ text: ArraySlice<UInt8>) {
    var line = text
    if line.starts(with: "- ".utf8) { line = line.dropFirst(2) }
    if line.first == UInt8(ascii: "["), listed.count < limit {
      let subject = MailSubject(line.text)
      if subject.part != nil || subject.version > 1 || line.count < text.count {
        listed.append(Listed(part: subject.part, commit: nil))
      }
      return
    }
    guard let commit = Self.commit(line) else { return }
    if let last = listed.last, last.commit == nil {
      listed[listed.count - 1] = Listed(part: last.part, commit: commit)
    } else if listed.count < limit {
      listed.append(Listed(part: nil, commit: commit))
    }
  }

  private static func commit(_ line: ArraySlice<UInt8>) -> String? {
    for key in ["commit: ", "commit-id: "] where line.startsFolded(key) {
      return digits(line.dropFirst(key.utf8.count).trimmed)
    }
    guard line.starts(with: "https://".utf8), !line.contains(where: isBlank) else { return nil }
    return line.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "=") }
      .flatMap { digits(line[($0 + 1)...]) }
  }

  private static func digits(_ word: ArraySlice<UInt8>) -> String? {
    guard (7...40).contains(word.count), word.allSatisfy({ hexDigit($0) != nil }) else { return nil }
    return String(decoding: word.folded, as: UTF8.self)
  }
}
