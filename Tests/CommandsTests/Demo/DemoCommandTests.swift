import Commands
import Facts
import Foundation
import Testing

/// Where `demo` builds, and where it refuses to.
@Suite struct DemoCommandTests {
  private let place: DemoPlace

  init() throws { place = try DemoPlace() }

  @Test func `keeps the width and the colours it is asked for`() throws {
    #expect(place.run(["demo", "--width", "60", "--color", "always", place.directory]) == .met)
    #expect(place.output.contains("\u{1B}["))
    let plain = place.output.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    let wide = plain.split(separator: "\n").filter { $0.count > 60 }
    #expect(wide.allSatisfy { $0.contains("tributary ") || $0.contains(place.directory) }, "\(wide)")
  }

  @Test func `refuses a directory that holds something, and says what to do`() throws {
    try place.write("mine", to: "sample/notes.txt")
    #expect(place.run(["demo", place.directory]) == .failed)
    #expect(place.output == "")
    #expect(
      place.complaints == [
        "tributary: \(place.directory) is not empty (it holds notes.txt); name a directory that is empty or not "
          + "there yet, such as `tributary demo \(place.directory)-2`"
      ])
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.directory) == ["notes.txt"])
  }

  @Test func `refuses a file in place of the directory`() throws {
    try place.write("mine", to: "sample")
    #expect(place.run(["demo", place.directory]) == .failed)
    #expect(
      place.complaints == [
        "tributary: \(place.directory) is no directory; name one that is empty or not there yet"
      ])
  }

  @Test func `builds into a directory that is there and empty`() throws {
    try FileManager.default.createDirectory(atPath: place.directory, withIntermediateDirectories: true)
    #expect(place.run(["demo", place.directory + "/"]) == .met)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.directory) == ["platform.git"])
  }
}
