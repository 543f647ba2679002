import Facts
import Git
import Support
import Testing

@testable import Harvest

/// Which commit of a branch's own line brought each commit, and inside which request; `git rev-list` is the judge.
@Suite struct HistoryLineTests {
  @Test(arguments: LineCase.all)
  func `attributes every commit as git rev-list does, oldest merge first`(item: LineCase) throws {
    let fixture = try TemporaryRepository()
    var graph = GraphStream()
    graph.branch("main", item.parents, requests: item.requests)
    try fixture.git(["fast-import", "--quiet"], stdin: graph.bytes)
    let found = try Attribution(fixture, branch: "main")
    #expect(found.landing == (try LandingByGit(fixture, branch: "main").landing))
    let owners = found.owner.reduce(into: [Int: Int]()) { owners, pair in
      owners[item.number(of: pair.key, in: found)] = item.number(of: pair.value, in: found)
    }
    #expect(owners == item.owners)
  }

  @Test func `attributes every commit of random histories as git rev-list does`() throws {
    let fixture = try TemporaryRepository()
    var random = Random(seed: 20_260_301)
    var graph = GraphStream()
    for number in 1...36 {
      let parents = random.graph(commits: 6 + number % 15)
      graph.branch("dag\(number)", parents, requests: random.subset(of: parents.count)) {
        random.below(1_000_000)
      }
    }
    try fixture.git(["fast-import", "--quiet"], stdin: graph.bytes)
    for number in 1...36 {
      let found = try Attribution(fixture, branch: "dag\(number)")
      let expected = try LandingByGit(fixture, branch: "dag\(number)")
      #expect(found.line == expected.line, "dag\(number)")
      #expect(found.landing == expected.landing, "dag\(number)")
      #expect(found.owner == expected.owner(isRequest: found.isRequest), "dag\(number)")
    }
  }

  @Test func `holds nothing of other branches`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("Base")
    try fixture.git("checkout", "-q", "-b", "other")
    let other = try fixture.commit("Elsewhere (#7)")
    try fixture.git("checkout", "-q", "main")
    let tip = try fixture.commit("Tip")
    let history = try History.load(
      try fixture.open(), roots: [tip, other], options: .init(changedPaths: .none))
    let line = BranchLine(history, tip: try #require(history.index(of: tip))) { _ in true }
    let elsewhere = try #require(history.index(of: other))
    #expect(!line.holds(elsewhere))
    #expect(line.owner[Int(elsewhere)] == -1)
    #expect(!line.holds(-1))
    #expect(line.held.count == 2)
  }
}

/// A history by the parents of each commit, and the request that each commit landed inside.
struct LineCase: Sendable, CustomTestStringConvertible {
  let name: String
  /// Parents by position, the first parent first.
  let parents: [[Int]]
  var requests: Set<Int> = []
  var owners: [Int: Int] = [:]

  var testDescription: String { name }

  func number(of id: String, in found: Attribution) -> Int { found.subjects[id] ?? -1 }

  static let all = [
    LineCase(name: "one commit", parents: [[]]),
    LineCase(
      name: "nested merges", parents: [[], [0], [1], [0], [3, 2], [0], [5, 4]], requests: [4, 6],
      owners: [6: 6, 4: 4, 3: 6, 2: 4, 1: 4]),
    LineCase(
      name: "nested merge without a marker", parents: [[], [0], [0], [2, 1], [0, 3]], requests: [4],
      owners: [4: 4, 3: 4, 2: 4, 1: 4]),
    LineCase(
      name: "criss-cross", parents: [[], [0], [0], [1, 2], [2, 1], [3, 4], [4], [5, 6]], requests: [3, 5, 7],
      owners: [3: 3, 2: 3, 5: 5, 4: 5, 7: 7, 6: 7]),
    LineCase(
      name: "octopus", parents: [[], [0], [0], [0], [0, 1, 2, 3]], requests: [4],
      owners: [4: 4, 1: 4, 2: 4, 3: 4]),
    LineCase(
      name: "main merged into the branch", parents: [[], [0], [0], [1], [3, 2], [4], [2, 5]], requests: [6],
      owners: [6: 6, 5: 6, 4: 6, 3: 6, 1: 6]),
    LineCase(
      name: "a branch merged twice", parents: [[], [0], [0, 1], [1], [2, 3]], requests: [2, 4],
      owners: [2: 2, 1: 2, 4: 4, 3: 4]),
    LineCase(
      name: "a request merged into a branch and into the line",
      parents: [[], [0], [0], [2, 1], [0, 1], [4, 3]],
      requests: [3, 4, 5], owners: [4: 4, 1: 4, 5: 5, 2: 5, 3: 3]),
    LineCase(
      name: "fast-forward of main to a branch that had merged main", parents: [[], [0], [0], [1, 2]],
      requests: [3], owners: [3: 3, 2: 3]),
    LineCase(
      name: "two roots", parents: [[], [], [0, 1], [2]], requests: [2], owners: [2: 2, 1: 2]),
    LineCase(
      name: "requests on the line itself", parents: [[], [0], [1]], requests: [1], owners: [1: 1]),
    LineCase(
      name: "squash with a number inside a merged branch", parents: [[], [0], [1], [0, 2]], requests: [1, 3],
      owners: [3: 3, 2: 3, 1: 3]),
  ]
}

/// What the code under test says of a branch, by ids.
struct Attribution {
  var line: [String]
  var landing: [String: String] = [:]
  var owner: [String: String] = [:]
  var isRequest: Set<String> = []
  /// The number in the subject of each commit: its position in the graph.
  var subjects: [String: Int] = [:]

