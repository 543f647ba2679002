import Foundation
import Support
import Testing

@testable import Git

@Suite struct NotesWriterTests {
  private let reference = "refs/notes/devtools/reviews"
  private let ident = NotesWriter.ident(name: "Ada <Ray>\n", email: "ada@example.org", seconds: 1_704_067_200)

  private func number(_ value: Int) -> ObjectID {
    ObjectID(high: UInt64(value) &* 0x9E37_79B9_7F4A_7C15, middle: UInt64(value), low: 7)
  }

  /// Adds lines to the notes as they are now.
  @discardableResult
  private func add(
    _ lines: [ObjectID: [String]], to path: String, expecting: ObjectID?? = nil
  ) throws -> ObjectID? {
    let repository = try Repository(path: path)
    let writer = try NotesWriter(repository, lock: try WriterLock(repository, waiting: 10))
    let now = try repository.resolve(reference: reference)
    let change = NotesChange(
      reference: reference, expected: expecting ?? now, lines: lines.mapValues { $0.map { Array($0.utf8) } },
      message: "Add notes\n")
    return try writer.write([change], ident: ident)[0]
  }

  private func show(_ object: ObjectID, _ fixture: TemporaryRepository) throws -> String {
    try fixture.git("notes", "--ref", reference, "show", object.hex)
  }

