import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Every place with review data is found, named and counted, whatever else lies among the refs.
@Suite struct SurveyTests {
  private func survey(_ fixture: TemporaryRepository, asOf: Instant? = nil) throws -> (Harvested, Survey) {
    let harvested = try Harvester(fixture.open(), .init(asOf: asOf, surveys: true)).harvest()
    return (harvested, try #require(harvested.survey))
  }

  @Test(arguments: [
    ("refs/pull/7/head", Namespace.pullHeads, "refs/pull/*/head"),
    ("refs/pull/7/merge", .pullMerges, "refs/pull/*/merge"),
    ("refs/merge-requests/7/head", .mergeRequestHeads, "refs/merge-requests/*/head"),
    ("refs/merge-requests/7/train", .mergeRequestMerges, "refs/merge-requests/*/train"),
    ("refs/pull-requests/7/from", .bitbucketRequests, "refs/pull-requests/*/from"),
    ("refs/changes/07/107/3", .patchSets, "refs/changes/*/*/*"),
    ("refs/changes/07/107/meta", .changeLogs, "refs/changes/*/*/meta"),
    ("refs/changes/07/107/robot-comments", .changeChecks, "refs/changes/*/*/robot-comments"),
    ("refs/devtools/archives/reviews", .appraiseArchives, "refs/devtools/*"),
    ("refs/gittuf/attestations", .gittuf, "refs/gittuf/*"),
    ("refs/identities/1a2b", .gitBug, "refs/identities/*"), ("refs/dit/1/head", .gitDit, "refs/dit/*"),
    ("refs/reviewable/pr3/r2", .reviewable, "refs/reviewable/*"),
    ("refs/heads/gh/ada/4/orig", .ghstack, "refs/heads/gh/*"),
    ("refs/keep-around/1a2b", .keepAround, "refs/keep-around/*"),
    ("refs/tags/phabricator/diff/12", .phabricatorTags, "refs/tags/phabricator/*"),
  ])
  func `knows the refs of review systems by their names`(name: String, kind: Namespace, pattern: String) {
    #expect(RefNames.kind(of: name) == .known(kind, pattern: pattern))
  }

  @Test(arguments: [
    ("refs/notes/devtools/reviews", Namespace.appraiseNotes),
    ("refs/notes/remotes/origin/devtools/discuss", .appraiseNotes), ("refs/notes/review", .reviewNotes),
    ("refs/notes/tributary/pushes", .pushNotes), ("refs/notes/commits", .commitNotes),
    ("refs/notes/amlog", .amlogNotes), ("refs/notes/bugs", .otherNotes),
    ("refs/notes/devtools", .otherNotes), ("refs/notes/review/x", .otherNotes),
  ])
  func `knows notes by their names`(name: String, kind: Namespace) {
    #expect(RefNames.kind(of: name) == .notes(kind))
  }

  @Test(arguments: [
    ("refs/heads/main", RefNames.Kind.ordinary), ("refs/heads/gh/ada/x/orig", .ordinary),
    ("refs/tags/v1", .ordinary), ("refs/remotes/origin/main", .ordinary), ("refs/stash", .ordinary),
    ("refs/pull/7", .unknown(pattern: "refs/pull/*")), ("refs/pull/x/head", .unknown(pattern: "refs/pull/*")),
    ("refs/pull/7/head/9", .unknown(pattern: "refs/pull/*")),
    ("refs/changes/7/107/3", .unknown(pattern: "refs/changes/*")),
    ("refs/for/main", .unknown(pattern: "refs/for/*")), ("refs/head", .unknown(pattern: "refs/head")),
    ("refs/multi-site/version", .unknown(pattern: "refs/multi-site/*")), ("HEAD", .unknown(pattern: "HEAD")),
    ("refs/notes", .unknown(pattern: "refs/notes")), ("refs//x", .unknown(pattern: "refs//*")),
  ])
  func `a name that only looks alike belongs to nothing known`(name: String, kind: RefNames.Kind) {
    #expect(RefNames.kind(of: name) == kind)
  }

  @Test func `refs that lead to a blob, to nothing or to a tag are counted`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("One", files: ["a": "1"])
    let blob = try fixture.object("blob", Array("x".utf8))
    try fixture.git("update-ref", "refs/keep-around/1", first.hex)
    try fixture.git("update-ref", "refs/keep-around/2", blob.hex)
    try fixture.git("tag", "-a", "-m", "t", "v1")
    try fixture.git("update-ref", "refs/keep-around/3", "refs/tags/v1")
    let absent = String(repeating: "7", count: 40)
    try fixture.write(Array("\(absent)\n".utf8), to: ".git/refs/keep-around/4")
    try fixture.git("update-ref", "refs/multi-site/version", blob.hex)
    try fixture.git("update-ref", "refs/tmp/a", first.hex)
    try fixture.git("update-ref", "refs/tmp/b", first.hex)
    let (_, survey) = try survey(fixture)
    let place = try #require(survey.places.first { $0.namespace == .keepAround })
    #expect(place.records == 4)
    #expect(place.unreadable == 2)
    #expect(place.oldest == Instant(seconds: TemporaryRepository.start))
    #expect(survey.unknown.map(\.pattern) == ["refs/multi-site/*", "refs/tmp/*"])
    #expect(survey.unknown.map(\.refs) == [1, 2])
    #expect(survey.ordinaryRefs == 2)
  }

