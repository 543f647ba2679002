public import Facts

/// A right passed from one person to another person or team: the content of one file in `grants/`.
public struct Grant: Hashable, Sendable {
  /// What a grant lets its holder do.
  public enum Verb: String, Hashable, Sendable, CaseIterable {
    case review
    case approve
    case land
    case delegate
  }

  /// To whom the right is given.
  public enum Grantee: Hashable, Sendable {
    case person(String)
    case team(String)
  }

  /// How large and of what kind a change may be that the right is used on; nil is not limited.
  public struct Limits: Hashable, Sendable {
    /// The most paths that the change touches.
    public var paths: Int?
    public var kinds: Set<ChangeKind>?

    public init(paths: Int? = nil, kinds: Set<ChangeKind>? = nil) {
      self.paths = paths
      self.kinds = kinds
    }
  }

  /// Who gives a right.
  public enum Giver: Hashable, Sendable {
    /// The person with this handle.
    case person(String)
    /// The policy itself, to whoever has climbed the ladder of this name.
    case ladder(String)
  }

  public var id: String
  public var grantee: Grantee
  public var verbs: Set<Verb>
  public var paths: PathList
  /// Full names of the branches the right is meant for, as globs.
  public var branches: PathList
  public var limits: Limits
  public var giver: Giver
  /// An open end is legal and reported.
  public var period: Period
  public var revokedOn: Instant?
  public var reason: String
  /// How often the holder may pass the right on.
  public var depth: Int

  public init(
    id: String, grantee: Grantee, verbs: Set<Verb>, paths: PathList, giver: Giver,
    branches: PathList = .everything, limits: Limits = Limits(), period: Period = .always,
    revokedOn: Instant? = nil, reason: String = "", depth: Int = 0
  ) {
    self.id = id
    self.grantee = grantee
    self.verbs = verbs
    self.paths = paths
    self.giver = giver
    self.branches = branches
    self.limits = limits
    self.period = period
    self.revokedOn = revokedOn
    self.reason = reason
    self.depth = depth
  }

  /// Who gives the right, by handle; nil for one that a ladder gives.
  public var grantedBy: String? { if case .person(let handle) = giver { handle } else { nil } }
}

/// An exemption of one contribution from one objective for a time: the content of one file in `waivers/`.
public struct Waiver: Hashable, Sendable {
  public var id: String
  /// The name of the objective.
  public var objective: String
  /// The contribution's id as shown, such as `pr/76`.
  public var contribution: String
  public var reason: String
  /// The handle of whoever grants the exemption.
  public var by: String
  /// Always with an end.
  public var period: Period

  public init(
    id: String, objective: String, contribution: String, reason: String, by: String, period: Period
  ) {
    self.id = id
    self.objective = objective
    self.contribution = contribution
    self.reason = reason
    self.by = by
    self.period = period
  }
}
