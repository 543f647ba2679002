import Commands
import Facts
import Foundation

/// A world without disk and clock that remembers what was said in it.
///
/// Policy files that a test has written into its temporary folder are seen, so that one directory serves the tests of
/// every command.
final class RecordedWorld {
  var files: [String: [UInt8]] = [:]
  var variables: [String: String] = [:]
  var now = Instant(seconds: 1_772_323_200)  // 2026-03-01T00:00:00Z
  var outputTerminal = Terminal.none
  /// Thrown by `finishOutput`, as when the disk is full.
  var outputFailure: FileFailure?
  private(set) var outputBytes: [UInt8] = []
  private(set) var complaints: [String] = []

  var output: String { String(decoding: outputBytes, as: UTF8.self) }

  var world: World {
    World(
      now: now,
      output: { (bytes) throws(FileFailure) in self.outputBytes += bytes },
      finishOutput: { () throws(FileFailure) in if let failure = self.outputFailure { throw failure } },
      complaint: { self.complaints.append($0) },
      readFile: { (path) throws(FileFailure) in
        guard let bytes = self.files[path] ?? Self.policyFile(path) else {
          throw FileFailure(.read, path, .system(2))
        }
        return bytes
      },
      listDirectory: { (path) throws(FileFailure) in
        if let entries = Self.temporaryDirectory(path) { return entries }
        let names = self.files.keys.filter { $0.hasPrefix(path + "/") }.map { $0.dropFirst(path.count + 1) }
        return names.filter { !$0.contains("/") }.sorted()
          .map { DirectoryEntry(name: String($0), isDirectory: false) }
      },
      writeFile: { (path, bytes) throws(FileFailure) in self.files[path] = bytes },
      createFiles: { (directory, files) throws(FileFailure) in
        for file in files { self.files["\(directory)/\(file.name)"] = file.bytes }
      },
      createDirectory: { (_) throws(FileFailure) in },
      environment: { self.variables[$0] },
      outputTerminal: outputTerminal)
  }

  /// Runs one command line in this world.
  func run(_ arguments: String..., bodies: [CommandID: Program.Body] = [:]) -> Ending {
    Program(bodies: bodies).run(arguments: arguments, world: world)
  }

  private static func policyFile(_ path: String) -> [UInt8]? {
    guard path.hasSuffix(".json5") || path.hasSuffix(".ics") else { return nil }
    return FileManager.default.contents(atPath: path).map { Array($0) }
  }

  /// What lies in a directory of the temporary folder; nil for any other place.
  private static func temporaryDirectory(_ path: String) -> [DirectoryEntry]? {
    guard path.hasPrefix(NSTemporaryDirectory()) else { return nil }
    // What cannot be listed is no directory, which is the answer.
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return nil }
    return names.sorted().map { name in
      // Gone in between: then it is no directory either.
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
      let kind = attributes?[.type] as? FileAttributeType
      return DirectoryEntry(name: name, isDirectory: kind == .typeDirectory)
    }
  }
}
