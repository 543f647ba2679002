@testable import Git

extension FuzzTarget {
  /// Files of a repository that are read before anything else: `config` and `packed-refs`; and `.mailmap`.
  static let config = FuzzTarget(name: "config") { bytes throws(Broken) in
    let file = ConfigFile(bytes)
    for entry in file.entries {
      try hold(entry.name.contains("."), "an entry without section")
      try hold(file.last(entry.name) != nil, "\(entry.name) is not found again")
    }
    let packed = PackedReferences(bytes, status: nil)
    for line in packed.lines(under: []) {
      let name = Array(packed.name(of: line))
      try hold(
        packed.line(named: name).map { packed.name(of: $0) }.map(Array.init) == name, "a ref is not found")
    }
    let mailmap = Mailmap(parsing: bytes)
    let (name, email) = bytes.parted(at: UInt8(ascii: "<"))
    _ = mailmap.resolve(name: name, email: email)
    try hold(
      !mailmap.isEmpty || mailmap.resolve(name: [1], email: [2]) == ([1], [2]), "an empty map changes names")
  }
}
