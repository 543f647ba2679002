/// Tells text that somebody wrote from the lines that Gerrit writes for every update.
///
/// Facts come from footers alone; the text only says whether an update is a comment, and whether texts are alike.
enum MessageReader {
  /// Reads a message up to its footers; with `isEvent` its text belongs to a push or a change of status.
  static func read(_ text: ArraySlice<UInt8>, isEvent: Bool) -> GerritMessage {
    var message = GerritMessage()
    let body = withoutSubject(text)
    guard !body.isEmpty else { return message }
    message.isPresent = true
    guard !isEvent else { return message }
    let (line, rest) = firstLine(of: body)
    guard let own = withoutPatchSet(line) else {
      message.isWritten = !isGenerated(line)
      if message.isWritten { describe(body, &message) }
      return message
    }
    guard !isGenerated(own) else { return message }
    let written = withoutCount(rest.trimmed)
    if written.isEmpty {
      message.onlyStatesVotes = true
    } else {
      message.isWritten = true
      describe(written, &message)
    }
    return message
  }

  /// What follows the first paragraph, without blank lines at either end.
  private static func withoutSubject(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let line = text.firstIndex(of: UInt8(ascii: "\n")) else { return [] }
    return text[line...].trimmed
  }

  private static func firstLine(of text: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
    let end = text.firstIndex(of: UInt8(ascii: "\n")) ?? text.endIndex
    return (text[..<end].trimmed, text[end...])
  }

  /// What follows `Patch Set N:` on its line; nil without that start.
  private static func withoutPatchSet(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var scanner = ByteScanner(line)
    guard scanner.take("Patch Set ") || scanner.take("Patch set "), scanner.number() != nil, scanner.take(":")
    else {
      return nil
    }
    return scanner.rest.trimmed
  }

  /// Without a line `(3 comments)` or `(1 inline comment)` in front.
  private static func withoutCount(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let (line, rest) = firstLine(of: text)
    var scanner = ByteScanner(line)
    guard scanner.take("("), scanner.number() != nil, line.last == UInt8(ascii: ")") else { return text }
    scanner.blanks()
    guard scanner.take("comment") || scanner.take("inline comment") else { return text }
    return rest.trimmed
  }

  /// Lines that Gerrit's own code writes, in the versions that did not tag them yet.
  private static func isGenerated(_ line: ArraySlice<UInt8>) -> Bool {
    if starts.contains(where: { line.starts(with: $0) }) { return true }
    // "Patch Set 2 was rebased", "Topic NAME removed."
    if line.starts(with: "Patch Set ".utf8) { return line.firstRange(of: " was rebased") != nil }
    guard line.starts(with: "Topic ".utf8) else { return false }
    return [" removed", " set to ", " changed from ", " updated from "].contains {
      line.firstRange(of: $0) != nil
    }
  }

  private static let starts: [[UInt8]] = [
    "Uploaded patch set ", "Published edit on patch set ", "Commit message was updated", "Rebased",
    "Cherry Picked",
    "Abandoned", "Restored", "Reverted", "Created a revert", "Change could not be ", "Change cannot be ",
    "Your change could not ", "Your change requires ", "The change could not ", "The change requires ",
    "Project policy requires ", "Unspecified merge failure", "Change has been successfully ",
    "Removed the following ", "Removed reviewer ", "Removed cc ", "Removed Code-Review", "Removed Verified",
    "Hashtag", "Assignee ", "Set Ready For Review", "Set Work In Progress",
    "This change is ready for review.",
    "Change destination moved ",
  ].map { Array($0.utf8) }

  /// Notes a link, and the form of the first line: its letters without digits, blanks and words with links.
  private static func describe(_ text: ArraySlice<UInt8>, _ message: inout GerritMessage) {
    let link = Array("://".utf8)
    message.hasLink = text.prefix(4096).firstRange(of: "://") != nil
    var form: UInt64 = 0xCBF2_9CE4_8422_2325
    let line = text.prefix { $0 != UInt8(ascii: "\n") }.prefix(256)
    for word in line.split(whereSeparator: isBlank)
    where word.firstIndex(of: link[0]) == nil || !hasLink(word) {
      for byte in word where !isDigit(byte) { form = (form ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    message.form = form
  }

  private static func hasLink(_ word: ArraySlice<UInt8>) -> Bool { word.firstRange(of: "://") != nil }
}
