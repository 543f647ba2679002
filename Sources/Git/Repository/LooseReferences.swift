/// References kept as one file each.
struct LooseReferences {
  enum Content: Hashable {
    case direct(ObjectID)
    case symbolic(String)
  }

  /// What came of reading one file.
  enum Reading: Hashable {
    case missing
    case content(Content)
    case broken(String)
  }

  /// The folder that holds `refs`.
  let folder: String

  private static let deepest = 64

  /// All files whose names start with the prefix, in no stated order.
  func all(under prefix: String) -> [(name: String, reading: Reading)] {
    guard prefix.hasPrefix("refs/") || "refs/".hasPrefix(prefix), !prefix.contains("/../") else { return [] }
    let start = prefix.lastIndex(of: "/").map { String(prefix[..<$0]) } ?? "refs"
    var found: [(name: String, reading: Reading)] = []
    collect(start, prefix, 0, into: &found)
    return found
  }

  private func collect(
    _ name: String, _ prefix: String, _ depth: Int, into found: inout [(name: String, reading: Reading)]
  ) {
    guard depth < Self.deepest else {
      found.append((name, .broken("lies more than \(Self.deepest) folders deep")))
      return
    }
    for part in Files.names(in: folder + "/" + name) ?? [] {
      let full = name + "/" + part
      guard full.hasPrefix(prefix) || prefix.hasPrefix(full + "/") else { continue }
      guard let status = FileStatus(folder + "/" + full, followingLinks: false) else { continue }
      if status.kind == .directory {
        collect(full, prefix, depth + 1, into: &found)
      } else if full.hasPrefix(prefix), !part.hasSuffix(".lock") {
        found.append((full, read(full)))
      }
    }
  }

  /// Reads `HEAD` or a reference by its full name.
  func read(_ name: String) -> Reading {
    let path = folder + "/" + name
    guard let status = FileStatus(path, followingLinks: false) else { return .missing }
    switch status.kind {
    case .directory: return .missing
    case .special: return .broken("is no regular file")
    case .link:
      // Before there were symbolic references, Git used links for them.
      guard let target = Files.linkTarget(path), target.hasPrefix("refs/") else {
        return .broken("is a link that leads out of refs")
      }
      return .content(.symbolic(target))
    case .regular: break
    }
    switch Files.read(path, limit: 65_536) {
    case .missing: return .missing
    case .special: return .broken("is no regular file")
    case .unreadable(let detail): return .broken(detail)
    case .bytes(let bytes): return LooseReferences.parse(bytes)
    }
  }

  private static func parse(_ bytes: [UInt8]) -> Reading {
    if bytes.starts(with: "ref:".utf8) {
      let name = Bytes.trimmed(bytes[4...])
      return ReferenceName.isValid(name)
        ? .content(.symbolic(String(decoding: name, as: UTF8.self)))
        : .broken("stands for a name that no reference can have")
    }
    guard bytes.count >= 40, let id = ObjectID(hexBytes: bytes.prefix(40)),
      bytes.count == 40 || Bytes.isSpace(bytes[40])
    else { return .broken("holds no object id") }
    return .content(.direct(id))
  }
}
