import Commands
import Git
import Support
import Testing

/// Attacks with names: of references, and with what a terminal would take for commands.
@Suite struct GateNameAttackTests {
  @Test(arguments: [
    "refs/tags/main", "refs/heads/refs/heads/main", "refs/heads/HEAD", "refs/heads/x/HEAD", "refs/tags/head",
    "refs/heads/0123456789012345678901234567890123456789",
    "refs/tags/0123456789abcdef0123456789ABCDEF01234567",
    "refs/heads/heads/main", "refs/heads/tags/v1", "refs/remotes/main", "refs/heads/@", "refs/main",
    "refs/heads/x/-y", "refs/replace/0123456789012345678901234567890123456789", "refs/heads/Main",
    "refs/heads/mai\u{200B}n", "refs/notes/devtools/reviews/x", "refs/notes/devtools/Discuss",
  ])
  func `32: a name that can be taken for another is refused`(name: String) throws {
    let server = try GateServer()
    expectRefused(
      try server.push("origin/main:\(name)", by: "bo"),
      "ambiguous-name: \(name.split(separator: "\u{200B}")[0])")
  }

  @Test func `32: a branch that begins with a dash is refused`() throws {
    let server = try GateServer()
    let main = try server.id("origin/main").hex
    expectRefused(try server.hook("\(GateServer.zero) \(main) refs/heads/-x\n"), "ambiguous-name")
    expectRefused(try server.hook("\(GateServer.zero) \(main) main\n"), "ambiguous-name")
  }

  @Test func `32: names that mean one thing only may be used`() throws {
    let server = try GateServer()
    for name in [
      "refs/heads/topic", "refs/heads/deadbeef", "refs/tags/v1.0", "refs/heads/main2", "refs/heads/heading",
    ] {
      expectTaken(try server.push("origin/main:\(name)", by: "cy"))
    }
    // What is wrongly named already may go.
    try server.server.git("update-ref", "refs/tags/main", "refs/heads/main")
    expectTaken(try server.push(":refs/tags/main", by: "cy"))
  }

