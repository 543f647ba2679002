internal import Facts
internal import Harvest
internal import Reports
internal import Rules

/// The repositories that one policy judges, with all that its grants are judged by.
struct DelegationScene {
  let repositories: [RepositoryAnalysis]
  let policies: PolicyHistory
  let grants: GrantHistory?
  let asOf: Instant

  var names: [String] { repositories.map(\.name) }

  var policy: Policy { policies.inForce(at: asOf).policy }

  /// The roster in force, or the newest there was.
  var roster: Roster? { policy.roster ?? policies.lastRoster }

  /// Who hosts what, as far as history shows; empty where a roster says it.
  var inferredHosts: Set<PersonKey> {
    guard policy.roster == nil else { return [] }
    return Set(
      repositories.flatMap { repository in repository.hosts.landings.keys.map { repository.people[$0].key } })
  }

  func chains(at moment: Instant) -> GrantChains {
    let inForce = policies.inForce(at: moment)
    return GrantChains(inForce.policy, flaws: grants?.flaws(inVersion: inForce.place) ?? [:])
  }

  /// What everybody did in all of the repositories.
  func book() -> DeedBook {
    var book = DeedBook()
    for repository in repositories {
      book.add(
        repository.entries.map(\.assessment), by: repository.assessor(), repository: repository.name,
        paths: repository.harvested.paths, asOf: asOf)
    }
    return book
  }
}

extension Analysis {
  /// One scene for a policy that the user names, which judges all repositories; else one for each of them.
  var scenes: [DelegationScene] {
    guard plan.policies != nil, let first = repositories.first else {
      return repositories.map {
        DelegationScene(repositories: [$0], policies: $0.policies, grants: $0.grants, asOf: plan.asOf)
      }
    }
    return [
      DelegationScene(
        repositories: repositories, policies: first.policies, grants: first.grants, asOf: plan.asOf)
    ]
  }

  /// The one scene of a command that writes into a policy.
  func onlyScene() throws(CommandFailure) -> DelegationScene {
    guard let scene = scenes.first, repositories.count == 1 else {
      throw .other("several repositories, but a grant is written into one; name it with -C")
    }
    return scene
  }
}

/// Finds people, teams and ladders by what the user typed.
struct RosterLookup {
  let roster: Roster?

  /// Somebody by handle, address or login.
  func person(_ who: String) throws(CommandFailure) -> Roster.Person {
    if let found = known(who) { return found }
    guard let roster else { throw .other("the policy has no roster, so nobody can be named in a grant") }
    throw .other("nobody '\(who)' in the roster\(Self.suggestion(who, roster.people.map(\.handle)))")
  }

  /// A person or a team.
  func grantee(_ who: String) throws(CommandFailure) -> Grant.Grantee {
    if let person = known(who) { return .person(person.handle) }
    if let team = roster?.team(who) { return .team(team.id) }
    guard let roster else { throw .other("the policy has no roster, so nobody can be named in a grant") }
    let names = roster.people.map(\.handle) + roster.teams.map(\.id)
    throw .other("no person or team '\(who)' in the roster\(Self.suggestion(who, names))")
  }

  func known(_ who: String) -> Roster.Person? {
    roster?.person(handle: who) ?? roster?.resolve(Identity(name: "", email: who))
  }

  /// `; did you mean ada?`, or nothing.
  static func suggestion(_ word: String, _ candidates: [String]) -> String {
    let near = Suggestion.nearest(to: word, among: candidates)
    return near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
  }
}

extension Policy {
  /// The component of a name.
  func component(named name: String) throws(CommandFailure) -> Platform.Component {
    if let found = platform.components.first(where: { $0.id == name }) { return found }
    let names = platform.components.map(\.id)
    let known = names.isEmpty ? "; there is none" : "; there is \(names.joined(separator: ", "))"
    let near = RosterLookup.suggestion(name, names)
    throw .other("no component '\(name)' in the policy\(near.isEmpty ? known : near)")
  }

  /// The ladder of a name.
  func ladder(named name: String) throws(CommandFailure) -> DelegationPolicy.Ladder {
    if let found = delegation.ladder(name) { return found }
    let names = (delegation.ladders + DelegationPolicy.Ladder.shipped).map(\.name)
    let near = RosterLookup.suggestion(name, names)
    throw .other(
      "no ladder '\(name)' in the policy\(near.isEmpty ? "; there is \(names.joined(separator: ", "))" : near)"
    )
  }
}

extension Arguments {
  /// The patterns of an option as one list; nil where none is given.
  func pathList(
    _ option: Option<String> = Options.paths, in command: CommandID
  ) throws(UsageProblem) -> PathList? {
    let texts = all(option)
    guard !texts.isEmpty else { return nil }
    var entries: [PathList.Entry] = []
    for text in texts {
      do throws(PathPattern.Flaw) {
        entries.append(try PathList.Entry(text))
      } catch {
        throw UsageProblem(
          .unacceptable(
            text, for: option.declaration.spelling, expected: "a path pattern: \(error.words)",
            suggestions: []), in: command.path)
      }
    }
    guard entries.contains(where: { !$0.isExclusion }) else {
      throw UsageProblem(
        .unacceptable(
          texts.joined(separator: " "), for: option.declaration.spelling,
          expected: "a path pattern: all of them only take paths out", suggestions: []), in: command.path)
    }
    return PathList(entries)
  }

  /// Words of a closed set, given one by one or with commas.
  func words<Word: RawRepresentable & CaseIterable & Hashable>(
    _ option: Option<String>, as type: Word.Type, in command: CommandID
  ) throws(UsageProblem) -> Set<Word> where Word.RawValue == String {
    let names = Word.allCases.map(\.rawValue)
    var found: Set<Word> = []
    for text in all(option).flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
      guard let word = Word(rawValue: String(text)) else {
        throw UsageProblem(
          .unacceptable(
            String(text), for: option.declaration.spelling,
            expected: "one of \(names.joined(separator: ", "))",
            suggestions: Suggestion.nearest(to: String(text), among: names)), in: command.path)
      }
      found.insert(word)
    }
    return found
  }
}

extension PathPattern.Flaw {
  /// What is wrong, and what was expected.
  var words: String {
    switch self {
    case .empty: "nothing is left of it"
    case .longerThan(let bytes): "longer than \(bytes) bytes"
    case .moreWildcardsThan(let count): "more than \(count) wildcards"
    case .leadingSlash: "leave out the leading `/`; paths begin at the root of the repository"
    case .trailingSlash: "end it with `/**` for all that is inside"
    case .emptySegment: "two `/` in a row"
    case .dotSegment: "`.` or `..` is no name"
    case .partialDoubleStar: "`**` stands for whole folders only"
    case .bracket: "there are no classes; `\\[` is the character itself"
    case .danglingEscape: "`\\` before nothing"
    case .control: "a control character"
    }
  }
}
