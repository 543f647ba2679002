internal import Facts

/// Deeds by the people who had a part in them, so that one person's cost no look at everybody's.
struct DeedIndex {
  private let deeds: [Deed]
  private var byPerson: [PersonKey: [Int]] = [:]
  let hasReviewRecords: Bool
  /// How many proposals have no reviews on record.
  let unrecorded: Int

  init(_ deeds: [Deed]) {
    self.deeds = deeds
    hasReviewRecords = deeds.contains(where: \.hasReviewRecord)
    unrecorded = deeds.count(where: \.isUnrecorded)
    for (number, deed) in deeds.enumerated() {
      for person in deed.authors.union(deed.parts.keys) { byPerson[person, default: []].append(number) }
    }
  }

  var count: Int { deeds.count }

  /// Everybody who did anything by a moment, sorted.
  func people(by moment: Instant) -> [PersonKey] {
    byPerson.keys.filter { person in
      (byPerson[person] ?? []).contains { number in
        let deed = deeds[number]
        if deed.authors.contains(person), let began = deed.opened ?? deed.landed, began <= moment {
          return true
        }
        return deed.parts[person]?.acts.contains { $0 <= moment } ?? false
      }
    }.sorted()
  }

  /// Calls the body with each deed in which somebody had a part, in their order.
  func forEach(of person: PersonKey, _ body: (Deed) -> Void) {
    for number in byPerson[person] ?? [] { body(deeds[number]) }
  }
}

extension Deed {
  fileprivate var isUnrecorded: Bool { isProposal && !hasReviewRecord }
}

/// What somebody did on the paths by a moment.
struct PersonalRecord {
  let person: PersonKey
  private(set) var landed: [ContributionReference] = []
  private(set) var reviewed: [ContributionReference] = []
  private(set) var firstReviews: [ContributionReference] = []
  private(set) var agreed: [ContributionReference] = []
  private(set) var disagreed: [ContributionReference] = []
  private(set) var reverted: [ContributionReference] = []
  private(set) var first: Instant?
  private(set) var last: Instant?
  private(set) var lastDeed: ContributionReference?
  private(set) var firstDeed: ContributionReference?
  /// Proposals of others whose reviews no source keeps.
  private(set) var unrecorded = 0
  let hasRecords: Bool

  init(_ person: PersonKey, _ deeds: DeedIndex, asOf: Instant) {
    self.person = person
    hasRecords = deeds.hasReviewRecords
    unrecorded = deeds.unrecorded
    deeds.forEach(of: person) { take($0, asOf) }
    for path in [\Self.landed, \.reviewed, \.firstReviews, \.agreed, \.disagreed, \.reverted] {
      self[keyPath: path].sort()
    }
  }

  private mutating func take(_ deed: Deed, _ asOf: Instant) {
    if deed.authors.contains(person) {
      if deed.isUnrecorded { unrecorded -= 1 }
      let moments = [deed.opened, deed.landed].compactMap { $0 }.filter { $0 <= asOf }
      for moment in moments { note(moment, deed) }
      if let landed = deed.landed, landed <= asOf { self.landed.append(deed.reference) }
      return
    }
    guard let part = deed.parts[person] else { return }
    for moment in part.acts where moment <= asOf { note(moment, deed) }
    if let reviewed = part.reviewed, reviewed <= asOf { self.reviewed.append(deed.reference) }
    if let first = deed.firstVerdict, first.by == person, first.at <= asOf {
      firstReviews.append(deed.reference)
    }
    if let agrees = deed.agrees(person, asOf: asOf) {
      if agrees { agreed.append(deed.reference) } else { disagreed.append(deed.reference) }
    }
    if let undone = deed.reverted, undone <= asOf, deed.isApproved(by: person, asOf: asOf) {
      reverted.append(deed.reference)
    }
  }

  private mutating func note(_ moment: Instant, _ deed: Deed) {
    if first.map({ moment < $0 }) ?? true { (first, firstDeed) = (moment, deed.reference) }
    if last.map({ moment > $0 }) ?? true { (last, lastDeed) = (moment, deed.reference) }
  }
}
