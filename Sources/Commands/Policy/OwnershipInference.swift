internal import Facts
internal import PolicyFiles
internal import Rules

/// Teams and components that a repository's own ownership files name, to start a policy from.
///
/// Owners of everything are the host team. Others who are named together are a team of their own: the forge's team where
/// the file names one, else a team made of the people.
struct OwnershipInference {
  struct Team {
    var id: String
    var name: String
    var remarks: [String]
  }

  struct Member {
    var name: Owner.Name
    /// Nil for somebody who is not met in history.
    var key: PersonKey?
    var team: String
    var place: OwnershipPlace
  }

  struct Component {
    var repository: String
    /// What its id is made of.
    var name: String
    /// Shown to people; nil for the id itself.
    var title: String?
    var paths: PathList
    var host: String
    var remarks: [String]
  }

  /// The most components of one repository.
  static let componentLimit = 60

  private(set) var teams: [Team] = []
  private(set) var members: [Member] = []
  private(set) var components: [Component] = []
  /// Repositories whose components come from files.
  private(set) var repositories: Set<String> = []
  /// The forge's teams that files name.
  private(set) var forgeTeams: [String] = []
  /// The files that were read, each once.
  private(set) var files: [String] = []
  /// Lines for the heads of policy files.
  private(set) var header: [String] = []
  /// The format, when all repositories have the same.
  private(set) var format: OwnershipFormat?
  private var taken: Set<String> = [RosterInference.hostTeam]
  private var ids: [[Owner.Name]: String] = [:]

  init(_ evidence: PolicyEvidence) {
    for owned in evidence.owned where !owned.ownership.isUnreadable { add(owned) }
    let formats = Set(evidence.owned.filter { !$0.ownership.isUnreadable }.map(\.ownership.format))
    if formats.count == 1 { format = formats.first }
  }

  private mutating func add(_ owned: PolicyEvidence.Owned) {
    let (parts, inexpressible) = owned.ownership.parts()
    guard !parts.isEmpty else { return }
    files += owned.ownership.files.prefix(3).filter { !files.contains($0) }
    let shown = owned.ownership.files.prefix(3).joined(separator: ", ")
    header.append(
      "Teams and components of \(owned.repository) come from \(shown) at \(owned.ownership.commit.short).")
    if inexpressible > 0 {
      header.append("\(inexpressible) of its patterns cannot be written here and are left out.")
    }
    for part in parts where part.isEverything { enlist(part, RosterInference.hostTeam, owned) }
    let special = parts.filter { !$0.isEverything }
    if special.count > Self.componentLimit {
      header.append(
        "\(special.count - Self.componentLimit) more of its parts are left out: there are too many.")
    }
    for part in special.prefix(Self.componentLimit) { add(part, owned) }
  }

  private mutating func add(_ part: OwnedPart, _ owned: PolicyEvidence.Owned) {
    guard let paths = Self.list(part.paths) else { return }
    let host = team(of: part, owned)
    repositories.insert(owned.repository)
    components.append(
      Component(
        repository: owned.repository, name: part.name ?? Self.word(for: part.paths), title: part.name,
        paths: paths, host: host, remarks: ["by \(part.place.description)"]))
  }

  private static func list(_ paths: [String]) -> PathList? {
    do {
      return try PathList(paths)
    } catch {
      // Patterns were tried one by one before; together they could only be too many.
      return nil
    }
  }

  /// The last part of the first path that says something.
  private static func word(for paths: [String]) -> String {
    let parts = (paths.first ?? "").split(separator: "/").filter { $0 != "**" && $0 != "*" }
    return parts.suffix(2).joined(separator: "-")
  }

  /// The team of those who own a part together; made when they are met for the first time.
  private mutating func team(of part: OwnedPart, _ owned: PolicyEvidence.Owned) -> String {
    let forgeTeam = part.owners.lazy.compactMap { owner -> String? in
      if case .team(let name) = owner.name { name } else { nil }
    }.first
    let names = forgeTeam.map { [Owner.Name.team($0)] } ?? part.owners.map(\.name)
    if let known = ids[names] {
      enlist(part, known, owned)
      return known
    }
    let word =
      forgeTeam.map { String($0.split(separator: "/").last ?? "") }
      ?? (part.name ?? Self.word(for: part.paths)) + "-owners"
    let id = PolicyWriter.handle(for: Identity(name: word, email: ""), avoiding: taken)
    taken.insert(id)
    ids[names] = id
    if let forgeTeam { forgeTeams.append(forgeTeam) }
    let origin =
      forgeTeam.map { "@\($0) of \(part.place.description); who is in it is not in Git" }
      ?? "named together by \(part.place.description)"
    teams.append(Team(id: id, name: forgeTeam ?? id, remarks: [origin]))
    enlist(part, id, owned)
    return id
  }

  /// Puts the people of a part into a team, once each.
  private mutating func enlist(_ part: OwnedPart, _ team: String, _ owned: PolicyEvidence.Owned) {
    for owner in part.owners where !members.contains(where: { $0.name == owner.name && $0.team == team }) {
      switch owner.name {
      case .login, .address:
        members.append(
          Member(name: owner.name, key: owned.people[owner.name], team: team, place: owner.place))
      case .team(let name) where team == RosterInference.hostTeam:
        let remark = "owner of everything by \(owner.place.description); who is in it is not in Git"
        let id = PolicyWriter.handle(
          for: Identity(name: String(name.split(separator: "/").last ?? ""), email: ""), avoiding: taken)
        guard ids[[owner.name]] == nil else { continue }
        taken.insert(id)
        ids[[owner.name]] = id
        forgeTeams.append(name)
        teams.append(Team(id: id, name: name, remarks: ["@\(name): \(remark)"]))
      default: continue
      }
    }
  }
}
