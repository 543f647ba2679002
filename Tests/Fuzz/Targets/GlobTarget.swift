import Facts

@testable import Rules

extension FuzzTarget {
  /// A pattern, a line end and a path: path patterns, and the notations of ownership files.
  static let glob = FuzzTarget(name: "glob") { bytes throws(Broken) in
    let (pattern, path) = bytes.parted(at: 0x0A)
    try own(pattern, path)
    // The references take time and memory with the square of the length.
    guard pattern.count <= 80, path.count <= 64 else {
      _ = try? GlobReader.gitHub(pattern)
      return
    }
    try agree(path, "GitHub") { () throws(GlobReader.Flaw) in try GlobReader.gitHub(pattern) }
    try agree([0x2F] + path, "GitLab") { () throws(GlobReader.Flaw) in try GlobReader.gitLab(pattern) }
    try agree(path, "Java") { () throws(GlobReader.Flaw) in try GlobReader.java(pattern) }
    try agree(path, "fnmatch") { () throws(GlobReader.Flaw) in try GlobReader.baseName(pattern) }
    for extended in [false, true] {
      try agree(path, "expression") { () throws(ExpressionReader.Refusal) in
        try ExpressionReader.shape(pattern, extended: extended)
      }
    }
  }

  private static func own(_ text: [UInt8], _ path: [UInt8]) throws(Broken) {
    let written = String(decoding: text, as: UTF8.self)
    guard let pattern = try? PathPattern(written) else { return }
    guard text.count <= 200, path.count <= 200 else {
      // Too long for the reference; what matters is that both end.
      _ = (pattern.matches(path), pattern.mayMatch(below: path))
      return
    }
    let plain = Array(written.utf8)
    try hold(pattern.matches(path) == GlobReference.matches(plain, path), "the plain reading differs")
    if !path.isEmpty {
      let may = GlobReference.mayMatch(plain, below: path)
      try hold(pattern.mayMatch(below: path) == may, "below: the plain reading says \(may)")
    }
    for place in path.indices where path[place] == GlobReader.slash && place + 1 < path.count {
      guard pattern.matches(path) else { break }
      try hold(pattern.mayMatch(below: Array(path[..<place])), "matches below, but says that it cannot")
    }
  }

  private static func agree<Failure: Error>(
    _ path: [UInt8], _ notation: String, _ read: () throws(Failure) -> Shape
  ) throws(Broken) {
    guard let shape = try? read() else { return }
    for (start, end) in [(true, true), (false, false), (true, false)] {
      guard let automaton = Automaton(shape, anchorsStart: start, anchorsEnd: end) else { continue }
      let expected = ShapeReference(text: path).matches(shape, anchorsStart: start, anchorsEnd: end)
      try hold(automaton.matches(path) == expected, "\(notation): the plain reading says \(expected)")
    }
  }

  /// Ownership files of every kind, asked about some paths.
  static let owners = FuzzTarget(name: "owners") { bytes throws(Broken) in
    let object = ObjectName(high: 1, middle: 2, low: 3)
    let paths = ["a", "a/b.c", "docs/a/b/c.md", "net/ipv4/tcp.c", ".github/CODEOWNERS", "x y/[id].js"]
    for (name, format) in [
      ("CODEOWNERS", OwnershipFormat.codeOwners), ("CODEOWNERS", .gitLabCodeOwners), ("OWNERS", .owners),
      ("a/OWNERS", .owners), ("MAINTAINERS", .maintainers),
    ] {
      var snapshot = OwnershipSnapshot(commit: object)
      snapshot.files = [OwnershipFile(path: name, bytes: bytes, object: object)]
      guard let ownership = Ownership(snapshot, format: format) else { continue }
      try hold(ownership.problems.allSatisfy { $0.place.line >= 0 }, "a problem before the first line")
      for path in paths { _ = ownership.owners(of: path) }
      _ = ownership.parts()
    }
    let file = CodeOwnersFile(OwnershipFile(path: "CODEOWNERS", bytes: bytes, object: object))
    for path in paths {
      let last = file.rules.last { $0.automaton.matches(Array(path.utf8)) }
      let group = file.owners(of: Array(path.utf8)).groups.first
      try hold(
        group?.place.line == last?.line, "\(path): the index finds another line than all rules in turn")
    }
  }
}
