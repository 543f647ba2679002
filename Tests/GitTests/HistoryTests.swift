import Git
import Support
import Testing

@Suite struct HistoryTests {
  /// A history with merges, folders, mode changes and files that become folders, from fixed numbers.
  static func tangled(commits: Int) throws -> TemporaryRepository {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var stream = ""
    for number in 1...commits {
      let date = 1_704_067_200 + number * 600 - (next(10) == 0 ? 100_000 : 0)
      let message = "change \(number)\n\nReviewed-by: P\(next(5)) <p@example.org>\n"
      stream += "commit refs/heads/b\(next(4))\nmark :\(number)\n"
      stream += "author A\(next(9)) <a\(next(3))@example.org> \(date - 50) +0130\n"
      stream += "committer C <c@example.org> \(date) -0500\ndata \(message.utf8.count)\n\(message)\n"
      if number > 1 {
        stream += "from :\(max(1, number - 1 - next(6)))\n"
        if next(3) == 0 && number > 8 { stream += "merge :\(number - 7)\n" }
      }
      for _ in 0..<next(4) {
        let path = ["a", "a.b", "a-b", "d/x", "d/y/z", "d.e/q", "é", "d/y"][next(8)]
        switch next(6) {
        case 0: stream += "D \(path)\n"
        case 1: stream += "M 120000 inline \(path)\ndata 1\nx\n"
        case 2: stream += "M 100755 inline \(path)\ndata 3\n\(100 + next(800))\n"
        default: stream += "M 100644 inline \(path)\ndata 3\n\(100 + next(800))\n"
        }
      }
    }
    let fixture = try TemporaryRepository(bare: true, branch: "b0")
    try fixture.git(["fast-import", "--quiet", "--force"], stdin: Array(stream.utf8))
    return fixture
  }

  private func roots(_ repository: Repository) throws -> [ObjectID] {
    try repository.references(under: "refs/heads/").compactMap(\.target)
  }

  private func changes(_ history: History, _ commit: Int32) -> [String] {
    (history.changes(commit) ?? []).map { change in
      let letter = ["A", "M", "D", "T"][Int(change.status.rawValue)]
      return "\(letter) \(history.paths.string(change.path))"
    }
  }

  @Test func `lists the same changed paths as git log against first parents`() throws {
    let fixture = try Self.tangled(commits: 400)
    let repository = try fixture.open()
    let history = try History.load(repository, roots: try roots(repository), options: .init(jobs: 2))
    let ours = (0..<Int32(history.count)).map { commit in
      ([history.id(commit).hex] + changes(history, commit)).joined(separator: "\n")
    }
    let log = try fixture.git(
      "-c", "core.quotePath=false", "log", "--branches", "--name-status", "--no-renames",
      "--diff-merges=first-parent", "--format=%x01%H")
    let theirs = log.split(separator: "\u{1}").map { block in
      block.split(separator: "\n").map { $0.replacing("\t", with: " ") }.joined(separator: "\n")
    }
    #expect(ours.sorted() == theirs.sorted())
    #expect(ours.count > 100)
  }

  @Test func `keeps all fields as git log shows them`() throws {
    let fixture = try Self.tangled(commits: 60)
    let repository = try fixture.open()
    let history = try History.load(repository, roots: try roots(repository))
    let ours = (0..<Int32(history.count)).map { commit in
      let author = history.identities[Int(history.author(commit))]
      return [
        history.id(commit).hex, history.tree(commit).hex,
        history.parentIDs(commit).map(\.hex).joined(separator: " "), author.name, author.email,
        "\(history.authorSeconds(commit))", "\(history.committerSeconds(commit))",
        history.messageText(commit),
      ].joined(separator: "|")
    }
    let log = try fixture.git("log", "--branches", "-z", "--format=%H|%T|%P|%an|%ae|%at|%ct|%B")
    #expect(ours.sorted() == log.split(separator: "\0").map(String.init).sorted())
    #expect(history.authorOffset(0) == 90 && history.committerOffset(0) == -300)
  }

