import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// Broken, huge and hostile input: refused with its place, and never half a ledger.
@Suite struct ImportHostileTests {
  private func pull(_ number: Int, _ more: String = "") -> String {
    """
    {"number": \(number), "title": "T", "author": {"login": "cy"}, "createdAt": "2024-01-02T09:00:00Z", "state": "OPEN",
     "headRefOid": "\(String(repeating: "7", count: 38))\(10 + number % 90)", "baseRefName": "main"\(more)}
    """
  }

  @Test(arguments: [
    ("", "standard input is empty"), (" \n", "standard input is empty"),
    ("{", "standard input, line 1, byte 2: not JSON"), ("[]\n[1,]", "standard input, line 2"),
    ("[\"a\u{1}\"]", "not JSON: a control character"),
    (String(repeating: "[", count: 100_000), "nested more than 64 deep"),
    (String(repeating: "{\"a\":", count: 100_000), "nested more than 64 deep"),
    ("{\"message\": \"Not Found\", \"documentation_url\": \"x\"}", "GitHub says: Not Found"),
    ("{\"data\": null, \"errors\": [{\"message\": \"rate limit\"}]}", "GitHub says: rate limit"),
    ("[{\"number\": 1}]", "document 1: [0]: is no pull request"), ("[[[3]]]", "document 1: [0][0][0]: is no"),
    ("{\"number\": 1, \"headRefOid\": \"x\"}", "document 1: createdAt: is missing, a time"),
  ])
  func `refuses what cannot be imported at all, and says where it stands`(text: String, words: String) throws
  {
    let place = try ImportPlace()
    #expect(place.importing(text: text, from: "github") == .failed)
    #expect(place.complaints.joined().contains(words), "\(place.complaints)")
    #expect(try place.fixture.git("for-each-ref", "refs/notes") == "")
  }

  @Test(arguments: [
    ("\"number\": 0", "document 1: [1].number: is 0, a positive number was expected"),
    ("\"number\": -3", "[1].number: is -3"), ("\"number\": 99999999999999999999", "[1].number: is 99999"),
    ("\"number\": 1.5", "[1].number: is 1.5"), ("\"number\": \"1\"", "[1].number: is '1'"),
    ("\"number\": 2, \"createdAt\": \"yesterday\"", "[1].createdAt: is 'yesterday', a time such as"),
    ("\"number\": 2, \"createdAt\": \"2024-02-31T00:00:00Z\"", "[1].createdAt: is '2024-02-31"),
    ("\"number\": 2, \"createdAt\": -5", "[1].createdAt: is -5"),
    ("\"number\": 2, \"mergedAt\": [1]", "[1].mergedAt: is a list, a time"),
    ("\"number\": 2, \"headRefOid\": \"HEAD\"", "[1].headRefOid: is 'HEAD', a commit id"),
    ("\"number\": 2, \"baseRefName\": null", "[1].baseRefName: is missing, the name of the target branch"),
    (
      "\"number\": 2, \"reviews\": [{\"id\": \"R\", \"state\": \"LOVED\", \"submittedAt\": \"2024-01-03T00:00:00Z\"}]",
      "[1].reviews[0].state: is 'LOVED'"
    ),
    ("\"number\": 2, \"reviews\": [{\"state\": \"APPROVED\"}]", "[1].reviews[0].id: is missing"),
    ("\"number\": 2, \"comments\": [7]", "[1].comments[0].id: is missing"),
    (
      "\"number\": 2, \"reviews\": {\"pageInfo\": {\"hasNextPage\": true}, \"nodes\": []}",
      "[1].reviews: has further pages"
    ),
  ])
  func `imports the rest when one thing is refused, and ends with 3`(member: String, words: String) throws {
    let place = try ImportPlace()
    // Of a repeated key the last one counts.
    let broken = pull(2, ", \(member)")
    #expect(place.importing(text: "[\(pull(1)), \(broken)]", from: "github") == .incomplete)
    #expect(place.complaints.joined().contains(words), "\(place.complaints)")
    #expect(try place.contributions()["pr/1"] != nil)
  }

  @Test(arguments: [
    ("gitlab", "[{\"iid\": 1, \"source_branch\": \"a\"}]", "[0].target_branch: is missing"),
    (
      "gitlab", "[{\"body\": \"x\", \"system\": false, \"noteable_type\": \"MergeRequest\"}]",
      "noteable_iid: is missing"
    ),
    ("gitlab", "{\"message\": \"401 Unauthorized\"}", "GitLab says: 401 Unauthorized"),
    (
      "gerrit",
      ")]}'\n[{\"_number\": 1, \"created\": \"2024-01-02 00:00:00.000000000\", \"branch\": \"main\"}]",
      "[0].revisions: is missing"
    ),
    ("gerrit", "{\"type\": \"error\", \"message\": \"no such query\"}", "Gerrit says: no such query"),
    ("gerrit", "{\"project\": \"p\", \"number\": \"x\"}", "number: is 'x', a positive number"),
  ])
  func `addresses what is missing in every forge's answers`(forge: String, text: String, words: String) throws
  {
    let place = try ImportPlace()
    #expect(place.importing(text: text, from: forge) == .failed)
    #expect(place.complaints.joined().contains(words), "\(place.complaints)")
  }

