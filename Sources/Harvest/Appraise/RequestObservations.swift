import Facts

/// What the requests of one review say happened: opened, reviewers asked, renamed after a rebase, abandoned,
/// taken up again.
struct RequestObservations {
  private let opening: NoteRecord<AppraiseRequest>
  private let annotated: ObjectName
  private let arrivals: LineArrivals
  private let evidence: Evidence
  /// What an import adds.
  let imported: ImportedRequest
  /// Of git-appraise's own, by timestamp text; of requests with the same one, those that copied it come last.
  private let inTime: [NoteRecord<AppraiseRequest>]
  /// How many different requests have a timestamp.
  private let sharing: [String: Int]

  init(_ notes: ReviewNotes, annotated: ObjectName, arrivals: LineArrivals, evidence: Evidence) {
    opening = notes.opening
    self.annotated = annotated
    self.arrivals = arrivals
    self.evidence = evidence
    var seen: Set<ObjectName> = []
    imported = ImportedRequest(notes.requests, evidence: evidence)
    let distinct = notes.requests.filter { $0.record.mark == nil && seen.insert($0.digest).inserted }
    inTime = distinct.enumerated().sorted { one, other in
      let (first, second) = (one.element.record, other.element.record)
      if first.timestamp.precedesInBytes(second.timestamp) { return true }
      if second.timestamp.precedesInBytes(first.timestamp) { return false }
      return (first.copyRank, one.offset) < (second.copyRank, other.offset)
    }.map(\.element)
    sharing = distinct.reduce(into: [:]) { $0[$1.record.timestamp, default: 0] += 1 }
  }

  func all() -> [Observation] {
    let first = opening.dating(arrivals)
    var observations = [observation(.opened, first)]
    // Which commit an import found to be annotated says nothing of what was proposed when.
    if opening.record.mark == nil { observations.append(observation(.revision(annotated), first)) }
    observations += imported.observations() + reviewersAsked() + aliases() + endings()
    return observations
  }

  /// One observation per person, at the earliest request that names them.
  private func reviewersAsked() -> [Observation] {
    var asked: Set<String> = []
    var observations: [Observation] = []
    for request in inTime {
      for reviewer in request.record.reviewers where asked.insert(reviewer).inserted {
        guard let person = Identity(appraise: reviewer) else { continue }
        observations.append(observation(.reviewRequested(of: person), dating(request)))
      }
    }
    return observations
  }

  private func aliases() -> [Observation] {
    var known: Set<ObjectName> = [annotated]
    var observations: [Observation] = []
    for request in inTime {
      guard let alias = request.record.alias.fullObjectName, known.insert(alias).inserted else { continue }
      observations.append(observation(.revision(alias), dating(request)))
    }
    return observations
  }

  /// Abandoned, taken up again, and so on, in the order in which the notes ref received the requests.
  ///
  /// That order, not the timestamps, tells which request came last: an abandoning request often has the timestamp
  /// of the one before, and a merge of notes sorts its lines.
  private func endings() -> [Observation] {
    var isAbandoned = false
    var observations: [Observation] = []
    for (request, arrival) in inOrderOfArrival where request.record.targetRef.isEmpty != isAbandoned {
      isAbandoned.toggle()
      let dating = dating(request, arrival)
      let person = arrival?.author ?? dating.person
      observations.append(
        Observation(isAbandoned ? .abandoned : .restored, dating.time, by: person, dating.grade, evidence))
    }
    return observations
  }

  /// Whether the review is abandoned when the history of the notes decides which request came last.
  var isAbandonedByHistory: Bool {
    imported.isClosed || inOrderOfArrival.last?.request.record.targetRef.isEmpty ?? false
  }

  private var inOrderOfArrival: [(request: NoteRecord<AppraiseRequest>, arrival: LineArrival?)] {
    var arrived: [(request: NoteRecord<AppraiseRequest>, arrival: LineArrival?, place: Int)] = []
    for (place, request) in inTime.enumerated() {
      let all = arrivals[request.digest] ?? []
      arrived += all.isEmpty ? [(request, nil, place)] : all.map { (request, $0, place) }
    }
    return arrived.sorted { ($0.arrival?.order ?? -1, $0.place) < ($1.arrival?.order ?? -1, $1.place) }
      .map { ($0.request, $0.arrival) }
  }

  /// The dating of a request, which for a copied timestamp or a repeated line comes from its arrival.
  private func dating(_ request: NoteRecord<AppraiseRequest>, _ arrival: LineArrival? = nil) -> Dating {
    let own = request.dating(arrivals)
    let first = arrivals[request.digest]?.first
    let isRepeated = arrival != nil && arrival?.order != first?.order
    guard isCopied(request) || isRepeated, let copied = request.record.timestamp.appraiseInstant else {
      return own
    }
    guard let arrival = arrival ?? first else {
      return Dating(time: .between(copied, nil), person: own.person, grade: .bounded)
    }
    let lower = [arrival.notBefore, copied].compactMap(\.self).filter { $0 <= arrival.notAfter }.max()
    return Dating(time: .between(lower, arrival.notAfter), person: own.person, grade: .bounded)
  }

  /// Whether the timestamp says when an earlier request was made, not when this one was.
  private func isCopied(_ request: NoteRecord<AppraiseRequest>) -> Bool {
    request.digest != opening.digest && (sharing[request.record.timestamp] ?? 0) > 1
  }

  private func observation(_ kind: Observation.Kind, _ dating: Dating) -> Observation {
    Observation(kind, dating.time, by: dating.person, dating.grade, evidence)
  }
}

extension AppraiseRequest {
  /// Renaming requests after plain ones, abandoning ones last.
  fileprivate var copyRank: Int { targetRef.isEmpty ? 2 : alias.isEmpty ? 0 : 1 }
}
