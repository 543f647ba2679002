import Git
import Support
import Testing

@Suite struct CommitParsingTests {
  private let tree = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"

  private func parse(_ text: String) -> CommitObject { CommitObject.parse(Array(text.utf8)) }

  @Test(arguments: [
    "Ada Ray <ada@example.org> 1704067200 +0130", "Ada <ada@example.org> 1704067200 -0800",
    "<ada@example.org> 1 +0000", "Ada <> 5 +0000", "  Ada  Ray   <ada> 5 +0000",
    "Ada <ada@example.org>", "Ada <ada@example.org> ", "Ada <ada@example.org> 12", "Ada <a> 12 0000",
    "Ada <a <b> 7 +0000", "Ada <a> b> 7 +0000", "Ada <a>b <c> 7 +0000", "Ada a@b 7 +0000",
    "Ada <a@b 7 +0000", "Ada <a> 7 +051800", "Ada <a> 7 +1700", "Ada <a> -7 +0000", "Ada <a>7 +0000",
    "Ada <a> 7 -0060", "Ada <a> 0x10 +0000", "A\tB <a> 7\t+0000",
  ])
  func `splits an identity as git log does`(line: String) throws {
    let fixture = try TemporaryRepository()
    let bytes = Array((tree + "author \(line)\ncommitter \(line)\n\nmessage\n").utf8)
    let id = try fixture.object("commit", bytes)
    let theirs = try fixture.git("log", "-1", "--format=%an%x00%ae%x00%at", id.hex)
    let author = try #require(CommitObject.parse(bytes).author)
    let ours = [
      String(decoding: author.name, as: UTF8.self), String(decoding: author.email, as: UTF8.self),
      author.seconds.map { "\($0)" } ?? "",
    ]
    #expect(ours.joined(separator: "\0") == theirs)
    let history = try History.load(try fixture.open(), roots: [id])
    #expect(history.identities[Int(history.author(0))].nameBytes == author.name)
    #expect(history.authorSeconds(0) == author.seconds ?? 0)
  }

  private static let oddIdents: [(String, IdentProblems)] = [
    ("Ada <a> 7 +0000", IdentProblems()), ("Ada <a> 7 -0330", []), ("Ada <a> 7 +051800", .oddOffset),
    ("Ada <a> 7 +1700", .oddOffset), ("Ada <a> 7 +0099", .oddOffset), ("Ada <a>", .noDate),
    ("Ada", [.noBrackets, .noDate]), ("Ada <a>> 7 +0000", .extraBrackets), ("<a<b> 7 +0000", .extraBrackets),
    ("a>b <c> 7 +0000", .extraBrackets), ("a <b> 7 +0000 <", .extraBrackets),
    ("Ada <a> 99999999999999999999 +0000", .dateTooLarge), ("Ada <a> 7 +99999999999999999999", .oddOffset),
  ]

  @Test(arguments: oddIdents)
  func `flags what is odd about an identity`(line: String, problems: IdentProblems) {
    #expect(Ident.parse(Array(line.utf8)).problems == problems)
  }

  @Test func `computes odd offsets as Git does`() {
    #expect(Ident.parse(Array("Ada <a> 7 +051800".utf8)).offsetMinutes == 518 * 60)
    #expect(Ident.parse(Array("Ada <a> 7 -1130".utf8)).offsetMinutes == -690)
    #expect(Ident.parse(Array("Ada <a> 7 +99999999999999999999".utf8)).offsetMinutes == 0)
  }

  @Test func `takes a commit apart with all its headers`() {
    let parent = String(repeating: "ab", count: 20)
    let commit = parse(
      tree + "parent \(parent)\nauthor A <a> 1 +0000\ncommitter C <c> 2 +0100\nencoding ISO-8859-1\n"
        + "gpgsig -----BEGIN\n line\n \n -----END\nchange-id xyz\n\nsubject\n\nbody\n")
    #expect(commit.tree == .emptyTree && commit.parents.map(\.hex) == [parent])
    #expect(commit.committer?.offsetMinutes == 60)
    #expect(commit.encoding == Array("ISO-8859-1".utf8))
    #expect(commit.extraHeaders.map { String(decoding: $0.name, as: UTF8.self) } == ["gpgsig", "change-id"])
    #expect(String(decoding: commit.extraHeaders[0].value, as: UTF8.self) == "-----BEGIN\nline\n\n-----END")
    #expect(commit.messageText == "subject\n\nbody\n" && commit.problems.isEmpty)
  }

