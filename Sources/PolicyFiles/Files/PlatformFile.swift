import Rules

/// Reads `platform.json5`.
enum PlatformFile {
  static func read(_ root: Cursor, _ names: inout Declarations) -> Platform? {
    guard let fields = root.fields(.platform) else { return nil }
    var taken: Set<String> = []
    let repositories = fields["repositories"]?.list { repository($0, &taken) } ?? []
    let components = (fields["components"]?.entries() ?? []).compactMap(component)
    names.declare(.repository, repositories.map(\.name))
    names.declare(.component, components.map(\.id))
    return Platform(
      repositories: repositories, components: components, ownership: fields["ownership"]?.choice())
  }

  private static func repository(_ cursor: Cursor, _ taken: inout Set<String>) -> Platform.Repository? {
    guard let fields = cursor.fields(.repository) else { return nil }
    let path = fields["path"]?.text("the path of a clone")
    let branches = fields["branch"].map(branches) ?? []
    guard let nameCursor = fields["name"], let name = nameCursor.identifier() else { return nil }
    guard taken.insert(name).inserted else {
      nameCursor.error("repository \(quoted(name)) is given twice, expected each name once")
      return nil
    }
    return Platform.Repository(name: name, path: path, branches: branches)
  }

  /// One branch or a list of them.
  private static func branches(_ cursor: Cursor) -> [String] {
    if case .array(let nodes) = cursor.node.value {
      if nodes.isEmpty { cursor.error("empty list, expected at least one branch") }
      return cursor.list(branch)
    }
    return branch(cursor).map { [$0] } ?? []
  }

  private static func branch(_ cursor: Cursor) -> String? {
    let expected = "a branch such as \"main\""
    guard let text = cursor.text(expected) else { return nil }
    guard BranchName.isValid(text) else {
      cursor.error("\(quoted(text)) is no branch name, expected \(expected)")
      return nil
    }
    return text
  }

  private static func component(_ entry: Entry) -> Platform.Component? {
    let fields = entry.value.fields(.component)
    let name = fields?["name"]?.text()
    let paths = fields?["paths"]?.paths()
    let host = fields?["host"]?.reference(.team)
    let repositories = fields?["repositories"]?.list { $0.reference(.repository) } ?? []
    guard let id = entry.identifier() else { return nil }
    return Platform.Component(
      id: id, name: name, paths: paths ?? .everything, host: host ?? "", repositories: repositories)
  }
}

/// The rules of git-check-ref-format for a branch.
enum BranchName {
  static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let segments = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard bytes.first != UInt8(ascii: "-"), bytes.last != UInt8(ascii: "."), text != "@" else { return false }
    guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !"~^:?*[\\".utf8.contains($0) }) else { return false }
    let pairs = zip(bytes, bytes.dropFirst())
    guard !pairs.contains(where: { ($0 == 0x2E && $1 == 0x2E) || ($0 == 0x40 && $1 == 0x7B) }) else {
      return false
    }
    return segments.allSatisfy { segment in
      !segment.isEmpty && segment.first != UInt8(ascii: ".") && !segment.suffix(5).elementsEqual(".lock".utf8)
    }
  }
}
