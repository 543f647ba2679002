internal import Facts
internal import Rules

extension Words {
  static func metric(_ metric: Metric) -> StyledText {
    switch metric {
    case .changeRequests: "Change Requests"
    case .accepted: "Change Requests Accepted"
    case .declined: "Change Requests Declined"
    case .acceptanceRatio: "Change Request Acceptance Ratio"
    case .closureRatio: "Change Request Closure Ratio"
    case .reviews: "Change Request Reviews"
    case .timeToFirstResponse: "Time to First Response"
    case .timeToClose: "Time to Close"
    case .selfMergeRate: "Self Merge Rate"
    case .innerSourceRatio: "InnerSource ratio"
    case .organizationalDiversity: "Organizational Diversity"
    case .contributorAbsenceFactor: "Contributor Absence Factor"
    case .botActivity: "Bot Activity"
    case .newContributors: "New Contributors"
    case .firstReviewAttainment: "First-review attainment"
    case .acceptedByPlatform: "Level 2: accepted by the platform"
    case .assistedAcceptances: "Level 2, assisted by a delegate"
    case .acceptedByDelegates: "Level 3: accepted by delegates"
    case .conversionToDelegate: "Conversion Rate: contributor to delegate"
    case .conversionToApprover: "Conversion Rate: delegate to approver"
    }
  }

  static func value(_ value: Measurement.Value) -> StyledText {
    switch value {
    case .count(let count): return "\(count)"
    case .countBetween(let low, let high): return "\(low)–\(high)"
    case .ratio(let hits, let count): return ratio(Share(hits: hits, of: count))
    case .wait(let median, _, _, _): return median.map { "\(DurationWords.elapsed($0))" } ?? "not reached"
    case .waitBetween(let low, let high): return between(low, high)
    case .refused: return StyledText("refused", .muted)
    }
  }

  /// A share with Wilson's 95 % interval: `87% (70–95)`.
  private static func ratio(_ share: Share) -> StyledText {
    guard let value = FixedDecimal.percent(share.hits, of: share.count),
      let low = FixedDecimal.text(share.low * 100, digits: 0),
      let high = FixedDecimal.text(share.high * 100, digits: 0)
    else { return "–" }
    return "\(value) (\(low)–\(high))"
  }

  /// The limits of a median; a limit that is not reached or not known is left out.
  private static func between(_ low: Int64?, _ high: Int64?) -> StyledText {
    switch (low, high) {
    case (nil, _): "not reached"
    case (let low?, nil): "at least \(DurationWords.elapsed(low))"
    case (0, let high?): "at most \(DurationWords.elapsed(high))"
    case (let low?, let high?): "\(DurationWords.elapsed(low)) to \(DurationWords.elapsed(high))"
    }
  }

  static func remark(_ remark: Remark) -> StyledText {
    switch remark {
    case .boundedOnly(let count): "\(count) known within limits only"
    case .exactAlone(let count, let median):
      "\(count) known exactly, their median \(median.map { DurationWords.elapsed($0) } ?? "not reached")"
    case .completeSince(let moment): "shallow clone: nothing before \(moment.shown.date) is sure to be here"
    case .unanswered(let count): "\(count) unanswered, counted as longer than their age"
    case .undetermined(let count): "\(counted(count, "proposal")) not in history: open or declined"
    case .unknown(let count): "\(count) not known"
    case .largestShare(let name, let hits, let count):
      "largest \(name) with \(FixedDecimal.percent(hits, of: count) ?? "–")"
    case .inferredHosts(let count): "host team inferred (\(counted(count, "person", "people")))"
    case .promised(let objective, let share): "promised by \(objective): \(percent(share))"
    case .floor(let count): "told from \(count) on"
    }
  }

  /// Why figures are refused, those with the same reason together; nothing happened is no reason to be told.
  static func refusals(_ measurements: [Measurement]) -> [StyledText] {
    Refusal.allCases.filter { $0 != .nothingInWindow }.compactMap { reason in
      let names = measurements.filter { $0.value == .refused(reason) }.map { metric($0.metric) }
      return names.isEmpty ? nil : StyledText.joined(names, by: ", ") + ": " + Words.reason(reason)
    }
  }

  static func reason(_ refusal: Refusal) -> StyledText {
    switch refusal {
    case .noOpenings: "no source in this clone tells within any limits when the requests were opened."
    case .noDeclines:
      "Git does not tell a declined request from an open one, and no review records are in this clone."
    case .noReviews: "no review records are in this clone; a forge keeps them outside Git."
    case .noLanders: "the forge itself committed what landed, so who landed it is not in Git."
    case .noHosts: "nobody is known to be host or guest."
    case .noOrganisations:
      "no roster, and the authors' addresses are of public mail providers or private: they name no organisation."
    case .nothingInWindow: "nothing in this window."
    case .shallowHistory: "the clone is shallow, so what came earlier is not known."
    case .noObjective: "no objective on the first review applies to anything here."
    case .tooFew: "too few items came due in this window; `tributary sla` lists them one by one."
    case .noGrants: "nobody holds a right by a grant that counts at the end of the window."
    }
  }
}
