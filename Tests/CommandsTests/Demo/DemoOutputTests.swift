import Commands
import Facts
import Foundation
import Testing

extension DemoTests {
  /// What `demo` says of the sample it has built.
  @Suite struct DemoOutputTests {
    private let place: DemoPlace
    private let shown: String

    init() throws {
      place = try DemoPlace.shared()
      shown = try #require(DemoPlace.sample).output
    }

    @Test func `shows what it built, the backlog, the health and what to try next`() {
      let wanted: Set<Substring> = ["A sample platform", "Backlog", "Health", "Try next"]
      let headings = shown.split(separator: "\n").filter(wanted.contains)
      #expect(headings == ["A sample platform", "Backlog", "Health", "Try next"])
    }

    @Test func `says and builds the same in every run`() throws {
      let other = try DemoPlace()
      try other.build()
      #expect(other.output.replacingOccurrences(of: other.directory, with: place.directory) == shown)
      let refs = ["for-each-ref", "--format=%(objectname) %(refname)"]
      #expect(try other.git(refs[0], refs[1]) == place.git(refs[0], refs[1]))
    }

    @Test(arguments: ["backlog", "health"])
    func `shows exactly what the commands say that it names`(command: String) {
      #expect(place.run([command, "--as-of", "2026-04-01", place.path]) == .met)
      #expect(
        shown.contains("\n\n$ tributary \(command) --as-of 2026-04-01 \(place.path)\n\n\(place.output)\n"))
    }

    @Test func `proposes commands that work, on one line each`() {
      let lines = shown.split(separator: "\n").drop { $0 != "Try next" }
      let commands = lines.filter { $0.hasPrefix("  tributary ") }.map {
        $0.split(separator: " ").map(String.init)
      }
      #expect(commands.count == 10)
      for words in commands {
        // The audit finds what the story put there.
        let ending: Ending = words.contains("audit") ? .notMet : .met
        #expect(place.run(Array(words.dropFirst())) == ending, "\(words)")
        #expect(place.complaints == [])
        #expect(place.output.split(separator: "\n").count >= 12)
      }
    }

    @Test func `has a right that has ended, findings about it, and somebody who has earned a new one`() {
      #expect(say("delegate", "list", "--all") == .met)
      #expect(place.output.contains("ui-leila") && place.output.contains("expired"))
      #expect(place.output.contains("docs-fatima"))
      #expect(say("delegate", "audit") == .notMet)
      #expect(place.output.contains("approved by leila on 2026-01-27, who held no right to"))
      #expect(say("delegate", "candidates") == .met)
      #expect(place.output.contains("Leila Haddad (leila), interface, ladder trial"))
      #expect(
        place.output.contains(
          "\n  tributary delegate grant leila --paths 'ui/**' --verbs review,approve --until 2026-09-28"))
      #expect(say("delegate", "candidates", "--component", "network", "--person", "kofi") == .met)
      #expect(place.output.contains("Not enough evidence: reviews of some proposals are not on record"))
    }

    private func say(_ words: String...) -> Ending {
      place.run(words + ["--as-of", "2026-04-01", place.path])
    }

    @Test func `says what may be left when the building fails`() throws {
      var world = place.world
      let list = world.listDirectory
      // As if another run had been faster: when this one looks, nothing is there yet.
      world.listDirectory = { (path) throws(FileFailure) in
        path == place.directory ? [] : try list(path)
      }
      let before = try place.git("rev-parse", "main")
      #expect(Program.tributary.run(arguments: ["demo", place.directory], world: world) == .failed)
      let complaint = try #require(place.complaints.first)
      #expect(complaint.hasPrefix("tributary: the sample could not be built: "))
      #expect(
        complaint.hasSuffix("\(place.path) may hold a part of it: remove that, or name another directory"))
      #expect(try place.git("rev-parse", "main") == before)
    }
  }
}
