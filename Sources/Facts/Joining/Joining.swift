/// Joins traces that name the same contribution into one record each.
///
/// Two traces belong together when they share an id or an alias, directly or through a third. The record takes each
/// fact from the trace with the best grade; on equal grades the source that comes first in `SourceKind` from the
/// end wins (a review record knows better than a merge subject).
public struct Joining: Sendable {
  private let person: @Sendable (Identity) -> PersonID

  /// - Parameter person: looks up who an identity is; called for every identity in the traces.
  public init(person: @escaping @Sendable (Identity) -> PersonID) { self.person = person }

  /// One contribution for each connected group of traces, sorted by id.
  public func join(_ traces: [Trace]) -> [Contribution] {
    join(traces) { length, slice in [slice(0..<length)] }.flatMap { $0 }
  }

  /// Does a piece of work for consecutive slices of a list of this length, and gives the results in order.
  public typealias Slices = (
    _ length: Int, _ slice: @Sendable (Range<Int>) -> [Contribution]
  ) -> [[Contribution]]

  /// The same in consecutive parts, as many as `slices` makes, which may work on several at the same time.
  public func join(_ traces: [Trace], slices: Slices) -> [[Contribution]] {
    let groups = groups(of: traces)
    return slices(groups.list.count) { part in
      groups.list[part].map { group in
        let members = groups.members[group.range]
        guard members.count == 1, let only = members.first else {
          return record(of: members.map { traces[$0] }[...])
        }
        return record(of: traces[only...only])
      }
    }
  }

  /// Groups of traces that are connected by shared ids, sorted by the smallest id of each.
  private struct Groups: Sendable {
    struct Group: Sendable {
      var id: ContributionID
      var range = 0..<0
    }

    var list: [Group] = []
    /// Places of traces in the order given, group by group.
    var members: [Int] = []

    /// `leaders` holds for each trace the place of the first one of its group.
    init(_ traces: [Trace], leaders: [Int]) {
      var numbers = Array(repeating: -1, count: traces.count)
      var counts: [Int] = []
      for (index, leader) in leaders.enumerated() {
        if numbers[leader] < 0 {
          numbers[leader] = list.count
          list.append(Group(id: traces[index].id))
          counts.append(0)
        }
        let number = numbers[leader]
        counts[number] += 1
        list[number].id = min(
          list[number].id, traces[index].id, traces[index].aliases.min() ?? traces[index].id)
      }
      var end = 0
      for (number, count) in counts.enumerated() {
        list[number].range = end..<end
        end += count
      }
      members = Array(repeating: 0, count: end)
      for (index, leader) in leaders.enumerated() {
        let range = list[numbers[leader]].range
        members[range.upperBound] = index
        list[numbers[leader]].range = range.lowerBound..<range.upperBound + 1
      }
      list.sort { $0.id < $1.id }
    }
  }

  /// Finds which traces are connected.
  private func groups(of traces: [Trace]) -> Groups {
    var leader = Array(0..<traces.count)
    func root(_ start: Int) -> Int {
      var index = start
      while leader[index] != index {
        leader[index] = leader[leader[index]]
        index = leader[index]
      }
      return index
    }
    var first: [ContributionID: Int] = [:]
    first.reserveCapacity(traces.count)
    func connect(_ id: ContributionID, _ index: Int) {
      guard let other = first.updateValue(index, forKey: id) else { return }
      let (one, two) = (root(index), root(other))
      leader[max(one, two)] = min(one, two)
    }
    for index in traces.indices {
      connect(traces[index].id, index)
      for alias in traces[index].aliases { connect(alias, index) }
    }
    return Groups(traces, leaders: traces.indices.map(root))
  }

  private func record(of group: ArraySlice<Trace>) -> Contribution {
    let traces = group.count == 1 ? group : group.sorted { ($1.source, $0.id) < ($0.source, $1.id) }[...]
    let sorted = names(of: traces)
    let events = timeline(of: traces)
    let landing = landing(in: events)
    let (state, basis) = state(of: traces, landed: landing != nil, events: events)
    let author = traces.lazy.compactMap(\.author).first
    let authorID = author.map(person)
    let touching =
      traces.first { $0.paths != nil && $0.pathsGrade == .derived } ?? traces.first { $0.paths != nil }
    return Contribution(
      id: sorted[0], aliases: Array(sorted.dropFirst()),
      title: traces.lazy.map(\.title).first { !$0.isEmpty } ?? "",
      state: state, basis: basis,
      target: traces.lazy.compactMap(\.target).first,
      author: authorID, authorIdentity: author,
      coauthors: coauthors(of: traces, author: authorID),
      opened: opening(in: events), landing: landing, events: events,
      revisions: revisions(in: events),
      commits: traces.map(\.commits).max { $0.count < $1.count } ?? [],
      paths: touching?.paths, pathsGrade: touching?.pathsGrade,
      standings: traces.compactMap(\.standing),
      sources: traces.count == 1 ? traces.map(\.source) : Set(traces.map(\.source)).sorted())
  }

