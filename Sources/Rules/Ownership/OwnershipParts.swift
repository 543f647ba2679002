public import Facts

/// A part of a repository that an ownership file gives to somebody, in the patterns of a platform file.
public struct OwnedPart: Hashable, Sendable {
  /// Heading of the section, or nil where the file has none.
  public var name: String?
  /// As a platform file writes paths.
  public var paths: [String]
  /// Whether the part is everything.
  public var isEverything: Bool
  /// Those who may approve, in the order of the file.
  public var owners: [Owner]
  public var place: OwnershipPlace
}

extension Ownership {
  /// The parts that the files speak of, in their order; rules that no platform file can express are counted.
  public func parts() -> (parts: [OwnedPart], inexpressible: Int) {
    var collector = PartCollector()
    collect(into: &collector)
    return (collector.parts, collector.inexpressible)
  }
}

/// Gathers parts, those of the same people in one.
struct PartCollector {
  private(set) var parts: [OwnedPart] = []
  private(set) var inexpressible = 0

  /// Adds a rule; rules with one name and the same owners become one part.
  mutating func add(
    _ name: String?, _ patterns: [String?], _ owners: [Owner], at place: OwnershipPlace
  ) {
    let owners = owners.filter { $0.part == .owner }
    let valid = patterns.compactMap { $0 }.filter(Self.isPattern)
    inexpressible += patterns.count - valid.count
    var seen = Set<String>()
    let known = valid.filter { seen.insert($0).inserted }
    guard !owners.isEmpty, !known.isEmpty else { return }
    let isEverything = known.contains("**")
    let names = owners.map(\.name)
    let same = parts.firstIndex {
      $0.name == name && $0.isEverything == isEverything && $0.owners.map(\.name) == names
    }
    if let same {
      for path in known where !parts[same].paths.contains(path) { parts[same].paths.append(path) }
    } else {
      parts.append(
        OwnedPart(name: name, paths: known, isEverything: isEverything, owners: owners, place: place))
    }
  }

  private static func isPattern(_ text: String) -> Bool {
    do {
      _ = try PathList([text])
      return true
    } catch {
      return false
    }
  }
}

/// Patterns of ownership files in the words of a platform file; nil where it has none.
enum PlatformPattern {
  /// Patterns of CODEOWNERS; GitLab's know classes, and none of them covers what lies in a folder of that name.
  static func codeOwners(_ pattern: [UInt8], isGitLab: Bool = false) -> [String?] {
    if isGitLab, pattern.contains(UInt8(ascii: "[")) { return [nil] }
    var text = String(decoding: pattern, as: UTF8.self)
    if text == "*" || text == "**" { return ["**"] }
    let isFolder = text.hasSuffix("/")
    while text.hasSuffix("/") { text.removeLast() }
    let isRooted = text.hasPrefix("/") || text.contains("/")
    while text.hasPrefix("/") { text.removeFirst() }
    guard !text.isEmpty, !text.hasPrefix("!") else { return [nil] }
    text = escaped(text)
    let base = isRooted || text.hasPrefix("**/") ? text : "**/" + text
    if isFolder { return [base + "/**"] }
    if isGitLab || base.hasSuffix("/**") || base.hasSuffix("/*") || base == "*" { return [base] }
    // A name with an extension is a file in practice, and one without may be a folder as well.
    let last = base.split(separator: "/").last ?? ""
    return last.contains(".") ? [base] : [base, base + "/**"]
  }

  /// The kernel's `F:` patterns that are neither expressions nor cross folders with a star.
  static func maintainers(_ pattern: [UInt8]) -> [String?] {
    var text = String(decoding: pattern, as: UTF8.self)
    if text == "*" || text == "*/" { return ["**"] }
    let isFolder = text.hasSuffix("/")
    while text.hasSuffix("/") { text.removeLast() }
    guard !text.isEmpty, !text.utf8.contains(where: "[](){}|+^$\\".utf8.contains) else { return [nil] }
    text = escaped(text)
    return isFolder ? [text + "/**"] : [text]
  }

  /// Everything in a folder.
  static func folder(_ path: String) -> String {
    path.isEmpty ? "**" : literal(path) + "/**"
  }

  /// Brackets stand for themselves.
  private static func escaped(_ text: String) -> String {
    var written = ""
    for scalar in text.unicodeScalars {
      if scalar == "[" || scalar == "]" { written += "\\" }
      written.unicodeScalars.append(scalar)
    }
    return written
  }

  private static func literal(_ path: String) -> String {
    var written = ""
    for (place, scalar) in path.unicodeScalars.enumerated() {
      if "*?[]\\".unicodeScalars.contains(scalar) || (place == 0 && scalar == "!") { written += "\\" }
      written.unicodeScalars.append(scalar)
    }
    return written
  }
}
