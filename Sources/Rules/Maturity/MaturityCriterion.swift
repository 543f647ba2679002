public import Facts

/// What a repository, component or stakeholder team must show to stand on a level of the maturity model.
public enum MaturityCriterion: String, Hashable, Sendable, CaseIterable {
  /// Landed external contributions.
  case externalLanded = "external-landed"
  /// Share of landed external contributions that had an authorised review.
  case reviewedShare = "reviewed-share"
  /// Attainment of an objective, held against the share that it promises.
  case attainment
  /// The longest wait on reviewers of any open external contribution, as a multiple of what was promised.
  case oldestWait = "oldest-wait"
  /// Share of external acceptances that delegates made alone.
  case delegatedShare = "delegated-share"
  /// The fewest active delegates of any active component.
  case delegatesPerComponent = "delegates-per-component"
  /// Approvals by people without the right to give them.
  case unauthorisedApprovals = "unauthorised-approvals"
  /// Attainment where delegates accepted, less attainment where the platform did.
  case attainmentGap = "attainment-gap"
  /// Grants in force without an end date.
  case openEndedGrants = "open-ended-grants"

  /// The level that asks for it.
  public var level: Int {
    switch self {
    case .externalLanded, .reviewedShare, .attainment, .oldestWait: 2
    default: 3
    }
  }

  /// Whether the value must be at least the threshold; otherwise at most.
  public var asksForMore: Bool {
    switch self {
    case .oldestWait, .unauthorisedApprovals, .openEndedGrants: false
    default: true
    }
  }

  /// What the value is a number of.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    case count
    /// Between 0 and 1.
    case share
    /// Times the target.
    case multiple
    /// A difference of shares, between −1 and 1.
    case difference
  }

  public var unit: Unit {
    switch self {
    case .externalLanded, .delegatesPerComponent, .unauthorisedApprovals, .openEndedGrants: .count
    case .reviewedShare, .attainment, .delegatedShare: .share
    case .oldestWait: .multiple
    case .attainmentGap: .difference
    }
  }
}

/// Whether a criterion holds.
public enum CriterionVerdict: String, Hashable, Sendable, CaseIterable {
  case met
  /// It does not hold, whatever is not known.
  case notMet = "not-met"
  /// What is known leaves both open; the level does not rise on it.
  case notEnoughEvidence = "not-enough-evidence"
}

/// Something that is not known and could change a verdict.
public enum EvidenceGap: Hashable, Sendable {
  /// Fewer items than this are no evidence.
  case belowFloor(Int)
  /// Nothing happened in the window that the criterion could be asked of.
  case nothingToJudge
  /// So many contributions whose review no source here records.
  case reviewsNotInGit(Int)
  /// So many contributions of which nobody knows whether the author is external.
  case unknownOrigin(Int)
  /// So many waits of which no source here tells whether they kept the objective.
  case notIdentifiable(Int)
  /// So many proposals of which Git cannot tell whether they are open.
  case undetermined(Int)
  /// So many approvals at moments at which nobody was known as host.
  case noHostKnown(Int)
  /// The policy has no objective of this name.
  case noObjective(String)
  /// No source here records which contributions are open and who answered them.
  case noReviewRecords
  /// No component in scope had a landed external contribution.
  case noActiveComponent
  /// No grant is in force.
  case noGrants
  /// The clone is shallow, and its history begins after the window does.
  case historyCut(since: Instant)
  /// So many objects that may matter are missing, damaged or beyond a limit.
  case missingObjects(Int)

  /// Whether a whole clone would close it.
  public var isIncompleteInput: Bool {
    switch self {
    case .historyCut, .missingObjects: true
    default: false
    }
  }
}

/// One criterion held against its threshold: the evidence for a level.
public struct CriterionResult: Hashable, Sendable {
  public var criterion: MaturityCriterion
  /// Nil where there is nothing to take it from.
  public var value: Double?
  /// The 95 % interval of a share or a difference, or the limits of a wait; nil for what was counted.
  public var interval: ClosedRange<Double>?
  /// Contributions, waits, approvals, components or grants that the value rests on.
  public var sample: Int
  public var threshold: Double
  public var verdict: CriterionVerdict
  /// What is not known and was taken into account.
  public var gaps: [EvidenceGap]
  /// What counts against the criterion, and what could not be judged, in the order of the contributions.
  public var responsible: [Responsible]

  init(_ criterion: MaturityCriterion, threshold: Double, sample: Int, verdict: CriterionVerdict) {
    self.criterion = criterion
    self.threshold = threshold
    self.sample = sample
    self.verdict = verdict
    value = nil
    interval = nil
    gaps = []
    responsible = []
  }

  /// Whether a whole clone might give another verdict.
  public var isIncomplete: Bool {
    verdict == .notEnoughEvidence && gaps.contains(where: \.isIncompleteInput)
  }
}

/// What counts against a criterion, or could not be judged.
public enum Responsible: Hashable, Sendable {
  /// Why a contribution is named.
  public enum Cause: Hashable, Sendable {
    /// It landed without an authorised review.
    case notAuthorised(Level.Reason)
    /// Whether its author is external is not known.
    case unknownOrigin(JudgedOrigin.Basis)
    /// It missed the objective by so many working seconds.
    case missed(lateness: Int64)
    /// Whether it kept the objective cannot be told.
    case notIdentifiable(ServiceLevelItem.Obstacle)
    /// It waits for reviewers, so many times as long as was promised.
    case waits(multiple: Double, since: Instant?)
    /// The platform's approvals were needed; `assisted` with those of a delegate.
    case acceptedByPlatform(isAssisted: Bool)
    /// This person approved without the right to; the reason names the nearest miss.
    case approvedWithoutRight(PersonID, JudgedApproval.Reason)
    /// Git cannot tell whether it is open.
    case undetermined
  }

  /// A contribution by its place among those given, with the Git object that shows it.
  case contribution(Int, Cause, Evidence?)
  /// A component, or nil for a repository without any, with the delegates that were active in it.
  case component(String?, delegates: [String])
  /// A grant in force without an end date.
  case grant(String)
}
