extension Roster {
  /// The roster with everybody whom earlier versions list and this one does not, so that what they did keeps their handle.
  ///
  /// They are in no team and sign nothing any more: what they might do at a moment is told by the version of that moment.
  /// `earlier` begins with the newest version; of several that list a person the first counts. Where somebody else has an
  /// address or login today it is theirs.
  public func remembering(_ earlier: some Sequence<Roster>) -> Roster {
    var known = Set(people.map(\.handle))
    var departed: [Person] = []
    for roster in earlier {
      for var person in roster.people where known.insert(person.handle).inserted {
        (person.memberships, person.keys) = ([], [])
        departed.append(person)
      }
    }
    guard !departed.isEmpty else { return self }
    return Roster(teams: teams, people: people + departed, domains: domains, bots: bots)
  }
}
