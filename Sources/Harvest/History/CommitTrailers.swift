internal import Facts
internal import Git

extension LandedTraces {
  /// Adds what the messages of the commits say about people: approvals, authors, whose input the change answers.
  ///
  /// Such a line proves who, never when: its time is only "not after the landing". It was written by whoever wrote
  /// the commit, so its grade is `claimed`. `landing` is the commit that brought the change to the branch.
  func addPeople(to trace: inout Trace, from commits: [Int32], landing: Int32) {
    var seen = Set<Mention>()
    for commit in commits {
      let message = history.utf8Message(commit)
      var mentions: [Mention] = []
      collect(message, commit, &mentions)
      for mention in mentions where seen.insert(mention).inserted { add(mention, commit, to: &trace) }
      if commit == landing { addLabels(message, commit, to: &trace) }
    }
    // Who has a part in it is known now: nobody is the author and a co-author.
    if let author = trace.author { trace.coauthors.removeAll { $0 == author } }
  }

  /// What a line says of somebody; the same from several lines or commits is said once.
  struct Mention: Hashable {
    enum Role: Hashable {
      case approval(key: String)
      case input(key: String)
      case coauthor
      case author
      case requested
      case lander
    }

    let role: Role
    let person: Identity

    static func == (left: Mention, right: Mention) -> Bool {
      left.kind == right.kind && left.person == right.person
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(kind)
      hasher.combine(person)
    }

    /// The role without the key in which it was told.
    private var kind: Int {
      switch role {
      case .approval: 0
      case .input: 1
      case .coauthor: 2
      case .author: 3
      case .requested: 4
      case .lander: 5
      }
    }
  }

  private func collect(_ message: ArraySlice<UInt8>, _ commit: Int32, _ mentions: inout [Mention]) {
    func add(_ role: Mention.Role, _ people: [Identity]) {
      for person in people { mentions.append(Mention(role: role, person: person)) }
    }
    let subject = MessageParts(message).subject
    if subject.firstRange(of: "r=") != nil || subject.firstRange(of: "r?") != nil,
      let named = SubjectReviewers(subject, hasRevision: names.hasRevision(commit))
    {
      add(.approval(key: "r="), named.approvers.map { Identity(name: "", email: $0.text) })
      add(.requested, named.requested.map { Identity(name: "", email: $0.text) })
    }
    guard ReviewLines.mayHoldPeople(message) else { return }
    let fields = PhabricatorFields(message)
    for line in ReviewLines.read(message, ofLastLanding: names.isReviewedOnServer(commit)) {
      guard let meaning = TrailerMeaning(key: line.key) else { continue }
      switch meaning {
      case .approval: add(.approval(key: line.key.text), PersonList.parse(line.value))
      case .input: add(.input(key: line.key.text), PersonList.parse(line.value))
      case .coauthor: add(.coauthor, PersonList.parse(line.value))
      case .author: add(.author, PersonList.list(line.value))
      case .lander: add(.lander, PersonList.parse(line.value))
      case .reviewers:
        if fields == nil { add(.approval(key: line.key.text), PersonList.list(line.value)) }
      }
    }
    guard let fields else { return }
    for value in fields.reviewedBy { add(.approval(key: "Reviewed By"), PersonList.list(value)) }
    for value in fields.reviewers { add(.requested, PersonList.list(value)) }
  }

  private func add(_ mention: Mention, _ commit: Int32, to trace: inout Trace) {
    let person = mention.person
    func observe(_ kind: Observation.Kind, by actor: Identity?) {
      trace.observations.append(Observation(kind, whileOpen(commit), by: actor, .claimed, evidence(commit)))
    }
    switch mention.role {
    case .coauthor: if person != trace.author { trace.coauthors.append(person) }
    case .approval(let key): observe(.approvedByTrailer(key: key), by: person)
    case .input(let key): observe(.inputBy(key: key), by: person)
    case .requested: observe(.reviewRequested(of: person), by: nil)
    case .author: setAuthor(person, commit, of: &trace)
    case .lander: trace.setLander(person)
    }
  }

  /// At an unknown time before the landing.
  func whileOpen(_ commit: Int32) -> KnownTime { .between(nil, instant(line.landing[Int(commit)])) }

  /// The person whom an `Author:` line names, where the committer committed it as the own work.
  ///
  /// PostgreSQL's committers do so with every patch. The first such person is the author, others wrote it with them.
  private func setAuthor(_ person: Identity, _ commit: Int32, of trace: inout Trace) {
    let author = history.author(commit)
    guard history.parentCount(commit) < 2, isCommittersOwn(commit) else { return }
    if trace.author == identities[Int(author)] {
      trace.author = person
      for place in trace.observations.indices where trace.observations[place].kind == .opened {
        trace.observations[place].actor = person
      }
    } else if person != trace.author {
      trace.coauthors.append(person)
    }
  }

  private func isCommittersOwn(_ commit: Int32) -> Bool {
    let (author, committer) = (history.author(commit), history.committer(commit))
    return author == committer
      || history.identities[Int(author)].emailBytes == history.identities[Int(committer)].emailBytes
  }
}

extension Trace {
  /// Names who landed the change, where something better than the committer is known.
  mutating func setLander(_ person: Identity) {
    for place in observations.indices {
      if case .landed = observations[place].kind { observations[place].actor = person }
    }
  }
}
