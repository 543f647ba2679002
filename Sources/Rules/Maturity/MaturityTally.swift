/// Things that are known to count for or against a share, and things of which that is not known.
struct MaturityTally {
  var hits = 0
  var misses = 0
  /// Members of the sample of which it is not known which of the two they are.
  var undecided = 0
  /// Of what may not belong to the sample at all.
  var outsideHits = 0
  var outsideMisses = 0
  var outsideUndecided = 0

  var count: Int { hits + misses }
  var share: Share { Share(hits: hits, of: count) }

  /// The verdict that holds whatever the undecided ones are.
  ///
  /// Decided by the share itself and not by its interval: in the window these are all there are, not a sample of more.
  func verdict(atLeast threshold: Double, floor: Int) -> CriterionVerdict {
    guard count >= max(1, floor) else { return .notEnoughEvidence }
    let worst = quotient(hits, count + undecided + outsideMisses + outsideUndecided)
    if worst >= threshold { return .met }
    let gains = undecided + outsideHits + outsideUndecided
    return quotient(hits + gains, count + gains) < threshold ? .notMet : .notEnoughEvidence
  }

  private func quotient(_ hits: Int, _ count: Int) -> Double {
    count > 0 ? Double(hits) / Double(count) : 0
  }
}
