import Testing

@testable import Commands

/// The words of `demo` that do not need a sample.
@Suite struct DemoTextTests {
  @Test(arguments: [
    ("tributary-demo", "tributary-demo"), ("/srv/a_b/c.git", "/srv/a_b/c.git"), ("Übung", "Übung"),
    ("two words", "'two words'"), ("it's", "'it'\\''s'"), ("$HOME", "'$HOME'"), ("a;b", "'a;b'"), ("", "''"),
  ])
  func `quotes what a shell would take apart`(word: String, quoted: String) {
    #expect(DemoText.quoted(word) == quoted)
  }

  @Test func `names a directory so that it cannot be taken for an option`() {
    let commands = DemoCommands(sample: DemoRepository(), path: "-x/platform.git")
    #expect(commands.backlog == ["backlog", "--as-of", "2026-04-01", "./-x/platform.git"])
    #expect(commands.suggestions.allSatisfy { $0.words.contains("./-x/platform.git") })
    #expect(!commands.suggestions.isEmpty)
  }
}
