internal import Facts

/// One OWNERS file of Chromium or of Gerrit's code-owners, line by line.
///
/// After depot_tools and the code-owners plugin's FindOwners syntax. Which files of a directory a line is for, and
/// what an included file adds, is decided by `OwnersTree`.
struct OwnersFile: Sendable {
  /// Who reads the file; they differ in what `per-file` covers.
  enum Reader: Hashable, Sendable {
    /// Gerrit's code-owners plugin: `per-file` holds for the directory and all below.
    case codeOwners
    /// depot_tools: `per-file` holds for files of the directory itself.
    case chromium
  }

  struct Import: Sendable {
    /// As written.
    var text: String
    /// From the root; nil when it lies in another repository, or is no OWNERS file.
    var path: String?
    /// Owners of the whole directory alone, as `file:` says; `include` takes all.
    var isOwnersOnly: Bool
    var line: Int
  }

  struct PerFile: Sendable {
    var globs: [[UInt8]]
    /// Each covers the name of a file.
    var names: [Automaton?]
    /// Each covers a path from the directory of the file, or any end of it that begins a segment.
    var paths: [Automaton?]
    var owners: [Owner] = []
    var stopsParents = false
    var imports: [Import] = []
    var line: Int
  }

  let path: String
  private(set) var owners: [Owner] = []
  private(set) var stopsParents = false
  private(set) var perFile: [PerFile] = []
  private(set) var imports: [Import] = []
  private(set) var problems: [OwnershipProblem] = []
  /// Written as only Chromium's files are.
  private(set) var isChromium = false
  private let directory: String

  init(_ file: OwnershipFile) {
    path = file.path
    directory = FolderPath.parent(of: file.path)
    let lines = OwnershipLines(file.bytes)
    for (number, line) in lines {
      let (content, remark) = Self.parts(of: line)
      guard !content.isEmpty else { continue }
      guard owners.count + perFile.count < CodeOwnersFile.ruleLimit else {
        tell(.tooMany(limit: CodeOwnersFile.ruleLimit), number)
        break
      }
      read(content, remark, number)
    }
    if lines.isCut { tell(.tooMany(limit: OwnershipLines.limit), OwnershipLines.limit) }
  }

  private mutating func tell(_ flaw: OwnershipProblem.Flaw, _ line: Int) {
    problems.append(OwnershipProblem(flaw, at: OwnershipPlace(file: path, line: line)))
  }

  /// What stands before a comment, and the annotation `#{…}` in it.
  private static func parts(of line: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, remark: String?) {
    guard let hash = line.firstIndex(of: UInt8(ascii: "#")) else { return (line.trimmed, nil) }
    let comment = line[(hash + 1)...]
    var remark: String?
    if comment.first == UInt8(ascii: "{"), let end = comment.firstIndex(of: UInt8(ascii: "}")) {
      remark = comment[(comment.startIndex + 1)..<end].text
    }
    return (line[..<hash].trimmed, remark)
  }

