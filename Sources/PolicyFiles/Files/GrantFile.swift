import Facts
import Rules

/// Reads one file of `grants/`.
enum GrantFile {
  static func read(_ root: Cursor, _ names: Declarations) -> Grant? {
    guard let fields = root.fields(.grant) else { return nil }
    let id = fields.fileID()
    let grantee = fields["grantee"]?.reference(.personOrTeam)
    let verbs = fields["verbs"]?.verbs()
    let paths = fields["paths"]?.paths()
    let branches = fields["branches"]?.references() ?? .everything
    let limits = fields["limits"]?.fields(.grantLimits)?.limits() ?? Grant.Limits()
    let giver = giver(fields, root)
    let reason = fields["reason"]?.text("a reason")
    let period = fields.period()
    let revokedOn = fields["revokedOn"]?.instant()
    let depth = fields["depth"]?.count(0...64) ?? 0
    guard let id, let grantee, let verbs, let paths, let giver, let reason else { return nil }
    if giver == .person(grantee) { fields["grantee"]?.error("a grant to oneself, expected somebody else") }
    return Grant(
      id: id, grantee: names.has(.team, grantee) ? .team(grantee) : .person(grantee), verbs: verbs,
      paths: paths, giver: giver, branches: branches, limits: limits, period: period, revokedOn: revokedOn,
      reason: reason, depth: depth)
  }

  /// A person or a ladder, never both and never neither.
  private static func giver(_ fields: Fields, _ root: Cursor) -> Grant.Giver? {
    switch (fields["grantedBy"], fields["ladder"]) {
    case (let person?, nil): return person.reference(.person).map { .person($0) }
    case (nil, let ladder?): return ladder.reference(.ladder).map { .ladder($0) }
    case (nil, nil): root.error("missing key \"grantedBy\", expected the handle of a person")
    case (_, let ladder?): ladder.error("a person and a ladder, expected one of them")
    }
    return nil
  }
}

extension Fields {
  /// The id, which has to be the file's own name, so that no two files can have the same.
  func fileID() -> String? {
    guard let cursor = self["id"], let id = cursor.identifier() else { return nil }
    let file = cursor.report.path.split(separator: "/").last ?? ""
    let stem = file.hasSuffix(".json5") ? file.dropLast(6) : file
    guard stem.utf8.elementsEqual(id.utf8) else {
      cursor.error("\(quoted(id)) is not the name of the file, expected \(quoted(String(stem)))")
      return nil
    }
    return id
  }
}
