import PolicyFiles
import Rules
import Testing

/// One wrong file and exactly what is said of it.
struct WrongFile: CustomTestStringConvertible {
  var path: String
  var text: String
  var problems: [String]

  init(_ path: String, _ text: String, _ problems: [String]) {
    self.path = path
    self.text = text
    self.problems = problems
  }

  var testDescription: String { text }
}

struct ProblemTests {
  @Test(arguments: syntax + roster + promises + rights)
  func `says what is wrong, where, and what was expected`(file: WrongFile) {
    let (policy, problems) = PolicyFiles.load([(file.path, Array(file.text.utf8))])
    #expect(problems.map(\.description) == file.problems)
    #expect((policy == nil) == problems.contains { $0.severity == .error })
  }

  private func problems(_ files: [(path: String, bytes: [UInt8])]) -> [String] {
    PolicyFiles.load(files).problems.map(\.description)
  }

  private func file(_ path: String, _ text: String) -> (path: String, bytes: [UInt8]) {
    (path, Array(text.utf8))
  }

  @Test func `lists all problems of all files, sorted by path`() {
    let found = problems([
      file("p/roster.json5", "{ version: 1, teams: { core: {} }, x: 1 }"),
      file("p/platform.json5", "{ version: 1, components: { a: { paths: ['a'], host: 'cor' } } }"),
      file("p/maturity.json5", "{"),
    ])
    #expect(
      found == [
        #"p/maturity.json5:1:2: unexpected end of the file, expected a key or `}`"#,
        #"p/platform.json5:1:54: at components.a.host: unknown team "cor", expected "core""#,
        #"p/roster.json5:1:36: at x: unknown key "x", expected "version", "teams", "people", "domains", "bots" or "#
          + #""examples""#,
      ])
  }

  @Test func `takes names for granted while the file that declares them cannot be read`() {
    let found = problems([
      file("roster.json5", "{ version: 1, teams: }"),
      file("platform.json5", "{ version: 1, components: { a: { paths: ['a'], host: 'core' } } }"),
    ])
    #expect(found == [#"roster.json5:1:22: unexpected "}", expected a value"#])
  }

  @Test func `looks people and teams of every file up in the roster`() {
    let found = problems([
      file("roster.json5", "{ version: 1, teams: { core: {} }, people: { bo: { logins: ['bo'] } } }"),
      file("delegation.json5", "{ version: 1, granting: { teams: ['cor'] } }"),
      file(
        "service-levels.json5",
        "{ version: 1, objectives: [{ name: 'a', clock: 'landing', target: '1h', appliesTo: { teams: ['corre'] } }] }"
      ),
      file(
        "waivers/w.json5",
        "{ version: 1, id: 'w', objective: 'a', contribution: 'pr/1', reason: 'x', by: 'bob', until: '2026-01-01' }"
      ),
    ])
    #expect(
      found == [
        #"delegation.json5:1:35: at granting.teams[0]: unknown team "cor", expected "core""#,
        #"service-levels.json5:1:94: at objectives[0].appliesTo.teams[0]: unknown team "corre", expected "core""#,
        #"waivers/w.json5:1:79: at by: unknown person "bob", expected "bo""#,
      ])
  }

  @Test func `refuses a second file of a kind and a file given twice`() {
    let text = "{ version: 1 }"
    #expect(
      problems([file("a/roster.json5", text), file("b/roster.json5", text)])
        == [#"b/roster.json5:1:1: a second roster.json5, expected only "a/roster.json5""#])
    let waiver =
      "{ version: 1, id: 'w', objective: 'first-review', contribution: 'pr/1', reason: 'x', by: 'bo', until: '@9' }"
    let twice = problems([file("waivers/w.json5", waiver), file("waivers/w.json5", waiver)])
    #expect(twice.contains("waivers/w.json5:1:1: the same file twice, expected it once"))
  }

  @Test func `leaves files alone that do not end in json5`() {
    let (policy, problems) = PolicyFiles.load([
      (path: "README.md", bytes: [0xFF]), (path: "schema/roster.schema.json", bytes: []),
    ])
    #expect(problems.isEmpty)
    #expect(policy == .defaults)
  }

  @Test(
    arguments: [
      ([0x7B, 0x7D, 0x0A, 0x20, 0xFF], 2, 2), ([0x22, 0xC3, 0xA4, 0xC0, 0x80, 0x22], 1, 3),
      ([0xED, 0xA0, 0x80], 1, 1), ([0xF4, 0x90, 0x80, 0x80], 1, 1), ([0x20, 0xE2, 0x82], 1, 2),
      ([0xF0, 0x8F, 0xBF, 0xBF], 1, 1), ([0x80], 1, 1),
    ] as [([UInt8], Int, Int)])
  func `points at the first byte that is not UTF-8`(bytes: [UInt8], line: Int, column: Int) {
    #expect(
      problems([("roster.json5", bytes)])
        == ["roster.json5:\(line):\(column): a byte that is not UTF-8, expected UTF-8 throughout"])
  }

  @Test func `refuses files that are too large or nested too deep`() {
    let large = [UInt8](repeating: 0x20, count: (1 << 20) + 1)
    #expect(
      problems([("roster.json5", large)])
        == ["roster.json5:1:1: the file is too large, expected at most 1048576 bytes"])
    let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
    #expect(
      problems([file("roster.json5", deep)])
        == ["roster.json5:1:65: nested too deep, expected at most 64 levels"])
    let legal =
      "{ version: 1, examples: [{ a: \(String(repeating: "[", count: 61) + String(repeating: "]", count: 61)) }] }"
    #expect(problems([file("roster.json5", legal)]) == [])
  }

  @Test(.timeLimit(.minutes(5)))
  func `keeps five hundred problems of a file and counts the rest`() {
    let text = "{ version: 1, " + String(repeating: "x: 1, ", count: 20_000) + "}"
    let found = problems([file("roster.json5", text)])
    #expect(found.count == 501)
    #expect(found.last?.hasSuffix("more problems, expected none") == true)
  }

  @Test(.timeLimit(.minutes(5)))
  func `reads a long chain of parents and a long list of people in time`() {
    let teams = (0..<8000).map { "t\($0): { parent: 't\($0 + 1)' }" }.joined(separator: ",")
    let people = (0..<8000).map { "p\($0): { emails: ['p\($0)@x.org'], memberships: [{ team: 't\($0)' }] }" }
      .joined(separator: ",")
    let text = "{ version: 1, teams: { \(teams), t8000: {} }, people: { \(people) } }"
    #expect(problems([file("roster.json5", text)]) == [])
  }

  @Test func `shows hidden and over-long texts harmlessly`() {
    let found = problems([file("roster.json5", "{ version: 1, \"a\\u001b[31m\u{202E}\\u0000\": 1 }")])
    #expect(found.first?.contains(#"unknown key "a\u{1b}[31m\u{202e}\u{0}""#) == true)
    let long = problems([file("roster.json5", "{ version: 1, \(String(repeating: "k", count: 500_000)): 1 }")]
    )
    #expect((long.first?.utf8.count ?? .max) < 400)
  }
}
