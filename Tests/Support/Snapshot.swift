import Foundation
public import Testing

/// Compares a text with the file of that name in `Snapshots/` beside the test.
///
/// A missing file fails. With `SNAPSHOTS=record` in the environment the file is written, and the test fails as
/// well, so that a recording run can never pass for a test run. On a difference the changed lines are reported
/// and the whole text is attached.
public func expectSnapshot(
  _ text: String, _ name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["SNAPSHOTS"] == "record" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record("recorded \(name); run again without SNAPSHOTS=record", sourceLocation: sourceLocation)
    return
  }
  guard FileManager.default.fileExists(atPath: file.path) else {
    Issue.record("no snapshot \(name); record it with SNAPSHOTS=record", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  guard expected != text else { return }
  Attachment.record(text, named: name, sourceLocation: sourceLocation)
  let changes = changedLines(from: expected, to: text)
  Issue.record("\(name) differs:\n\(changes.joined(separator: "\n"))", sourceLocation: sourceLocation)
}

/// The lines that went (`-`) and came (`+`), in the order of the texts, each with its line number.
public func changedLines(from old: String, to new: String) -> [String] {
  let before = old.split(separator: "\n", omittingEmptySubsequences: false)
  let after = new.split(separator: "\n", omittingEmptySubsequences: false)
  let changes = after.difference(from: before).map { change in
    switch change {
    case .remove(let offset, let line, _): (offset: offset, rank: 0, text: "-\(offset + 1): \(line)")
    case .insert(let offset, let line, _): (offset: offset, rank: 1, text: "+\(offset + 1): \(line)")
    }
  }
  return changes.sorted { ($0.offset, $0.rank) < ($1.offset, $1.rank) }.map(\.text)
}
