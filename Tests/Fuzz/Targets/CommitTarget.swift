@testable import Git

extension FuzzTarget {
  /// Commit objects: every byte belongs to one part, and both ways to read agree.
  static let commit = FuzzTarget(name: "commit") { bytes throws(Broken) in
    let commit = CommitObject.parse(bytes)
    try hold(
      parts(of: bytes, keepingExtra: true) == bytes, "the parts of the object joined are not the object")
    let quick = unsafe bytes.withUnsafeBufferPointer { unsafe CommitLayout($0, keepingExtra: false) }
    try hold(quick.tree == commit.tree && quick.parentCount == commit.parents.count, "tree or parents differ")
    try hold(quick.problems == commit.problems, "the problems differ")
    try hold(Array(bytes[quick.message]) == commit.message, "the message differs")
    try hold(Array(bytes[quick.authorLine]) == commit.authorLine, "the author's line differs")
    try hold(Array(bytes[quick.committerLine]) == commit.committerLine, "the committer's line differs")
    for header in commit.extraHeaders {
      try hold(
        !header.name.contains { $0 == 0x0A || $0 == 0x20 }, "a header's name holds a blank or a line end")
    }
    try hold(commit.author == nil || commit.author == Ident.parse(commit.authorLine), "the author differs")
    let text = commit.messageText
    try hold(commit.message.isEmpty || !text.isEmpty, "the text of the message is lost")
    if let canonical = CanonicalCommit(commit), canonical.bytes == bytes {
      // A header of git's own name further down is one of those that git has no use for.
      try hold(
        commit.problems.isSubset(of: .malformedParent), "a canonical commit has problems \(commit.problems)")
    }
  }

  /// The object put together again from the places that the layout names; lines it names none for are taken over.
  private static func parts(of bytes: [UInt8], keepingExtra: Bool) -> [UInt8] {
    let layout = unsafe bytes.withUnsafeBufferPointer { unsafe CommitLayout($0, keepingExtra: keepingExtra) }
    var parts: [Range<Int>] = layout.extra + [layout.message]
    if layout.tree != nil { parts.append(0..<46) }
    parts += (0..<layout.parentCount).map { layout.firstParent + $0 * 48..<layout.firstParent + $0 * 48 + 48 }
    if layout.author != nil { parts.append(layout.authorLine) }
    if layout.committer != nil { parts.append(layout.committerLine) }
    if let encoding = layout.encoding { parts.append(encoding) }
    parts.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    var joined: [UInt8] = []
    for part in parts {
      // Between two parts lie a line end and the word before an author; two parts never overlap.
      guard part.lowerBound >= joined.count, part.upperBound <= bytes.count else { return [] }
      joined += bytes[joined.count..<part.lowerBound] + bytes[part]
    }
    return joined
  }

  /// Lines of authors and committers, and of reflogs.
  static let ident = FuzzTarget(name: "ident") { bytes throws(Broken) in
    let ident = Ident.parse(bytes)
    try hold(bytes.starts(with: ident.name), "the name is not what the line begins with")
    try hold(!ident.name.contains(UInt8(ascii: "<")), "the name holds a bracket")
    try hold(!ident.email.contains(UInt8(ascii: ">")), "the address holds its closing bracket")
    try hold(ident.seconds ?? 0 >= 0, "a date before 1970 without a sign for it")
    try hold(
      ident.problems.contains(.noDate) || !ident.problems.contains(.noBrackets), "a date without brackets")
    let isDated = ident.problems.isDisjoint(with: [.noDate, .dateTooLarge])
    try hold((ident.seconds != nil) == isDated, "the date and the problems differ")
    try hold(
      ident == IdentReference.parse(bytes), "the plain reading differs: \(IdentReference.parse(bytes))")
    if let line = CanonicalCommit.line(ident) {
      let again = Ident.parse(line)
      try hold(
        again.name == ident.name && again.email == ident.email && again.seconds == ident.seconds
          && again.offsetMinutes == ident.offsetMinutes, "written and read again, it is \(again)")
    }
  }

  /// Tree objects: every byte belongs to one entry.
  static let tree = FuzzTarget(name: "tree") { bytes throws(Broken) in
    guard let entries = TreeEntry.parse(bytes) else { return }
    var place = 0
    for entry in entries {
      let mode = bytes[place...].prefix { $0 != 0x20 }
      try hold(!mode.isEmpty && mode.allSatisfy { (0x30...0x37).contains($0) }, "a mode that is not octal")
      place += mode.count + 1
      try hold(!entry.name.isEmpty && !entry.name.contains(0), "a name without bytes, or with a NUL")
      try hold(bytes[place...].starts(with: entry.name + [0]), "the name is not in its place")
      place += entry.name.count + 1
      let digits = bytes[place...].prefix(20).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      try hold(entry.id.hex == digits, "another id")
      place += 20
    }
    try hold(place == bytes.count, "bytes that belong to no entry")
  }

  /// Tag objects.
  static let tag = FuzzTarget(name: "tag") { bytes throws(Broken) in
    let tag = TagObject.parse(bytes)
    try hold(!tag.name.contains(0x0A), "a name of two lines")
    try hold(
      Array(bytes.suffix(tag.message.count)) == tag.message, "the message is not the end of the object")
  }
}
