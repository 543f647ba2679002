import Commands
import Facts
import Foundation
import Support
import Testing

/// The repository in which the commands of a documentation page are run, by the people whom its prompts name.
final class WalkPlace {
  let fixture: TemporaryRepository
  /// The name of the latest review that was asked for; a page that is recorded says `{review}` in its place.
  private(set) var review = ""
  private var output = ""

  /// A repository of the platform in which one commit holds the files.
  init(files: [String: String]) throws {
    fixture = try TemporaryRepository()
    var files = files
    files["docs/guide.md"] = "# Guide\n"
    files["net/pool.c"] = "int pool;\n"
    try fixture.commit("The platform and its policy", files: files, author: Self.identity("bo"))
  }

  private static func identity(_ person: String) -> String {
    "\(person.capitalized) <\(person)@example.org>"
  }

  /// What a command line prints when somebody runs it, a quarter of an hour after the one before.
  func run(_ line: String, as person: String) throws -> String {
    fixture.tick(seconds: 900)
    let line = line.replacingOccurrences(of: "{review}", with: review)
    guard line.hasPrefix("tributary ") else { return try shell(line, as: person) }
    output = ""
    let words = Self.words(line).dropFirst()
    let ending = Program.tributary.run(arguments: words + ["-C", fixture.path], world: world(person))
    if let id = output.firstMatch(of: /review\/[0-9a-f]{12}/), line.contains("review request") {
      review = String(id.output)
    }
    let status = ending == .met ? "" : "[status \(ending.rawValue)]\n"
    return output.replacingOccurrences(of: fixture.path, with: "platform") + status
  }

  /// Lets days go by.
  func wait(days: Int) { fixture.tick(seconds: Int64(days) * 86_400) }

  private func world(_ person: String) -> World {
    var world = World.system()
    world.now = Instant(seconds: fixture.clock)
    world.output = { (bytes) throws(FileFailure) in self.output += String(decoding: bytes, as: UTF8.self) }
    world.finishOutput = { () throws(FileFailure) in }
    world.complaint = { self.output += $0 + "\n" }
    let known = environment(person)
    world.environment = { known[$0] }
    world.outputTerminal = .none
    world.complaintTerminal = .none
    return world
  }

  private func environment(_ person: String) -> [String: String] {
    let date = "@\(fixture.clock) +0000"
    return [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": fixture.folder, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": person.capitalized,
      "GIT_AUTHOR_EMAIL": "\(person)@example.org", "GIT_AUTHOR_DATE": date,
      "GIT_COMMITTER_NAME": person.capitalized, "GIT_COMMITTER_EMAIL": "\(person)@example.org",
      "GIT_COMMITTER_DATE": date,
    ]
  }

  private func shell(_ line: String, as person: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: fixture.path)
    process.environment = environment(person)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self)
    try #require(process.terminationStatus == 0, "\(line): \(text)")
    return text
  }

  /// The words of a command line, with quotes as a shell reads them.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " {
        if let ended = word { words.append(ended) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + [word].compactMap { $0 }
  }
}
