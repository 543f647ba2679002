internal import Git

/// The names that the last lines of a commit message give the change: Gerrit's, Phabricator's, and links to requests.
///
/// Every commit of a branch is looked at, so only its last lines are read, from the end upwards, and nothing is
/// turned into text. Reading ends at the first paragraph above one that holds anything but footers. Of several lines of one
/// kind the last counts: a cherry-pick appends its own below those of the original.
struct FooterScan {
  /// A request at a forge that is named by its URL or as `OWNER/REPOSITORY#N`.
  struct Link {
    let number: Int
    /// `OWNER/REPOSITORY` as written; empty when only the number stands there.
    let project: ArraySlice<UInt8>
  }

  /// The change's id, without its leading `I`.
  private(set) var changeID: ObjectID?
  /// Number and host, without port, in `Reviewed-on:` of Gerrit.
  private(set) var change: (number: Int, host: ArraySlice<UInt8>)?
  /// Number and host of an issue of Rietveld: `Review URL:`, `Review-Url:`, or Go's bare address as a line.
  private(set) var issue: RietveldIssue?
  /// Number in `Differential Revision:`.
  private(set) var revision: Int?
  /// The request that the commit came from: `PR-URL:`, `Pull-Request:`, `Closes #N from OWNER/BRANCH` and the like.
  private(set) var link: Link?
  /// Go's `GitHub-Pull-Request:`, which the same change has besides its Gerrit number.
  private(set) var imported: Link?
  /// The head that was imported, from `GitHub-Last-Rev:`.
  private(set) var importedHead: ObjectID?
  /// The commit of another branch that `Backport-of:` names.
  private(set) var origin: ObjectID?
  /// Written by ShipIt or ghstack, which put the request's URL into the text above.
  private var mayLinkAbove = false

  var isEmpty: Bool {
    changeID == nil && change == nil && revision == nil && link == nil && imported == nil && origin == nil
      && issue == nil
  }

  /// More is not read of a message.
  private static let byteLimit = 16_384

  init(_ message: ArraySlice<UInt8>) {
    var end = message.endIndex
    let stop = max(message.startIndex, end - Self.byteLimit)
    var isFooters = true
    var hasLines = false
    while end > stop {
      var start = end
      while start > stop, message[start - 1] != 0x0A { start -= 1 }
      // What stands first is the subject.
      guard start > message.startIndex else { break }
      let line = message[start..<end].trimmedEnd
      if line.isEmpty {
        if hasLines, !isFooters { break }
      } else {
        hasLines = true
        if !read(line) { isFooters = false }
      }
      end = start - 1
    }
    if mayLinkAbove, link == nil { readLinkAbove(message) }
  }

  /// Takes what one line says; false when it is no footer.
  private mutating func read(_ line: ArraySlice<UInt8>) -> Bool {
    switch line[line.startIndex] {
    case UInt8(ascii: "C"): readC(line)
    case UInt8(ascii: "R"):
      if change == nil, link == nil, let url = line.value(ofKey: "Reviewed-on") { readReviewed(on: url) }
      for key in ["Review URL", "Review-Url"] where issue == nil {
        issue = line.value(ofKey: key).flatMap { RietveldIssue($0) }
      }
    case UInt8(ascii: "h"):
      if issue == nil, line.starts(with: "https://codereview.".utf8) { issue = RietveldIssue(line) }
    case UInt8(ascii: "D"), UInt8(ascii: " "):
      if revision == nil, let value = line.value(ofKey: "Differential Revision") {
        revision = Self.revision(value)
      }
    case UInt8(ascii: "G"): readGitHub(line)
    case UInt8(ascii: "B"):
      if origin == nil { origin = line.value(ofKey: "Backport-of").flatMap { ObjectID(hexBytes: $0) } }
    case UInt8(ascii: "P"):
      for key in ["PR-URL", "Pull-Request", "Pull Request resolved"] where link == nil {
        if let value = line.value(ofKey: key) { link = Link(url: value) }
      }
    case UInt8(ascii: "f"), UInt8(ascii: "g"):
      if line.starts(with: "fbshipit-source-id:".utf8) || line.starts(with: "ghstack-source-id:".utf8) {
        mayLinkAbove = true
      }
    default: break
    }
    return Self.isFooter(line)
  }