  @Test func `gives the same value with one job and with several`() throws {
    let fixture = try Self.tangled(commits: 3000)
    let repository = try fixture.open()
    let roots = try roots(repository)
    let one = try History.load(repository, roots: roots, options: .init(jobs: 1))
    for jobs in [2, 5] {
      let many = try History.load(repository, roots: roots, options: .init(jobs: jobs))
      #expect(many.count == one.count && many.paths.count == one.paths.count)
      #expect((0..<Int32(one.paths.count)).allSatisfy { many.paths.bytes($0) == one.paths.bytes($0) })
      #expect(many.identities == one.identities && many.problems == one.problems)
      for commit in 0..<Int32(one.count) {
        #expect(many.id(commit) == one.id(commit) && many.changes(commit) == one.changes(commit))
        #expect(many.parents(commit) == one.parents(commit) && many.message(commit) == one.message(commit))
      }
    }
  }

  @Test func `puts children before parents and numbers generations`() throws {
    let fixture = try Self.tangled(commits: 300)
    let repository = try fixture.open()
    let history = try History.load(
      repository, roots: try roots(repository), options: .init(changedPaths: .none))
    for commit in 0..<Int32(history.count) {
      let parents = history.parents(commit)
      #expect(parents.allSatisfy { $0 > commit })
      #expect(history.generation(commit) == (parents.map { history.generation($0) }.max() ?? 0) + 1)
      #expect(history.index(of: history.id(commit)) == commit)
    }
    #expect(history.changes(0) == nil)
  }