  @Test func `adds lines after those of git and leaves out what is there`() throws {
    let fixture = try TemporaryRepository()
    let commit = try fixture.commit("one", files: ["a": "1"])
    try fixture.git("notes", "--ref", reference, "append", "-m", "first", commit.hex)
    let new = try add([commit: ["second", "first", "second"], number(1): ["of nothing"]], to: fixture.path)
    #expect(try show(commit, fixture) == "first\nsecond")
    #expect(try show(number(1), fixture) == "of nothing")
    #expect(try fixture.id(of: reference) == new)
    #expect(
      try fixture.git("log", "-2", "--format=%an %ae %at|%cn|%s", reference)
        == "Ada Ray ada@example.org 1704067200|Ada Ray|Add notes\n"
        + "Ada Ray ada@example.org \(TemporaryRepository.start + 3600)|Ada Ray|Notes added by 'git notes append'"
    )
    #expect(try add([commit: ["second"]], to: fixture.path) == nil)
    #expect(try fixture.id(of: reference) == new)
    try fixture.git("notes", "--ref", reference, "append", "-m", "third", commit.hex)
    #expect(try show(commit, fixture) == "first\nsecond\n\nthird")
    #expect(try fixture.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test func `puts a chain of commits on another reference together with the notes, or neither`() throws {
    let fixture = try TemporaryRepository()
    let commit = try fixture.commit("one", files: ["a": "1"])
    let other = try fixture.commit("two", files: ["a": "2"])
    let repository = try fixture.open()
    let archive = "refs/devtools/archives/reviews"
    let links = try [commit, other].map { id in
      CommitChain.Link(
        tree: try #require(try repository.tree(ofCommit: id)), parents: [id], message: "Archive \(id.hex)\n")
    }
    func write(from tip: ObjectID?, notes: ObjectID?) throws {
      let lock = try WriterLock(repository, waiting: 10)
      let change = NotesChange(
        reference: reference, expected: notes, lines: [commit: [Array("line".utf8)]], message: "Add notes\n")
      let chain = CommitChain(reference: archive, expected: tip, links: links)
      _ = try NotesWriter(repository, lock: lock).write([change], after: chain, ident: ident)
    }
    #expect(throws: GitError.self) { try write(from: nil, notes: commit) }
    #expect(throws: GitError.self) { try write(from: commit, notes: nil) }
    #expect(try fixture.git("for-each-ref", "refs/devtools", "refs/notes") == "")
    try write(from: nil, notes: nil)
    let first = try fixture.id(of: archive + "^1")
    #expect(
      try fixture.git("log", "-1", "--format=%s %P", archive)
        == "Archive \(other.hex) \(first.hex) \(other.hex)")
    #expect(try fixture.git("log", "-1", "--format=%P", first.hex) == commit.hex)
    #expect(try show(commit, fixture) == "line")
    #expect(try fixture.git("fsck", "--strict", "--no-dangling") == "")
  }

  @Test func `writes many notes as one pack in folders that git reads and goes on with`() throws {
    let fixture = try TemporaryRepository(bare: true)
    for part in 0..<3 {
      let lines = Dictionary(
        uniqueKeysWithValues: (part * 300..<part * 300 + 300).map { (number($0), ["note \($0)"]) })
      try add(lines, to: fixture.path)
    }
    #expect(try fixture.git("notes", "--ref", reference, "list").split(separator: "\n").count == 900)
    for one in [0, 299, 300, 899] { #expect(try show(number(one), fixture) == "note \(one)") }
    #expect(try fixture.git("count-objects", "-v").contains("count: 0\n"))
    #expect(try fixture.git("ls-tree", reference).split(separator: "\n").count <= 256)
    try add([number(5): ["more"]], to: fixture.path)
    try fixture.git("notes", "--ref", reference, "append", "-m", "last", number(6).hex)
    try add([number(6): ["after git"]], to: fixture.path)
    #expect(try show(number(5), fixture) == "note 5\nmore")
    #expect(try show(number(6), fixture) == "note 6\n\nlast\nafter git")
    #expect(try fixture.git("notes", "--ref", reference, "list").split(separator: "\n").count == 900)
    #expect(try fixture.git("fsck", "--strict", "--no-dangling") == "")
    let repository = try fixture.open()
    #expect(try repository.notes(inRef: reference)?.entries.count == 900)
  }

  @Test func `keeps what is no note and damage of the layout`() throws {
    let fixture = try TemporaryRepository()
    let commit = try fixture.commit("one", files: ["a": "1"])
    let blob = try fixture.object("blob", Array("x\n".utf8)).hex
    let hex = commit.hex
    let inner = try fixture.git(["mktree"], stdin: Array("100644 blob \(blob)\t\(hex.dropFirst(2))\n".utf8))
    let tree = try fixture.git(
      ["mktree"], stdin: Array("100644 blob \(blob)\tREADME\n040000 tree \(inner)\t\(hex.prefix(2))\n".utf8))
    let notes = try fixture.git("commit-tree", "-m", "n", tree)
    try fixture.git("update-ref", reference, notes)
    try add([commit: ["y"]], to: fixture.path)
    #expect(try show(commit, fixture) == "x\ny")
    #expect(try fixture.git("show", "\(reference):README") == "x")
    #expect(try fixture.git("ls-tree", "-r", reference).split(separator: "\n").count == 2)
  }

  @Test func `moves nothing when somebody else has moved the reference`() throws {
    let fixture = try TemporaryRepository()
    let commit = try fixture.commit("one", files: ["a": "1"])
    try fixture.git("notes", "--ref", reference, "append", "-m", "first", commit.hex)
    let first = try fixture.id(of: reference)
    try fixture.git("notes", "--ref", reference, "append", "-m", "second", commit.hex)
    let second = try fixture.id(of: reference)
    for expected in [first, nil] {
      do {
        try add([commit: ["lost?"]], to: fixture.path, expecting: .some(expected))
        Issue.record("moved from a place where it was not")
      } catch let error as GitError { #expect(error.code == .modified) }
    }
    #expect(try fixture.id(of: reference) == second)
    try fixture.git("update-ref", "-d", reference)
    do {
      try add([commit: ["gone"]], to: fixture.path, expecting: .some(second))
      Issue.record("moved a reference that is gone")
    } catch let error as GitError { #expect(error.code == .modified) }
  }

  @Test func `moves no reference when one of several is not where it was expected`() throws {
    let fixture = try TemporaryRepository()
    let first = try fixture.commit("one", files: ["a": "1"])
    let other = "refs/notes/devtools/discuss"
    let repository = try fixture.open()
    let writer = try NotesWriter(repository, lock: try WriterLock(repository, waiting: 10), waiting: 0)
    func changes(_ expected: ObjectID?) -> [NotesChange] {
      [(other, nil), (reference, expected)].map { name, expected in
        NotesChange(reference: name, expected: expected, lines: [first: [Array("x".utf8)]], message: "Add\n")
      }
    }
    try fixture.git("notes", "--ref", reference, "append", "-m", "first", first.hex)
    let tip = try fixture.id(of: reference)
    do {
      _ = try writer.write(changes(nil), ident: ident)
      Issue.record("moved from a place where it was not")
    } catch { #expect(error.code == .modified) }
    let lock = fixture.path + "/.git/" + reference + ".lock"
    try Data().write(to: URL(fileURLWithPath: lock))
    do {
      _ = try writer.write(changes(tip), ident: ident)
      Issue.record("moved past a lock")
    } catch { #expect(error.code == .locked) }
    #expect(try fixture.git("for-each-ref", other) == "")
    try FileManager.default.removeItem(atPath: lock)
    #expect(try writer.write(changes(tip), ident: ident).compactMap { $0 }.count == 2)
    #expect(try fixture.git("for-each-ref", "--format=%(refname)", "refs/notes") == other + "\n" + reference)
    let rest = try FileManager.default.subpathsOfDirectory(atPath: fixture.path + "/.git/refs")
    #expect(rest.filter { $0.hasSuffix(".lock") } == [])
  }

  @Test func `takes away the lock of a killed run, and only that`() throws {
    let fixture = try TemporaryRepository(bare: true)
    try add([number(1): ["one"]], to: fixture.path)
    let lock = fixture.path + "/" + reference + ".lock"
    let journal = fixture.path + "/tributary.lock"
    #expect(try FileManager.default.attributesOfItem(atPath: journal)[.size] as? Int == 0)
    for content in ["", number(9).hex + "\n"] {
      try Data(content.utf8).write(to: URL(fileURLWithPath: lock))
      try Data("\(number(9).hex) \(reference)\n../../x refs/../../x\n".utf8)
        .write(to: URL(fileURLWithPath: journal))
      try add([number(1): ["two \(content.count)"]], to: fixture.path)
    }
    #expect(try show(number(1), fixture) == "one\ntwo 0\ntwo 41")
    try Data((number(8).hex + "\n").utf8).write(to: URL(fileURLWithPath: lock))
    try Data("\(number(9).hex) \(reference)\n".utf8).write(to: URL(fileURLWithPath: journal))
    let repository = try fixture.open()
    _ = try WriterLock(repository, waiting: 1)
    #expect(FileManager.default.fileExists(atPath: lock))
  }

  @Test func `lets one writer in at a time`() throws {
    let fixture = try TemporaryRepository(bare: true)
    let repository = try fixture.open()
    do {
      let held = try WriterLock(repository, waiting: 1)
      #expect(throws: GitError.self) { try WriterLock(repository, waiting: 0) }
      withExtendedLifetime(held) {}
    }
    _ = try WriterLock(repository, waiting: 0)
  }

  @Test func `creates a repository as a whole and leaves one that is there`() throws {
    let fixture = try TemporaryRepository()
    let path = fixture.folder + "/ledger.git"
    try NewRepository.create(bareAt: path + "/")
    try add([number(1): ["one"]], to: path)
    try NewRepository.create(bareAt: path)
    #expect(try Repository(path: path).resolve(reference: reference) != nil)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder).filter { $0.contains("tmp") } == [])
    try fixture.write([], to: "file")
    #expect(throws: GitError.self) { try NewRepository.create(bareAt: fixture.path + "/file/ledger.git") }
  }

  @Test(arguments: [
    ("group", 0o070), ("1", 0o070), ("all", 0o075), ("0640", 0o750), ("0664", 0o775), ("umask", 0),
    ("false", 0), ("nonsense", 0), ("99999999999999999999", 0),
  ])
  func `opens to others what the repository shares`(value: String, mask: UInt32) {
    #expect(SharedPermissions.opened(by: value) == mask)
  }
}
