import Facts
import Testing

@testable import Harvest

@Suite struct AppraiseObservationTests {
  private let annotated = SHA1.digest(of: Array("annotated".utf8))
  private let alias = "9be0000000000000000000000000000000000000"

  private var evidence: Evidence { Evidence(ref: "refs/notes/devtools/reviews", object: annotated) }

  private func requests(_ note: String) throws -> [NoteRecord<AppraiseRequest>] {
    try NoteRecords(AppraiseFixture.bytes(note), read: AppraiseRequest.init(line:)).records
  }

  private func comments(_ note: String) throws -> [NoteRecord<AppraiseComment>] {
    try NoteRecords(AppraiseFixture.bytes(note), read: AppraiseComment.init(line:)).records
  }

  private func arrival(_ order: Int, _ from: Int64?, _ until: Int64, _ author: String = "cy") -> LineArrival {
    LineArrival(
      order: order, notBefore: from.map { Instant(seconds: $0) }, notAfter: Instant(seconds: until),
      author: Identity(name: author, email: author))
  }

  private func observed(_ note: String, _ arrivals: LineArrivals = [:]) throws -> [Observation] {
    let notes = try #require(ReviewNotes(requests: try requests(note), comments: []))
    return RequestObservations(notes, annotated: annotated, arrivals: arrivals, evidence: evidence).all()
  }

  private func observed(comments note: String) throws -> [Observation] {
    let threads = CommentThreads(try comments(note), naming: .either)
    let start = ReviewedCommit(id: annotated, committed: Instant(seconds: 0))
    return CommentObservations(
      threads: threads, arrivals: [:], evidence: evidence,
      commits: ["1f3c5a7b9d0e1f3c5a7b9d0e1f3c5a7b9d0e1f3c": start]
    ).all()
  }

  private func summary(_ observation: Observation) -> String {
    let when =
      switch observation.time {
      case .at(let instant): "\(instant.seconds)"
      case .between(let from, let until): "\(from?.seconds ?? 0)..\(until?.seconds ?? 0)"
      case .unknown: "?"
      }
    let kind =
      switch observation.kind {
      case .revision(let commit): "revision \(commit.short)"
      case .reviewRequested(let person): "asked \(person.email)"
      case .comment(let onCode, let asks): "comment\(onCode ? " on code" : "")\(asks ? " asks" : "")"
      case .verdict(let opinion, let revision): "\(opinion)\(revision == nil ? "" : " of a revision")"
      default: "\(observation.kind)"
      }
    return "\(when) \(kind) by \(observation.actor?.email ?? "nobody"), \(observation.grade)"
  }