  init(_ fixture: TemporaryRepository, branch: String) throws {
    let tip = try fixture.id(of: branch)
    let history = try History.load(try fixture.open(), roots: [tip], options: .init(changedPaths: .none))
    func isRequest(_ commit: Int32) -> Bool { history.messageText(commit).hasSuffix("(#1)") }
    let line = BranchLine(history, tip: try #require(history.index(of: tip)), isRequest: isRequest)
    self.line = line.line.map { history.id($0).hex }
    for commit in line.held {
      let id = history.id(commit).hex
      landing[id] = history.id(line.landing[Int(commit)]).hex
      let request = line.owner[Int(commit)]
      if request >= 0 { owner[id] = history.id(request).hex }
      if isRequest(commit) { self.isRequest.insert(id) }
      subjects[id] = history.messageText(commit).split(separator: " ").first.flatMap { Int($0) }
    }
  }
}

/// The same by `git rev-list`: each commit of the line brings what its first parent had not.
struct LandingByGit {
  let line: [String]
  private(set) var landing: [String: String] = [:]
  private var parents: [String: [String]] = [:]
  private var ancestors: [String: Set<String>] = [:]

  init(_ fixture: TemporaryRepository, branch: String) throws {
    func list(_ arguments: String...) throws -> [String] {
      try fixture.git(["rev-list"] + arguments).split(separator: "\n").map(String.init)
    }
    line = try list("--first-parent", branch)
    for row in try list("--parents", "--topo-order", "--reverse", branch) {
      let ids = row.split(separator: " ").map(String.init)
      parents[ids[0]] = Array(ids.dropFirst())
      ancestors[ids[0]] = ids.dropFirst().reduce(into: [ids[0]]) { $0.formUnion(ancestors[$1] ?? []) }
    }
    for (commit, parent) in zip(line, line.dropFirst()) {
      if parents[commit]?.count ?? 0 < 2 {
        landing[commit] = commit
      } else {
        for brought in try list(commit, "^" + parent) { landing[brought] = commit }
      }
    }
    if let root = line.last { for brought in try list(root) { landing[brought] = root } }
  }

  /// The innermost request of each commit, by sets: along each merged branch, oldest first, every commit brings
  /// what neither its first parent nor anything before it had brought.
  func owner(isRequest: Set<String>) -> [String: String] {
    var owner: [String: String] = [:]
    for commit in line {
      let request = isRequest.contains(commit) ? commit : nil
      owner[commit] = request
      var rest = Set(landing.filter { $0.value == commit }.keys).subtracting([commit])
      attribute(commit, inside: request, &rest, &owner, isRequest)
    }
    return owner
  }

  private func attribute(
    _ merge: String, inside request: String?, _ rest: inout Set<String>, _ owner: inout [String: String],
    _ isRequest: Set<String>
  ) {
    for parent in parents[merge]?.dropFirst() ?? [] {
      var chain: [String] = []
      var next: String? = parent
      while let commit = next, rest.contains(commit) {
        chain.append(commit)
        next = parents[commit]?.first
      }
      rest.subtract(chain)
      for commit in chain.reversed() {
        let isMerge = parents[commit]?.count ?? 0 > 1
        let inner = isMerge && isRequest.contains(commit) ? commit : request
        owner[commit] = inner
        guard isMerge else { continue }
        let before = parents[commit]?.first.flatMap { ancestors[$0] } ?? []
        var brought = (ancestors[commit] ?? []).subtracting(before).intersection(rest)
        rest.subtract(brought)
        attribute(commit, inside: inner, &brought, &owner, isRequest)
        rest.formUnion(brought)
      }
    }
  }
}

/// Commits for `git fast-import`: one stream for many small histories.
struct GraphStream {
  private(set) var bytes: [UInt8] = []
  private var marks = 0

  /// Adds a branch whose last commit is the tip; `date` gives each commit's time, steadily growing without it.
  mutating func branch(
    _ name: String, _ parents: [[Int]], requests: Set<Int>, date: (() -> Int)? = nil
  ) {
    let first = marks
    for (number, list) in parents.enumerated() {
      marks += 1
      let message = requests.contains(number) ? "\(number) (#1)" : "\(number)"
      let time = 1_704_067_200 + (date?() ?? number * 60)
      write("reset refs/heads/building\n")
      write("commit refs/heads/building\nmark :\(marks)\n")
      write("committer Ada Ray <ada@example.org> \(time) +0000\ndata \(message.utf8.count)\n\(message)\n")
      for (place, parent) in list.enumerated() {
        write("\(place == 0 ? "from" : "merge") :\(first + parent + 1)\n")
      }
      write("\n")
    }
    write("reset refs/heads/\(name)\nfrom :\(marks)\n\n")
  }

  private mutating func write(_ text: String) { bytes += text.utf8 }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  mutating func subset(of count: Int) -> Set<Int> { Set((0..<count).filter { _ in below(3) == 0 }) }

  /// Parents of each commit: mostly recent ones, up to four, at times none.
  mutating func graph(commits: Int) -> [[Int]] {
    (0..<commits).map { number in
      guard number > 0, below(20) > 0 || number == commits - 1 else { return [] }
      let wanted = [1, 1, 1, 2, 2, 2, 3, 4][below(8)]
      var parents: [Int] = []
      for _ in 0..<wanted {
        let parent = number - 1 - below(min(number, 6))
        if !parents.contains(parent) { parents.append(parent) }
      }
      return parents
    }
  }
}
