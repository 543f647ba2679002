import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Notes of every kind, each second one damaged: the others are told, and what broke is counted.
@Suite struct HostileNotesTests {
  private static let count = 36

  /// A branch of commits, and a note for each of which every second one is damaged.
  private static func annotated(
    _ ref: String, seed: UInt64, note: (Int, ObjectID, _ before: ObjectID) -> String
  ) throws -> (fixture: TemporaryRepository, commits: [ObjectID]) {
    let fixture = try TemporaryRepository()
    let base = try fixture.commit("Base", files: ["a": "1"])
    var stream = ""
    for number in 0..<count {
      let time = TemporaryRepository.start + 3_600 * Int64(number + 1)
      stream += "commit refs/heads/main\ncommitter Bo Lin <bo@example.org> \(time) +0000\n"
      stream += "data <<E\nWork \(number)\nE\n" + (number == 0 ? "from \(base.hex)\n" : "") + "\n"
    }
    try fixture.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
    let list = try fixture.git("rev-list", "--reverse", "main").split(separator: "\n")
    let commits = Array(list.compactMap { ObjectID(hex: String($0)) }.dropFirst())
    var damage = Damage(seed: seed)
    var notes: [(object: ObjectID, note: [UInt8])] = []
    for (number, commit) in commits.enumerated() {
      var text = Array(note(number, commit, number == 0 ? base : commits[number - 1]).utf8)
      if number % 2 == 1 {
        text = damage.damaged(text, Damage.Kind.allCases[number / 2 % Damage.Kind.allCases.count])
      }
      notes.append((commit, text))
    }
    try fixture.note(notes, ref: ref)
    return (fixture, commits)
  }

  private static func harvest(_ fixture: TemporaryRepository) throws -> Harvested {
    try Harvester(try fixture.open(), .init(surveys: true)).harvest()
  }

  /// Every commit of the branch is told, and what broke shows with its place.
  private func expectNothingLost(
    _ harvested: Harvested, _ commits: [ObjectID], ref: String, least: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let told = Set(harvested.traces.flatMap(\.commits))
    #expect(commits.filter { !told.contains($0.name) } == [], sourceLocation: sourceLocation)
    let broken = harvested.diagnostics.filter { $0.ref == ref }
    #expect(broken.count >= least, "\(broken)", sourceLocation: sourceLocation)
    let good = Set(commits.indices.filter { $0 % 2 == 0 }.map { commits[$0].name })
    #expect(broken.compactMap(\.object).allSatisfy { !good.contains($0) }, sourceLocation: sourceLocation)
  }

  @Test(.timeLimit(.minutes(10))) func `damaged review notes cost nothing but themselves`() throws {
    let ref = "refs/notes/review"
    let (fixture, commits) = try Self.annotated(ref, seed: 11) { number, _, _ in
      """
      Code-Review+2: Cy Orr <cy@example.org>
      Submitted-by: Cy Orr <cy@example.org>
      Submitted-at: Mon, 01 Jan 2024 09:00:00 +0100
      Reviewed-on: https://review.example.org/c/lib/+/\(number + 1)
      Project: lib
      Branch: refs/heads/main
      """
    }
    let harvested = try Self.harvest(fixture)
    for number in stride(from: 0, to: Self.count, by: 2) {
      let trace = harvested.traces.first {
        $0.source == .reviewNotes && $0.commits.contains(commits[number].name)
      }
      #expect(trace?.landing?.grade == .recorded && trace?.landing?.by?.email == "cy@example.org")
      #expect(trace?.observations.count { $0.vote?.value == 2 } == 1, "\(number)")
    }
    expectNothingLost(harvested, commits, ref: ref, least: 10)
    #expect((harvested.sources.first { $0.source == .reviewNotes }?.unreadable ?? 0) >= 10)
  }

  @Test(.timeLimit(.minutes(10))) func `damaged records of pushes cost nothing but themselves`() throws {
    var sound: Set<PushRecord> = []
    let (fixture, commits) = try Self.annotated(PushRecord.reference, seed: 12) { number, commit, before in
      let record = PushRecord(
        at: Instant(seconds: TemporaryRepository.start + 1_000_000 + Int64(number) * 60),
        pusher: "p\(number)@example.org", origin: "ssh", ref: "refs/heads/main", old: before.name,
        new: commit.name)
      if number % 2 == 0 { sound.insert(record) }
      return String(decoding: record.line, as: UTF8.self) + "\n"
    }
    let log = PushLog([try fixture.open()], asOf: nil)
    #expect(sound.isSubset(of: log.records))
    #expect(log.unreadable >= 10)
    // A record that reads well but moves something else is on the wrong object, or says so itself.
    #expect(log.records.allSatisfy { record in commits.contains { $0.name == record.annotated } })
    expectNothingLost(try Self.harvest(fixture), commits, ref: PushRecord.reference, least: 10)
  }

  @Test(.timeLimit(.minutes(10))) func `damaged notes of requests on commits cost nothing but themselves`()
    throws
  {
    let (fixture, commits) = try Self.annotated(SkaraHarvest.reference, seed: 13) { number, commit, _ in
      "Commit: https://g/x/lib/commit/\(commit.hex)\nReview: https://g/x/lib/pull/\(100 + number)\n"
    }
    let harvested = try Self.harvest(fixture)
    for number in stride(from: 0, to: Self.count, by: 2) {
      #expect(harvested.trace("pr/\(100 + number)", .commitNotes)?.commits == [commits[number].name])
    }
    expectNothingLost(harvested, commits, ref: SkaraHarvest.reference, least: 4)
  }

  @Test(.timeLimit(.minutes(10))) func `damaged notes of Message-IDs cost nothing but themselves`() throws {
    let (fixture, commits) = try Self.annotated(AmlogNotes.reference, seed: 14) { number, _, _ in
      "Message-Id: <work-\(number)@example.org>\n"
    }
    let harvested = try Self.harvest(fixture)
    let named = harvested.traces.filter { $0.source == .commitNotes }
    for number in stride(from: 0, to: Self.count, by: 2) {
      let aliases = named.first { $0.commits.contains(commits[number].name) }?.aliases
      #expect(aliases == [.mail("work-\(number)@example.org")])
    }
    expectNothingLost(harvested, commits, ref: AmlogNotes.reference, least: 4)
  }

  @Test(.timeLimit(.minutes(10))) func `damaged requests of git-appraise cost nothing but themselves`() throws
  {
    let ref = "refs/notes/devtools/reviews"
    let (fixture, commits) = try Self.annotated(ref, seed: 15) { number, _, _ in
      #"{"timestamp":"\#(1_704_100_000 + number)","reviewRef":"refs/heads/topic","targetRef":"refs/heads/main","#
        + #""requester":"bo@example.org","description":"Work","v":0}"# + "\n"
    }
    let harvested = try Self.harvest(fixture)
    for number in stride(from: 0, to: Self.count, by: 2) {
      let trace = harvested.trace("review/\(commits[number].name.short)", .appraise)
      #expect(trace?.opening?.instant?.seconds == 1_704_100_000 + Int64(number))
    }
    expectNothingLost(harvested, commits, ref: ref, least: 10)
  }
}