  @Test func `32: check takes neither a tag for the branch nor one of two names`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let commit = try server.commit("evil", ["lib/a": "evil\n"])
    try server.git("tag", "main", commit.hex)
    try server.git("tag", "topic", "origin/main")
    let place = try PushPlace()
    func check(_ range: String, branch: String = "main") -> Int32 {
      place.run(["check", "--range", range, "--branch", branch, "-C", server.clone]).rawValue
    }
    #expect(check("refs/remotes/origin/main..\(commit.hex)") == 1, "\(place.output)")
    #expect(place.output.contains("not-approved"))
    #expect(check("refs/remotes/origin/main..topic") == 2)
    #expect(place.complaints.joined().contains("topic is refs/heads/topic and refs/tags/topic"))
    #expect(check("origin/main..refs/heads/topic") == 1)
  }

  @Test func `32: a symbolic reference is judged as the branch that it moves`() throws {
    let server = try GateServer()
    try server.server.git("symbolic-ref", "refs/heads/master", GateServer.main)
    try server.branch("topic")
    let commit = try server.commit("evil", ["lib/a": "evil\n"])
    expectRefused(try server.push("topic:master", by: "cy"), "refs/heads/main not-approved: lib/a")
    try server.server.git("symbolic-ref", "refs/notes/alias", GateServer.discuss)
    try server.plant([(commit, server.requestLine())], ref: GateServer.reviews)
    try server.plant([(commit, server.verdictLine(commit, by: "cy"))], ref: GateServer.discuss)
    try server.git("fetch", "--quiet", server.server.path, "\(GateServer.discuss):refs/notes/x")
    let both = [server.verdictLine(commit, by: "cy"), server.verdictLine(commit, by: "al")]
    try server.git(
      ["fast-import", "--quiet"],
      stdin: GateServer.notes([commit: both], "refs/notes/x", on: "refs/notes/x^0"))
    expectRefused(try server.push("refs/notes/x:refs/notes/alias", by: "cy"), "speaks for al@x.org")
    try server.approve(commit, by: "al")
    expectTaken(try server.push("topic:master", by: "cy"))
    #expect(try server.server.git("rev-parse", GateServer.main) == commit.hex)
  }

  @Test func `33: objects that stand in for others are not believed, nor taken`() throws {
    let server = try GateServer()
    try server.branch("topic")
    let evil = try server.commit("evil", ["lib/a": "evil\n"])
    try server.branch("good")
    let good = try server.commit("good", ["docs/guide": "new\n"])
    try server.approve(good, by: "al")
    // In the clone and on the server git shows the good commit in the place of the evil one.
    try server.git("push", "--quiet", server.server.path, "topic:refs/heads/x", "good:refs/heads/y")
    try server.server.git("replace", evil.hex, good.hex)
    #expect(try server.server.git("show", "--no-patch", "--format=%s", evil.hex) == "good")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: lib/a")
    expectRefused(
      try server.push("topic:refs/replace/\(try server.id("origin/main").hex)", by: "bo"),
      "one object in the place of another")
  }

  @Test func `33: grafts hide no commits, and a shallow server judges nothing`() throws {
    let server = try GateServer()
    try server.branch("topic")
    try server.commit("evil", ["lib/a": "evil\n"])
    let good = try server.commit("good", ["docs/guide": "new\n"])
    try server.plant([(good, server.requestLine())], ref: GateServer.reviews)
    try server.plant([(good, server.verdictLine(good, by: "di"))], ref: GateServer.discuss)
    try server.git("push", "--quiet", server.server.path, "topic:refs/heads/x")
    let main = try server.id("origin/main").hex
    try server.server.run("sh", "-c", "echo \(good.hex) \(main) > info/grafts")
    expectRefused(try server.push("topic:main", by: "cy"), "not-approved: lib/a")
    try server.server.run("sh", "-c", "rm info/grafts; echo \(good.hex) > shallow")
    expectRefused(try server.push("topic:main", by: "cy"))
    expectRefused(try server.hook("\(main) \(good.hex) refs/heads/main\n"), "shallow")
  }

  @Test func `38: push options carry no authority`() throws {
    let server = try GateServer()
    try server.server.git("config", "receive.advertisePushOptions", "true")
    try server.branch("topic")
    let commit = try server.commit("evil", ["lib/a": "evil\n"])
    try server.approve(commit, by: "di")
    let options = ["approved-by=al", "pusher=bo@x.org", "TRIBUTARY_PUSHER=bo@x.org", "skip"].flatMap {
      ["-o", $0]
    }
    expectRefused(try server.push("topic:main", by: "cy", options: options), "not-approved: lib/a")
  }

  @Test func `22: only the variable that the server names tells who pushes`() throws {
    let server = try GateServer()
    try server.branch("bump")
    try server.commit("bump", ["deps/lock": "2\n"], by: "renovate")
    let others = [
      "TRIBUTARY_PUSHER", "GITEA_PUSHER_EMAIL", "REMOTE_USER", "GL_USERNAME", "GIT_AUTHOR_EMAIL", "USER",
    ]
    let environment = Dictionary(uniqueKeysWithValues: others.map { ($0, "renovate@ci.org") })
    expectRefused(try server.push("bump:main", by: nil, environment: environment), "not-approved: deps/lock")
  }

  @Test func `40: nothing that somebody named reaches a terminal as it is`() throws {
    let server = try GateServer()
    try server.branch("topic")
    // Escapes for colours and titles, the C1 form of one, a bell, marks that turn the reading order, lone bytes.
    let evil = "\u{1B}[31m\u{1B}]0;x\u{7}\u{9B}2J\u{202E}\u{2066}\u{200B}\u{85}"
    let commit = try server.commitEntries(
      [("100644", try server.blob(), "lib/\"\(evil)\"")], by: "\(evil)@y.org")
    let title = try server.rawCommit(
      [
        "tree \(try server.git("rev-parse", "\(commit.hex)^{tree}"))", "parent \(commit.hex)",
        "author \(evil) <\(evil)@y.org> 1704100000 +0000", GateServer.ident("committer", "cy"),
      ],
      message: "\(evil)\r\u{8}\u{8}title\n")
    try server.plant(
      [
        (
          title,
          server.requestLine(by: "\\u001b[31m\\u009b\\u202e@x", target: "refs/heads/\\u001b[31m\\u202e")
        )
      ], ref: GateServer.reviews)
    for who in ["al", "\\u001b[31m\\u009b2J\\u202e@x.org"] {
      let line = server.verdictLine(title, by: "PERSON").replacing("PERSON", with: who)
      try server.plant([(title, line)], ref: GateServer.discuss)
    }
    let branch = "refs/heads/\u{9B}31m\u{202E}\u{200B}x"
    for push in [
      try server.push("\(title.hex):main", by: "cy"),
      try server.push("\(title.hex):\(branch)/HEAD", by: "cy"),
      try server.hook("\u{1B}[31m\u{9B}\u{202E}\u{7} x\n"),
      try server.hook("\(GateServer.zero) \(title.hex) refs/heads/\u{1B}[31m\u{9B}\u{202E}/HEAD\n"),
    ] {
      expectRefused(push)
      // What git says itself of its own references is git's own affair.
      let own = push.output.split(separator: "\n").filter { $0.hasPrefix("remote: ") || !$0.contains(" ! [") }
      for scalar in own.joined().unicodeScalars {
        let isRaw =
          scalar.value < 0x20 && scalar != "\t" || (0x7F...0x9F).contains(scalar.value)
          || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
          || scalar.value == 0x200B || scalar.value == 0xFFFD
        #expect(!isRaw, "\(push.output.debugDescription)")
      }
    }
  }
}