  @Test func `a request opens the review and asks each reviewer once`() throws {
    #expect(
      try observed("rebased.reviews").map(summary) == [
        "1700000000 opened by ada@example.org, recorded",
        "1700000000 revision \(annotated.short) by ada@example.org, recorded",
        "1700000000 asked bo@example.org by ada@example.org, recorded",
        "1700000000 asked cy@example.net by ada@example.org, recorded",
        "1700000000..0 revision 9be000000000 by ada@example.org, bounded",
      ])
  }

  @Test func `a copied timestamp is not believed, the notes commit is`() throws {
    let records = try requests("rebased.reviews")
    let arrivals: LineArrivals = [
      records[0].digest: [arrival(3, nil, 1_700_000_000)],
      records[1].digest: [arrival(5, 1_700_050_000, 1_700_090_000)],
    ]
    let last = try #require(try observed("rebased.reviews", arrivals).last)
    #expect(summary(last) == "1700050000..1700090000 revision 9be000000000 by ada@example.org, bounded")
  }

  @Test func `abandoning is dated and signed by the notes commit, however the lines are sorted`() throws {
    for note in ["abandoned.reviews", "abandoned-and-merged.reviews"] {
      let records = try requests(note)
      let isMerged = note.contains("merged")
      let plain = try #require(records.first { !$0.record.targetRef.isEmpty })
      let empty = try #require(records.first { $0.record.targetRef.isEmpty })
      let arrivals: LineArrivals = [
        plain.digest: [arrival(0, nil, 1_700_000_001)],
        empty.digest: [arrival(1, 1_700_000_001, 1_700_500_000, "bo@example.org")],
      ]
      #expect(
        summary(try #require(try observed(note, arrivals).last))
          == "1700000001..1700500000 abandoned by bo@example.org, bounded")
      let notes = try #require(ReviewNotes(requests: records, comments: []))
      #expect(notes.isAbandoned == !isMerged)
      #expect(notes.needsHistory)
      #expect(notes.opening.digest == plain.digest)
    }
  }

  @Test func `a stale copy of the request takes an abandoned review up again`() throws {
    let records = try requests("abandoned.reviews")
    let arrivals: LineArrivals = [
      records[0].digest: [arrival(0, nil, 1_700_000_001), arrival(4, nil, 1_700_900_000, "bot")],
      records[1].digest: [arrival(1, nil, 1_700_500_000)],
    ]
    #expect(
      try observed("abandoned.reviews", arrivals).map(summary).suffix(2) == [
        "1700000000..1700500000 abandoned by cy, bounded", "1700000000..1700900000 restored by bot, bounded",
      ])
  }

  @Test func `a request without a timestamp happened not later than its notes commit`() throws {
    let line = #"{"targetRef":"refs/heads/main"}"#
    let records = NoteRecords(Array(line.utf8), read: AppraiseRequest.init(line:)).records
    let notes = try #require(ReviewNotes(requests: records, comments: []))
    func first(_ arrivals: LineArrivals) throws -> String {
      summary(
        try #require(
          RequestObservations(notes, annotated: annotated, arrivals: arrivals, evidence: evidence).all().first
        ))
    }
    #expect(try first([records[0].digest: [arrival(0, 100, 200)]]) == "100..200 opened by cy, bounded")
    #expect(try first([:]) == "? opened by nobody, absent")
  }

  @Test func `tells comments, questions, verdicts and a lifted rejection apart`() throws {
    #expect(
      try observed(comments: "lifted.discuss").map(summary) == [
        "1700000500 comment on code by cy@example.net, recorded",
        "1700001000 comment asks by bo@example.org, recorded",
        "1700001000 reject of a revision by bo@example.org, recorded",
        "1700002000 comment by bo@example.org, recorded",
        "1700003000 comment by bo@example.org, recorded",
        "1700003000 approve by bo@example.org, recorded",
        "1700002000 verdictWithdrawn by bo@example.org, recorded",
      ])
  }

  @Test func `an edit that changes the opinion is a verdict of its own time`() throws {
    #expect(
      try observed(comments: "edited.discuss").map(summary) == [
        "1700001000 comment asks by bo@example.org, recorded",
        "1700001000 reject of a revision by bo@example.org, recorded",
        "1700003500 verdictWithdrawn by bo@example.org, recorded",
        "1700004000 approve by bo@example.org, recorded",
      ])
  }

  @Test(arguments: [
    ("lifted", false, AppraiseStatus.accepted), ("lifted", true, .submitted),
    ("unanswered", false, .rejected), ("unanswered", true, .submittedDespiteRejection),
    ("none", false, .pending), ("none", true, .submittedWithoutAcceptance),
  ])
  func `has git-appraise's word for the review`(note: String, submitted: Bool, word: AppraiseStatus) throws {
    let discussed = note == "none" ? [] : try comments("\(note).discuss")
    let notes = try #require(ReviewNotes(requests: try requests("rebased.reviews"), comments: discussed))
    #expect(notes.status(submitted: submitted) == word)
  }

  @Test func `an abandoned review is called so only when it was rejected too`() throws {
    let rejected = try comments("unanswered.discuss")
    let abandoned = try requests("abandoned.reviews")
    #expect(ReviewNotes(requests: abandoned, comments: rejected)?.status(submitted: false) == .abandoned)
    #expect(ReviewNotes(requests: abandoned, comments: [])?.status(submitted: false) == .pending)
    #expect(ReviewNotes(requests: [], comments: rejected) == nil)
  }

  @Test func `orders requests by the bytes of the timestamp, missing ones first`() throws {
    let lines = ["1700000002", "", "170000001", "é", "e\u{301}"].map {
      #"{"timestamp":"\#($0)","targetRef":"x"}"#
    }
    let records = NoteRecords(Array(lines.joined(separator: "\n").utf8), read: AppraiseRequest.init(line:))
      .records
    let notes = try #require(ReviewNotes(requests: records, comments: []))
    #expect(notes.requests.map(\.line) == [2, 1, 3, 5, 4])
    #expect(notes.opening.line == 3)
  }
}
