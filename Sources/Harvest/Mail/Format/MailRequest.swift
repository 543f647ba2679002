internal import Facts

/// The pull request of which a series was made and sent by a program (GitGitGadget).
///
/// The cover letter, or the only patch below its `---`, has lines of the program's own:
/// `Pull-Request: https://github.com/OWNER/NAME/pull/N`, and
/// `Fetch-It-Via: git fetch https://github.com/OWNER/NAME pr-N/BRANCH-v1`.
struct MailRequest: Hashable {
  let owner: String
  let number: Int

  /// Nil for any other line.
  init?(line: ArraySlice<UInt8>) {
    if line.startsFolded("pull-request:") {
      self.init(address: line.dropFirst(13).trimmed)
    } else if line.startsFolded("fetch-it-via: git fetch ") {
      let words = line.dropFirst(24).split(whereSeparator: isBlank)
      guard words.count == 2, let owner = Self.owner(words[0]) else { return nil }
      var tag = ByteScanner(words[1])
      guard tag.take("pr-"), let number = tag.number(), tag.take("/") else { return nil }
      self.init(owner: owner.text, number: number)
    } else {
      return nil
    }
  }

  private init(owner: String, number: Int) {
    self.owner = owner
    self.number = number
  }

  private init?(address: ArraySlice<UInt8>) {
    guard let owner = Self.owner(address), let path = address.lastRange(of: "/pull/") else { return nil }
    var rest = ByteScanner(address[path.upperBound...])
    guard let number = rest.number(), number > 0, rest.isAtEnd else { return nil }
    self.init(owner: owner.text, number: number)
  }

  /// The account in `https://github.com/ACCOUNT/…`.
  private static func owner(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var scanner = ByteScanner(address)
    guard scanner.take("https://github.com/") else { return nil }
    let owner = scanner.rest.prefix { $0 != UInt8(ascii: "/") }
    let isName = owner.allSatisfy { MailLetters.isWord($0) || $0 == UInt8(ascii: "-") }
    return (1...39).contains(owner.count) && isName ? owner : nil
  }
}