  @Test func `answers ancestry as git rev-list does`() throws {
    let fixture = try Self.tangled(commits: 120)
    let repository = try fixture.open()
    let history = try History.load(
      repository, roots: try roots(repository), options: .init(changedPaths: .none))
    for commit in stride(from: Int32(0), to: Int32(history.count), by: 11) {
      let theirs = Set(
        try fixture.git("rev-list", history.id(commit).hex).split(separator: "\n").map(String.init))
      let reached = history.reach(from: [commit])
      #expect(reached.count == theirs.count)
      for other in 0..<Int32(history.count) {
        let expected = theirs.contains(history.id(other).hex)
        #expect(reached.contains(other) == expected && history.isAncestor(other, of: commit) == expected)
      }
      let chain = try fixture.git("rev-list", "--first-parent", history.id(commit).hex)
      #expect(
        history.firstParentChain(from: commit).map { history.id($0).hex }.joined(separator: "\n") == chain)
    }
  }

  @Test func `stops behind the cutoff, but a wrong old date hides nothing`() throws {
    let fixture = try TemporaryRepository()
    let day: Int64 = 86_400
    let start = TemporaryRepository.start
    for number in 0..<40 {
      try fixture.commit("\(number)", files: ["f": "\(number)"], at: start + Int64(number) * day)
    }
    try fixture.commit("wrong clock", files: ["g": "1"], at: 1000)
    let tip = try fixture.commit("new", files: ["f": "new"], at: start + 41 * day)
    let since = start + 30 * day
    let history = try History.load(
      try fixture.open(), roots: [tip], options: .init(since: since, slop: 3, changedPaths: .sinceCutoff))
    let loaded = (0..<Int32(history.count)).map { history.messageText($0) }
    #expect(loaded.prefix(13) == (["new", "wrong clock"] + (29..<40).reversed().map { "\($0)" })[...])
    #expect(history.count == 16)
    #expect(history.parents(15) == [-1] && history.parentIDs(15).count == 1)
    #expect((0..<16).filter { history.changes($0) != nil }.count == 11)
    #expect(history.problems.isEmpty)
  }

  @Test func `changed paths only for commits reachable from the path roots`() throws {
    let fixture = try TemporaryRepository()
    try fixture.commit("base", files: ["a": "1"])
    try fixture.git("checkout", "--quiet", "-b", "side")
    let side = try fixture.commit("side", files: ["b": "1"], at: TemporaryRepository.start - 5000)
    try fixture.git("checkout", "--quiet", "main")
    let main = try fixture.commit("main", files: ["c": "1"])
    let history = try History.load(
      try fixture.open(), roots: [main, side], options: .init(pathRoots: [main], jobs: 2))
    #expect(history.index(of: side).flatMap { history.changes($0) } == nil)
    #expect(history.index(of: main).flatMap { history.changes($0) }?.count == 1)
    #expect(history.count == 3)
  }

  @Test func `missing roots, parents and trees are problems of one commit each`() throws {
    let fixture = try TemporaryRepository(bare: true)
    let empty = try fixture.object("tree", [])
    let gone = String(repeating: "12", count: 20)
    let lines = "author A <a> 1 +0000\ncommitter C <c> 1 +0000\n\nx"
    let orphan = try fixture.object("commit", Array("tree \(empty.hex)\nparent \(gone)\n\(lines)".utf8))
    let bare = try fixture.object("commit", Array("tree \(gone)\nparent \(orphan.hex)\n\(lines)".utf8))
    let blob = try fixture.object("blob", [1])
    let missing = try #require(ObjectID(hex: gone))
    let history = try History.load(try fixture.open(), roots: [bare, blob, missing], options: .init(jobs: 2))
    #expect(history.count == 2)
    #expect(
      Set(history.problems) == [
        .init(bare, .missingTree, object: missing), .init(orphan, .missingCommit, object: missing),
        .init(blob, .unreadableCommit(detail: "is no commit")), .init(missing, .missingCommit),
      ])
  }

  @Test func `keeps a message of 600 KB and says so`() throws {
    let fixture = try TemporaryRepository()
    let message = String(repeating: "0123456789\n", count: 60_000)
    let tip = try fixture.commit(message)
    let history = try History.load(try fixture.open(), roots: [tip])
    #expect(history.messageText(0) == message)
    #expect(history.problems.map(\.kind) == [.longMessage(bytes: 660_000)])
  }

  @Test func `turns Latin-1 names into text by the header, or as a guess`() throws {
    let fixture = try TemporaryRepository(bare: true)
    let empty = try fixture.object("tree", [])
    func commit(_ header: String) throws -> ObjectID {
      let before = Array("tree \(empty.hex)\nauthor K".utf8)
      let after = Array("ge <k@x> 1 +0000\ncommitter K <k@x> 1 +0000\n\(header)\nm".utf8)
      return try fixture.object("commit", before + [0xE5] + after + [0xE9])
    }
    let ids = [try commit("encoding ISO-8859-1\n"), try commit("")]
    for id in ids {
      let history = try History.load(try fixture.open(), roots: [id])
      #expect(history.identities[Int(history.author(0))].name == "Kåge")
      #expect(history.messageText(0) == "mé")
    }
  }

  @Test func `an author is told with the first root that holds a commit by that name and address`() throws {
    let fixture = try Self.tangled(commits: 300)
    let repository = try fixture.open()
    let branches = try roots(repository)
    #expect(branches.count == 4)
    let oldest = try fixture.git("rev-list", "--reverse", "--topo-order", branches[1].hex).split(
      separator: "\n")
    let (early, later) = (try fixture.id(of: String(oldest[4])), try fixture.id(of: String(oldest[20])))
    // A root that comes twice changes nothing for those behind.
    let all = [early, early, later] + branches
    let one = try HistoryScan.authors(repository, roots: all)
    let two = try HistoryScan.authors(repository, roots: all, jobs: 3)
    #expect(one == two)
    var firstRoots: [String: Int] = [:]
    for (place, root) in all.enumerated() {
      for line in try fixture.git("log", root.hex, "--format=%an <%ae>").split(separator: "\n") {
        firstRoots[String(line)] = min(firstRoots[String(line)] ?? .max, place)
      }
    }
    let ours = Dictionary(
      uniqueKeysWithValues: one.authors.map { ("\($0.identity.name) <\($0.identity.email)>", $0.firstRoot) })
    #expect(ours == firstRoots)
    #expect(Set(firstRoots.values).isSuperset(of: [0, 2, 3]))
    #expect(one.commits == Int(try fixture.git("rev-list", "--count", "--branches")))
  }
}
