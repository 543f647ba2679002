internal import Facts
internal import Rules

extension Contribution.Basis {
  /// The word for why the state is what it is, in JSON.
  var label: String {
    switch self {
    case .landed: "landed"
    case .review(let status): "review-\(status.rawValue)"
    case .change(let status): "change-\(status.rawValue)"
    case .series(let status): "series-\(status.rawValue)"
    case .head(let found): found.rawValue
    case .missingObject: "missing-object"
    }
  }
}

extension Standing {
  var sourceLabel: String {
    switch self {
    case .head: "head"
    case .appraise: "git-appraise"
    case .change: "gerrit"
    case .series: "mail"
    }
  }

  var label: String {
    switch self {
    case .head(let found): found.rawValue
    case .appraise(let status): status.rawValue
    case .change(let status): status.rawValue
    case .series(let status): status.rawValue
    }
  }
}

extension JudgedOrigin.Basis {
  /// The word for what an origin rests on, in JSON.
  var label: String {
    switch self {
    case .membership: "member-of-host-team"
    case .otherTeams: "in-other-teams"
    case .botRule: "service-account"
    case .inferredHost: "inferred-host"
    case .inferredGuest: "not-an-inferred-host"
    case .ownerByFile: "owner-by-file"
    case .notOwnerByFile: "not-an-owner-by-file"
    case .notInRoster: "not-in-roster"
    case .noHostKnown: "no-host-known"
    case .noAuthor: "no-author"
    }
  }
}

extension JudgedApproval.Reason {
  /// The word for why an approval counts or not, in JSON.
  var label: String {
    switch self {
    case .hostMember: "member-of-host-team"
    case .inferredHost: "inferred-host"
    case .ownerByFile: "owner-by-file"
    case .wroteTheChange: "wrote-the-change"
    case .notInRoster: "not-in-roster"
    case .inOtherTeams: "not-in-host-team"
    case .hostMemberOnly: "not-in-host-team-then"
    case .noHostKnown: "no-host-known"
    case .heldGrants: "holder-of-grant"
    case .grantMissed: "grant-does-not-hold"
    case .machine: "service-account"
    case .stale: "later-revision"
    case .superseded: "superseded"
    case .gradeTooLow: "grade-too-low"
    }
  }
}

extension JudgedApproval.Replacement {
  /// The word for how the later revision compares with the one approved, in JSON.
  var label: String { likeness?.rawValue ?? Self.notCompared }

  /// The word where the policy lets no approval pass on.
  static let notCompared = "not-compared"
}
