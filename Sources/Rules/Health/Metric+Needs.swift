public import Facts

extension Metric {
  /// The kinds of fact without which the figure cannot be told; the last one is what most clones lack.
  public var needs: [FactKind] {
    switch self {
    case .changeRequests: [.opening]
    case .accepted, .selfMergeRate, .innerSourceRatio, .organizationalDiversity, .contributorAbsenceFactor,
      .botActivity, .newContributors:
      [.landing]
    case .declined: [.abandonment]
    case .acceptanceRatio: [.landing, .abandonment]
    case .closureRatio: [.opening, .landing, .abandonment]
    case .reviews: [.verdict]
    case .timeToFirstResponse: [.opening, .response]
    case .firstReviewAttainment: [.opening, .verdict]
    case .timeToClose: [.landing, .opening]
    case .acceptedByPlatform, .assistedAcceptances, .acceptedByDelegates: [.landing, .verdict]
    case .conversionToDelegate: [.landing]
    case .conversionToApprover: [.verdict]
    }
  }
}

extension Refusal {
  /// The kinds of fact of which any would end the refusal; empty where facts are not what is missing.
  public var lacks: [FactKind] {
    switch self {
    case .noOpenings: [.opening]
    case .noDeclines: [.abandonment]
    case .noReviews: [.response, .verdict]
    case .noLanders: [.landing]
    case .noHosts, .noOrganisations, .nothingInWindow, .shallowHistory, .noObjective, .tooFew, .noGrants: []
    }
  }
}