  /// All ids of the traces, each once, sorted; the first is the contribution's own.
  private func names(of traces: ArraySlice<Trace>) -> [ContributionID] {
    if traces.count == 1, traces.allSatisfy(\.aliases.isEmpty) { return traces.map(\.id) }
    return Set(traces.flatMap { [$0.id] + $0.aliases }).sorted()
  }

  private func timeline(of traces: ArraySlice<Trace>) -> [ReviewEvent] {
    var events: [ReviewEvent] = []
    events.reserveCapacity(traces.reduce(0) { $0 + $1.observations.count })
    let votes = FinalVotes(traces, person: person)
    for trace in traces {
      for observation in trace.observations where !votes.isToldElsewhere(observation, in: trace.source) {
        events.append(
          ReviewEvent(
            observation, person: observation.actor.map(person), subject: observation.kind.subject.map(person),
            source: trace.source))
      }
    }
    if events.count > 1 { events.sort(by: ReviewEvent.precedes) }
    return withoutRepeatedApprovals(withoutRepetitions(events))
  }

  /// The events without trailers that name people whose own approval is on record.
  ///
  /// A trailer is somebody's word that the same review took place, so it is no second one, nor does it renew one that was
  /// given on an older revision. It stays where the person's own record says something else.
  private func withoutRepeatedApprovals(_ events: [ReviewEvent]) -> [ReviewEvent] {
    var approvals: [PersonID: Int] = [:]
    for (place, event) in events.enumerated() where event.grade >= .recorded {
      guard case .verdict(.approve, _) = event.kind, let person = event.person else { continue }
      approvals[person] = place
    }
    guard !approvals.isEmpty else { return events }
    var events = events
    var repeated: [Int] = []
    for (place, event) in events.enumerated() {
      guard case .approvedByTrailer = event.kind, event.grade < .recorded,
        let own = event.person.flatMap({ approvals[$0] })
      else { continue }
      events[own].sources.formUnion(event.sources)
      repeated.append(place)
    }
    for place in repeated.reversed() { events.remove(at: place) }
    return events
  }

  /// The events without those that a second source tells again.
  ///
  /// An opening, a revision or a landing happens once: the event with an exact time stays, then the better grade,
  /// then the first. Of anything else only what has the same person and moment is a repetition.
  private func withoutRepetitions(_ events: [ReviewEvent]) -> [ReviewEvent] {
    guard let first = events.first, events.contains(where: { $0.source != first.source }) else {
      return events
    }
    var places: [Occurrence: Int] = [:]
    var kept: [ReviewEvent] = []
    for event in events {
      let occurrence = Occurrence(event)
      guard let place = places[occurrence] else {
        places[occurrence] = kept.count
        kept.append(event)
        continue
      }
      if kept[place].source != event.source || occurrence.time == nil {
        let sources = kept[place].sources.union(event.sources)
        if event.isBetterKnown(than: kept[place]) { kept[place] = event }
        kept[place].sources = sources
      } else {
        kept.append(event)
      }
    }
    return kept.sorted(by: ReviewEvent.precedes)
  }

  private func coauthors(of traces: ArraySlice<Trace>, author: PersonID?) -> [PersonID] {
    guard traces.contains(where: { !$0.coauthors.isEmpty }) else { return [] }
    var people = Set(traces.flatMap(\.coauthors).map(person))
    if let author { people.remove(author) }
    return people.sorted()
  }

  /// The opening with the best grade; of equals the earliest.
  private func opening(in events: [ReviewEvent]) -> Contribution.Opening {
    var best: ReviewEvent?
    for event in events where event.kind == .opened {
      if let known = best, known.grade >= event.grade { continue }
      best = event
    }
    guard let best else { return .init(time: .unknown, grade: .absent, evidence: nil) }
    return .init(
      time: best.time, grade: best.grade, evidence: best.evidence, source: best.source,
      sources: best.sources)
  }

  /// The landing with the best grade; of equals the first.
  private func landing(in events: [ReviewEvent]) -> Contribution.Landing? {
    var best: Contribution.Landing?
    for event in events {
      guard case .landed(let commit) = event.kind else { continue }
      let landing = Contribution.Landing(
        time: event.time, by: event.person, commit: commit, grade: event.grade, evidence: event.evidence,
        source: event.source, sources: event.sources)
      if let known = best, let landing, known.grade >= landing.grade { continue }
      best = landing ?? best
    }
    return best
  }

  private func revisions(in events: [ReviewEvent]) -> [ObjectName] {
    var seen = Set<ObjectName>()
    return events.compactMap { event in
      guard case .revision(let head) = event.kind, seen.insert(head).inserted else { return nil }
      return head
    }
  }
}
