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
    let grantedBy = fields["grantedBy"]?.reference(.person)
    let reason = fields["reason"]?.text("a reason")
    let period = fields.period()
    let revokedOn = fields["revokedOn"]?.instant()
    let depth = fields["depth"]?.count(0...64) ?? 0
    guard let id, let grantee, let verbs, let paths, let grantedBy, let reason else { return nil }
    if grantee == grantedBy { fields["grantee"]?.error("a grant to oneself, expected somebody else") }
    return Grant(
      id: id, grantee: names.has(.team, grantee) ? .team(grantee) : .person(grantee), verbs: verbs,
      paths: paths,
      grantedBy: grantedBy, period: period, revokedOn: revokedOn, reason: reason, depth: depth)
  }
}

/// Reads one file of `waivers/`.
enum WaiverFile {
  static func read(_ root: Cursor) -> Waiver? {
    guard let fields = root.fields(.waiver) else { return nil }
    let id = fields.fileID()
    let objective = fields["objective"]?.reference(.objective)
    let contribution = fields["contribution"]?.contribution()
    let reason = fields["reason"]?.text("a reason")
    let by = fields["by"]?.reference(.person)
    let period = fields.period()
    guard let id, let objective, let contribution, let reason, let by else { return nil }
    return Waiver(
      id: id, objective: objective, contribution: contribution, reason: reason, by: by, period: period)
  }
}

extension Fields {
  /// The id, which has to be the file's own name, so that no two files can have the same.
  fileprivate func fileID() -> String? {
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

extension Cursor {
  /// The id of a contribution as reports show it.
  fileprivate func contribution() -> String? {
    let expected = "an id such as \"pr/76\""
    guard let text = string(expected) else { return nil }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let kinds = ["pr", "mr", "change", "review", "diff", "commit"]
    guard parts.count == 2, kinds.contains(String(parts[0])), (1...64).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy(Identifier.isLetterOrDigit)
    else {
      error("\(quoted(text)) is no contribution, expected \(expected)")
      return nil
    }
    return text
  }
}
