import Facts

/// The commit that git-appraise annotates with comments on a path outside of any review.
///
/// It is the same in every repository: no parents, no files, the path as message, and fixed people and dates
/// (google/git-appraise `review/review.go`, `wellKnownCommitForPath`).
enum WellKnownCommit {
  static func name(forPath path: String) -> ObjectName {
    let person = "nobody <nobody> 100000000 +0000"
    let content =
      "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor \(person)\ncommitter \(person)\n\n\(path)\n"
    return SHA1.digest(of: Array("commit \(content.utf8.count)\u{0}\(content)".utf8))
  }
}
