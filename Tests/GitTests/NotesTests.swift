import Git
import Support
import Testing

@Suite struct NotesTests {
  @Test func `reads the notes that git notes list shows`() throws {
    let fixture = try TemporaryRepository()
    for number in 1...3 {
      try fixture.commit("change \(number)")
      try fixture.git("notes", "--ref=review", "add", "-m", "note \(number)")
    }
    let notes = try #require(try fixture.open().notes(inRef: "refs/notes/review"))
    let ours = notes.entries.flatMap { entry in entry.blobs.map { "\($0.hex) \(entry.annotated.hex)" } }
    let theirs = try fixture.git("notes", "--ref=review", "list").split(separator: "\n").map(String.init)
    #expect(ours.sorted() == theirs.sorted())
    #expect(notes.entries.map(\.annotated) == notes.entries.map(\.annotated).sorted())
    #expect(try fixture.open().notes(inRef: "refs/notes/other") == nil)
  }

  /// A notes commit with the given paths.
  private func commit(_ fixture: TemporaryRepository, _ paths: [(String, ObjectID)]) throws -> ObjectID {
    try fixture.git("read-tree", "--empty")
    for (path, blob) in paths {
      try fixture.git("update-index", "--add", "--cacheinfo", "100644,\(blob.hex),\(path)")
    }
    let tree = try fixture.git("write-tree")
    return try #require(ObjectID(hex: try fixture.git("commit-tree", "-m", "notes", tree)))
  }

  @Test func `joins flat and folded paths and counts what is no note`() throws {
    let fixture = try TemporaryRepository()
    let (one, two) = (try fixture.object("blob", [1]), try fixture.object("blob", [2]))
    let a = "aa11" + String(repeating: "0", count: 36)
    let b = "bb22" + String(repeating: "1", count: 36)
    let notes = try commit(
      fixture,
      [
        (a, one), ("\(a.prefix(2))/\(a.dropFirst(2))", two), ("bb/22/\(b.dropFirst(4))", one),
        ("README", one), ("cc/short", two), ("dd/" + String(repeating: "2", count: 39), one),
      ])
    let found = try fixture.open().notes(inCommit: notes)
    #expect(found.entries.map(\.annotated.hex) == [a, b])
    #expect(found.entries.map { Set($0.blobs) } == [[one, two], [one]])
    #expect(found.otherEntries == 3)
  }

  @Test func `tells changed notes from notes that only moved between folders`() throws {
    let fixture = try TemporaryRepository()
    let (one, two) = (try fixture.object("blob", [1]), try fixture.object("blob", [2]))
    let names = ["aa11", "aa22", "bb33", "cc44"].map { $0 + String(repeating: "0", count: 36) }
    let folded = { (name: String) in "\(name.prefix(2))/\(name.dropFirst(2))" }
    let before = try commit(fixture, [(names[0], one), (names[1], one), (folded(names[2]), one)])
    let after = try commit(
      fixture, [(folded(names[0]), one), (folded(names[1]), two), (folded(names[2]), one), (names[3], two)])
    let repository = try fixture.open()
    let changes = try repository.noteChanges(from: before, to: after)
    #expect(changes.map(\.annotated.hex) == [names[1], names[3]])
    #expect(changes.map(\.old) == [[one], []])
    #expect(changes.map(\.new) == [[two], [two]])
    #expect(try repository.noteChanges(from: nil, to: before).count == 3)
    #expect(try repository.noteChanges(from: after, to: after).isEmpty)
  }
}
