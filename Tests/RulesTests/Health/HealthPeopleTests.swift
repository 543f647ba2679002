import Facts
import Rules
import Testing

/// Who lands, writes and comes: self-merges, origin, organisations, machines, newcomers.
@Suite struct HealthPeopleTests {
  @Test func `the self-merge rate leaves out landings by nobody known`() throws {
    let changes = [
      try Change(1, by: "cy").landed(20, by: "cy"), try Change(2, by: "cy").landed(20, by: "bo"),
      try Change(3, by: "cy").coauthored(by: "bo").landed(20, by: "bo"), try Change(4, by: "cy").landed(20),
      try Change(5, by: "cy").landed(20, by: "robot"), try Change(commit: "7", by: "cy", landed: 20),
    ]
    let found = try Figures(changes)[.selfMergeRate]
    #expect(found.value == .ratio(hits: 2, of: 3))
    #expect(found.sample == 3)
    #expect(found.remarks == [.unknown(2)])
    let nobody = try Figures(Array(changes[3...4]))[.selfMergeRate]
    #expect(nobody.value == .refused(.noLanders))
    #expect(nobody.remarks == [.unknown(2)])
  }

  @Test func `the innersource ratio is the external share of what is known`() throws {
    let changes = [
      try Change(1, by: "cy").landed(20, by: "bo"), try Change(2, by: "ada").landed(20, by: "bo"),
      try Change(3, by: "bo").landed(20, by: "ben"), try Change(commit: "7", by: "bo", landed: 20),
      try Change(4, by: "eve@nowhere.example.net").landed(20, by: "bo"),
      try Change(5, by: "robot").landed(20, by: "bo"), try Change(6, by: "cy"),
    ]
    let found = try Figures(changes)[.innerSourceRatio]
    #expect(found.value == .ratio(hits: 2, of: 4))
    #expect(found.remarks == [.unknown(1)])
    #expect(found.grade == .derived)
    let inferred = try Figures(changes, inferredHosts: 3)[.innerSourceRatio]
    #expect(inferred.grade == .bounded)
    #expect(inferred.remarks == [.inferredHosts(3), .unknown(1)])
    let unknown = try Figures(changes, .defaults)[.innerSourceRatio]
    #expect(unknown.value == .refused(.noHosts))
  }

  @Test func `organisations are teams, else domains, and mail providers are none`() throws {
    let authors = [
      "cy", "ada", "bo", "eve@corp.example.com", "flo@CORP.example.com", "gil@gmail.com", "hal@yahoo.co.uk",
      "ida@users.noreply.github.com", "jo@laptop.local", "kim@localhost", "robot",
    ]
    let changes = try authors.enumerated().map { try Change($0 + 1, by: $1).landed(20, by: "ben") }
    let found = try Figures(changes)[.organizationalDiversity]
    #expect(found.value == .count(3))
    #expect(found.sample == 5)
    #expect(found.remarks == [.largestShare(name: "corp.example.com", hits: 2, of: 5), .unknown(5)])
    let private_ = try Figures(Array(changes[5...6]))[.organizationalDiversity]
    #expect(private_.value == .refused(.noOrganisations))
    #expect(private_.remarks == [.unknown(2)])
  }

  @Test(arguments: [
    ([5, 3, 2], 1), ([4, 3, 3], 2), ([1, 1, 1, 1], 2), ([1, 1, 1, 1, 1], 3), ([9], 1), ([3, 3], 1),
    ([5, 1, 1, 1, 1, 1, 1], 2),
  ])
  func `the absence factor is the fewest people with half of the work`(work: [Int], factor: Int) throws {
    var changes: [Change] = []
    for (person, count) in work.enumerated() {
      for _ in 0..<count {
        changes.append(try Change(changes.count + 1, by: "p\(person)@example.net").landed(20, by: "bo"))
      }
    }
    let found = try Figures(changes)[.contributorAbsenceFactor]
    #expect(found.value == .count(factor))
    #expect(found.sample == work.reduce(0, +))
  }

  @Test func `two addresses of one person are one contributor`() throws {
    let changes = [
      try Change(1, by: "ada").landed(20, by: "bo"),
      try Change(2, by: "ada@home.example.org").landed(20, by: "bo"),
      try Change(3, by: "cy").landed(20, by: "bo"),
    ]
    #expect(try Figures(changes).value(.contributorAbsenceFactor) == .count(1))
    #expect(try Figures(changes)[.newContributors].sample == 2)
  }

  @Test func `newcomers are those without landed work before the window`() throws {
    let changes = try ["cy", "ada", "dee", "robot"].enumerated().map {
      try Change($0 + 1, by: $1).landed(20, by: "bo")
    }
    let found = try Figures(changes, earlier: ["cy", "eve"])[.newContributors]
    #expect(found.value == .count(2))
    #expect(found.sample == 3)
    #expect(try Figures(changes, earlier: ["cy", "ada", "dee"]).value(.newContributors) == .count(0))
    #expect(try Figures(changes, since: nil).value(.newContributors) == .count(3))
    #expect(try Figures(changes, earlier: nil).value(.newContributors) == .refused(.shallowHistory))
  }

  @Test func `bot activity is the machines' share of everything landed`() throws {
    let changes = [
      try Change(1, by: "robot").landed(20, by: "bo"), try Change(2, by: "cy").landed(20, by: "bo"),
      try Change(commit: "7", by: "dependabot[bot]", landed: 20),
      try Change(3, by: "robot").landed(150, by: "bo"),
    ]
    let found = try Figures(changes)[.botActivity]
    #expect(found.value == .ratio(hits: 2, of: 3))
    #expect(found.grade == .derived)
  }
}
