/// Keeps lines on standard output from being taken as commands by a build server.
///
/// GitHub's runner obeys lines that start, after white space, with `::`, and lines that hold `##[` anywhere
/// (`ActionCommand.cs` in actions/runner); Azure Pipelines obeys `##vso[`, TeamCity `##teamcity[`. A commit
/// title that is printed in such a job would otherwise be able to set variables there.
enum CommandGuard {
  /// The line with the first colon of a leading `::` and the bracket of `##word[` shown as an escape.
  static func disarmed(_ line: String) -> String {
    guard line.utf8.contains(where: { $0 == 0x3A || $0 == 0x23 }) else { return line }
    return disarmedBrackets(disarmedColons(line))
  }

  /// Whether the text starts, after white space, with `::`.
  static func startsLikeCommand(_ text: some StringProtocol) -> Bool {
    text.unicodeScalars.drop(while: \.properties.isWhitespace).starts(with: "::".unicodeScalars)
  }

  private static func disarmedColons(_ line: String) -> String {
    guard startsLikeCommand(line) else { return line }
    let space = line.unicodeScalars.prefix(while: \.properties.isWhitespace)
    return String(space) + "\\x3A" + String(line.unicodeScalars.dropFirst(space.count + 1))
  }

  private static func disarmedBrackets(_ line: String) -> String {
    var shown = ""
    var hashes = 0
    var inWord = false
    for scalar in line.unicodeScalars {
      switch scalar {
      case "#":
        hashes = inWord ? 1 : hashes + 1
        inWord = false
      case "a"..."z", "A"..."Z", "-", "_": inWord = true
      case "[" where hashes >= 2:
        shown += "\\x5B"
        hashes = 0
        inWord = false
        continue
      default:
        hashes = 0
        inWord = false
      }
      shown.unicodeScalars.append(scalar)
    }
    return shown
  }
}
