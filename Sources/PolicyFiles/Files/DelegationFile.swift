import Facts
import Rules

/// Reads `delegation.json5`.
enum DelegationFile {
  static func read(_ root: Cursor, _ names: inout Declarations) -> DelegationPolicy? {
    guard let fields = root.fields(.delegation) else { return nil }
    var policy = DelegationPolicy.defaults
    if let approvals = fields["approvals"] { policy.approvals = approvals.list(approvalRule) }
    policy.selfApproval = fields["selfApproval"]?.bool() ?? policy.selfApproval
    policy.staleOnNewRevision = fields["staleOnNewRevision"]?.bool() ?? policy.staleOnNewRevision
    policy.survivesTrivialRebase = fields["survivesTrivialRebase"]?.bool() ?? policy.survivesTrivialRebase
    policy.minimumGrade =
      fields["minimumGrade"]?.fields(.minimumGrade).map(minimumGrade) ?? policy.minimumGrade
    policy.protected = fields["protected"]?.paths() ?? policy.protected
    policy.floors = fields["floors"]?.list(approvalRule) ?? []
    policy.granting = fields["granting"]?.fields(.granting).map(granting)
    policy.ladders = (fields["ladders"]?.entries() ?? []).compactMap(ladder)
    policy.automatic = fields["automatic"]?.list(automaticGrant) ?? []
    policy.gate = fields["gate"]?.fields(.gate).map(GateFile.read) ?? policy.gate
    names.declare(.ladder, (policy.ladders + DelegationPolicy.Ladder.shipped).map(\.name))
    return policy
  }

  private static func approvalRule(_ cursor: Cursor) -> DelegationPolicy.ApprovalRule? {
    guard let fields = cursor.fields(.approvalRule) else { return nil }
    let paths = fields["paths"]?.paths()
    let count = fields["count"]?.count(0...100)
    let from = fields["from"]?.sources(count: count)
    guard let paths, let count, let from else { return nil }
    return DelegationPolicy.ApprovalRule(paths: paths, count: count, from: from)
  }

  private static func minimumGrade(_ fields: Fields) -> DelegationPolicy.MinimumGrade {
    let defaults = DelegationPolicy.MinimumGrade()
    let reports: GradeWord? = fields["reports"]?.choice()
    let gate: GradeWord? = fields["gate"]?.choice(of: [.derived, .recorded, .signed])
    return DelegationPolicy.MinimumGrade(
      reports: reports?.grade ?? defaults.reports, gate: gate?.grade ?? defaults.gate)
  }

  private static func granting(_ fields: Fields) -> DelegationPolicy.Granting {
    let defaults = DelegationPolicy.Granting()
    return DelegationPolicy.Granting(
      teams: fields["teams"]?.list { $0.reference(.team) } ?? [],
      maxDepth: fields["maxDepth"]?.count(0...64) ?? 0, maxDuration: fields["maxDuration"]?.duration(),
      paths: fields["paths"]?.paths() ?? .everything, grace: fields["grace"]?.duration() ?? defaults.grace,
      unusedAfter: fields["unusedAfter"]?.duration() ?? defaults.unusedAfter)
  }

  private static func ladder(_ entry: Entry) -> DelegationPolicy.Ladder? {
    let fields = entry.value.fields(.ladder)
    let counts = 0...1_000_000
    guard let name = entry.identifier() else { return nil }
    return DelegationPolicy.Ladder(
      name: name, landed: fields?["landed"]?.count(counts), reviews: fields?["reviews"]?.count(counts),
      firstReviews: fields?["firstReviews"]?.count(counts), months: fields?["months"]?.count(0...1200),
      agreement: fields?["agreement"]?.number(0...1), activeWithin: fields?["activeWithin"]?.duration(),
      reverted: fields?["reverted"]?.count(counts), holds: fields?["holds"]?.choice())
  }

  private static func automaticGrant(_ cursor: Cursor) -> DelegationPolicy.AutomaticGrant? {
    guard let fields = cursor.fields(.automaticGrant) else { return nil }
    let ladder = fields["ladder"]?.reference(.ladder)
    let paths = fields["paths"]?.paths()
    let verbs = fields["verbs"]?.verbs()
    let duration = fields["until"]?.duration()
    let most = fields["most"]?.count(0...10_000) ?? 10
    let limits = fields["limits"]?.fields(.limits)?.limits() ?? Grant.Limits()
    let by = fields["by"]?.list { $0.reference(.person) } ?? []
    if verbs?.contains(.delegate) == true {
      fields["verbs"]?.error("an automatic grant cannot be passed on, expected no \"delegate\"")
    }
    guard let ladder, let paths, let verbs, let duration else { return nil }
    return DelegationPolicy.AutomaticGrant(
      ladder: ladder, paths: paths, verbs: verbs, duration: duration, most: most, limits: limits, by: by)
  }
}

/// The grades by which an approval can be known, in the words of a policy.
private enum GradeWord: String, CaseIterable {
  case claimed
  case derived
  case recorded
  case signed

  var grade: Grade {
    switch self {
    case .claimed: .claimed
    case .derived: .derived
    case .recorded: .recorded
    case .signed: .signed
    }
  }
}

extension Fields {
  /// The limits of a grant.
  func limits() -> Grant.Limits {
    Grant.Limits(paths: self["paths"]?.count(1...1_000_000), kinds: self["kinds"]?.choices())
  }
}

extension Cursor {
  /// By what right approvals count; at least one, unless none is asked for.
  func sources(count: Int?) -> Set<DelegationPolicy.Source>? {
    let sources: Set<DelegationPolicy.Source>? = choices()
    if let sources, sources.isEmpty, isEmptyList, count != 0 {
      error("empty list, expected \"platform\", \"delegated\" or both")
    }
    return sources
  }

  var isEmptyList: Bool { if case .array(let nodes) = node.value { nodes.isEmpty } else { false } }

  /// At least one verb of a grant.
  func verbs() -> Set<Grant.Verb>? {
    guard let verbs: Set<Grant.Verb> = choices() else { return nil }
    if isEmptyList { error("empty list, expected \(alternatives(Grant.Verb.allCases.map(\.rawValue)))") }
    return verbs
  }
}
