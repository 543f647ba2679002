internal import Git

/// The number of a request in the numbering of one forge.
struct RequestKey: Hashable, Comparable {
  let forge: Forge
  let number: Int

  static func < (left: RequestKey, right: RequestKey) -> Bool {
    (left.forge.rawValue, left.number) < (right.forge.rawValue, right.number)
  }
}

/// The refs that a forge keeps for its requests: `refs/pull/N/head` and `refs/merge-requests/N/head`.
///
/// GitHub keeps them for ever, open or not; GitLab mirrors may be frozen in the past. `…/merge` is a test merge: its
/// presence does not mean open, its absence does not mean closed.
struct RequestRefs {
  struct Head {
    let ref: String
    let target: ObjectID
  }

  private(set) var heads: [RequestKey: Head] = [:]
  private(set) var merges: [RequestKey: Head] = [:]
  /// The largest number with a ref in each family.
  private(set) var newest: [Forge: Int] = [:]

  /// - Parameter references: all refs of the repository; names that only look alike are passed over.
  init(_ references: [Reference]) {
    for reference in references {
      guard let target = reference.target, let (key, isHead) = Self.parse(reference.name) else { continue }
      let head = Head(ref: reference.name, target: target)
      if isHead {
        heads[key] = head
        newest[key.forge] = max(newest[key.forge] ?? 0, key.number)
      } else {
        merges[key] = head
      }
    }
  }

  /// Whether the repository has any ref of this family, so that a number can be verified.
  func has(_ forge: Forge) -> Bool { newest[forge] != nil }

  private static func parse(_ name: String) -> (RequestKey, isHead: Bool)? {
    var scanner = ByteScanner(ArraySlice(name.utf8))
    let forge: Forge
    if scanner.take("refs/pull/") {
      forge = .github
    } else if scanner.take("refs/merge-requests/") {
      forge = .gitlab
    } else {
      return nil
    }
    guard let number = scanner.number() else { return nil }
    if scanner.take("/head") {
      return scanner.isAtEnd ? (RequestKey(forge: forge, number: number), true) : nil
    }
    guard scanner.take("/merge"), scanner.isAtEnd else { return nil }
    return (RequestKey(forge: forge, number: number), false)
  }
}
