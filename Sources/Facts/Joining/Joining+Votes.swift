/// Votes of which one source tells each as it was given, and another only how they stood in the end.
struct FinalVotes {
  private var given: [Vote: Int] = [:]
  private var final: [Vote: Int] = [:]
  private var voters: Set<Ballot> = []
  private let person: (Identity) -> PersonID

  private struct Ballot: Hashable {
    let vote: Vote
    let person: PersonID?
  }

  /// Looks at the votes of all traces of one contribution.
  init(_ traces: ArraySlice<Trace>, person: @escaping (Identity) -> PersonID) {
    self.person = person
    guard traces.contains(where: \.source.tellsFinalVotes), traces.count > 1 else { return }
    for trace in traces {
      for observation in trace.observations {
        guard let vote = observation.cast else { continue }
        if trace.source.tellsFinalVotes {
          final[vote, default: 0] += 1
        } else {
          given[vote, default: 0] += 1
          voters.insert(Ballot(vote: vote, person: observation.actor.map(person)))
        }
      }
    }
  }

  /// Whether a vote as it stood in the end is one that another source tells as it was given.
  ///
  /// It is when the other source has the same person's vote, and also when it has as many votes of this label and
  /// strength: people may go by a number there, and by a name here.
  func isToldElsewhere(_ observation: Observation, in source: SourceKind) -> Bool {
    guard source.tellsFinalVotes, let vote = observation.cast, let count = given[vote] else { return false }
    return count >= final[vote] ?? 0
      || voters.contains(Ballot(vote: vote, person: observation.actor.map(person)))
  }
}

extension SourceKind {
  /// Whether the source has votes as they stood when the change landed, without their times.
  fileprivate var tellsFinalVotes: Bool { self == .reviewNotes }
}

extension Observation {
  /// The vote that the observation is about, on whatever label.
  fileprivate var cast: Vote? {
    if case .labelled(let vote, _) = kind { vote } else { vote }
  }
}
