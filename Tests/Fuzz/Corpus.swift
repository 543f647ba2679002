import Foundation

/// The inputs in `fixtures/fuzz`.
enum Corpus {
  /// An input, and the file that holds it.
  struct Input {
    var path: String
    var bytes: [UInt8]
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("fixtures/fuzz")

  /// Names of the folders, sorted.
  static func targets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0 != "README.md" }.sorted()
  }

  /// All inputs of a target, sorted by name.
  static func inputs(of target: String) throws -> [Input] {
    let folder = root.appendingPathComponent(target)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
      let file = folder.appendingPathComponent(name)
      return Input(path: file.path, bytes: try bytes(of: file))
    }
  }

  /// Foundation's reading of an empty file leaks, which the address sanitizer would report.
  private static func bytes(of file: URL) throws -> [UInt8] {
    let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int
    return size == 0 ? [] : Array(try Data(contentsOf: file))
  }
}
