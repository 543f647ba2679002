import Git
import Testing

@testable import Harvest

/// The names that the last lines of a message give a change.
@Suite struct FooterScanTests {
  static let id = "0123456789abcdef0123456789abcdef01234567"
  static let other = "89abcdef0123456789abcdef0123456789abcdef"

  /// What a message tells, on one line.
  private func told(_ message: String) -> String {
    let scan = FooterScan(ArraySlice(("x" + message).utf8).dropFirst())
    var words: [String] = []
    if let change = scan.change { words.append("change \(change.number) at \(change.host.text)") }
    if let id = scan.changeID { words.append("id I\(id.hex.prefix(8))") }
    if let revision = scan.revision { words.append("D\(revision)") }
    if let link = scan.link { words.append("link \(link.project.text)#\(link.number)") }
    if let link = scan.imported { words.append("import \(link.project.text)#\(link.number)") }
    if let head = scan.importedHead { words.append("head \(head.hex.prefix(8))") }
    if let origin = scan.origin { words.append("backport \(origin.hex.prefix(8))") }
    return words.joined(separator: ", ")
  }

  @Test(arguments: [
    (
      "Change-Id: I\(id)\nReviewed-on: https://r.example.org/c/net/+/70231",
      "change 70231 at r.example.org, id I01234567"
    ),
    ("Reviewed-on: http://r.example.org:8080/45", "change 45 at r.example.org"),
    ("Reviewed-on: https://r.example.org/#/c/45/", "change 45 at r.example.org"),
    ("Reviewed-on: https://forge.example.org/group/lib/pulls/31", "link group/lib#31"),
    ("Reviewed-on: https://gitlab.example.org/a/b/-/merge_requests/31", ""),
    ("Reviewed-on: 45", ""), ("Reviewed-on: https://45", ""), ("Reviewed-on: https://r.example.org/x", ""),
    ("Reviewed-on: https://r.example.org/99999999999", ""), ("Reviewed-on:", ""), ("Reviewed-on", ""),
    ("Change-Id: \(id)", ""), ("Change-Id: I123", ""), ("change-id: I\(id)", ""),
    ("> Change-Id: I\(id)", ""), ("Original-Change-Id: I\(id)\nOriginal-Reviewed-on: https://x/1", ""),
    (
      "Reviewed-on: https://r.example.org/1\n(cherry picked from commit abc)\nReviewed-on: https://r.example.org/2",
      "change 2 at r.example.org"
    ),
    ("Change-Id: I\(other)\nChange-Id: I\(id)", "id I01234567"),
    ("Differential Revision: https://phab.example.org/D12", "D12"), ("Differential Revision: D12", "D12"),
    ("Differential Revision: https://phab.example.org/d12", ""),
    ("Differential Revision: https://x/D12/new", ""),
    ("Differential Revision:\nD12", ""),
    (
      "GitHub-Last-Rev: \(other)\nGitHub-Pull-Request: golang/tools#58",
      "import golang/tools#58, head 89abcdef"
    ),
    ("GitHub-Pull-Request: golang/tools", ""), ("GitHub-Pull-Request: a#1x", ""),
    ("PR-URL: https://github.com/nodejs/node-gyp/pull/2355", "link nodejs/node-gyp#2355"),
    ("PR-URL: https://github.com/nodejs/node-gyp/pull/2355#issuecomment-1", "link nodejs/node-gyp#2355"),
    ("PR-URL: https://github.com/nodejs/node-gyp/issues/2355", ""), ("PR-URL: https://x/pull/", ""),
    ("Pull-Request: https://github.com/ezyang/ghstack/pull/351", "link ezyang/ghstack#351"),
    ("Closes #345 from ada/branch", "link #345"), ("Closes #345", ""), ("Closes #345 from ada", ""),
    (
      "Closes #345 from ada/x and squashes the following commits:\n\n1a2b3c4 [Ada] Work\n2a2b3c4 [Ada] More",
      "link #345"
    ),
    ("Closes #345 from ada/branch and more", ""), ("Backport-of: \(id)", "backport 01234567"),
  ])
  func `footers name the change as the tools write them`(lines: String, expected: String) {
    #expect(told("Pool\n\nText.\n\n\(lines)\n") == expected)
    #expect(told("Pool\r\n\r\n\(lines.replacing("\n", with: "\r\n"))") == expected)
  }

  @Test(arguments: [
    ("Pool\n\nChange-Id: I\(id)\n\nThe end.\n", ""), ("Change-Id: I\(id)", ""), ("", ""), ("\n\n", ""),
    ("Pool\n\nChange-Id: I\(id)\n\n\n\nBug: 1\n\n", "id I01234567"),
    ("Pool\n\nText and\nChange-Id: I\(id)\nmore text", "id I01234567"),
    ("Pool\n\nChange-Id: I\(id)\n\n--HG--\nbranch : x\n", "id I01234567"),
    ("Pool\n\nDifferential Revision: D9\n\nDepends on D8\n", "D9"),
    (
      "Pool\n\nSummary: Uses\na hash.\n\nPull Request resolved: https://github.com/a/b/pull/7\n\nText\n\nReviewed By: bo\n\n"
        + "Differential Revision: D9\n\nfbshipit-source-id: 12\n", "D9, link a/b#7"
    ),
    ("Pool\n\nPull Request resolved: https://github.com/a/b/pull/7\n\nText\n\nReviewed By: bo\n", ""),
  ])
  func `only lines at the end count, and what tools append below them is passed over`(
    message: String, expected: String
  ) {
    #expect(told(message) == expected)
  }

  @Test func `a message of megabytes costs no more than its last lines`() {
    let line = "Key: " + String(repeating: "x", count: 100) + "\n"
    let message = "Pool\n\nChange-Id: I\(Self.id)\n" + String(repeating: line, count: 50_000)
    #expect(told(message) == "")
    #expect(told(message + "Change-Id: I\(Self.id)") == "id I01234567")
  }

  @Test func `cut and damaged messages are read without harm`() {
    let message = Array(
      ("Pool\n\nPull Request resolved: https://a/b/c/pull/7\n\nDifferential Revision: https://x/D12\n"
        + "GitHub-Pull-Request: a/b#5\nReviewed-on: https://r.example.org:80/c/a/+/5\nCloses #5 from a/b\n"
        + "fbshipit-source-id: 1").utf8)
    for end in 0...message.count {
      _ = FooterScan(message[..<end])
      _ = FooterScan(message[end...])
      var damaged = message
      if end < damaged.count { damaged[end] = end % 2 == 0 ? 0xFF : 0x0A }
      _ = FooterScan(damaged[...])
    }
  }
}
