internal import Facts

/// What the path of an attestation says it is about (gittuf `internal/attestations/attestations.go`).
enum AttestationPath {
  /// How far a branch is to move: from a commit to a commit with this tree.
  struct Move: Hashable {
    let ref: String
    let from: ObjectName
    let tree: ObjectName
  }

  /// `github-pull-requests/[APP/]REF/COMMIT`: what GitHub said of a request when it was merged.
  case pullRequest(ref: String, commit: ObjectName)
  /// `code-review-approvals/REF/FROM-TREE/SYSTEM[/APP]`: who approved on a forge, as an app saw it.
  case approvals(Move)
  /// `reference-authorizations/REF/FROM-TREE`: an approval by whoever signed.
  case authorization(Move)
  /// `code-review-approvals/review-index.json`: numbers of reviews on a forge; no envelope.
  case index
  /// The move of something other than a branch, such as a tag.
  case notABranch

  /// Nil for anything else.
  init?(_ path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return nil }
    switch parts[0] {
    case "github-pull-requests": self.init(pullRequest: parts.dropFirst())
    case "reference-authorizations":
      guard let move = Self.move(parts.dropFirst().dropLast(), parts[parts.count - 1]) else { return nil }
      self = move.ref.hasPrefix("refs/heads/") ? .authorization(move) : .notABranch
    case "code-review-approvals":
      if parts == ["code-review-approvals", "review-index.json"] {
        self = .index
      } else {
        self.init(approvals: parts.dropFirst())
      }
    default: return nil
    }
  }

  private init?(pullRequest parts: ArraySlice<String>) {
    guard let start = parts.firstIndex(of: "refs"), start <= parts.startIndex + 1, let last = parts.last,
      let commit = ObjectName(hex: last)
    else { return nil }
    self = .pullRequest(ref: parts[start...].dropLast().joined(separator: "/"), commit: commit)
  }

  private init?(approvals parts: ArraySlice<String>) {
    for place in parts.indices.reversed() {
      guard let move = Self.move(parts[..<place], parts[place]) else { continue }
      guard place + 1 < parts.endIndex else { return nil }
      self = move.ref.hasPrefix("refs/heads/") ? .approvals(move) : .notABranch
      return
    }
    return nil
  }

  private static func move(_ ref: ArraySlice<String>, _ ends: String) -> Move? {
    let names = ends.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard ref.count > 1, ref.first == "refs", names.count == 2,
      let from = ObjectName(hex: Substring(names[0])),
      let tree = ObjectName(hex: Substring(names[1]))
    else { return nil }
    return Move(ref: ref.joined(separator: "/"), from: from, tree: tree)
  }
}
