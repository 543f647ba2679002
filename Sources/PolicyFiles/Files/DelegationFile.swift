import Facts
import Rules

/// Reads `delegation.json5`.
enum DelegationFile {
  static func read(_ root: Cursor, _ names: inout Declarations) -> DelegationPolicy? {
    guard let fields = root.fields(.delegation) else { return nil }
    var policy = DelegationPolicy.defaults
    if let approvals = fields["approvals"] { policy.approvals = approvals.list(approvalRule) }
    policy.selfApproval = fields["selfApproval"]?.bool() ?? policy.selfApproval
    policy.survivesTrivialRebase = fields["survivesTrivialRebase"]?.bool() ?? policy.survivesTrivialRebase
    policy.minimumGrade =
      fields["minimumGrade"]?.fields(.minimumGrade).map(minimumGrade) ?? policy.minimumGrade
    policy.protected = fields["protected"]?.paths() ?? policy.protected
    policy.granting = fields["granting"]?.fields(.granting).map(granting)
    policy.ladders = (fields["ladders"]?.entries() ?? []).compactMap(ladder)
    policy.automatic = fields["automatic"]?.list(automaticGrant) ?? []
    names.declare(.ladder, policy.ladders.map(\.name))
    return policy
  }

  private static func approvalRule(_ cursor: Cursor) -> DelegationPolicy.ApprovalRule? {
    guard let fields = cursor.fields(.approvalRule) else { return nil }
    let paths = fields["paths"]?.paths()
    let count = fields["count"]?.count(0...100)
    let from: Set<DelegationPolicy.Source>? = fields["from"]?.choices()
    if let from, from.isEmpty, fields["from"]?.isEmptyList == true, count != 0 {
      fields["from"]?.error("empty list, expected \"platform\", \"delegated\" or both")
    }
    guard let paths, let count, let from else { return nil }
    return DelegationPolicy.ApprovalRule(paths: paths, count: count, from: from)
  }

  private static func minimumGrade(_ fields: Fields) -> DelegationPolicy.MinimumGrade {
    let defaults = DelegationPolicy.MinimumGrade()
    let reports: GradeWord? = fields["reports"]?.choice()
    let gate: GradeWord? = fields["gate"]?.choice(of: [.recorded, .signed])
    return DelegationPolicy.MinimumGrade(
      reports: reports?.grade ?? defaults.reports, gate: gate?.grade ?? defaults.gate)
  }

  private static func granting(_ fields: Fields) -> DelegationPolicy.Granting {
    DelegationPolicy.Granting(
      teams: fields["teams"]?.list { $0.reference(.team) } ?? [],
      maxDepth: fields["maxDepth"]?.count(0...64) ?? 0, maxDuration: fields["maxDuration"]?.duration(),
      paths: fields["paths"]?.paths() ?? .everything)
  }

  private static func ladder(_ entry: Entry) -> DelegationPolicy.Ladder? {
    let fields = entry.value.fields(.ladder)
    let counts = 0...1_000_000
    let landed = fields?["landed"]?.count(counts)
    let reviews = fields?["reviews"]?.count(counts)
    let months = fields?["months"]?.count(0...1200)
    let agreement = fields?["agreement"]?.number(0...1)
    guard let name = entry.identifier() else { return nil }
    return DelegationPolicy.Ladder(
      name: name, landed: landed, reviews: reviews, months: months, agreement: agreement)
  }

  private static func automaticGrant(_ cursor: Cursor) -> DelegationPolicy.AutomaticGrant? {
    guard let fields = cursor.fields(.automaticGrant) else { return nil }
    let ladder = fields["ladder"]?.reference(.ladder)
    let paths = fields["paths"]?.paths()
    let verbs = fields["verbs"]?.verbs()
    let duration = fields["until"]?.duration()
    guard let ladder, let paths, let verbs, let duration else { return nil }
    return DelegationPolicy.AutomaticGrant(ladder: ladder, paths: paths, verbs: verbs, duration: duration)
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

extension Cursor {
  var isEmptyList: Bool { if case .array(let nodes) = node.value { nodes.isEmpty } else { false } }

  /// At least one verb of a grant.
  func verbs() -> Set<Grant.Verb>? {
    guard let verbs: Set<Grant.Verb> = choices() else { return nil }
    if isEmptyList { error("empty list, expected \(alternatives(Grant.Verb.allCases.map(\.rawValue)))") }
    return verbs
  }
}
