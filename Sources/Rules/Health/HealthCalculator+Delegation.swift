internal import Facts

/// Levels 2 and 3 among what landed from outside, and how contributors become reviewers.
extension HealthCalculator {
  private var landedExternal: [Item] { landedWork.filter { $0.assessment.origin.kind == .external } }

  /// Landed external contributions of a level ÷ landed external contributions of which a source here shows reviews.
  func accepted(_ metric: Metric, where isWanted: (Level) -> Bool) -> Measurement {
    let external = landedExternal
    guard !external.isEmpty else {
      let isUnknown = landedWork.contains { $0.assessment.origin.kind == .unknown }
      let isPlatform = landedWork.contains { $0.assessment.origin.kind == .platform }
      return refused(metric, isUnknown && !isPlatform ? .noHosts : .nothingInWindow)
    }
    let known = external.filter { $0.assessment.level.reason != .reviewNotInGit }
    let unknown = external.count - known.count
    var remarks = inferredHosts.map { [Remark.inferredHosts($0)] } ?? []
    if unknown > 0 { remarks.append(.unknown(unknown)) }
    guard !known.isEmpty else { return refused(metric, .noReviews, remarks: remarks) }
    var carriers = Carriers()
    for item in known {
      let approvals = item.assessment.approvals.filter(\.counted)
      carriers.add([item.closingFact] + approvals.map { ($0.event.source, $0.event.grade) })
    }
    return Measurement(
      metric, .ratio(hits: known.count { isWanted($0.assessment.level) }, of: known.count),
      sample: known.count,
      grade: weakest(carriers.list.map(\.grade) + (inferredHosts == nil ? [] : [.bounded])),
      remarks: remarks, sources: carriers.list)
  }

  /// Authors of landed external contributions who hold a right by grant at the end of the window ÷ all these authors.
  func conversionToDelegate() -> Measurement {
    guard !delegates.isEmpty else { return refused(.conversionToDelegate, .noGrants) }
    let items = landedExternal.filter { $0.author != nil }
    let authors = Set(items.compactMap { $0.author?.key })
    guard !authors.isEmpty else { return refused(.conversionToDelegate, .nothingInWindow) }
    return Measurement(
      .conversionToDelegate, .ratio(hits: authors.intersection(delegates).count, of: authors.count),
      sample: authors.count, grade: .derived, sources: Carriers.closings(items))
  }

  /// Holders of a right by grant at the end of the window whose approval counted in it by a grant ÷ all holders.
  func conversionToApprover() -> Measurement {
    guard !delegates.isEmpty else { return refused(.conversionToApprover, .noGrants) }
    guard items.contains(where: \.hasReviewRecord) else { return refused(.conversionToApprover, .noReviews) }
    var active: Set<PersonKey> = []
    var carriers = Carriers()
    for item in items where !item.isByBot {
      let contribution = item.assessment.contribution
      let own = item.delegated.filter { _, approval in
        (approval.event.time.instant ?? contribution.landing?.at).map(window.contains) ?? false
      }
      active.formUnion(own.map(\.person))
      if !own.isEmpty { carriers.add(own.map { ($0.approval.event.source, $0.approval.event.grade) }) }
    }
    if carriers.isEmpty { carriers.addRecords(recordedRequests) }
    return Measurement(
      .conversionToApprover, .ratio(hits: active.intersection(delegates).count, of: delegates.count),
      sample: delegates.count, grade: weakest(carriers.list.map(\.grade)), sources: carriers.list)
  }
}
