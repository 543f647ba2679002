/// How a contribution stands against the objective on its first review, beside its level.
public enum Timeliness: String, Hashable, Sendable, CaseIterable {
  /// Reviewed within the target.
  case timely
  /// The target was used up without a review.
  case late
  /// Nothing is owed: there is time left, it ended before, or a waiver covers it.
  case notDue = "not-due"
  /// The sources here cannot tell.
  case notIdentifiable = "not-identifiable"
}

extension Assessment {
  /// The item of the objective on the first review; nil where none applies.
  public var firstReviewItem: ServiceLevelItem? {
    serviceLevels.first { $0.objective.clock == .firstReview }
  }

  /// Whether the first review came in time; nil where no objective on it applies.
  public var timeliness: Timeliness? {
    switch firstReviewItem?.state {
    case .met: .timely
    case .missed: .late
    case .running, .atRisk, .paused, .notDue, .waived: .notDue
    case .notIdentifiable: .notIdentifiable
    case nil: nil
    }
  }
}
