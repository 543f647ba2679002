import Foundation
import Testing

@testable import Commands

/// A folder that is removed with its owner.
private final class Folder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("tributary-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    path = url.resolvingSymlinksInPath().path
  }

  deinit {
    // A folder that stays behind in the system's temporary directory harms no test.
    try? FileManager.default.removeItem(atPath: path)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
  }

  var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

  func permissions(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")[.posixPermissions] as? Int
  }
}

@Suite struct SystemWorldTests {
  private func cause(_ body: () throws(FileFailure) -> Void) -> FileFailure.Cause? {
    do {
      try body()
      return nil
    } catch {
      return error.cause
    }
  }

  @Test func `creates and replaces files and leaves nothing else behind`() throws {
    let folder = try Folder()
    try AtomicFile.write(Array("one".utf8), to: "\(folder.path)/a")
    #expect(try folder.text("a") == "one")
    try AtomicFile.write(Array("two".utf8), to: "\(folder.path)/a")
    #expect(try folder.text("a") == "two")
    #expect(try folder.names == ["a"])
  }

  @Test func `keeps the permissions of a replaced file`() throws {
    let folder = try Folder()
    try AtomicFile.write([], to: "\(folder.path)/a")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: "\(folder.path)/a")
    try AtomicFile.write([1], to: "\(folder.path)/a")
    #expect(try folder.permissions("a") == 0o640)
  }

  @Test func `replaces the file behind a symbolic link`() throws {
    let folder = try Folder()
    try AtomicFile.write(Array("one".utf8), to: "\(folder.path)/a")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "a")
    try AtomicFile.write(Array("two".utf8), to: "\(folder.path)/link")
    #expect(try folder.text("a") == "two")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/link") == "a")
  }

  @Test func `passes over the leftovers of a killed run`() throws {
    let folder = try Folder()
    let leftover = ".a.\(ProcessInfo.processInfo.processIdentifier)-0.tmp"
    try AtomicFile.write(Array("left".utf8), to: "\(folder.path)/\(leftover)")
    try AtomicFile.write(Array("new".utf8), to: "\(folder.path)/a")
    #expect(try folder.text("a") == "new")
    #expect(try folder.text(leftover) == "left")
  }

  @Test func `refuses to write what is no file`() throws {
    let folder = try Folder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/d", withIntermediateDirectories: false)
    #expect(
      cause { () throws(FileFailure) in try AtomicFile.write([], to: "\(folder.path)/d") } == .notARegularFile
    )
    #expect(cause { () throws(FileFailure) in try AtomicFile.write([], to: "\(folder.path)/d/") } != nil)
    #expect(cause { () throws(FileFailure) in try AtomicFile.write([], to: "/dev/null") } == .notARegularFile)
    #expect(
      cause { () throws(FileFailure) in try AtomicFile.write([], to: "\(folder.path)/x/y") }
        == .system(ENOENT))
    #expect(try folder.names == ["d"])
  }

  @Test func `reads regular files and nothing else`() throws {
    let folder = try Folder()
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    try AtomicFile.write(bytes, to: "\(folder.path)/a")
    #expect(try FileAccess.read("\(folder.path)/a") == bytes)
    #expect(
      cause { () throws(FileFailure) in _ = try FileAccess.read("\(folder.path)/b") } == .system(ENOENT))
    #expect(cause { () throws(FileFailure) in _ = try FileAccess.read(folder.path) } == .system(EISDIR))
    #expect(cause { () throws(FileFailure) in _ = try FileAccess.read("/dev/null") } == .notARegularFile)
    let made = unsafe mkfifo("\(folder.path)/fifo", 0o600)
    #expect(made == 0)
    #expect(
      cause { () throws(FileFailure) in _ = try FileAccess.read("\(folder.path)/fifo") } == .notARegularFile)
  }

  @Test func `stops reading a file that is too large`() throws {
    let folder = try Folder()
    try AtomicFile.write([1, 2, 3], to: "\(folder.path)/a")
    let file = try Posix.open("\(folder.path)/a", O_RDONLY)
    #expect(throws: Posix.Failure.self) { try Posix.readAll(file, limit: 2) }
  }

  @Test func `lists directories sorted by bytes`() throws {
    let folder = try Folder()
    for name in ["b", "a", "Z", "é"] { try AtomicFile.write([], to: "\(folder.path)/\(name)") }
    try FileAccess.createDirectory("\(folder.path)/c/deep")
    #expect(
      try FileAccess.list(folder.path) == [
        DirectoryEntry(name: "Z", isDirectory: false), DirectoryEntry(name: "a", isDirectory: false),
        DirectoryEntry(name: "b", isDirectory: false), DirectoryEntry(name: "c", isDirectory: true),
        DirectoryEntry(name: "é", isDirectory: false),
      ])
  }

  @Test func `says why a directory cannot be used`() throws {
    let folder = try Folder()
    try AtomicFile.write([], to: "\(folder.path)/a")
    #expect(
      cause { () throws(FileFailure) in _ = try FileAccess.list("\(folder.path)/b") } == .system(ENOENT))
    #expect(
      cause { () throws(FileFailure) in try FileAccess.createDirectory("\(folder.path)/a/b") }
        == .system(ENOTDIR))
    try FileAccess.createDirectory(folder.path)
  }

  @Test func `writes output in pieces and reports what cannot be written`() throws {
    let folder = try Folder()
    try AtomicFile.write([], to: "\(folder.path)/out")
    let file = try Posix.open("\(folder.path)/out", O_WRONLY)
    let output = BufferedOutput(file.number, name: "out", capacity: 4)
    try output.append(Array("abc".utf8))
    #expect(try folder.text("out") == "")
    try output.append(Array("de".utf8))
    #expect(try folder.text("out") == "abcde")
    try output.append(Array("f".utf8))
    try output.finish()
    #expect(try folder.text("out") == "abcdef")
    let full = try Posix.open("/dev/full", O_WRONLY)
    let lost = BufferedOutput(full.number, name: "standard output")
    try lost.append([1])
    #expect(cause { () throws(FileFailure) in try lost.finish() } == .system(ENOSPC))
    // Once told, it is not told again.
    #expect(cause { () throws(FileFailure) in try lost.append([]) } == nil)
  }

  @Test func `knows a pipe without reader`() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    let made = unsafe pipe(&ends)
    #expect(made == 0)
    #expect(close(ends[0]) == 0)
    let output = BufferedOutput(ends[1], name: "standard output")
    try output.append([1])
    do {
      try output.finish()
      Issue.record("wrote into a pipe without reader")
    } catch {
      #expect(error.isBrokenPipe)
    }
    #expect(close(ends[1]) == 0)
  }

  @Test func `takes pipes and files for no terminal`() throws {
    let file = try Posix.open("/dev/null", O_RDONLY)
    #expect(Terminal.connected(to: file.number, columnsVariable: "40") == .none)
    #expect(Terminal(isTerminal: true, columns: 3).columns == 20)
    #expect(Terminal(isTerminal: true, columns: .max).columns == 1_000)
  }
}
