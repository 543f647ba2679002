@testable import Git

/// A commit written the way in which git writes one.
///
/// A commit that is its own canonical form is one that `git fsck` has nothing to say against; a test asks it.
struct CanonicalCommit {
  let bytes: [UInt8]

  /// Nil for a commit that lacks a part which git always writes.
  init?(_ commit: CommitObject) {
    guard let tree = commit.tree, let author = commit.author.flatMap(Self.line),
      let committer = commit.committer.flatMap(Self.line)
    else { return nil }
    var bytes = Array("tree \(tree.hex)\n".utf8)
    for parent in commit.parents { bytes += Array("parent \(parent.hex)\n".utf8) }
    bytes += Array("author ".utf8) + author + Array("\ncommitter ".utf8) + committer + [0x0A]
    if let encoding = commit.encoding { bytes += Array("encoding ".utf8) + encoding + [0x0A] }
    for header in commit.extraHeaders {
      bytes += header.name + [0x20]
      for byte in header.value { bytes += byte == 0x0A ? [byte, 0x20] : [byte] }
      bytes.append(0x0A)
    }
    // For git a header ends at a NUL.
    guard !bytes.contains(0) else { return nil }
    self.bytes = bytes + [0x0A] + commit.message
  }

  /// `Name <address> seconds +hhmm`; nil for an identity that has no date, or brackets where none may be.
  static func line(_ ident: Ident) -> [UInt8]? {
    guard let seconds = ident.seconds, ident.problems.isEmpty else { return nil }
    let minutes = abs(ident.offsetMinutes)
    let digits = String(minutes / 60 * 100 + minutes % 60)
    let zone =
      (ident.offsetMinutes < 0 ? "-" : "+") + String(repeating: "0", count: 4 - digits.count) + digits
    return ident.name + Array(" <".utf8) + ident.email + Array("> \(seconds) \(zone)".utf8)
  }
}