  private mutating func read(_ line: ArraySlice<UInt8>, _ remark: String?, _ number: Int) {
    let words = line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })
    if words.count == 2, words[0].isText("set"), words[1].isText("noparent") {
      stopsParents = true
    } else if words.count > 1, words[0].isText("include") {
      addImport(line.dropFirst(words[0].count).trimmed, isOwnersOnly: false, number)
    } else if line.starts(with: "file:".utf8) {
      addImport(line.dropFirst("file:".utf8.count).trimmed, isOwnersOnly: true, number)
    } else if words.count > 1, words[0].isText("per-file") {
      readPerFile(line.dropFirst(words[0].count).trimmed, remark, number)
    } else if words.count == 1, let name = Self.owner(line) {
      let place = OwnershipPlace(file: path, line: number)
      owners.append(Owner(name, title: remark, at: place))
    } else {
      tell(.unknownLine, number)
    }
  }

  private static func owner(_ word: ArraySlice<UInt8>) -> Owner.Name? {
    if word.isText("*") { return .everyone }
    return OwnerName.address(word).map { .address(name: "", email: $0) }
  }

  private mutating func addImport(_ text: ArraySlice<UInt8>, isOwnersOnly: Bool, _ line: Int) {
    imports.append(importOf(text, isOwnersOnly: isOwnersOnly, line))
  }

  private mutating func importOf(_ text: ArraySlice<UInt8>, isOwnersOnly: Bool, _ line: Int) -> Import {
    var target = text
    if target.starts(with: "//".utf8) {
      isChromium = true
      target = target.dropFirst()
    }
    let isForeign = target.contains(UInt8(ascii: ":"))
    let name = target.split(separator: GlobReader.slash).last ?? []
    let isOwners = name.text.contains("OWNERS")
    let path = isForeign || !isOwners ? nil : FolderPath.resolve(target.text, from: directory)
    if path == nil { tell(.include(text.text), line) }
    return Import(text: text.text, path: path, isOwnersOnly: isOwnersOnly, line: line)
  }

  private mutating func readPerFile(_ text: ArraySlice<UInt8>, _ remark: String?, _ number: Int) {
    guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else { return tell(.unknownLine, number) }
    let globs = Self.globs(text[..<equals].trimmed)
    let right = text[(equals + 1)...].trimmed
    guard !globs.isEmpty, !right.isEmpty else { return tell(.unknownLine, number) }
    var entry = PerFile(
      globs: globs, names: globs.map(Self.nameAutomaton), paths: globs.map(Self.pathAutomaton), line: number)
    for place in globs.indices where entry.names[place] == nil && entry.paths[place] == nil {
      return tell(.patternTooLarge, number)
    }
    let words = right.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })
    if words.count == 2, words[0].isText("set"), words[1].isText("noparent") {
      entry.stopsParents = true
    } else if right.starts(with: "file:".utf8) {
      entry.imports = [importOf(right.dropFirst("file:".utf8.count).trimmed, isOwnersOnly: true, number)]
    } else {
      guard let owners = listed(right, remark, number) else { return }
      entry.owners = owners
    }
    perFile.append(entry)
  }

  /// Owners with commas between them; nil, and told, when one of them is none.
  private mutating func listed(_ text: ArraySlice<UInt8>, _ remark: String?, _ number: Int) -> [Owner]? {
    var owners: [Owner] = []
    for part in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard part.first != 0x20, part.first != 0x09, part.last != 0x20, part.last != 0x09 else {
        tell(.blankInList, number)
        return nil
      }
      guard let name = Self.owner(part) else {
        tell(.owner(part.text), number)
        return nil
      }
      owners.append(Owner(name, title: remark, at: OwnershipPlace(file: path, line: number)))
    }
    return owners
  }

  /// Globs with commas between them, but for commas in braces and brackets.
  private static func globs(_ text: ArraySlice<UInt8>) -> [[UInt8]] {
    var globs: [[UInt8]] = []
    var glob: [UInt8] = []
    var depth = 0
    for byte in text {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth = max(0, depth - 1) }
      if byte == UInt8(ascii: ","), depth == 0 {
        globs.append(glob)
        glob = []
      } else {
        glob.append(byte)
      }
    }
    globs.append(glob)
    return globs.map { Array($0[...].trimmed) }.filter { !$0.isEmpty }
  }

  private static func nameAutomaton(_ glob: [UInt8]) -> Automaton? {
    do {
      return Automaton(try GlobReader.baseName(glob))
    } catch {
      return nil
    }
  }

  private static func pathAutomaton(_ glob: [UInt8]) -> Automaton? {
    do {
      let ahead = Shape.maybe(.sequence([.many(.bytes(.any)), .byte(GlobReader.slash)]))
      return Automaton(.sequence([ahead, try GlobReader.java(glob)]))
    } catch {
      return nil
    }
  }
}

extension OwnersFile.PerFile {
  /// Whether the entry is for a file, given by its path from the directory that the entry holds for.
  func covers(_ path: ArraySlice<UInt8>, _ reader: OwnersFile.Reader) -> Bool {
    let path = Array(path)
    switch reader {
    case .codeOwners: return paths.contains { $0?.matches(path) ?? false }
    case .chromium:
      guard !path.contains(GlobReader.slash) else { return false }
      return names.contains { $0?.matches(path) ?? false }
    }
  }
}

/// Paths of folders, without a slash at either end; the root is empty.
enum FolderPath {
  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: GlobReader.slash) else { return "" }
    return String(path[..<slash])
  }

  static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder + "/" + name
  }

  /// The folder of a file and all above it, the nearest first.
  static func upward(from path: String) -> [String] {
    var folders: [String] = []
    var folder = path
    while !folder.isEmpty {
      folder = parent(of: folder)
      folders.append(folder)
    }
    return folders
  }

  /// A path with its `.` and `..` taken away; nil when it leaves the repository or names nothing.
  static func resolve(_ path: String, from folder: String) -> String? {
    var parts: [Substring] = path.utf8.first == GlobReader.slash ? [] : folder.split(separator: "/")
    for part in path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": guard parts.popLast() != nil else { return nil }
      default: parts.append(part)
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
