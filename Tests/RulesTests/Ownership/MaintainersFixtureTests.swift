import Facts
import Foundation
import Rules
import Testing

/// The answers of `get_maintainer.pl` itself; `fixtures/ownership/README.md` says how they were obtained.
@Suite struct MaintainersFixtureTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../fixtures/ownership")

  /// What the file says of a path, in the words of the script; of lists the address alone.
  private func lines(_ ownership: Ownership, _ path: String) -> [String] {
    var lists = Set<String>()
    return ownership.owners(of: path).groups.flatMap { group in
      group.owners.compactMap { owner -> String? in
        guard case .address(let name, let email) = owner.name else { return nil }
        if owner.part == .list { return lists.insert(email).inserted ? email : nil }
        let shown = name.contains(",") || name.contains(".") ? "\"\(name)\"" : name
        let address = shown.isEmpty ? email : "\(shown) <\(email)>"
        return "\(address) (\(owner.title ?? ""):\(group.section ?? ""))"
      }
    }.sorted()
  }

  private func comparison(_ maintainers: String, _ expected: String) throws -> (
    count: Int, differing: [String]
  ) {
    let rows = expected.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: true).map(String.init)
    }
    let paths = rows.map { $0[0] }
    var folders = Set<String>()
    for path in paths {
      var rest = Substring(path)
      while let slash = rest.lastIndex(of: "/") {
        rest = rest[..<slash]
        folders.insert(String(rest))
      }
    }
    let file = OwnershipFile(
      path: "MAINTAINERS", bytes: Array(maintainers.utf8), object: ObjectName(high: 0, middle: 0, low: 0))
    var snapshot = OwnershipSnapshot(commit: ObjectName(high: 0, middle: 0, low: 0))
    snapshot.files = [file]
    snapshot.folders = Set(Ownership.missing(in: snapshot).folders).intersection(folders)
    let ownership = try #require(Ownership(snapshot, format: .maintainers))
    // The script tells each person once, in the first of their roles, and leaves the order of equal depths to chance.
    let differing = rows.compactMap { row -> String? in
      let wanted = row.dropFirst().map { line in
        line.contains(" list") && !line.contains("<") ? String(line.prefix { $0 != " " }) : line
      }
      let found = lines(ownership, row[0])
      let isRight = Set(wanted).isSubset(of: found) && Set(wanted.map(person)) == Set(found.map(person))
      return isRight ? nil : "\(row[0]): \(found), expected \(wanted)"
    }
    return (rows.count, differing)
  }

  /// The line without the role.
  private func person(_ line: String) -> String { String(line.prefix { $0 != "(" }).filter { $0 != "\"" } }

  @Test func `names whom get_maintainer names, for every path`() throws {
    let texts = try ["MAINTAINERS", "maintainers-expected.tsv"].map {
      try String(contentsOf: Self.folder.appendingPathComponent($0), encoding: .utf8)
    }
    let (count, differing) = try comparison(texts[0], texts[1])
    #expect(count == 340)
    #expect(differing == [])
  }
}
