internal import Facts
internal import Git

/// Puts the attestations of one ref together to traces: one for each request, and approvals of other commits.
struct GittufTraces {
  private let context: SourceContext
  private let reader: GittufReader
  private let ref: String
  /// One trace for each request of the forge.
  private(set) var requests: [Trace] = []
  /// Approvals of commits that no request is known for.
  private(set) var onLanded: [Trace] = []
  private(set) var report: SourceReport
  /// What signatures could not prove.
  private(set) var diagnostics: [Diagnostic] = []

  private var requestPlaces: [Int: Int] = [:]
  private var requestOfCommit: [ObjectName: Int] = [:]
  private var landedPlaces: [ObjectName: Int] = [:]

  init(_ context: SourceContext, _ reader: GittufReader, ref: String) {
    self.context = context
    self.reader = reader
    self.ref = ref
    report = SourceReport(.gittuf, place: ref, records: 0)
  }

  mutating func build(_ attestations: AttestationHistory) {
    let objects = readRequests(attestations)
    let ledger = ApprovalLedger(attestations, ref: ref, reader)
    addRequests(objects)
    let moves = LandedMoves(
      context, heads: objects.compactMap { object in object.head.map { ($0, object.number) } })
    let unplaced = addApprovals(ledger, moves)
    report.records = objects.count + ledger.reviewed + ledger.authorizations
    report.unreadable = reader.diagnostics.count
    report.counts =
      [
        .init("requests", objects.count), .init("approvals", ledger.reviewed),
        .init("without-approver", ledger.empty), .init("dismissed", ledger.dismissed),
        .init("authorizations", ledger.authorizations), .init("unplaced-approvals", unplaced),
      ] + report.counts
  }

