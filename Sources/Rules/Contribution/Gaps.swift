internal import Facts

/// Why a fact of a contribution is not known, or known within limits only.
public enum Gap: String, Hashable, Sendable, CaseIterable {
  /// Only limits can be told.
  case onlyLimits = "only-limits"
  /// No source here tells it.
  case noSource = "no-source"
  /// No source here keeps reviews of this contribution.
  case noReviewRecord = "no-review-record"
  /// A trailer names who approved, but never when.
  case onlyTrailers = "only-trailers"
  /// A source keeps its reviews, and nobody else has answered yet.
  case unanswered
  /// A source keeps its reviews, and it ended without an answer.
  case endedUnanswered = "ended-unanswered"
  /// A source says that it has not landed.
  case notLanded = "not-landed"
  /// Nothing in history shows that it landed; open or declined, Git cannot tell.
  case notFoundInHistory = "not-found-in-history"
}

extension Assessment {
  /// Why each of the four facts is not known; nil for one that is.
  public struct Gaps: Hashable, Sendable {
    public var opened: Gap?
    public var firstResponse: Gap?
    public var firstReview: Gap?
    public var landed: Gap?
  }

  /// What is missing in this clone of the four facts that every figure rests on.
  public var gaps: Gaps {
    Gaps(
      opened: gap(contribution.opened.time),
      firstResponse: firstResponse.map { gap($0.event.time) } ?? missingAnswer,
      firstReview: firstReview.map { gap($0.event.time) } ?? missingAnswer,
      landed: contribution.landing.map { gap($0.time) } ?? missingLanding)
  }

  private func gap(_ time: KnownTime) -> Gap? {
    switch time {
    case .at: nil
    case .between: .onlyLimits
    case .unknown: .noSource
    }
  }

  private var missingAnswer: Gap? {
    if contribution.hasReviewRecord {
      return contribution.state == .open || contribution.state == .draft ? .unanswered : .endedUnanswered
    }
    let isNamed = contribution.events.contains { event in
      if case .approvedByTrailer = event.kind { true } else { false }
    }
    return isNamed ? .onlyTrailers : .noReviewRecord
  }

  private var missingLanding: Gap? {
    switch contribution.state {
    case .draft, .open, .abandoned: .notLanded
    case .merged: .noSource
    case .undetermined: contribution.basis == .missingObject ? .noSource : .notFoundInHistory
    }
  }
}
