import Facts
import Git
import Support
import Testing

@testable import Harvest

/// What the trailers of landed commits say about people.
@Suite struct HistoryTrailerTests {
  @Test(arguments: [
    ("Bo Lin <bo@example.org>", ["Bo Lin <bo@example.org>"]),
    ("\"Lin, Bo\" <bo@example.org>", ["Lin, Bo <bo@example.org>"]),
    ("Bo <bo@example.org>, Cy Orr <cy@example.org>", ["Bo <bo@example.org>", "Cy Orr <cy@example.org>"]),
    ("Bo <bo@example.org> # the parser only", ["Bo <bo@example.org>"]),
    ("Bo <bo@example.org> (parser), Cy <cy@example.org>", ["Bo <bo@example.org>", "Cy <cy@example.org>"]),
    ("<bo@example.org>", [" <bo@example.org>"]), ("bo@example.org", [" <bo@example.org>"]),
    ("bo@example.org, cy@example.org", [" <bo@example.org>", " <cy@example.org>"]),
    ("bo", [" <bo>"]), ("bo, cy", [" <bo>", " <cy>"]), ("Bo Lin", ["Bo Lin <>"]),
    ("Bo Lin, cy", ["Bo Lin <>", " <cy>"]), ("Bo Lin at example", ["Bo Lin at example <>"]),
    ("", []), (" , ,", []), ("Bo <>", ["Bo <>"]), ("<>", []), ("Bo <bo@example.org", ["Bo <bo@example.org>"]),
    ("Bo > <bo@example.org>", ["Bo > <bo@example.org>"]), ("<<bo@example.org>>", [" <<bo@example.org>"]),
  ])
  func `people are read from a value in every way they are written`(value: String, people: [String]) {
    #expect(PersonList.parse(value).map { "\($0.name) <\($0.email)>" } == people)
  }

  @Test(arguments: [
    ("Reviewed-by", TrailerMeaning.approval), ("ACKED-BY", .approval), ("Approved-By", .approval),
    ("Co-authored-by", .coauthor), ("co-developed-by", .coauthor), ("Suggested-by", .input),
    ("Requested-by", .input), ("Reported-by", .input), ("Signed-off-by", nil), ("Tested-by", nil),
    ("Cc", nil), ("By", nil), ("Reviewed-on", nil), ("", nil),
  ])
  func `a key means approval, authorship or input, or nothing`(key: String, meaning: TrailerMeaning?) {
    #expect(TrailerMeaning(key: ArraySlice(key.utf8)) == meaning)
  }

  @Test(arguments: [
    ("Reviewed-by: x", true), ("reviewed-BY: x", true), ("-by:", true), ("by: x", false), ("-by x", false),
    (":-by", false), ("", false), (":", false), ("a: b: -bY: c", true), ("nearby: x", false),
  ])
  func `a message without any -by: key is not parsed at all`(message: String, mayHold: Bool) {
    let padded = ArraySlice(Array("y-by".utf8) + Array(message.utf8)).dropFirst(4)
    #expect(ReviewLines.mayHoldPeople(padded) == mayHold)
  }

  @Test func `trailers of every commit of a request count once, as claims without a time`() throws {
    let story = try HistoryStory()
    try story.branch("pool", subjects: ["One\n\nReviewed-by: Cy <cy@example.org>\nReported-by: dee\n"])
    try story.fixture.git("checkout", "-q", "pool")
    try story.fixture.commit(
      """
      Two

      Reviewed-by: Cy <cy@example.org>
      Acked-by: Eve <eve@example.org>, Flo <flo@example.org>
      Co-authored-by: Cy <cy@example.org>
      Signed-off-by: Gus <gus@example.org>

      """, files: ["two": "1"], author: HistoryStory.bo)
    try story.fixture.git("checkout", "-q", "main")
    let at = Instant(seconds: story.fixture.clock)
    try story.merge(
      "pool",
      message: "Merge branch 'pool'\n\nT\n\nSee merge request a/b!5\n\nApproved-by: Hal <hal@example.org>\n")
    let trace = try #require(try story.harvest().trace("mr/5"))
    #expect(
      trace.mentions == [
        "Reviewed-by Cy <cy@example.org>", "Reported-by  <dee>", "Acked-by Eve <eve@example.org>",
        "Acked-by Flo <flo@example.org>", "Approved-by Hal <hal@example.org>",
      ])
    #expect(trace.coauthors == [Identity(name: "Cy", email: "cy@example.org")])
    for observation in trace.observations.dropFirst(3) {
      #expect(observation.time == .between(nil, at))
      #expect(observation.grade == .claimed)
    }
  }

  @Test func `the author is no co-author of the own change`() throws {
    let story = try HistoryStory()
    try story.fixture.commit(
      "Pool (#5)\n\n---------\n\nCo-authored-by: Bo Lin <bo@example.org>\nCo-authored-by: Cy <cy@example.org>\n",
      files: ["x": "1"], author: HistoryStory.bo)
    #expect(try story.harvest().trace("pr/5")?.coauthors.map(\.email) == ["cy@example.org"])
  }

  @Test func `words in the middle of a message are no trailers`() throws {
    let story = try HistoryStory()
    try story.fixture.commit(
      "Pool (#5)\n\nReviewed-by: Cy <cy@example.org>\n\nThe end of the story.\n", files: ["x": "1"])
    #expect(try story.harvest().trace("pr/5")?.mentions == [])
  }

  @Test func `a commit under review is told by its review alone`() throws {
    let story = try HistoryStory()
    let first = try story.branch("pool", subjects: ["One"])
    try story.fixture.git("checkout", "-q", "pool")
    let second = try story.fixture.commit(
      "Two\n\nReviewed-by: Cy <cy@example.org>\n", files: ["two": "1"], author: HistoryStory.cy)
    try story.fixture.git("checkout", "-q", "main")
    try story.merge("pool", message: "Submitting review \(first.name.short)")
    let plain = try story.fixture.commit("Plain", files: ["x": "1"])
    let request = """
      {"timestamp":"1704070800","reviewRef":"refs/heads/pool","targetRef":"refs/heads/main",\
      "requester":"bo@example.org","description":"Pool","baseCommit":"\(try story.fixture.id(of: "pool~2"))"}
      """
    try story.fixture.git(
      "notes", "--ref", "refs/notes/devtools/reviews", "add", "-m", request, first.hex)
    let harvested = try story.harvest()
    #expect(!harvested.names().contains(first.contribution))
    #expect(!harvested.names().contains(second.contribution))
    #expect(harvested.names().contains(plain.contribution))
    let review = try #require(harvested.trace("review/\(first.name.short)", .appraise))
    #expect(review.mentions == ["Reviewed-by Cy <cy@example.org>"])
    #expect(review.coauthors.contains { $0.email == "cy@example.org" })
    let touched = review.paths?.map { harvested.paths[Int($0)] }.sorted()
    #expect(touched == ["pool-0", "two"])
  }
}
