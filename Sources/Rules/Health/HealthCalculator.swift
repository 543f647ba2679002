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

    public init(_ assessment: Assessment, people: People) {
      self.assessment = assessment
      author = assessment.contribution.author.map { people[$0] }
      lander = assessment.contribution.landing?.by.map { people[$0] }
      bots = people.bots
    }
  }

  let items: [Item]
  let window: Window
  let asOf: Instant
  /// Host people inferred, or nil where a roster says it.
  let inferredHosts: Int?
  /// Everybody with work on a branch before the window; nil where that is not known.
  let earlier: Set<PersonKey>?

  public init(
    _ items: [Item], window: Window, asOf: Instant, inferredHosts: Int?, earlier: Set<PersonKey>?
  ) {
    self.items = items
    self.window = window
    self.asOf = asOf
    self.inferredHosts = inferredHosts
    self.earlier = earlier
  }

  /// Every metric once, in the order of `Metric`.
  public func measure() -> [Measurement] { Metric.allCases.map(measure) }

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

  /// Requests that a review system recorded as declined in the window.
  var declinedRequests: [Item] { requests.filter { $0.abandoned(in: window) } }

  /// Whether any source here can tell a declined request: one with recorded states.
  var recordsDeclines: Bool { requests.contains { $0.assessment.contribution.hasReviewRecord } }

  /// Requests with activity in the window for which Git cannot tell whether they are open or declined.
  var undetermined: [Item] {
    requests.filter {
      $0.assessment.contribution.state == .undetermined && $0.opening(in: window) != .outside
    }
  }

  private func changeRequests() -> Measurement {
    let certain = opened.count
    let possible = requests.count { $0.opening(in: window) == .possible }
    let grade = weakest(
      requests.filter { $0.opening(in: window) != .outside }.map(\.assessment.contribution.opened.grade))
    guard certain + possible > 0 else { return refused(.changeRequests, .nothingInWindow) }
    let value: Measurement.Value =
      possible == 0 ? .count(certain) : .countBetween(certain, certain + possible)
    return Measurement(.changeRequests, value, sample: certain + possible, grade: grade)
  }

  private func accepted() -> Measurement {
    let landed = landedRequests
    guard !requests.isEmpty else { return refused(.accepted, .nothingInWindow) }
    return Measurement(
      .accepted, .count(landed.count), sample: landed.count,
      grade: weakest(landed.compactMap(\.assessment.contribution.landing?.grade)))
  }

  private func declined() -> Measurement {
    guard recordsDeclines else { return refused(.declined, .noDeclines, remarks: undeterminedRemark) }
    let declined = declinedRequests
    return Measurement(
      .declined, .count(declined.count), sample: declined.count, grade: .recorded, remarks: undeterminedRemark
    )
  }

  /// Accepted ÷ (accepted + declined).
  private func acceptanceRatio() -> Measurement {
    guard recordsDeclines else { return refused(.acceptanceRatio, .noDeclines, remarks: undeterminedRemark) }
    let recorded = landedRequests.filter(\.hasReviewRecord).count
    let closed = recorded + declinedRequests.count
    guard closed > 0 else { return refused(.acceptanceRatio, .nothingInWindow, remarks: undeterminedRemark) }
    return Measurement(
      .acceptanceRatio, .ratio(hits: recorded, of: closed), sample: closed, grade: .derived,
      remarks: undeterminedRemark)
  }

  /// Closed (accepted or declined) ÷ opened, both in the window, among requests with recorded openings.
  private func closureRatio() -> Measurement {
    guard recordsDeclines else { return refused(.closureRatio, .noDeclines, remarks: undeterminedRemark) }
    let opened = opened.filter(\.hasReviewRecord).count
    let closed = landedRequests.filter(\.hasReviewRecord).count + declinedRequests.count
    guard opened > 0 else { return refused(.closureRatio, .nothingInWindow, remarks: undeterminedRemark) }
    return Measurement(
      .closureRatio, .ratio(hits: closed, of: opened), sample: opened, grade: .derived,
      remarks: undeterminedRemark)
  }

  /// Verdicts and comments on the code by humans who did not write the change, within the window.
  private func reviews() -> Measurement {
    guard requests.contains(where: \.hasReviewRecord) else { return refused(.reviews, .noReviews) }
    var count = 0
    for item in requests { count += item.reviewCount(in: window) }
    return Measurement(
      .reviews, .count(count), sample: requests.count(where: \.hasReviewRecord), grade: .recorded)
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
