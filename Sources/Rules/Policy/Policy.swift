public import Facts

/// Everything that a directory of policy files says, with defaults for the files that are not there.
public struct Policy: Hashable, Sendable {
  /// The files a policy is made of.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    case roster
    case platform
    case serviceLevels = "service-levels"
    case maturity
    case delegation
  }

  /// Nil when there is no roster: the host team is then inferred from history.
  public var roster: Roster?
  public var platform: Platform
  public var serviceLevels: ServiceLevels
  public var maturity: MaturityPolicy
  public var delegation: DelegationPolicy
  /// Sorted by id.
  public var grants: [Grant]
  /// Sorted by id.
  public var waivers: [Waiver]
  /// The parts that a file states; the others hold defaults, and reports say so.
  public var stated: Set<Part>

  public init(
    roster: Roster? = nil, platform: Platform = .defaults, serviceLevels: ServiceLevels = .defaults,
    maturity: MaturityPolicy = .defaults, delegation: DelegationPolicy = .defaults, grants: [Grant] = [],
    waivers: [Waiver] = [], stated: Set<Part> = []
  ) {
    self.roster = roster
    self.platform = platform
    self.serviceLevels = serviceLevels
    self.maturity = maturity
    self.delegation = delegation
    self.grants = grants
    self.waivers = waivers
    self.stated = stated
  }

  /// No roster, no component, and the default of every other part; nothing counts as stated.
  public static let defaults = Policy()

  /// The ids of the teams that take contributions to a path, sorted.
  ///
  /// These are the hosts of its components; a path in no component belongs to the teams the roster flags as
  /// hosts.
  public func hostTeams(of path: [UInt8], in repository: String? = nil) -> [String] {
    let hosts = Set(platform.components(of: path, in: repository).map(\.host))
    return hosts.isEmpty ? (roster?.hostTeams.map(\.id).sorted() ?? []) : hosts.sorted()
  }
}
