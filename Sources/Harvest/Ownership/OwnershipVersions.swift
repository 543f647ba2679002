internal import Facts
internal import Git

/// Finds the commits of the branch's own line at which a file changed that may say who owns what.
///
/// Nothing is read: most reports need a few versions of many, and of those a few files.
struct OwnershipVersions {
  let history: History
  let line: BranchLine

  func moments() -> OwnershipMoments {
    guard let oldest = line.line.last else { return OwnershipMoments() }
    let names = ownershipPaths()
    var versions: [OwnershipMoments.Version] = []
    var before = [Int32](repeating: -1, count: line.line.count)
    for (place, commit) in line.line.enumerated().reversed() {
      // Without a parent there was nothing; where reading only begins here, the first version stands for it.
      before[place] = Int32(versions.count) - 1
      if commit == oldest, history.parentCount(commit) > 0 { before[place] = 0 }
      guard commit == oldest || touches(commit, names) else { continue }
      let own = Instant(seconds: history.committerSeconds(commit))
      versions.append(
        .init(
          commit: ObjectName(git: history.id(commit)), from: max(own, versions.last?.from ?? own)))
    }
    return OwnershipMoments(versions, bases: bases(before, count: versions.count))
  }

  /// The base of every commit of the branch, by the commit of the line that brought it.
  private func bases(_ before: [Int32], count: Int) -> [ObjectName: Int32] {
    guard count > 1 else {
      guard let oldest = line.line.last, let base = before.last, base < 0 else { return [:] }
      return [ObjectName(git: history.id(oldest)): base]
    }
    var byLine: [Int32: Int32] = [:]
    byLine.reserveCapacity(line.line.count)
    for (place, commit) in line.line.enumerated() { byLine[commit] = before[place] }
    var bases: [ObjectName: Int32] = [:]
    bases.reserveCapacity(line.landing.count)
    for commit in line.held {
      bases[ObjectName(git: history.id(commit))] = byLine[line.landing[Int(commit)]]
    }
    return bases
  }

  private func touches(_ commit: Int32, _ names: [Bool]) -> Bool {
    guard let changes = history.changes(commit) else { return true }
    return changes.contains { names[Int($0.path)] }
  }

  /// For each path whether it is one that some format looks at.
  private func ownershipPaths() -> [Bool] {
    let fixed = Set(OwnershipFormat.allCases.flatMap(\.places))
    return (0..<Int32(history.paths.count)).map { path in
      let name = history.paths.name(path)
      guard name.count > 5, name.last == UInt8(ascii: "S") || name.contains(UInt8(ascii: "_")) else {
        return false
      }
      let text = String(decoding: name, as: UTF8.self)
      guard text.contains("OWNERS") || text == "MAINTAINERS" else { return false }
      if text == "CODEOWNERS" || text == "MAINTAINERS" { return fixed.contains(history.paths.string(path)) }
      return true
    }
  }
}
