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
    }
  }

  static func value(_ value: Measurement.Value) -> StyledText {
    switch value {
    case .count(let count): return "\(count)"
    case .countBetween(let low, let high): return "\(low)–\(high)"
    case .ratio(let hits, let count): return "\(FixedDecimal.percent(hits, of: count) ?? "–")"
    case .wait(let median, _, _, _): return median.map { "\(DurationWords.elapsed($0))" } ?? "not reached"
    case .waitBetween(_, let high): return "at most \(DurationWords.elapsed(high))"
    case .refused: return StyledText("refused", .muted)
    }
  }

  static func remark(_ remark: Remark) -> StyledText {
    switch remark {
    case .boundedOnly(let count): "\(count) more with only bounded times, left out"
    case .unanswered(let count): "\(count) unanswered, counted as longer than their age"
    case .undetermined(let count): "\(counted(count, "proposal")) not in history: open or declined"
    case .unknown(let count): "\(count) not known"
    case .largestShare(let name, let hits, let count):
      "largest \(name) with \(FixedDecimal.percent(hits, of: count) ?? "–")"
    case .inferredHosts(let count): "host team inferred (\(counted(count, "person", "people")))"
    }
  }

  /// The line under a table that says why a figure is refused; nil for a figure that is given.
  static func refusal(_ measurement: Measurement) -> StyledText? {
    guard case .refused(let reason) = measurement.value, reason != .nothingInWindow else { return nil }
    return metric(measurement.metric) + ": " + Words.reason(reason)
  }

  static func reason(_ refusal: Refusal) -> StyledText {
    switch refusal {
    case .noOpenings:
      "no source in this clone records when a request was opened. Fetch review notes or import the forge's data."
    case .noDeclines:
      """
      Git does not tell a declined request from an open one, and no review records are in this clone. Fetch review \
      notes (`refs/notes/devtools/*`) or import the forge's data.
      """
    case .noReviews:
      """
      no review records are in this clone; a forge keeps them outside Git. Fetch review notes \
      (`refs/notes/devtools/*`) or import the forge's data.
      """
    case .noLanders: "the forge itself committed what landed, so who landed it is not in Git."
    case .noHosts: "nobody is known to be host or guest. Write a roster: `tributary policy init`."
    case .noOrganisations:
      "no roster, and the authors' addresses are of public mail providers or private: they name no organisation."
    case .nothingInWindow: "nothing in this window."
    case .shallowHistory: "the clone is shallow, so who came earlier is not known: `git fetch --unshallow`."
    }
  }
}
