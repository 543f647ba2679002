import Foundation
import Testing

/// A page of documentation as its tests see it: under each heading the words in the first cells of its tables,
/// and the samples.
struct DocumentedPage {
  struct Section {
    /// What stands in backquotes in the first cells of tables with this word as their first head cell.
    var cells: [String: Set<String>] = [:]
    /// Blocks of code marked `json`.
    var samples: [String] = []
  }

  private(set) var sections: [String: Section] = [:]

  /// Reads a page of the documentation catalog of `Reports`.
  init(_ name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appendingPathComponent("Sources/Reports/Reports.docc").appendingPathComponent(name)
    read(try String(contentsOf: file, encoding: .utf8))
  }

  func section(_ heading: String) throws -> Section {
    try #require(sections[heading], "the page has no section '\(heading)'")
  }

  private mutating func read(_ text: String) {
    var heading = ""
    var head: String?
    var sample: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = sample {
        guard line == "```" else {
          sample = lines + [line]
          continue
        }
        sections[heading, default: Section()].samples.append(lines.joined(separator: "\n"))
        sample = nil
      } else if line == "```json" {
        sample = []
      } else if line.hasPrefix("#") {
        heading = String(line.drop { $0 == "#" || $0 == " " })
        sections[heading, default: Section()] = Section()
        head = nil
      } else if line.hasPrefix("|") {
        let cell = line.split(separator: "|").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
        guard let known = head else {
          head = cell
          continue
        }
        sections[heading, default: Section()].cells[known, default: []].formUnion(Self.quoted(cell))
      } else {
        head = nil
      }
    }
  }

  /// The texts between backquotes.
  private static func quoted(_ cell: String) -> [String] {
    cell.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
  }
}

/// The keys of a JSON text as paths: `items[].author.name`.
enum JSONKeys {
  static func paths(of text: some Sequence<UInt8>) throws -> Set<String> {
    paths(in: try JSONSerialization.jsonObject(with: Data(text)), at: "")
  }

  /// All values at a path that are texts.
  static func texts(of text: some Sequence<UInt8>, at path: String) throws -> Set<String> {
    var found = Set<String>()
    func visit(_ value: Any, _ place: String) {
      if let text = value as? String, place == path { found.insert(text) }
      if let array = value as? [Any] { for element in array { visit(element, place + "[]") } }
      guard let object = value as? [String: Any] else { return }
      for (key, value) in object { visit(value, place.isEmpty ? key : "\(place).\(key)") }
    }
    visit(try JSONSerialization.jsonObject(with: Data(text)), "")
    return found
  }

  /// Keys below `counts` are data.
  private static func paths(in value: Any, at place: String) -> Set<String> {
    if let array = value as? [Any] {
      return array.reduce(into: []) { $0.formUnion(paths(in: $1, at: place + "[]")) }
    }
    guard let object = value as? [String: Any], !place.hasSuffix(".counts") else { return [] }
    return object.reduce(into: []) { found, member in
      let path = place.isEmpty ? member.key : "\(place).\(member.key)"
      found.insert(path)
      found.formUnion(paths(in: member.value, at: path))
    }
  }
}
