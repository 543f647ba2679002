import Foundation
import Testing

/// The files of this package, as the tests of its architecture see them.
enum SourceTree {
  /// The folder that holds `Package.swift`.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file with its path from the root.
  struct File: Sendable, CustomTestStringConvertible {
    let path: String

    var lines: [Substring] {
      get throws { try text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    var text: String {
      get throws { String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self) }
    }

    var testDescription: String { path }
  }

  /// Names of the folders in a folder, sorted.
  static func folders(in folder: String) throws -> [String] {
    let url = root.appendingPathComponent(folder)
    return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: [.isDirectoryKey])
      .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
      .map(\.lastPathComponent).sorted()
  }

  /// All files below a folder whose name ends so, sorted; none if there is no such folder.
  static func files(in folder: String, ending: String = "") throws -> [File] {
    guard exists(folder) else { return [] }
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    return try names.filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }.filter { path in
      let attributes = try FileManager.default.attributesOfItem(
        atPath: root.appendingPathComponent(path).path)
      return attributes[.type] as? FileAttributeType == .typeRegular
    }.sorted().map(File.init)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
  }
}
