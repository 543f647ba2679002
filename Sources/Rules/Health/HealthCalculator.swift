public import Facts

/// Computes the figures of a health report from assessments of one or more repositories.
///
/// Names and definitions are those of CHAOSS (chaoss.community/kb-metrics) and of InnerSource Commons. Only proposals
/// count as change requests: a commit without a trace of a proposal is landed work, not a request.
public struct HealthCalculator {
  /// An assessment with what is needed to count people across repositories.
  public struct Item {
    public var assessment: Assessment
    public var author: People.Person?
    public var lander: People.Person?
    /// Machines among the people of its repository.
    let bots: Set<PersonID>
    /// Everybody whose approval counts by a grant, with the approval.
    let delegated: [(person: PersonKey, approval: JudgedApproval)]

    public init(_ assessment: Assessment, people: People) {
      self.assessment = assessment
      author = assessment.contribution.author.map { people[$0] }
      lander = assessment.contribution.landing?.by.map { people[$0] }
      bots = people.bots
      delegated = assessment.approvals.filter { $0.counted && $0.authority == .delegated }
        .map { (people[$0.person].key, $0) }
    }
  }

  let items: [Item]
  let window: Window
  let asOf: Instant
  /// Host people inferred, or nil where a roster says it.
  let inferredHosts: Int?
  /// Everybody with work on a branch before the window; nil where that is not known.
  let earlier: Set<PersonKey>?
  /// In shallow clones the moment from which on all of them are whole; nil where nothing is cut off.
  let completeSince: Instant?
  /// Who holds a right by grant at the end of the window.
  let delegates: Set<PersonKey>

  public init(
    _ items: [Item], window: Window, asOf: Instant, inferredHosts: Int?, earlier: Set<PersonKey>?,
    completeSince: Instant? = nil, delegates: Set<PersonKey> = []
  ) {
    self.items = items
    self.window = window
    self.asOf = asOf
    self.inferredHosts = inferredHosts
    self.earlier = earlier
    self.completeSince = completeSince
    self.delegates = delegates
  }

  /// Every metric once, in the order of `Metric`.
  ///
  /// Where a shallow clone ends inside the window, each figure says so; where it ends after it, each is refused.
  public func measure() -> [Measurement] {
    Metric.allCases.map { metric in
      guard let completeSince, window.since.map({ $0 < completeSince }) ?? true else {
        return measure(metric)
      }
      guard window.until >= completeSince else { return refused(metric, .shallowHistory) }
      var measurement = measure(metric)
      if case .refused = measurement.value { return measurement }
      measurement.remarks.append(.completeSince(completeSince))
      return measurement
    }
  }

  private func measure(_ metric: Metric) -> Measurement {
    switch metric {
    case .changeRequests: changeRequests()
    case .accepted: accepted()
    case .declined: declined()
    case .acceptanceRatio: acceptanceRatio()
    case .closureRatio: closureRatio()
    case .reviews: reviews()
    case .timeToFirstResponse: timeToFirstResponse()
    case .timeToClose: timeToClose()
    case .selfMergeRate: selfMergeRate()
    case .innerSourceRatio: innerSourceRatio()
    case .organizationalDiversity: organizationalDiversity()
    case .contributorAbsenceFactor: contributorAbsenceFactor()
    case .botActivity: botActivity()
    case .newContributors: newContributors()
    case .firstReviewAttainment: firstReviewAttainment()
    case .acceptedByPlatform: accepted(metric) { $0.number == 2 }
    case .assistedAcceptances: accepted(metric, where: \.isAssisted)
    case .acceptedByDelegates: accepted(metric) { $0.number == 3 }
    case .conversionToDelegate: conversionToDelegate()
    case .conversionToApprover: conversionToApprover()
    }
  }
}

extension HealthCalculator {
  /// Proposals by humans.
  var requests: [Item] { items.filter { $0.isProposal && !$0.isByBot } }

  /// Proposals whose opening lies in the window for certain.
  var opened: [Item] { requests.filter { $0.opening(in: window) == .certain } }

  var landedRequests: [Item] { requests.filter { $0.landed(in: window) } }

  /// Everything by humans that landed in the window, proposed or not.
  var landedWork: [Item] { items.filter { !$0.isByBot && $0.landed(in: window) } }

  /// Requests of which a source here keeps a review record.
  var recordedRequests: [Item] { requests.filter(\.hasReviewRecord) }

  /// Requests that a review system recorded as declined in the window.
  var declinedRequests: [Item] { requests.filter { $0.abandoned(in: window) } }

