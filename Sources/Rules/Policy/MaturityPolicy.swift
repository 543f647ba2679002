/// What a repository, component or team must show to stand on a level: the content of `maturity.json5`.
///
/// A criterion that is nil is not asked for.
public struct MaturityPolicy: Hashable, Sendable {
  /// The criteria for "stakeholders contribute, the team reviews".
  public struct LevelTwo: Hashable, Sendable {
    /// The least number of landed external contributions in the window.
    public var externalLanded: Int?
    /// The least share (0 to 1) of external landed contributions that had an authorised review.
    public var reviewedShare: Double?
    /// The objective whose attainment must reach its target.
    public var attainment: String?
    /// The longest wait on reviewers of any open external contribution, as a multiple of that objective's
    /// target.
    public var oldestWaitFactor: Double?

    public init(
      externalLanded: Int? = 5, reviewedShare: Double? = 0.9, attainment: String? = "first-review",
      oldestWaitFactor: Double? = 3
    ) {
      self.externalLanded = externalLanded
      self.reviewedShare = reviewedShare
      self.attainment = attainment
      self.oldestWaitFactor = oldestWaitFactor
    }
  }

  /// The criteria for "others can be reviewers".
  public struct LevelThree: Hashable, Sendable {
    /// The least share (0 to 1) of external acceptances made by delegates alone.
    public var delegatedShare: Double?
    /// The least number of active delegates from outside the host team for each active component.
    public var delegatesPerComponent: Int?
    /// The most unauthorised approvals.
    public var unauthorisedApprovals: Int?
    /// How far (0 to 1) attainment under delegates may lie below the platform's own.
    public var attainmentGap: Double?
    /// The most grants without an end date.
    public var openEndedGrants: Int?

    public init(
      delegatedShare: Double? = 0.3, delegatesPerComponent: Int? = 2, unauthorisedApprovals: Int? = 0,
      attainmentGap: Double? = 0.1, openEndedGrants: Int? = 0
    ) {
      self.delegatedShare = delegatedShare
      self.delegatesPerComponent = delegatesPerComponent
      self.unauthorisedApprovals = unauthorisedApprovals
      self.attainmentGap = attainmentGap
      self.openEndedGrants = openEndedGrants
    }
  }

  /// How far back the figures look, in seconds.
  public var window: Int64
  public var levelTwo: LevelTwo
  public var levelThree: LevelThree

  public init(
    window: Int64 = 180 * 86_400, levelTwo: LevelTwo = LevelTwo(), levelThree: LevelThree = LevelThree()
  ) {
    self.window = window
    self.levelTwo = levelTwo
    self.levelThree = levelThree
  }

  /// 180 days; the thresholds named at the initialisers of the two levels.
  public static let defaults = MaturityPolicy()
}
