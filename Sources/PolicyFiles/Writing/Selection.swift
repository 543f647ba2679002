import Facts

/// What of a roster can be written: names and addresses that are valid, each at its first owner only.
struct Selection {
  /// A person with what is left of their addresses.
  struct Candidate {
    var person: Roster.Person
    var emails: [String] = []
    var logins: [String] = []
    /// What was left out, and why.
    var remarks: [String] = []
    var isWritten: Bool
  }

  let teams: Set<String>
  private(set) var people: [Candidate] = []
  private(set) var handles: Set<String> = []
  private var emails: Set<Address> = []
  private var logins: Set<Address> = []

  init(_ roster: Roster) {
    teams = Set(roster.teams.map(\.id).filter(Identifier.isValid))
    for person in roster.people { people.append(candidate(person)) }
  }

  private mutating func candidate(_ person: Roster.Person) -> Candidate {
    let handle = person.handle
    guard Identifier.isValid(handle), !teams.contains(handle), !handles.contains(handle) else {
      return Candidate(
        person: person, remarks: ["left out, no valid or free handle: \(handle)"], isWritten: false)
    }
    var found = Candidate(person: person, isWritten: true)
    for email in person.emails {
      if AddressRule.isEmail(email), emails.insert(Address(email)).inserted {
        found.emails.append(email)
      } else {
        found.remarks.append("left out, not valid or listed already: \(email)")
      }
    }
    for login in person.logins {
      if AddressRule.isLogin(login), logins.insert(Address(login)).inserted {
        found.logins.append(login)
      } else {
        found.remarks.append("left out, not valid or listed already: \(login)")
      }
    }
    if found.emails.isEmpty, found.logins.isEmpty {
      found.remarks.append("left out, no address to be known by: \(handle)")
      found.isWritten = false
    } else {
      handles.insert(handle)
    }
    return found
  }
}
