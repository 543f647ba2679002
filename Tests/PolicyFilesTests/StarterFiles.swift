import Foundation

/// The policies that ship with the product.
enum StarterFiles {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("policies")

  /// All policy files by path below `policies/`, sorted.
  static func all() throws -> [(path: String, bytes: [UInt8])] {
    var paths: [String] = []
    for name in ["", "grants", "waivers"] {
      let directory = name.isEmpty ? folder : folder.appendingPathComponent(name)
      for file in try FileManager.default.contentsOfDirectory(atPath: directory.path)
      where file.hasSuffix(".json5") {
        paths.append(name.isEmpty ? file : "\(name)/\(file)")
      }
    }
    return try paths.sorted().map { path in
      (path, Array(try Data(contentsOf: folder.appendingPathComponent(path))))
    }
  }

  static func schema(_ name: String) throws -> [String: Any] {
    let file = folder.appendingPathComponent("schema/\(name).schema.json")
    let object = try JSONSerialization.jsonObject(with: try Data(contentsOf: file))
    return object as? [String: Any] ?? [:]
  }
}
