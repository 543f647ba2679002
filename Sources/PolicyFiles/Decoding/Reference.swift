/// A name used in one place that must be declared in another.
struct Reference {
  enum Kind: CaseIterable {
    case team
    case person
    case personOrTeam
    case repository
    case component
    case calendar
    case objective
    case ladder

    var noun: String {
      switch self {
      case .team: "a team"
      case .person: "a person"
      case .personOrTeam: "a person or a team"
      case .repository: "a repository"
      case .component: "a component"
      case .calendar: "a calendar"
      case .objective: "an objective"
      case .ladder: "a ladder"
      }
    }

    /// The file that declares names of this kind.
    var home: PolicyFileName {
      switch self {
      case .team, .person, .personOrTeam: .roster
      case .repository, .component: .platform
      case .calendar, .objective: .serviceLevels
      case .ladder: .delegation
      }
    }
  }

  var kind: Kind
  var name: String
  /// Where the name is used.
  var cursor: Cursor
}

/// The names that files declare.
struct Declarations {
  /// What became of a file.
  enum Standing {
    case absent
    /// There, but so broken that its names are not known.
    case unreadable
    case read
  }

  /// In the order declared, for suggestions.
  private var names: [Reference.Kind: [String]] = [:]
  private var known: [Reference.Kind: Set<String>] = [:]
  var standing: [PolicyFileName: Standing] = [:]

  mutating func declare(_ kind: Reference.Kind, _ declared: [String]) {
    names[kind, default: []] += declared
    known[kind, default: []].formUnion(declared)
    if kind == .team || kind == .person { declare(.personOrTeam, declared) }
  }

  func has(_ kind: Reference.Kind, _ name: String) -> Bool { known[kind]?.contains(name) ?? false }

  /// Reports every reference of a file to a name that nobody declares.
  ///
  /// Names of an unreadable file are taken for granted: mending that file comes first. Without any roster,
  /// people and teams cannot be looked up either, which one warning for each file says.
  func check(_ references: [Reference]) {
    var hasWarned = false
    for reference in references where !has(reference.kind, reference.name) {
      let home = reference.kind.home
      switch standing[home] ?? .absent {
      case .unreadable: continue
      case .absent where home == .roster:
        if !hasWarned {
          reference.cursor.warn(
            "\(quoted(reference.name)) cannot be looked up, expected a roster.json5 beside this file")
        }
        hasWarned = true
      default: reference.cursor.error(complaint(about: reference))
      }
    }
  }

  private func complaint(about reference: Reference) -> String {
    let noun = reference.kind.noun.split(separator: " ").dropFirst().joined(separator: " ")
    let unknown = "unknown \(noun) \(quoted(reference.name)), expected "
    if let near = nearest(to: reference.name, among: names[reference.kind] ?? []) {
      return unknown + quoted(near)
    }
    return unknown + "\(reference.kind.noun) of \(reference.kind.home.pattern)"
  }
}

/// The kinds of file a policy is made of.
enum PolicyFileName: CaseIterable {
  case roster
  case platform
  case serviceLevels
  case maturity
  case delegation
  case grant
  case waiver

  /// The name as documented.
  var pattern: String {
    switch self {
    case .roster: "roster.json5"
    case .platform: "platform.json5"
    case .serviceLevels: "service-levels.json5"
    case .maturity: "maturity.json5"
    case .delegation: "delegation.json5"
    case .grant: "grants/*.json5"
    case .waiver: "waivers/*.json5"
    }
  }

  /// The kind of a path by its last one or two segments; nil when it is none of ours.
  init?(path: String) {
    let segments = path.split(separator: "/")
    guard let file = segments.last else { return nil }
    switch segments.dropLast().last {
    case "grants": self = .grant
    case "waivers": self = .waiver
    default:
      guard let known = Self.allCases.first(where: { $0.pattern.utf8.elementsEqual(file.utf8) }) else {
        return nil
      }
      self = known
    }
  }
}
