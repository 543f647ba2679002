/// What makes two events of different sources the same event.
struct Occurrence: Hashable {
  let kind: Observation.Kind
  let person: PersonID?
  /// Nil for what happens only once, whenever that was.
  let time: KnownTime?

  init(_ event: ReviewEvent) {
    kind = event.kind
    switch event.kind {
    case .opened, .revision, .landed:
      person = nil
      time = nil
    default:
      person = event.person
      time = event.time
    }
  }
}

extension ReviewEvent {
  /// Whether this record of an event says more than another: an exact time, then a better grade, then a person.
  func isBetterKnown(than other: ReviewEvent) -> Bool {
    let (isExact, otherIsExact) = (time.instant != nil, other.time.instant != nil)
    if isExact != otherIsExact { return isExact }
    if grade != other.grade { return grade > other.grade }
    return person != nil && other.person == nil
  }
}
