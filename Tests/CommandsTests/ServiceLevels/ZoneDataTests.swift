import Commands
import Foundation
import Testing

@Suite struct ZoneDataTests {
  private static let directory = "/usr/share/zoneinfo"

  private func lines(_ world: RecordedWorld, _ arguments: [String]) -> [String] {
    let ending = Program.tributary.run(arguments: arguments, world: world.world)
    #expect(ending == .met, "\(world.complaints)")
    return world.output.split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    ["--version", "-v"], ["-v", "--version"], ["-Vv"], ["-vV"], ["backlog", "--version", "--verbose"],
  ])
  func `names library and time zone data beside its version when asked for more`(arguments: [String]) {
    let found = lines(RecordedWorld(), arguments)
    #expect(found.count == 3)
    #expect(found.first?.hasPrefix("tributary ") == true)
    #expect(found.dropFirst().first?.wholeMatch(of: #/libgit2 \d+\.\d+\.\d+/#) != nil)
    #expect(found.last?.wholeMatch(of: #/time zones 20\d\d[a-z] \(built in\)/#) != nil)
  }

  @Test func `says only its own version otherwise`() {
    #expect(lines(RecordedWorld(), ["--version"]).count == 1)
  }

  @Test(arguments: [
    ("tzdata.zi", "# version 2031c\n# more", "2031c"), ("+VERSION", "2031d\n", "2031d"),
  ])
  func `reads the version of the machine's data`(file: String, text: String, version: String) {
    let world = RecordedWorld()
    world.files["\(Self.directory)/\(file)"] = Array(text.utf8)
    #expect(lines(world, ["--version", "-v"]).last == "time zones \(version) (/usr/share/zoneinfo)")
  }

  @Test(arguments: ["# version \n", "# version \u{1B}[2J\n", "version 2031c\n", ""])
  func `does not repeat what is no version`(text: String) {
    let world = RecordedWorld()
    world.files["\(Self.directory)/tzdata.zi"] = Array(text.utf8)
    #expect(lines(world, ["--version", "-v"]).last?.hasSuffix("(built in)") == true)
  }

  @Test func `computes with the table built in where the machine has no data or damaged data`() {
    let policy = """
      { version: 1, calendars: { a: { timeZone: "America/New_York", hours: { friday: ["09:00-17:00"] } } } }
      """
    for damaged in [nil, Array("TZif2".utf8)] {
      let world = RecordedWorld()
      world.files["p/service-levels.json5"] = Array(policy.utf8)
      world.files["\(Self.directory)/America/New_York"] = damaged
      let found = lines(
        world,
        ["sla", "when", "--calendar", "a", "--start", "2026-04-10", "--target", "1h", "--policies", "p"])
      #expect(found.contains("Due           Friday 2026-04-10T10:00:00-04:00, 2026-04-10 14:00 UTC"))
      #expect(found.last?.hasSuffix(", built in.") == true)
    }
  }
}
