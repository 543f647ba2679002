import Foundation
import Testing

extension DemoTests {
  /// The repository that `demo` builds, with `git` as the judge.
  @Suite struct DemoRepositoryTests {
    private let place: DemoPlace

    init() throws {
      place = try DemoPlace.shared()
    }

    /// Documentation, bug reports and the other tests name contributions and commits of the sample.
    ///
    /// Should one of these ids change, every such place has to be looked at: change the story on purpose,
    /// never by accident.
    @Test(arguments: [
      ("refs/heads/main", "866b0ccfe4601ff29392f0f82c6d76b7fcb47e08"),
      ("refs/pull/1/head", "8b2a6663c58b113c6e354831b8291808586035bd"),
      ("refs/notes/devtools/reviews", "6d59bf5f9977b2c9ac2c863080ac79d2a5c85c44"),
      ("refs/notes/devtools/discuss", "e98402698b19ad0c98890b8ca68c1b4f82ee374d"),
    ])
    func `has the same ids on every machine and in every run`(reference: String, id: String) throws {
      #expect(try place.git("rev-parse", reference) == id)
    }

    @Test func `is a sound repository in which every object is used`() throws {
      #expect(try place.git("fsck", "--full", "--strict") == "")
      #expect(try place.git("symbolic-ref", "HEAD") == "refs/heads/main")
      #expect(try place.git("config", "core.bare") == "true")
    }

    @Test func `holds the refs of a forge, the reviews and a release branch`() throws {
      let refs = Set(try place.gitLines("for-each-ref", "--format=%(refname)").map(String.init))
      let pulls = refs.filter { $0.hasPrefix("refs/pull/") && $0.hasSuffix("/head") }.count
      #expect((130...160).contains(pulls))
      #expect((1...pulls).allSatisfy { refs.contains("refs/pull/\($0)/head") })
      #expect(refs.contains { $0.hasPrefix("refs/pull/") && $0.hasSuffix("/merge") })
      #expect(refs.contains("refs/heads/release/1.3"))
      #expect(refs.contains("refs/heads/archive-partitions-after-two-years"))
      let reviewed = try place.gitLines("notes", "--ref=devtools/reviews", "list")
      let discussed = try place.gitLines("notes", "--ref=devtools/discuss", "list")
      #expect(reviewed.count > 60)
      #expect(discussed.count > 50)
      #expect(discussed.count < reviewed.count)
    }

    @Test func `has a history of two years`() throws {
      let count = Int(try place.git("rev-list", "--count", "main", "--glob=refs/pull/*/head"))
      #expect((350...450).contains(count ?? 0))
      let subjects = try place.gitLines("log", "--format=%s", "main")
      for beginning in ["Merge pull request #", "Submitting review ", "Revert \"", "Update dependency "] {
        #expect(subjects.contains { $0.hasPrefix(beginning) }, "\(beginning)")
      }
      let merges = try place.gitLines("log", "--merges", "--format=%s", "main")
      #expect(merges.contains { $0.hasSuffix(")") && !$0.hasPrefix("Merge ") })
      #expect(try place.gitLines("log", "--format=%B", "main").contains { $0.hasPrefix("Co-authored-by: ") })
    }

    @Test func `has work on weekdays and in working hours only, and none after its end`() throws {
      let references = ["main", "--glob=refs/pull/*", "--glob=refs/notes/*"]
      for format in ["--format=%ad", "--format=%cd"] {
        let times = try place.gitLines(
          "log", format, "--date=format:%u %H", references[0], references[1], references[2])
        #expect(Set(times.map { $0.prefix(1) }).isSubset(of: ["1", "2", "3", "4", "5"]))
        let hours = times.compactMap { Int($0.suffix(2)) }
        #expect(hours.count == times.count)
        #expect(hours.allSatisfy { (8...19).contains($0) })
      }
      let seconds = try place.gitLines("log", "--format=%ct", references[0], references[1], references[2])
        .compactMap { Int($0) }
      #expect(seconds.max().map { $0 < 1_775_001_600 } == true)
      #expect(seconds.min().map { $0 > 1_711_900_000 } == true)
    }

    @Test func `has commits in the order of time on the branch`() throws {
      let seconds = try place.gitLines("log", "--first-parent", "--format=%ct", "main").compactMap { Int($0) }
      #expect(seconds == seconds.sorted(by: >))
    }

    @Test func `merges every number into the branch at most once, with the forge as committer`() throws {
      let lines = try place.gitLines("log", "--first-parent", "--format=%ce %s", "main")
      let numbers = lines.compactMap { line in
        line.firstMatch(of: /(?:Merge pull request #|\(#)(\d+)/).map { (line, $0.1) }
      }
      #expect(Set(numbers.map { $0.1 }).count == numbers.count)
      #expect(numbers.allSatisfy { $0.0.hasPrefix("noreply@github.com ") })
    }
  }
}
