internal import Facts

/// The criteria of a ladder, one by one.
extension ReadinessJudge {
  private static let month: Int64 = 30 * 86_400

  func item(_ criterion: Readiness.Criterion, _ record: PersonalRecord) -> Readiness.Item {
    let ladder = question.ladder
    switch criterion {
    case .landed: return atLeast(criterion, record.landed, ladder.landed)
    case .reviews: return reviews(criterion, record.reviewed, ladder.reviews, record)
    case .firstReviews: return reviews(criterion, record.firstReviews, ladder.firstReviews, record)
    case .agreement: return agreement(record)
    case .activeWithin: return activity(record)
    case .reverted: return reverted(record)
    case .months: return months(record)
    case .holds: return holding(record)
    }
  }

  private func atLeast(
    _ criterion: Readiness.Criterion, _ evidence: [ContributionReference], _ least: Int?
  ) -> Readiness.Item {
    Readiness.Item(
      criterion: criterion, value: .count(evidence.count), threshold: least.map { .count($0) },
      outcome: least.map { evidence.count >= $0 ? .met : .notMet } ?? .notAsked, evidence: evidence)
  }

  /// A count of reviews: one that falls short is not known where reviews that are not on record could make up for it.
  private func reviews(
    _ criterion: Readiness.Criterion, _ evidence: [ContributionReference], _ least: Int?,
    _ record: PersonalRecord
  ) -> Readiness.Item {
    var item = atLeast(criterion, evidence, least)
    guard let least, item.outcome == .notMet else { return item }
    if !record.hasRecords, record.unrecorded > 0 {
      item.shortage = .reviewsNotInGit
    } else if evidence.count + record.unrecorded >= least {
      item.shortage = .reviewsPartlyInGit
    }
    if item.shortage != nil { item.outcome = .notEnoughEvidence }
    return item
  }

  private func agreement(_ record: PersonalRecord) -> Readiness.Item {
    let share = Share(hits: record.agreed.count, of: record.agreed.count + record.disagreed.count)
    var item = Readiness.Item(
      criterion: .agreement, value: .share(share), outcome: .notAsked,
      evidence: (record.agreed + record.disagreed).sorted())
    guard let least = question.ladder.agreement else { return item }
    // The threshold as a share, so that it is told in the same way.
    item.threshold = .share(Share(hits: Int((least * 10_000).rounded()), of: 10_000))
    if share.count < SampleFloor.perPerson.count {
      item.outcome = .notEnoughEvidence
      item.shortage = record.hasRecords ? .tooFewDecisions : .reviewsNotInGit
    } else {
      item.outcome = (share.value ?? 0) >= least ? .met : .notMet
    }
    return item
  }

  private func activity(_ record: PersonalRecord) -> Readiness.Item {
    let age = record.last.map { max(0, question.asOf.since($0)) }
    let longest = question.ladder.activeWithin
    return Readiness.Item(
      criterion: .activeWithin, value: .seconds(age), threshold: longest.map { .seconds($0) },
      outcome: longest.map { (age ?? .max) <= $0 ? .met : .notMet } ?? .notAsked,
      evidence: [record.lastDeed].compactMap { $0 })
  }

  private func reverted(_ record: PersonalRecord) -> Readiness.Item {
    let most = question.ladder.reverted
    var item = Readiness.Item(
      criterion: .reverted, value: .count(record.reverted.count), threshold: most.map { .count($0) },
      outcome: .notAsked, evidence: record.reverted)
    guard let most else { return item }
    item.outcome = record.reverted.count <= most ? .met : .notMet
    if item.outcome == .met, !record.hasRecords {
      (item.outcome, item.shortage) = (.notEnoughEvidence, .reviewsNotInGit)
    }
    return item
  }

  private func months(_ record: PersonalRecord) -> Readiness.Item {
    let age = record.first.map { max(0, question.asOf.since($0)) }
    let least = question.ladder.months.map { Int64(clamping: $0).multipliedReportingOverflow(by: Self.month) }
    let seconds = least.map { $0.overflow ? .max : $0.partialValue }
    return Readiness.Item(
      criterion: .months, value: .seconds(age), threshold: seconds.map { .seconds($0) },
      outcome: seconds.map { (age ?? -1) >= $0 ? .met : .notMet } ?? .notAsked,
      evidence: [record.firstDeed].compactMap { $0 })
  }

  /// Whether the right that the ladder builds on is held, and was held as many months ago as the ladder asks for.
  private func holding(_ record: PersonalRecord) -> Readiness.Item {
    let verb = question.ladder.holds ?? .approve
    var answers = [holds(verb, record.person, at: question.asOf)]
    if let months = question.ladder.months, question.ladder.holds != nil {
      let (length, overflow) = Int64(clamping: months).multipliedReportingOverflow(by: Self.month)
      let then = question.asOf.advanced(by: overflow ? -.max : -length)
      answers.append(holds(verb, record.person, at: then))
    }
    let isHeld = answers.allSatisfy { $0 == true }
    var item = Readiness.Item(
      criterion: .holds, value: .held(verb, isHeld),
      threshold: question.ladder.holds.map { .held($0, true) }, outcome: .notAsked, evidence: [])
    guard question.ladder.holds != nil else { return item }
    item.outcome = isHeld ? .met : .notMet
    if !answers.contains(false), answers.contains(nil) {
      (item.outcome, item.shortage) = (.notEnoughEvidence, .pathsNotComparable)
    }
    return item
  }
}
