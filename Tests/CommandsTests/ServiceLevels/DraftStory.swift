import Commands
import Facts
import Foundation
import Support
import Testing

/// The small platform with a directory of another policy beside it, on the real disk.
struct DraftStory {
  let story: CommandsStory
  let draft: String
  private let console = PolicyConsole()

  /// First reviews and decisions within a day, around the clock: more than the platform kept.
  static let strict = """
    { version: 1, objectives: [
      { name: "first-review", clock: "first-review", target: "1d", window: "90d", minimumSample: 1 },
      { name: "decision", clock: "decision", target: "1d", window: "90d", minimumSample: 1 }] }
    """

  /// Writes the files given, and those of the branch for the roster and the platform where none are.
  init(_ files: [String: String] = ["service-levels.json5": strict], withBranch: Bool = true) throws {
    story = try CommandsStory()
    draft = "\(story.fixture.folder)/draft"
    try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
    for name in withBranch ? ["roster.json5", "platform.json5"] : [] where files[name] == nil {
      try write(name, try onBranch(name))
    }
    for (name, text) in files { try write(name, text) }
  }

  func onBranch(_ name: String) throws -> String { try story.fixture.git("show", "main:policies/\(name)") }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(draft)/\(name)"))
  }

  /// Runs a command on the story, as of its moment.
  func run(_ arguments: String...) -> (ending: Ending, output: String, complaints: [String]) {
    let ending = console.run(arguments + ["--as-of", "@\(CommandsStory.now.seconds)", story.path])
    return (ending, console.output, console.complaints)
  }

  /// The same, read as JSON.
  func json(_ arguments: [String]) throws -> [String: Any] {
    let ending = console.run(arguments + ["--as-of", "@\(CommandsStory.now.seconds)", story.path])
    #expect(ending == .met, "\(console.complaints)")
    return try #require(try JSONSerialization.jsonObject(with: Data(console.output.utf8)) as? [String: Any])
  }
}
