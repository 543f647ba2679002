internal import Facts

/// What one policy says about the paths of one repository, looked up once for each path.
final class TouchedPaths {
  let policy: Policy
  private let paths: [String]
  private let repository: String?
  private var components: [Int32: [String]] = [:]
  private var hosts: [Int32: [String]] = [:]
  private var rules: [Int32: DelegationPolicy.ApprovalRule] = [:]
  private let rosterHosts: [String]

  init(_ policy: Policy, paths: [String], repository: String?) {
    self.policy = policy
    self.paths = paths
    self.repository = repository
    rosterHosts = policy.roster?.hostTeams.map(\.id).sorted() ?? []
  }

  /// Components that any of the paths belongs to, sorted; none are named without a platform file.
  func components(of touched: [Int32]?) -> [String] {
    guard !policy.platform.components.isEmpty, let touched else { return [] }
    var found = Set<String>()
    for path in touched { found.formUnion(components(of: path)) }
    return found.sorted()
  }

  /// Teams that take contributions to any of the paths; the roster's host teams where the paths are not known.
  func hosts(of touched: [Int32]?) -> [String] {
    guard !policy.platform.components.isEmpty, let touched, !touched.isEmpty else { return rosterHosts }
    var found = Set<String>()
    for path in touched { found.formUnion(hosts(ofPath: path)) }
    return found.sorted()
  }

  func hosts(ofPath path: Int32) -> [String] {
    if let known = hosts[path] { return known }
    let found = policy.hostTeams(of: Array(paths[Int(path)].utf8), in: repository)
    hosts[path] = found
    return found
  }

  /// The rule that says whose approvals a path needs.
  func rule(ofPath path: Int32) -> DelegationPolicy.ApprovalRule {
    if let known = rules[path] { return known }
    let found = policy.delegation.approvalRule(for: Array(paths[Int(path)].utf8))
    rules[path] = found
    return found
  }

  private func components(of path: Int32) -> [String] {
    if let known = components[path] { return known }
    let found = policy.platform.components(of: Array(paths[Int(path)].utf8), in: repository).map(\.id)
    components[path] = found
    return found
  }
}