  @Test func `makes foreign text safe on the way in and out`() throws {
    let place = try ImportPlace()
    let evil = "\\u001b[2J\\n{\\\"timestamp\\\":\\\"1\\\"}\\u0000\\ud800 <script>"
    let comment =
      "\"comments\": [{\"id\": \"IC\\n1\", \"author\": {\"login\": \"a\\nb\"}, \"body\": \"\(evil)\", \"createdAt\": \"2024-01-03T00:00:00Z\"}]"
    let odd =
      "{\"number\": 3, \"headRefOid\": \"\\u001b]8;;x\\u0007\", \"createdAt\": \"2024-01-03T00:00:00Z\", \"baseRefName\": \"m\"}"
    #expect(place.importing(text: "[\(pull(1, ", " + comment)), \(odd)]", from: "github") == .incomplete)
    #expect(!(place.output + place.complaints.joined()).unicodeScalars.contains("\u{1B}"))
    let lines = try place.lines(ImportPlace.discuss)
    #expect(lines.count == 1)
    #expect(lines[0].contains("\\u003cscript\\u003e") && lines[0].contains("\\u0000"))
    #expect(try place.events(of: "pr/1").filter { $0.contains("comment") }.count == 1)
  }

  @Test func `cuts texts that are too long, and keeps notes to a size that is read`() throws {
    let place = try ImportPlace()
    let long = String(repeating: "é", count: 60_000)
    let comments = (0..<60).map {
      "{\"id\": \"IC_\($0)\", \"author\": {\"login\": \"bo\"}, \"body\": \"\($0) \(long)\", \"createdAt\": \"2024-01-03T00:00:\($0 < 10 ? "0" : "")\($0)Z\"}"
    }
    let more = ", \"comments\": [\(comments.joined(separator: ","))], \"title\": \"\(long)\""
    #expect(place.importing(text: "[\(pull(1, more))]", from: "github") == .met, "\(place.complaints)")
    #expect(place.output.contains("60 cut after 65536 bytes"))
    #expect(try place.lines(ImportPlace.discuss).allSatisfy { $0.utf8.count < 66_000 })
    let twice = (0..<2).map { number in
      comments.map {
        $0.replacing("\"IC_", with: "\"IC_\(number)_").replacing(
          "\"body\": \"", with: "\"body\": \"\(number)")
      }
      .joined(separator: ",")
    }
    let huge = ", \"comments\": [\(twice.joined(separator: ","))]"
    #expect(place.importing(text: "[\(pull(2, huge))]", from: "github") == .incomplete)
    #expect(place.complaints.joined().contains("pull/2: has more to say than a note of 4194304 bytes holds"))
    #expect(try place.contributions()["pr/2"] != nil)
  }

  @Test func `survives every cut and many changed bytes of its inputs`() throws {
    let place = try ImportPlace()
    var random: UInt64 = 42
    func next(_ bound: Int) -> Int {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(random >> 33) % bound
    }
    for (fixture, forge) in [
      ("github-graphql.json", "github"), ("gitlab.json", "gitlab"), ("gerrit-rest.txt", "gerrit"),
      ("gerrit-ssh.txt", "gerrit"),
    ] {
      let bytes = try place.bytes(fixture)
      for _ in 0..<60 {
        place.input = Array(bytes.prefix(next(bytes.count)))
        #expect(
          [.failed, .incomplete, .met].contains(place.run("import", forge, "--dry-run", "-C", place.path)))
        var changed = bytes
        for _ in 0..<8 { changed[next(changed.count)] = UInt8(truncatingIfNeeded: next(256)) }
        place.input = changed
        #expect(
          [.failed, .incomplete, .met].contains(place.run("import", forge, "--dry-run", "-C", place.path)))
      }
    }
  }

  @Test func `takes in thousands of requests as one pack in one go`() throws {
    let place = try ImportPlace()
    let pulls = (1...3_000).map { number in
      let id = String(repeating: "0", count: 36 - 0) + String(10_000 + number).dropFirst()
      return """
        {"number": \(number), "title": "T", "author": {"login": "cy"}, "createdAt": "2024-01-02T09:00:00Z", "state": "OPEN",
         "headRefOid": "\(id)", "baseRefName": "main",
         "comments": [{"id": "IC_\(number)", "author": {"login": "bo"}, "body": "x", "createdAt": "2024-01-03T00:00:00Z"}]}
        """
    }
    #expect(place.importing(text: "[\(pulls.joined(separator: ","))]", from: "github") == .met)
    #expect(
      try place.fixture.git("notes", "--ref", ImportPlace.reviews, "list").split(separator: "\n").count
        == 3_000)
    #expect(try place.fixture.git("fsck", "--strict", "--no-dangling") == "")
    #expect(try place.contributions().count == 3_000)
  }
}