  private mutating func readC(_ line: ArraySlice<UInt8>) {
    if changeID == nil, let value = line.value(ofKey: "Change-Id") {
      guard value.first == UInt8(ascii: "I") else { return }
      changeID = ObjectID(hexBytes: value.dropFirst())
    } else if link == nil, line.starts(with: "Closes #".utf8) {
      var scanner = ByteScanner(line.dropFirst("Closes #".utf8.count))
      guard let number = scanner.number(), scanner.take(" from ") else { return }
      let branch = scanner.token()
      let isAlone = scanner.rest.isEmpty || scanner.rest.starts(with: " and squashes the following".utf8)
      guard branch.contains(UInt8(ascii: "/")), isAlone else { return }
      link = Link(number: number, project: [])
    }
  }

  private mutating func readGitHub(_ line: ArraySlice<UInt8>) {
    if let value = line.value(ofKey: "GitHub-Last-Rev") {
      importedHead = importedHead ?? ObjectID(hexBytes: value)
    } else if imported == nil, let value = line.value(ofKey: "GitHub-Pull-Request") {
      guard let hash = value.lastIndex(of: UInt8(ascii: "#")) else { return }
      var scanner = ByteScanner(value[(hash + 1)...])
      guard let number = scanner.number(), scanner.isAtEnd else { return }
      imported = Link(number: number, project: value[..<hash])
    }
  }

  /// Gerrit's footer, or that of Gitea and Forgejo, which has the same key and a URL with `/pulls/`.
  private mutating func readReviewed(on url: ArraySlice<UInt8>) {
    if let request = Link(url: url) {
      link = request
    } else if let address = GerritAddress(url) {
      change = (address.number, address.host)
    }
  }

  /// Meta's exports and ghstack name the request in the text: `Pull Request resolved: URL`, the last of several.
  private mutating func readLinkAbove(_ message: ArraySlice<UInt8>) { link = Self.resolved(in: message) }

  /// The request that a `Pull Request resolved: URL` in a message names.
  static func resolved(in message: ArraySlice<UInt8>) -> Link? {
    guard let found = message.lastRange(of: "Pull Request resolved: ") else { return nil }
    return Link(url: message[found.upperBound...].prefix { !isBlank($0) })
  }

  /// `D123` or a URL that ends with it.
  private static func revision(_ value: ArraySlice<UInt8>) -> Int? {
    let name = value.split(separator: UInt8(ascii: "/")).last ?? []
    var scanner = ByteScanner(name)
    guard scanner.take("D"), let number = scanner.number(), scanner.isAtEnd else { return nil }
    return number
  }

  /// Whether a line looks like `Key: value`, with blanks allowed in the key, or is one that tools put between such lines.
  private static func isFooter(_ line: ArraySlice<UInt8>) -> Bool {
    if line[line.startIndex] == UInt8(ascii: "(") { return line.starts(with: "(cherry picked from".utf8) }
    if line[line.startIndex] == UInt8(ascii: "-") { return line.elementsEqual("--HG--".utf8) }
    for byte in line.prefix(48) {
      if byte == UInt8(ascii: ":") { return true }
      let isKey = isDigit(byte) || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x20 || byte == 0x2D
      guard isKey else { break }
    }
    return line.starts(with: "Closes #".utf8) || line.starts(with: "Depends on D".utf8) || line.isListedCommit
  }
}

/// Where an issue of Rietveld is: `https://HOST/N`, with or without a slash behind it.
struct RietveldIssue: Hashable {
  /// In lower case, without the port.
  let host: String
  let number: Int