  @Test func `notes tell how many commits of each year they are on`() throws {
    let fixture = try TemporaryRepository()
    let year: Int64 = 366 * 86_400
    let old = try fixture.commit("Old", files: ["a": "1"])
    try fixture.commit("Older", files: ["a": "2"])
    let new = try fixture.commit("New", files: ["a": "3"], at: TemporaryRepository.start + year)
    try fixture.git("notes", "--ref", "bugs", "add", "-m", "x", old.hex)
    try fixture.git("notes", "--ref", "bugs", "add", "-m", "x", new.hex)
    let blob = try fixture.object("blob", Array("x".utf8))
    try fixture.git("notes", "--ref", "bugs", "add", "-m", "x", blob.hex)
    try fixture.git("update-ref", "refs/notes/broken", blob.hex)
    let (harvested, survey) = try survey(fixture)
    let place = try #require(survey.places.first { $0.name == "refs/notes/bugs" })
    #expect(place.records == 3)
    #expect(place.counts.map(\.value) == [2, 1, 0])
    #expect(
      place.coverage == [YearShare(year: 2024, have: 1, of: 2), YearShare(year: 2025, have: 1, of: 1)])
    #expect(place.newest == Instant(seconds: TemporaryRepository.start + year))
    let broken = try #require(survey.places.first { $0.name == "refs/notes/broken" })
    #expect((broken.records, broken.unreadable) == (0, 1))
    #expect(harvested.hasNotes)
  }

  @Test func `files of ownership count wherever they lie, settings only at the top`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit(
      "Files",
      files: [
        "OWNERS": "", "net/OWNERS": "", ".github/CODEOWNERS": "", "net/.mailmap": "", ".mailmap": "",
        "docs/OWNERS/readme": "", ".gitreview": "",
      ])
    let (_, survey) = try survey(fixture)
    #expect(
      survey.places.map { "\($0.name) \($0.records)" } == [
        "CODEOWNERS 1", "OWNERS 2", ".mailmap 1", ".gitreview 1",
      ])
  }

  @Test func `a branch of single mails is an archive`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("One", files: ["m": "Subject: one\n"])
    try fixture.commit("Two", files: ["m": "Subject: two\n"])
    let (_, survey) = try survey(fixture)
    let place = try #require(survey.places.first { $0.namespace == .mailArchive })
    #expect(place.records == 2)
    try fixture.commit("Three", files: ["n": "x"])
    #expect(try self.survey(fixture).1.places.allSatisfy { $0.namespace != .mailArchive })
  }

  @Test func `nothing later than the as-of moment has a date`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("One", files: ["a": "1"])
    let second = try fixture.commit("Two", files: ["a": "2"])
    try fixture.git("update-ref", "refs/keep-around/1", first.hex)
    try fixture.git("update-ref", "refs/keep-around/2", second.hex)
    let (_, survey) = try survey(fixture, asOf: Instant(seconds: TemporaryRepository.start))
    #expect(survey.places.first?.newest == Instant(seconds: TemporaryRepository.start))
  }

  @Test func `each source tells its facts, their grades and its years`() throws {
    let story = try HistoryStory()
    let head = try story.branch("one")
    try story.head(1, head)
    try story.merge("one", message: "Merge pull request #1 from bo/one\n\nOne")
    let (harvested, _) = try survey(story.fixture)
    let pulls = try #require(harvested.sources.first { $0.source == .pullRefs })
    #expect(pulls.facts.map(\.fact) == [.revision])
    #expect(pulls.facts.map(\.best) == [.recorded])
    #expect(pulls.perYear == [YearCount(year: 2024, count: 1)])
    let history = try #require(harvested.sources.first { $0.source == .history })
    #expect(history.facts.first { $0.fact == .opening }?.weakest == .bounded)
    #expect(history.facts.first { $0.fact == .landing }?.records == 2)
    #expect(history.newest == harvested.newestCommit)
    let plain = try Harvester(story.fixture.open(), .init()).harvest()
    #expect(plain.survey == nil)
  }

  @Test(arguments: [(-1, 1969), (0, 1970), (1_704_067_199, 2023), (1_704_067_200, 2024), (Int64.max, nil)])
  func `years are those of UTC`(seconds: Int64, year: Int?) {
    let found = Instant(seconds: seconds).year
    if let year { #expect(found == year) } else { #expect(found > 9999) }
  }
}
