import Facts
import Rules

/// A JSON5 text under construction.
struct Page {
  private(set) var text = ""
  private var depth = 0

  mutating func line(_ content: String) {
    text += String(repeating: "  ", count: depth) + content + "\n"
  }

  mutating func blank() { text += "\n" }

  mutating func open(_ content: String) {
    line(content)
    depth += 1
  }

  mutating func close(_ content: String) {
    depth -= 1
    line(content)
  }

  /// Lines that no reader takes for content, whatever stands in them.
  mutating func comment(_ lines: [String]) {
    for content in lines { line(visible(content).map { "// " + $0 } ?? "//") }
  }

  /// A key with an object under it, one entry to a line.
  mutating func section(_ key: String, _ write: (inout Page) -> Void) {
    blank()
    open("\(key): {")
    write(&self)
    close("},")
  }
}

extension Page {
  mutating func add(_ team: Roster.Team, _ selection: Selection) {
    guard selection.teams.contains(team.id) else {
      return comment(["left out, no valid name: team \(team.id)"])
    }
    var parts: [String] = []
    if team.name != team.id, let name = visible(team.name) { parts.append("name: \(literal(name))") }
    if team.isHost { parts.append("host: true") }
    if let parent = team.parent, selection.teams.contains(parent) {
      parts.append("parent: \(literal(parent))")
    }
    if let lead = team.lead, selection.handles.contains(lead) { parts.append("lead: \(literal(lead))") }
    line("\(literalKey(team.id)): \(object(parts)),")
  }

  mutating func add(_ candidate: Selection.Candidate, _ evidence: [String], _ selection: Selection) {
    let person = candidate.person
    comment(evidence + candidate.remarks)
    guard candidate.isWritten else { return }
    open("\(literalKey(person.handle)): {")
    if person.name != person.handle, let name = visible(person.name) { line("name: \(literal(name)),") }
    if !candidate.emails.isEmpty { line("emails: \(list(candidate.emails)),") }
    if !candidate.logins.isEmpty { line("logins: \(list(candidate.logins)),") }
    let memberships = person.memberships.filter { selection.teams.contains($0.team) }
    if !memberships.isEmpty {
      let items = memberships.map { object(["team: \(literal($0.team))"] + dates($0.period)) }
      line("memberships: [\(items.joined(separator: ", "))],")
    }
    if person.isBot { line("bot: true,") }
    addKeys(person.keys)
    close("},")
  }

  private mutating func addKeys(_ keys: [SigningKey]) {
    guard !keys.isEmpty else { return }
    open("keys: [")
    for key in keys {
      let (name, text) = key.material.written
      let parts = ["\(name): \(literal(text))"] + dates(key.period) + (key.vouches ? ["vouches: true"] : [])
      line("\(object(parts)),")
    }
    close("],")
  }

  mutating func addDomains(_ claims: [Roster.DomainClaim], _ selection: Selection) {
    let claims = claims.filter {
      selection.teams.contains($0.team) && AddressRule.isDomainPattern($0.pattern.text)
    }
    guard !claims.isEmpty else { return }
    section("domains") { page in
      for team in Set(claims.map(\.team)).sorted() {
        let items = claims.filter { $0.team == team }.map { claim in
          let pattern = literal(claim.pattern.text)
          let dates = page.dates(claim.period)
          return dates.isEmpty ? pattern : page.object(["pattern: \(pattern)"] + dates)
        }
        page.line("\(literalKey(team)): [\(items.joined(separator: ", "))],")
      }
    }
  }

  mutating func addBots(_ bots: [NamePattern]) {
    let bots = bots.filter { $0.literalCount >= 2 && visible($0.text) == $0.text }.prefix(1000)
    guard !bots.isEmpty else { return }
    blank()
    open("bots: [")
    for bot in bots { line("\(literal(bot.text)),") }
    close("],")
  }

  mutating func addUnresolved(_ unresolved: [(address: String, remark: String)]) {
    guard !unresolved.isEmpty else { return }
    blank()
    comment(["Addresses that belong to nobody yet:"])
    comment(unresolved.map { "  \($0.address)  \($0.remark)" })
  }

  mutating func add(_ repository: Platform.Repository) {
    guard Identifier.isValid(repository.name) else {
      return comment(["left out, no valid name: repository \(repository.name)"])
    }
    var parts = ["name: \(literal(repository.name))"]
    if let path = repository.path {
      if visible(path) == path {
        parts.append("path: \(literal(path))")
      } else {
        comment(["left out, not visible throughout: path \(path)"])
      }
    }
    let branches = repository.branches.filter { BranchName.isValid($0) && visible($0) == $0 }
    if branches.count == 1 { parts.append("branch: \(literal(branches[0]))") }
    if branches.count > 1 { parts.append("branch: \(list(branches))") }
    line("\(object(parts)),")
  }

  mutating func add(_ component: Platform.Component, _ evidence: [String]) {
    comment(evidence)
    guard Identifier.isValid(component.id) else {
      return comment(["left out, no valid name: component \(component.id)"])
    }
    var parts: [String] = []
    if component.name != component.id, let name = visible(component.name) {
      parts.append("name: \(literal(name))")
    }
    parts.append("paths: \(list(component.paths.entries.map(\.text)))")
    parts.append("host: \(literal(component.host))")
    if !component.repositories.isEmpty { parts.append("repositories: \(list(component.repositories))") }
    line("\(literalKey(component.id)): \(object(parts)),")
  }

  private func object(_ parts: [String]) -> String {
    parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
  }

  private func list(_ items: [String]) -> String { "[\(items.map(literal).joined(separator: ", "))]" }

  private func dates(_ period: Period) -> [String] {
    [period.from.map { "from: \(date($0))" }, period.until.map { "until: \(date($0))" }].compactMap { $0 }
  }

  /// A day where the moment is the start of one, which reads better.
  private func date(_ instant: Instant) -> String {
    let day = instant.utcDate
    return literal(
      Instant(startOf: day) == instant && (0...9999).contains(day.year) ? "\(day)" : instant.rfc3339)
  }
}