  /// Whether any source here can tell a declined request: one with recorded states.
  var recordsDeclines: Bool { requests.contains(where: \.hasAbandonmentRecord) }

  /// Requests with activity in the window for which Git cannot tell whether they are open or declined.
  var undetermined: [Item] {
    requests.filter {
      $0.assessment.contribution.state == .undetermined && $0.opening(in: window) != .outside
    }
  }

  private func changeRequests() -> Measurement {
    let certain = opened.count
    let possible = requests.count { $0.opening(in: window) == .possible }
    let counted = requests.filter { $0.opening(in: window) != .outside }
    guard certain + possible > 0 else { return refused(.changeRequests, .nothingInWindow) }
    let value: Measurement.Value =
      possible == 0 ? .count(certain) : .countBetween(certain, certain + possible)
    return Measurement(
      .changeRequests, value, sample: certain + possible,
      grade: weakest(counted.map(\.assessment.contribution.opened.grade)), sources: Carriers.openings(counted)
    )
  }

  private func accepted() -> Measurement {
    let landed = landedRequests
    guard !requests.isEmpty else { return refused(.accepted, .nothingInWindow) }
    return Measurement(
      .accepted, .count(landed.count), sample: landed.count,
      grade: weakest(landed.compactMap(\.assessment.contribution.landing?.grade)),
      sources: Carriers.closings(landed))
  }

  private func declined() -> Measurement {
    guard recordsDeclines else { return refused(.declined, .noDeclines, remarks: undeterminedRemark) }
    let declined = declinedRequests
    var carriers = Carriers()
    for item in declined { carriers.add([item.closingFact]) }
    if carriers.isEmpty { carriers.addRecords(requests.filter(\.hasAbandonmentRecord)) }
    return Measurement(
      .declined, .count(declined.count), sample: declined.count, grade: .recorded,
      remarks: undeterminedRemark, sources: carriers.list)
  }

  /// Accepted ÷ (accepted + declined).
  private func acceptanceRatio() -> Measurement {
    guard recordsDeclines else { return refused(.acceptanceRatio, .noDeclines, remarks: undeterminedRemark) }
    let accepted = landedRequests.filter(\.hasAbandonmentRecord)
    let closed = accepted + declinedRequests
    guard !closed.isEmpty else {
      return refused(.acceptanceRatio, .nothingInWindow, remarks: undeterminedRemark)
    }
    return Measurement(
      .acceptanceRatio, .ratio(hits: accepted.count, of: closed.count), sample: closed.count, grade: .derived,
      remarks: undeterminedRemark, sources: Carriers.closings(closed))
  }

  /// Closed (accepted or declined) ÷ opened, both in the window, among requests with recorded openings.
  private func closureRatio() -> Measurement {
    guard recordsDeclines else { return refused(.closureRatio, .noDeclines, remarks: undeterminedRemark) }
    let opened = opened.filter(\.hasAbandonmentRecord)
    let closed = landedRequests.filter(\.hasAbandonmentRecord) + declinedRequests
    guard !opened.isEmpty else {
      return refused(.closureRatio, .nothingInWindow, remarks: undeterminedRemark)
    }
    var carriers = Carriers()
    for item in opened { carriers.add([item.openingFact]) }
    for item in closed { carriers.add([item.closingFact]) }
    return Measurement(
      .closureRatio, .ratio(hits: closed.count, of: opened.count), sample: opened.count, grade: .derived,
      remarks: undeterminedRemark, sources: carriers.list)
  }

  /// Verdicts and comments on the code by humans who did not write the change, within the window.
  private func reviews() -> Measurement {
    guard requests.contains(where: \.hasReviewRecord) else { return refused(.reviews, .noReviews) }
    var carriers = Carriers()
    var count = 0
    for item in requests {
      let reviews = item.reviews(in: window)
      carriers.add(reviews.map { ($0.source, $0.grade) })
      count += reviews.count
    }
    if carriers.isEmpty { carriers.addRecords(recordedRequests) }
    return Measurement(
      .reviews, .count(count), sample: recordedRequests.count, grade: .recorded, sources: carriers.list)
  }

  var undeterminedRemark: [Remark] {
    let count = undetermined.count
    return count == 0 ? [] : [.undetermined(count)]
  }

  func refused(_ metric: Metric, _ reason: Refusal, remarks: [Remark] = []) -> Measurement {
    Measurement(metric, .refused(reason), sample: 0, grade: .absent, remarks: remarks)
  }

  func weakest(_ grades: [Grade]) -> Grade { grades.min() ?? .absent }
}
