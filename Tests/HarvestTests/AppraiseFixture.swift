import Foundation

/// The files below `fixtures/appraise`.
enum AppraiseFixture {
  static func bytes(_ name: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return Array(try Data(contentsOf: root.appendingPathComponent("fixtures/appraise/\(name)")))
  }
}