  /// The requests that the newest state of the ref tells of, by number.
  private func readRequests(_ attestations: AttestationHistory) -> [PullRequestObject] {
    var blobs: [String: ObjectID] = [:]
    for step in attestations.steps {
      for change in step.changes where change.path.hasPrefix("github-pull-requests/") {
        blobs[change.path] = change.blob
      }
    }
    var objects: [PullRequestObject] = []
    var known: Set<[String]> = []
    for (path, blob) in blobs.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard case .pullRequest(let target, let commit) = AttestationPath(path), isInScope(commit),
        let envelope = reader.envelope(blob, ref: ref)
      else { continue }
      guard let object = PullRequestObject(envelope, ref: target, commit: commit, blob: blob) else {
        reader.report(
          .unreadableRecord(line: 1, detail: "no request of the commit in its path"), ref: ref,
          object: ObjectName(git: blob))
        continue
      }
      if known.insert(["\(object.number)", commit.hex]).inserted { objects.append(object) }
    }
    return objects.sorted { ($0.number, $0.commit) < ($1.number, $1.commit) }
  }

  /// Whether a merge is young enough to matter; what cannot be dated is.
  private func isInScope(_ commit: ObjectName) -> Bool {
    guard let since = context.since else { return true }
    let id = ObjectID(commit)
    if let known = context.history.index(of: id) {
      return context.history.committerSeconds(known) >= since.seconds
    }
    return reader.dateIfHere(id).map { $0 >= since } ?? true
  }

  private mutating func addRequests(_ objects: [PullRequestObject]) {
    let history = context.history
    let landings = Dictionary(
      objects.compactMap { object in history.index(of: ObjectID(object.commit)).map { ($0, object.number) } },
      uniquingKeysWith: { first, _ in first })
    var inside: [Int32: [ObjectName]] = [:]
    for commit in context.line.held.reversed() where history.parentCount(commit) < 2 {
      let landing = context.line.landing[Int(commit)]
      guard landings[landing] != nil, (inside[landing]?.count ?? 0) < reader.limits.commitsOfRequest else {
        continue
      }
      inside[landing, default: []].append(ObjectName(git: history.id(commit)))
    }
    for object in objects {
      var trace = Trace(source: .gittuf, id: .pullRequest(object.number))
      trace.title = object.title
      trace.author = object.author
      trace.target = object.ref
      let head = object.head.flatMap { history.index(of: ObjectID($0)) }
      trace.observations = object.observations(
        ref: ref, headSeconds: head.map { history.committerSeconds($0) })
      if let landing = history.index(of: ObjectID(object.commit)), context.line.holds(landing) {
        trace.observations = trace.observations.map { landed($0, with: landing) }
        trace.commits = inside[landing] ?? []
        trace.paths = history.changedPaths(landing)
      }
      requestOfCommit[object.commit] = requests.count
      if requestPlaces[object.number] == nil { requestPlaces[object.number] = requests.count }
      requests.append(trace)
    }
  }

  /// A landing with the merger as the merge itself names one, where the forge's record names nobody.
  private func landed(_ observation: Observation, with commit: Int32) -> Observation {
    guard case .landed = observation.kind, observation.actor == nil else { return observation }
    let history = context.history
    let people = [history.author(commit), history.committer(commit)].map { number in
      let person = history.identities[Int(number)]
      return Identity(name: person.name, email: person.email)
    }
    var observation = observation
    if !Committers.isForge(people[1]) {
      observation.actor = people[1]
    } else if history.parentCount(commit) > 1 {
      observation.actor = people[0]
    }
    return observation
  }

  /// Gives the approvals to what they are about, and says how many are about nothing that is known.
  private mutating func addApprovals(_ ledger: ApprovalLedger, _ moves: LandedMoves) -> Int {
    var placed: [(entry: ApprovalLedger.Entry, place: LandedMoves.Place)] = []
    var unplaced = 0
    var known: [AttestationPath.Move: LandedMoves.Place?] = [:]
    for entry in ledger.entries {
      let place = known[entry.move] ?? moves.place(of: entry.move)
      known[entry.move] = .some(place)
      if let place {
        placed.append((entry, place))
      } else if entry.isApproval {
        unplaced += 1
      }
    }
    var signatures = GittufSignatures(reader, ref: ref)
    signatures.check(placed.map(\.entry), with: context.verifier)
    for (number, item) in placed.enumerated() {
      add(item.entry, at: item.place, isSigned: signatures.isGood(number))
    }
    report.counts += signatures.counts
    diagnostics += signatures.diagnostics
    return unplaced
  }

  private mutating func add(_ entry: ApprovalLedger.Entry, at place: LandedMoves.Place, isSigned: Bool) {
    var revision: ObjectName?
    var request: Int?
    switch place {
    case .landed(let commit):
      let name = ObjectName(git: context.history.id(commit))
      guard let known = requestOfCommit[name] else {
        return addOnLanded(observation(entry, nil, isSigned), name)
      }
      request = known
      for case .revision(let head) in requests[known].observations.map(\.kind) { revision = head }
    case .head(let head, let number):
      revision = head
      request = requestPlaces[number] ?? addRequest(number)
    }
    guard let request else { return }
    requests[request].observations.append(observation(entry, revision, isSigned))
  }

  private mutating func addRequest(_ number: Int) -> Int {
    requestPlaces[number] = requests.count
    requests.append(Trace(source: .gittuf, id: .pullRequest(number)))
    return requests.count - 1
  }

  private mutating func addOnLanded(_ observation: Observation, _ commit: ObjectName) {
    let place = landedPlaces[commit] ?? onLanded.count
    if place == onLanded.count {
      landedPlaces[commit] = place
      var trace = Trace(source: .gittuf, id: .commit(commit))
      trace.commits = [commit]
      onLanded.append(trace)
    }
    onLanded[place].observations.append(observation)
  }

  private func observation(
    _ entry: ApprovalLedger.Entry, _ revision: ObjectName?, _ isSigned: Bool
  ) -> Observation {
    let kind: Observation.Kind = entry.isApproval ? .verdict(.approve, revision: revision) : .verdictWithdrawn
    let evidence = Evidence(ref: ref, object: entry.commit)
    guard entry.isArrival else {
      return Observation(kind, .between(nil, entry.at), by: entry.voice.person, .bounded, evidence)
    }
    return Observation(
      kind, .at(entry.at), by: entry.voice.person, isSigned ? .signed : .recorded, evidence)
  }
}
