import Testing

@testable import Harvest

/// A message with the number of the commit's parents, and the marker expected of it.
struct MarkerCase: Sendable, CustomTestStringConvertible {
  let message: [UInt8]
  let parents: Int
  let expected: String?

  init(_ message: String, _ parents: Int, _ expected: String?) {
    self.init(bytes: Array(message.utf8), parents, expected)
  }

  init(bytes: [UInt8], _ parents: Int, _ expected: String?) {
    message = bytes
    self.parents = parents
    self.expected = expected
  }

  var testDescription: String {
    String(decoding: message, as: UTF8.self).prefix(70).map { $0.isNewline ? "⏎" : String($0) }.joined()
  }
}

/// The marker of a message, on one line; the message stands inside a larger run of bytes, as in a history.
func marker(_ message: [UInt8], _ parents: Int) -> String? {
  let arena = Array("Merge pull request #9 from x/y\n\n".utf8) + message + Array(" (#8)\n".utf8)
  let slice = arena[32..<32 + message.count]
  guard let marker = Marker.read(MessageParts(slice), parents: parents) else { return nil }
  var words = ["\(marker.forge)", "\(marker.shape)"]
  words.append(marker.numbers.map { "\($0)" }.joined(separator: "+"))
  if let owner = marker.headOwner { words.append("from \(owner.text)") }
  if !marker.project.isEmpty { words.append("in \(marker.project.text)") }
  if !marker.approvers.isEmpty { words.append("r=" + marker.approvers.map(\.text).joined(separator: ",")) }
  if let title = marker.title { words.append("'\(title.text)'") }
  if marker.titleInBody { words.append("title in body") }
  return words.joined(separator: " ")
}