  @Test func `gives continued lines to the header above them, or to none`() {
    let commit = parse(
      tree + "one 1\nauthor A <a> 1 +0000\n lost\ntwo\n half\ncommitter C <c> 2 +0100\n lost\n\nx")
    let headers = commit.extraHeaders.map {
      [String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self)]
    }
    #expect(headers == [["one", "1"], ["two", "half"]])
    #expect(commit.author?.name == Array("A".utf8) && commit.problems.isEmpty)
  }

  private static let oddCommits: [(String, CommitProblems)] = [
    ("", [.noTree, .noAuthor, .noCommitter, .noMessage]),
    ("tree 4b825dc\n\nx", [.noTree, .noAuthor, .noCommitter]),
    ("T\ncommitter C <c> 1 +0000\n\nx", [.noAuthor]),
    ("T\nauthor A <a> 1 +0000\nauthor B <b> 1 +0000\ncommitter C <c> 1 +0000\n\nx", [.severalAuthors]),
    ("T\nauthor A <a> 1 +0000\ncommitter C <c> 1 +0000\ncommitter D <d> 1 +0000\n\nx", [.severalCommitters]),
    ("T\nparent 12\nauthor A <a> 1 +0000\ncommitter C <c> 1 +0000\n\nx", [.malformedParent]),
    ("T\nauthor A <a\ncommitter C <c> 1 +0000\n", [.malformedAuthor, .noMessage]),
    ("T\nauthor", [.noAuthor, .noCommitter, .noMessage]),
  ]

  @Test(arguments: oddCommits)
  func `flags what is odd about a commit`(text: String, problems: CommitProblems) {
    let whole = text.hasPrefix("T\n") ? tree + text.dropFirst(2) : text
    #expect(parse(whole).problems == problems)
  }

  @Test func `the last of several authors counts, as in git log`() throws {
    let fixture = try TemporaryRepository()
    let bytes = Array(
      (tree + "author A <a> 1 +0000\nauthor B <b> 2 +0000\ncommitter C <c> 1 +0000\n\nx").utf8)
    let id = try fixture.object("commit", bytes)
    #expect(try fixture.git("log", "-1", "--format=%an", id.hex) == "B")
    #expect(CommitObject.parse(bytes).author?.name == Array("B".utf8))
  }

  @Test func `any prefix of a commit is parsed without a trap`() {
    let whole = Array(
      (tree + "parent \(String(repeating: "ab", count: 20))\nauthor A <a> 1 +0000\n"
        + "committer C <c> 2 +0100\nencoding x\ngpgsig a\n b\n\nm").utf8)
    for count in 0...whole.count {
      #expect(CommitObject.parse(Array(whole.prefix(count))).message.count <= 1)
      _ = TagObject.parse(Array(whole.prefix(count)))
    }
  }

  @Test func `decodes text by its header, and unmarked Latin-1 as a guess`() {
    let bytes: [UInt8] = [0x4B, 0xE5, 0xA4, 0x80, 0x41]
    #expect(Text.decode(bytes[...], encoding: Array("ISO-8859-1".utf8)).text == "Kå\u{A4}\u{80}A")
    #expect(Text.decode(bytes[...], encoding: Array("iso8859-15".utf8)).text == "Kå€\u{80}A")
    #expect(Text.decode(bytes[...], encoding: Array("CP1252".utf8)).text == "Kå¤€A")
    let guess = Text.decode(bytes.dropLast(2), encoding: nil)
    #expect(guess.isGuess && guess.encoding == .latin1)
    #expect(!Text.decode(Array("Kåge".utf8)[...], encoding: nil).isGuess)
  }

  @Test func `takes a tag apart`() throws {
    let fixture = try TemporaryRepository()
    let tip = try fixture.commit("start")
    try fixture.git("tag", "-m", "first release", "v1")
    let raw = try #require(try fixture.open().read(try fixture.id(of: "v1"), limit: 1000))
    let tag = TagObject.parse(raw.bytes)
    #expect(tag.target == tip && tag.targetKind == .commit && tag.name == Array("v1".utf8))
    #expect(tag.tagger?.email == Array("ada@example.org".utf8))
    #expect(tag.message == Array("first release\n".utf8))
  }
}
