import Commands
import Facts
import Foundation
import Git
import Support
import Testing

/// Runs the program as a process of its own: killed at random moments, and several at once.
@Suite(.serialized) struct ImportDurabilityTests {
  private func list(_ numbers: some Sequence<Int>) -> String {
    let pulls = numbers.map { number in
      """
      {"number": \(number), "title": "T\(number)", "author": {"login": "cy"}, "createdAt": "2024-01-02T09:00:00Z",
       "closedAt": "2024-01-05T09:00:00Z", "state": "CLOSED", "headRefOid": "\(String(repeating: "6", count: 36))\(1000 + number)",
       "baseRefName": "main",
       "reviews": [{"id": "PRR_\(number)", "author": {"login": "bo"}, "state": "APPROVED", "body": "", "submittedAt": "2024-01-03T00:00:00Z"}]}
      """
    }
    return "[\(pulls.joined(separator: ","))]"
  }

  private func write(_ text: String, _ name: String, _ place: ImportPlace) throws -> String {
    let path = place.fixture.folder + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func start(_ input: String, _ place: ImportPlace, _ more: [String] = []) throws -> ProgramProcess {
    try ProgramProcess(
      ["import", "github", "--at", ImportPlace.moment, "-C", place.path] + more, input: input,
      folder: place.fixture.folder)
  }

  /// The numbers of the requests that the notes tell, and of those whose approval they tell.
  private func told(_ place: ImportPlace) throws -> (requests: Set<Int>, approvals: Set<Int>) {
    func numbers(_ reference: String) throws -> Set<Int> {
      guard try !place.fixture.git("for-each-ref", reference).isEmpty else { return [] }
      return Set(
        try place.lines(reference).compactMap { line in
          let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
          return (object?["request"] as? String).flatMap { Int($0.dropFirst("pull/".count)) }
        })
    }
    return (try numbers(ImportPlace.reviews), try numbers(ImportPlace.discuss))
  }

  @Test func `leaves old or new references when it is killed at any moment, and never blocks the next run`()
    throws
  {
    let place = try ImportPlace()
    var steps: [String] = []
    for step in 1...20 {
      steps.append(try write(list((step - 1) * 5 + 1...step * 5), "step\(step).json", place))
    }
    var before: Set<Int> = []
    for (step, input) in steps.enumerated() {
      let run = try start(input, place)
      usleep(UInt32(3_000 + (step * 7_919) % 90_000))
      kill(run.process.processIdentifier, SIGKILL)
      run.process.waitUntilExit()
      #expect(try place.fixture.git("fsck", "--strict", "--no-dangling") == "")
      let (requests, approvals) = try told(place)
      let own = Set(step * 5 + 1...step * 5 + 5)
      // Comments are written first: a request without its approval cannot be seen, and neither can half a step.
      #expect(requests.isSuperset(of: before) && requests.isSubset(of: approvals))
      #expect(
        [[], own].contains(requests.subtracting(before)) && [[], own].contains(approvals.intersection(own)))
      before = requests
    }
    for input in steps {
      let run = try start(input, place)
      run.process.waitUntilExit()
      #expect(run.process.terminationStatus == 0)
    }
    #expect(try told(place).requests == Set(1...100))
    let locks = try FileManager.default.subpathsOfDirectory(atPath: place.path + "/.git/refs")
    #expect(locks.filter { $0.hasSuffix(".lock") } == [])
  }

  /// Puts an empty commit on the notes as git does when it is told where they must be.
  private func moveByGit(_ place: ImportPlace) throws {
    let fixture = place.fixture
    guard let old = try? fixture.git("rev-parse", "--verify", ImportPlace.reviews) else { return }
    let new = try fixture.git("commit-tree", "-m", "Nothing", "-p", old, "\(old)^{tree}")
    // Somebody else may have been faster: then nothing is moved.
    _ = try? fixture.git("update-ref", ImportPlace.reviews, new, old)
  }

  @Test func `loses nothing when several import at once, and git writes notes as well`() throws {
    let place = try ImportPlace()
    let ledger = place.fixture.folder + "/ledger.git"
    for more in [[], ["--into", ledger]] {
      let runs = try (0..<6).map { part in
        try start(
          try write(list(part * 20 + 1...part * 20 + 30), "part\(part).json", place), place, more)
      }
      if more.isEmpty {
        for _ in 0..<20 { try moveByGit(place) }
      }
      for run in runs {
        run.process.waitUntilExit()
        #expect(run.process.terminationStatus == 0)
      }
      let path = more.isEmpty ? place.path + "/.git" : ledger
      let lines = try place.lines(ImportPlace.reviews, in: path).filter { $0.contains("\"opened\"") }
      #expect(lines.count == 130)
      #expect(Set(lines).count == 130)
      #expect(try place.fixture.git("--git-dir", path, "fsck", "--strict", "--no-dangling") == "")
    }
  }

  @Test func `ends with 74 and changes nothing when it may not write`() throws {
    let place = try ImportPlace()
    try place.importing("github-list.json", from: "github")
    let tips = try place.tips()
    try Data().write(to: URL(fileURLWithPath: place.path + "/.git/" + ImportPlace.reviews + ".lock"))
    let run = try start(try write(list(50...51), "more.json", place), place)
    run.process.waitUntilExit()
    #expect(run.process.terminationStatus == 74)
    #expect(try place.tips() == tips)
  }
}
