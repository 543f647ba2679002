import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// What a record of pushes adds to what Git tells by itself.
@Suite struct PushReadingTests {
  private func moment(_ item: [String: Any], _ key: String) -> [String?] {
    let moment = item[key] as? [String: Any]
    return [moment?["at"] as? String, moment?["by"] as? String, moment?["grade"] as? String]
  }

  /// A server with one commit on its branch.
  private func started() throws -> PushPlace {
    let place = try PushPlace()
    try place.push(
      try place.commit("Start", hours: 0), to: "refs/heads/main", hours: 1, by: "ada@example.org")
    return place
  }

  @Test func `dates a landing by the push that brought it, not by the commit`() throws {
    let place = try started()
    let two = try place.commit("Two", hours: 2)
    try place.commit("Three", hours: 3)
    try place.push(try place.id("HEAD"), to: "refs/heads/main", hours: 50, by: "bo@example.org")
    try place.commit("Four", hours: 4)
    try place.push(try place.id("HEAD"), to: "refs/heads/main", hours: 60, by: "cy@example.org")
    for title in ["Two", "Three"] {
      #expect(
        moment(try place.contribution(title), "landed") == [
          "2024-01-03T02:00:00Z", "bo@example.org", "recorded",
        ])
    }
    #expect(moment(try place.contribution("Four"), "landed")[0] == "2024-01-03T12:00:00Z")
    // The push that made the branch brought what had landed before.
    #expect(moment(try place.contribution("Start"), "landed")[2] == "derived")
    #expect(moment(try place.contribution("Two", asOf: "2024-01-02T00:00:00Z"), "landed")[2] == "derived")
    // Rewriting the branch lands only what was not there.
    try place.git("reset", "--quiet", "--hard", two.hex)
    let five = try place.commit("Five", hours: 5)
    try place.push(five, to: "refs/heads/main", hours: 70, by: "dee@example.org")
    #expect(moment(try place.contribution("Two"), "landed")[1] == "bo@example.org")
    #expect(moment(try place.contribution("Five"), "landed")[0] == "2024-01-03T22:00:00Z")
  }

  @Test func `tells heads and the end of a review whose branch was deleted`() throws {
    let place = try started()
    let first = try place.commit("Add a pool", hours: 2)
    try place.push(first, to: "refs/heads/pool", hours: 10, by: "ada@example.org")
    try place.request(first, "refs/heads/pool", hours: 11)
    let second = try place.commit("Pool keys", hours: 12)
    try place.push(second, to: "refs/heads/pool", hours: 20, by: "ada@example.org")
    #expect(try place.contribution("refs/heads/pool")["state"] as? String == "open")
    try place.push(nil, to: "refs/heads/pool", hours: 30, by: "bo@example.org")
    #expect(try place.contribution("refs/heads/pool")["state"] as? String == "abandoned")
    #expect(
      try place.contribution("refs/heads/pool", asOf: "2024-01-02T00:00:00Z")["state"] as? String == "open")
    place.run(["explain", "review/\(first.hex.prefix(12))", "--as-of", "2024-03-01", "-C", place.server.path])
    let lines = place.output.split(separator: "\n").map(String.init)
    #expect(
      lines.contains { $0.contains("2024-01-01 20:00") && $0.contains(second.hex.prefix(7)) },
      "\(place.output)")
    #expect(lines.contains { $0.contains("2024-01-02 06:00") && $0.contains("abandoned") }, "\(place.output)")
    #expect(moment(try place.contribution("refs/heads/pool"), "opened")[0] == "2024-01-01T11:00:00Z")
    // The same branch again is the same review, open again.
    try place.push(second, to: "refs/heads/pool", hours: 40, by: "ada@example.org")
    #expect(try place.contribution("refs/heads/pool")["state"] as? String == "open")
  }

  @Test func `does not take a branch for given up that was deleted after its change landed`() throws {
    let place = try started()
    try place.git("checkout", "--quiet", "-b", "pool")
    let first = try place.commit("Add a pool", hours: 2)
    try place.push(first, to: "refs/heads/pool", hours: 10, by: "ada@example.org")
    try place.request(first, "refs/heads/pool", hours: 11)
    try place.git("checkout", "--quiet", "main")
    try place.git("merge", "--quiet", "--no-ff", "-m", "Submitting review \(first.hex.prefix(12))", "pool")
    try place.push(try place.id("HEAD"), to: "refs/heads/main", hours: 20, by: "bo@example.org")
    try place.push(nil, to: "refs/heads/pool", hours: 30, by: "ada@example.org")
    let review = try place.contribution("refs/heads/pool")
    #expect(review["state"] as? String == "merged")
    #expect(moment(review, "landed") == ["2024-01-01T20:00:00Z", "bo@example.org", "recorded"])
  }

  @Test func `tells when a branch without a review was opened once it has landed`() throws {
    let place = try started()
    try place.git("checkout", "--quiet", "-b", "pool")
    let first = try place.commit("Add a pool", hours: 2)
    try place.push(first, to: "refs/heads/pool", hours: 10, by: "ada@example.org")
    try place.git("checkout", "--quiet", "main")
    try place.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #5 from ada/pool", "pool")
    try place.push(try place.id("HEAD"), to: "refs/heads/main", hours: 20, by: "bo@example.org")
    // A branch that only marks a place of the history is no proposal.
    try place.push(try place.id("HEAD"), to: "refs/heads/release", hours: 25, by: "bo@example.org")
    try place.push(
      try place.commit("Idea", hours: 26), to: "refs/heads/idea", hours: 27, by: "cy@example.org")
    try place.push(nil, to: "refs/heads/idea", hours: 28, by: "cy@example.org")
    let items = try place.contributions()
    #expect(items.compactMap { $0["id"] as? String }.filter { !$0.hasPrefix("commit/") } == ["pr/5"])
    let pull = try #require(items.first { $0["id"] as? String == "pr/5" })
    #expect(moment(pull, "opened")[0] == "2024-01-01T10:00:00Z")
    #expect(moment(pull, "opened")[2] == "recorded")
    #expect(moment(pull, "landed") == ["2024-01-01T20:00:00Z", "bo@example.org", "recorded"])
  }

  @Test func `joins the heads that a server keeps for requests by their numbers`() throws {
    let place = try started()
    let first = try place.commit("Add a pool", hours: 2)
    try place.push(first, to: "refs/pull/7/head", hours: 10, by: "ada@example.org")
    try place.push(first, to: "refs/for/main", hours: 12, by: "ada@example.org")
    let pull = try #require(try place.contributions().first { $0["id"] as? String == "pr/7" })
    #expect(moment(pull, "opened")[0] == "2024-01-01T10:00:00Z")
    #expect(pull["state"] as? String == "undetermined")
  }

  @Test func `counts what is no record, and believes none that lies elsewhere`() throws {
    let place = try started()
    let two = try place.commit("Two", hours: 2)
    try place.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
    let start = try place.id("HEAD~1")
    func line(_ new: ObjectID) -> String {
      "{\"timestamp\":\"\(TemporaryRepository.start + 7200 * 9)\",\"ref\":\"refs/heads/main\",\"old\":\"\(start.hex)\",\"new\":\"\(new.hex)\",\"pusher\":\"eve\"}"
    }
    for text in [
      line(two), "{", "{}", "{\"timestamp\":\"soon\"}", "[1]",
      "{\"timestamp\":\"1\",\"old\":\"1\",\"new\":\"2\",\"ref\":\"x\"}",
      "{\"timestamp\":\"1\",\"old\":\"\(two.hex)\",\"new\":\"\(two.hex)\",\"ref\":\"main\"}",
    ] {
      try place.server.git("notes", "--ref", PushPlace.log, "append", "-m", text, start.hex)
    }
    #expect(moment(try place.contribution("Two"), "landed")[2] == "derived")
    place.run(["contributions", "--format", "json", "--as-of", "2024-03-01", "-C", place.server.path])
    #expect(place.output.contains("\"push-log\""))
    #expect(place.output.contains("\"unreadable\": 6"))
  }
}
