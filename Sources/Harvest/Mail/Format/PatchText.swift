internal import Facts
internal import Git

/// What the text of a patch mail or a cover letter says beside its subject.
struct PatchText {
  /// The author of the patch when somebody else sends it: `From:` as the first line of the text.
  private(set) var author: Identity?
  private(set) var hasDiff = false
  /// The paths that the diff lists, sorted; nil when there is none or it is too long.
  private(set) var paths: [[UInt8]]?
  /// The message repeats that the commit is already upstream: a re-post for a stable branch.
  private(set) var isUpstreamCopy = false
  /// b4's name of the series, the same for all its versions.
  private(set) var changeID: String?
  /// The pull request of which the series was made.
  private(set) var request: MailRequest?
  /// Message-IDs on lines that speak of an earlier version (`Link to v2: …`), as far as they may be such.
  private(set) var earlier: [String] = []
  /// The trailers of the commit message.
  private(set) var trailers: [Trailer] = []

  init(_ parts: MailParts, limits: MailLimits) {
    var text = parts.text
    hasDiff = Self.containsDiff(text[...])
    if !hasDiff, let diff = parts.attachments.first(where: { Self.containsDiff($0[...]) }) {
      hasDiff = true
      text += diff
    }
    if hasDiff { paths = DiffPaths(text[Self.diffStart(text[...])...], limit: limits.paths).paths }
    let message = Self.message(text[...])
    readAuthor(message)
    readLines(text[...].prefix(Self.diffStart(text[...]) - text.startIndex), limits)
    isUpstreamCopy = Self.isCopy(message)
    trailers = Array(Trailers.parse(message, mode: .git).trailers.prefix(limits.trailers))
  }

  /// Where the diff starts; the end when there is none.
  static func diffStart(_ text: ArraySlice<UInt8>) -> Int {
    let starts = ["diff --git ", "--- a/", "Index: "].compactMap { marker -> Int? in
      if text.starts(with: marker.utf8) { return text.startIndex }
      return text.firstRange(of: "\n" + marker).map { $0.lowerBound + 1 }
    }
    return starts.min() ?? text.endIndex
  }

  private static func containsDiff(_ text: ArraySlice<UInt8>) -> Bool {
    if text.firstRange(of: "\n@@ -") != nil || text.starts(with: "diff --git ".utf8) { return true }
    return text.firstRange(of: "\ndiff --git ") != nil
  }

  /// The commit message: what stands before the line `---`, or before the diff.
  private static func message(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var lines = MailLines(text)
    while let line = lines.next() {
      if line.trimmedEnd.elementsEqual("---".utf8) || line.starts(with: "diff --git ".utf8)
        || line.elementsEqual("-- ".utf8)
      {
        return text[..<line.startIndex]
      }
    }
    return text
  }

  private mutating func readAuthor(_ message: ArraySlice<UInt8>) {
    var lines = MailLines(message)
    while let line = lines.next() {
      if line.allSatisfy(isBlank) { continue }
      guard line.startsFolded("from: ") else { return }
      let person = MailAddresses.first(Array(line.dropFirst(6)))
      if let person, person.email.utf8.contains(UInt8(ascii: "@")) { author = person }
      return
    }
  }

  private mutating func readLines(_ text: ArraySlice<UInt8>, _ limits: MailLimits) {
    var lines = MailLines(text)
    while let line = lines.next() {
      let word = line.drop { isBlank($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "*") }
      if word.startsFolded("change-id:") {
        let value = word.dropFirst(10).trimmed
        if changeID == nil, (8...200).contains(value.count) { changeID = value.text }
      } else if let named = MailRequest(line: line) {
        request = request ?? named
      } else if earlier.count < limits.references, Self.speaksOfVersion(word) {
        earlier += MessageIDs.candidates(in: word)
      }
    }
  }

  /// A line with a version and something like a Message-ID: `Link to v2: https://…`, `v1: https://…`.
  private static func speaksOfVersion(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.contains(UInt8(ascii: "@")),
      let at = line.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "v") })
    else { return false }
    var place: Int? = at
    while let start = place {
      let isWordStart = start == line.startIndex || !MailLetters.isWord(line[start - 1])
      let next = start + 1
      if isWordStart, next < line.endIndex, isDigit(line[next]) { return true }
      place = line[next...].firstIndex { $0 | 0x20 == UInt8(ascii: "v") }
    }
    return line.startsFolded("rfc")
  }

  /// `commit <40 digits> upstream.` or `[ Upstream commit <40 digits> ]` as a line of the message.
  private static func isCopy(_ message: ArraySlice<UInt8>) -> Bool {
    var lines = MailLines(message)
    while let line = lines.next() {
      let text = line.trimmed
      for prefix in ["commit ", "[ upstream commit ", "[upstream commit "] where text.startsFolded(prefix) {
        let rest = text.dropFirst(prefix.utf8.count)
        guard rest.prefix(while: { hexDigit($0) != nil }).count == 40 else { continue }
        if prefix != "commit " || rest.dropFirst(40).trimmed.startsFolded("upstream") { return true }
      }
    }
    return false
  }
}
