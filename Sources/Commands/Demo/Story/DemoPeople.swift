internal import Facts

/// Everybody in the story; all of them are invented.
enum DemoPerson: String, CaseIterable {
  // The platform team. Minh comes from payments, Lucía leaves for data.
  case amara
  case tomasz
  case priya
  case lucia
  case minh
  // Payments
  case kofi
  case sanna
  case deepa
  // Storefront
  case yuki
  case leila
  case mateo
  // Data
  case chen
  case fatima
  case oskar
  /// Somebody whom no roster knows.
  case noor
  /// The service account that keeps dependencies current.
  case renovate
}

extension DemoPerson {
  /// 2025-03-01: Minh moves from payments to the platform team.
  static let minhJoins = Instant(seconds: 1_740_787_200)
  /// 2025-10-01: Lucía moves from the platform team to data.
  static let luciaLeaves = Instant(seconds: 1_759_276_800)

  /// The platform team at a moment.
  static func hosts(at moment: Instant) -> [DemoPerson] {
    var team: [DemoPerson] = [.amara, .tomasz, .priya]
    if moment < luciaLeaves { team.append(.lucia) }
    if moment >= minhJoins { team.append(.minh) }
    return team
  }

  var name: String {
    switch self {
    case .amara: "Amara Okonkwo"
    case .tomasz: "Tomasz Zieliński"
    case .priya: "Priya Raghavan"
    case .lucia: "Lucía Fernández"
    case .minh: "Minh Nguyen"
    case .kofi: "Kofi Mensah"
    case .sanna: "Sanna Lindqvist"
    case .deepa: "Deepa Iyer"
    case .yuki: "Yuki Tanabe"
    case .leila: "Leila Haddad"
    case .mateo: "Mateo Quispe"
    case .chen: "Chen Wei"
    case .fatima: "Fatima Benali"
    case .oskar: "Oskar Virtanen"
    case .noor: "Noor Aziz"
    case .renovate: "renovate[bot]"
    }
  }

  var zone: DemoZone {
    switch self {
    case .priya, .minh, .deepa, .yuki, .chen: .bengaluru
    default: .berlin
    }
  }

  /// The login in the name of a pull request's branch.
  var login: String { self == .renovate ? "renovate" : "\(rawValue)-ex" }

  /// The address with which somebody commits at a moment.
  func address(at moment: Instant) -> String {
    switch self {
    case .amara, .tomasz, .priya: "\(rawValue)@example.org"
    case .lucia: moment < Self.luciaLeaves ? "lucia@example.org" : "lucia@data.example.org"
    case .minh: moment < Self.minhJoins ? "minh@pay.example.org" : "minh@example.org"
    case .kofi, .sanna, .deepa: "\(rawValue)@pay.example.org"
    // Leila works from home on Fridays, with another configuration.
    case .leila: moment.utcDate.weekday == 5 ? "leila@home.example.net" : "leila@shop.example.org"
    case .yuki, .mateo: "\(rawValue)@shop.example.org"
    case .chen, .fatima, .oskar: "\(rawValue)@data.example.org"
    case .noor: "noor.aziz@mail.example.net"
    case .renovate: "renovate@example.org"
    }
  }

  /// Name and address as a commit or a trailer writes them.
  func signature(at moment: Instant) -> String { "\(name) <\(address(at: moment))>" }

  /// The whole line of a commit: who, and when by the clock on the wall.
  func ident(at moment: Instant) -> String { "\(signature(at: moment)) \(zone.stamp(moment))" }
}

/// The teams that use the platform and contribute to it.
enum DemoTeam: CaseIterable {
  case payments
  case storefront
  case data

  func members(at moment: Instant) -> [DemoPerson] {
    switch self {
    case .payments: moment < DemoPerson.minhJoins ? [.kofi, .sanna, .deepa, .minh] : [.kofi, .sanna, .deepa]
    case .storefront: [.yuki, .leila, .mateo]
    case .data: [.chen, .fatima, .oskar] + (moment < DemoPerson.luciaLeaves ? [] : [.lucia])
    }
  }
}
