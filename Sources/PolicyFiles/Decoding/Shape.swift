/// The keys an object of a policy file may have.
///
/// Decoders read objects through shapes only, and the JSON Schema files list the same keys; a test compares
/// the two.
struct Shape {
  struct Required {
    var name: String
    /// What the value should be, for the message when it is missing.
    var expects: String
  }

  /// The name of the schema file without `.schema.json`.
  let schema: String
  /// The name under `$defs`, or empty for the whole file.
  let definition: String
  let keys: [String]
  let required: [Required]

  private init(_ schema: String, _ definition: String, _ keys: [String], _ required: [String: String] = [:]) {
    self.schema = schema
    self.definition = definition
    self.keys = keys
    self.required = keys.compactMap { key in required[key].map { Required(name: key, expects: $0) } }
  }

  /// The shape of a whole file; every one of them has a version and may have examples.
  private init(file schema: String, _ keys: [String], _ required: [String: String] = [:]) {
    let version = ["version": "`version: 1`"].merging(required) { one, _ in one }
    self.init(schema, "", ["version"] + keys + ["examples"], version)
  }

  func knows(_ key: String) -> Bool { keys.contains { $0.utf8.elementsEqual(key.utf8) } }

  /// What to say of a key that is not in the list.
  func complaint(about key: String) -> String {
    guard let near = nearest(to: key, among: keys) else {
      return "unknown key \(quoted(key)), expected \(alternatives(keys))"
    }
    return "unknown key \(quoted(key)), expected \(quoted(near))"
  }
}

extension Shape {
  static let roster = Shape(file: "roster", ["teams", "people", "domains", "bots"])
  static let team = Shape("roster", "team", ["name", "host", "parent", "lead"])
  static let person = Shape("roster", "person", ["name", "emails", "logins", "memberships", "bot", "keys"])
  static let signingKey = Shape("roster", "signingKey", ["key", "fingerprint", "from", "until", "vouches"])
  static let membership = Shape(
    "roster", "membership", ["team", "from", "until"], ["team": "the name of a team"])
  static let domainClaim = Shape(
    "roster", "domainClaim", ["pattern", "from", "until"], ["pattern": "a domain such as \"*.example.org\""])

  static let platform = Shape(file: "platform", ["repositories", "components", "ownership"])
  static let repository = Shape("platform", "repository", ["name", "path", "branch"], ["name": "a name"])
  static let component = Shape(
    "platform", "component", ["name", "paths", "host", "repositories"],
    ["paths": "a list of paths", "host": "the name of a team"])

  static let serviceLevels = Shape(
    file: "service-levels", ["calendars", "objectives", "escalation", "handOff", "sizes", "maxWaiver"])
  static let sizes = Shape("service-levels", "sizes", ["small", "medium"])
  static let calendar = Shape(
    "service-levels", "calendar",
    [
      "timeZone", "hours", "holidays", "holidayFiles", "transparentHolidays", "exceptions", "freezes",
      "union",
    ])
  static let hours = Shape("service-levels", "hours", weekdays)
  static let freeze = Shape(
    "service-levels", "freeze", ["from", "until", "reason"], ["from": "a date", "until": "a date"])
  static let objective = Shape(
    "service-levels", "objective",
    ["name", "clock", "appliesTo", "target", "calendar", "share", "window", "atRisk", "minimumSample"],
    ["name": "a name", "clock": "the name of a clock", "target": "a duration or business days"])
  static let scope = Shape("service-levels", "scope", ["origin", "components", "teams", "kinds", "sizes"])
  static let escalationStep = Shape(
    "service-levels", "escalationStep", ["at", "do", "paths"],
    ["at": "a multiple of the target", "do": "an action"])

  static let maturity = Shape(file: "maturity", ["window", "levels"])
  static let levels = Shape("maturity", "levels", ["2", "3"])
  static let levelTwo = Shape(
    "maturity", "levelTwo", ["externalLanded", "reviewedShare", "attainment", "oldestWaitFactor"])
  static let levelThree = Shape(
    "maturity", "levelThree",
    ["delegatedShare", "delegatesPerComponent", "unauthorisedApprovals", "attainmentGap", "openEndedGrants"])

  static let delegation = Shape(
    file: "delegation",
    [
      "approvals", "selfApproval", "staleOnNewRevision", "survivesTrivialRebase", "minimumGrade", "protected",
      "floors", "granting", "ladders", "automatic", "gate",
    ])
  static let approvalRule = Shape(
    "delegation", "approvalRule", ["paths", "count", "from"],
    [
      "paths": "a list of paths", "count": "a number of people",
      "from": "a list of \"platform\", \"delegated\"",
    ])
  static let minimumGrade = Shape("delegation", "minimumGrade", ["reports", "gate"])
  static let granting = Shape(
    "delegation", "granting", ["teams", "maxDepth", "maxDuration", "paths", "grace", "unusedAfter"])
  static let ladder = Shape(
    "delegation", "ladder",
    ["landed", "reviews", "firstReviews", "months", "agreement", "activeWithin", "reverted", "holds"])
  static let gate = Shape(
    "delegation", "gate",
    ["branches", "tags", "rewindable", "policyChange", "robots", "unknownContributors", "approvalsFrom"])
  static let policyChange = Shape("delegation", "policyChange", ["count", "from"])
  static let robot = Shape(
    "delegation", "robot", ["person", "paths"],
    ["person": "the handle of a person", "paths": "a list of paths"])
  static let limits = Shape("delegation", "limits", ["paths", "kinds"])
  static let grantLimits = Shape("grant", "limits", ["paths", "kinds"])
  static let automaticGrant = Shape(
    "delegation", "automaticGrant", ["ladder", "paths", "verbs", "until", "most", "limits", "by"],
    [
      "ladder": "the name of a ladder", "paths": "a list of paths", "verbs": "a list of verbs",
      "until": "a duration",
    ])

  static let grant = Shape(
    file: "grant",
    [
      "id", "grantee", "verbs", "paths", "branches", "limits", "grantedBy", "ladder", "from", "until",
      "revokedOn", "depth", "reason",
    ],
    [
      "id": "the name of the file", "grantee": "a person or a team", "verbs": "a list of verbs",
      "paths": "a list of paths", "reason": "a text",
    ])
  static let waiver = Shape(
    file: "waiver", ["id", "objective", "contribution", "reason", "by", "from", "until"],
    [
      "id": "the name of the file", "objective": "the name of an objective",
      "contribution": "an id such as \"pr/76\"", "reason": "a text", "by": "the handle of a person",
      "until": "a date",
    ])

  static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

  /// Every shape there is.
  static let all = [
    roster, team, person, signingKey, membership, domainClaim, platform, repository, component, serviceLevels,
    calendar,
    hours,
    freeze, objective, scope, sizes, escalationStep, maturity, levels, levelTwo, levelThree, delegation,
    approvalRule,
    minimumGrade, granting, ladder, gate, policyChange, robot, limits, grantLimits, automaticGrant, grant,
    waiver,
  ]
}