  /// Nil for any other address; more words may follow, as a full stop after a blank does in Chromium's history.
  init?(_ text: ArraySlice<UInt8>) {
    let address = text.prefix { !isBlank($0) }
    guard let scheme = address.firstRange(of: "://"), scheme.lowerBound - address.startIndex <= 5 else {
      return nil
    }
    let parts = address[scheme.upperBound...].split(separator: UInt8(ascii: "/"))
    guard parts.count == 2 else { return nil }
    let name = parts[0].prefix { $0 != UInt8(ascii: ":") }
    let isName = name.allSatisfy {
      MailLetters.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
    }
    // Ten digits are common there.
    guard parts[1].count <= 18, parts[1].allSatisfy(isDigit), let number = Int(parts[1].text), number > 0,
      (1...253).contains(name.count), isName
    else { return nil }
    host = String(decoding: name.folded, as: UTF8.self)
    self.number = number
  }
}

/// Where a change of Gerrit is: `https://HOST/c/PROJECT/+/N`, `http://HOST:PORT/N`, `https://HOST/#/c/N/`.
struct GerritAddress {
  /// In the case in which it stands, without the port.
  let host: ArraySlice<UInt8>
  let number: Int

  init?(_ url: ArraySlice<UInt8>) {
    guard let scheme = url.firstRange(of: "://"), scheme.lowerBound - url.startIndex <= 5 else { return nil }
    var parts = url[scheme.upperBound...].split(separator: UInt8(ascii: "/"))
    guard parts.count > 1, parts.count <= 32 else { return nil }
    // GitLab's and GitHub's pages of reviews end in numbers too.
    guard !parts.contains(where: { $0.elementsEqual("merge_requests".utf8) || $0.elementsEqual("pull".utf8) })
    else { return nil }
    host = parts[0].prefix { $0 != UInt8(ascii: ":") }
    var scanner = ByteScanner(parts.removeLast())
    guard !host.isEmpty, let number = scanner.number(), scanner.isAtEnd else { return nil }
    self.number = number
  }
}

extension FooterScan.Link {
  /// `https://HOST/OWNER/REPOSITORY/pull/N` of GitHub, or `…/pulls/N` of Gitea and Forgejo; nil for any other address.
  init?(url: ArraySlice<UInt8>) {
    let bare = url.first == UInt8(ascii: "<") ? url.dropFirst().prefix { $0 != UInt8(ascii: ">") } : url
    guard let scheme = bare.firstRange(of: "://") else { return nil }
    let address = bare[scheme.upperBound...]
    guard let place = address.lastRange(of: "/pull/") ?? address.lastRange(of: "/pulls/"),
      let host = address.firstIndex(of: UInt8(ascii: "/")), host < place.lowerBound
    else { return nil }
    var scanner = ByteScanner(address[place.upperBound...])
    guard let number = scanner.number(),
      scanner.rest.first.map({ $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "#") || isBlank($0) }) ?? true
    else { return nil }
    self.init(number: number, project: address[(host + 1)..<place.lowerBound])
  }

  /// The repository's own name in lower case, so that one that moved to another owner keeps its numbers.
  var repository: ArraySlice<UInt8> {
    let last = project.split(separator: UInt8(ascii: "/")).last ?? []
    return ArraySlice(last.map(lowered))
  }
}

extension ArraySlice<UInt8> {
  /// What stands behind `KEY:` at the front, trimmed; the key in exactly this case, blanks in front of it allowed.
  func value(ofKey key: String) -> ArraySlice<UInt8>? {
    let text = drop { $0 == 0x20 }
    let colon = text.startIndex + key.utf8.count
    guard colon < text.endIndex, text[colon] == UInt8(ascii: ":"), text.starts(with: key.utf8) else {
      return nil
    }
    return text[(colon + 1)...].trimmed
  }
}
