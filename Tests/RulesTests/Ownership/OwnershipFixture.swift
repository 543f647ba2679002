import Facts
import Rules
import Testing

/// The ownership that files with these texts make, in a format or as detected.
func ownership(
  _ texts: [String: String], _ format: OwnershipFormat? = nil, folders: Set<String> = [],
  forges: Set<OwnershipForge> = []
) -> Ownership? {
  var snapshot = OwnershipSnapshot(commit: ObjectName(high: 1, middle: 2, low: 3))
  snapshot.files = texts.keys.sorted().map { path in
    OwnershipFile(
      path: path, bytes: Array((texts[path] ?? "").utf8), object: ObjectName(high: 4, middle: 5, low: 6))
  }
  snapshot.folders = folders
  snapshot.forges = forges
  return Ownership(snapshot, format: format)
}

extension Ownership {
  /// Those who may approve a change of a path, as the file names them.
  func names(_ path: String) -> [String] { owners(of: path).owners.map(\.shown) }

  /// Flaws with their lines.
  var flaws: [String] { problems.map { "\($0.place.line) \($0.flaw)" } }
}

extension Owner {
  var shown: String {
    switch name {
    case .address(_, let email): email
    case .login(let login): "@" + login
    case .team(let team): "@" + team
    case .role(let role): "@@" + role
    case .everyone: "*"
    }
  }
}
