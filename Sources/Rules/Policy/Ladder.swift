extension DelegationPolicy {
  /// What somebody must have done to be proposed for a right; nil is not asked for.
  public struct Ladder: Hashable, Sendable {
    public var name: String
    /// Contributions landed on the paths.
    public var landed: Int?
    /// Changes of others reviewed on the paths.
    public var reviews: Int?
    /// Changes of others of which they gave the first verdict.
    public var firstReviews: Int?
    /// Months of 30 days since their first act on the paths.
    public var months: Int?
    /// The least share (0 to 1) of verdicts that agreed with the later decision of those entitled.
    public var agreement: Double?
    /// The longest time since their last act, in seconds.
    public var activeWithin: Int64?
    /// The most changes that were reverted after they approved them.
    public var reverted: Int?
    /// The right that they must already hold on the paths, with this one before.
    public var holds: Grant.Verb?

    public init(
      name: String, landed: Int? = nil, reviews: Int? = nil, firstReviews: Int? = nil, months: Int? = nil,
      agreement: Double? = nil, activeWithin: Int64? = nil, reverted: Int? = nil, holds: Grant.Verb? = nil
    ) {
      self.name = name
      self.landed = landed
      self.reviews = reviews
      self.firstReviews = firstReviews
      self.months = months
      self.agreement = agreement
      self.activeWithin = activeWithin
      self.reverted = reverted
      self.holds = holds
    }

    /// The numbers of Kubernetes' `community-membership.md` for reviewers: three months, first reviewer of five
    /// changes, twenty reviewed or merged.
    public static let kubernetesReviewer = Ladder(
      name: "kubernetes-reviewer", reviews: 20, firstReviews: 5, months: 3)
    /// The numbers of Kubernetes' `community-membership.md` for approvers: a reviewer for three months, first reviewer
    /// of ten changes, thirty reviewed or merged.
    public static let kubernetesApprover = Ladder(
      name: "kubernetes-approver", reviews: 30, firstReviews: 10, months: 3, holds: .review)

    /// Ladders that every policy knows by name; one of its own with the same name wins.
    public static let shipped = [kubernetesReviewer, kubernetesApprover]
  }

  /// A grant that is made without a person in between once a ladder is climbed.
  public struct AutomaticGrant: Hashable, Sendable {
    public var ladder: String
    public var paths: PathList
    public var verbs: Set<Grant.Verb>
    /// How long the grant runs, in seconds.
    public var duration: Int64
    /// The most grants of this rule in force at once.
    public var most: Int
    /// The limits that each of them has.
    public var limits: Grant.Limits
    /// Handles of the people or robots who may bring them to the branch besides those who may grant anyway.
    public var by: [String]

    public init(
      ladder: String, paths: PathList, verbs: Set<Grant.Verb>, duration: Int64, most: Int = 10,
      limits: Grant.Limits = Grant.Limits(), by: [String] = []
    ) {
      self.ladder = ladder
      self.paths = paths
      self.verbs = verbs
      self.duration = duration
      self.most = most
      self.limits = limits
      self.by = by
    }
  }
}
