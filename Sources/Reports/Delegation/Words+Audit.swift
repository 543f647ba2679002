internal import Facts
internal import Rules

extension Words {
  static func severity(_ severity: AuditFinding.Severity) -> StyledText {
    switch severity {
    case .error: StyledText("error", .bad)
    case .warning: StyledText("warning", .warning)
    case .note: StyledText("note", .muted)
    }
  }

  /// What was found, as a sentence without its full stop.
  static func finding(_ finding: AuditFinding, giver: Grant.Giver?) -> StyledText {
    let grant: StyledText = finding.grant.map { "grant \($0, .id)" } ?? ""
    switch finding.matter {
    case .doesNotHold(let miss): return grantMiss(miss)
    case .wider(let objection):
      return "\(grant) says more than it gives: \(Words.objection(objection, by: giver ?? .person("")))"
    case .notEarned(let ladder, let missing, let standing):
      let words = missing.map(\.rawValue).joined(separator: ", ")
      guard !missing.isEmpty else {
        return "\(grant) of ladder \(ladder, .id) is to a team, and only people climb ladders"
      }
      return standing == .notYet
        ? "\(grant) came before ladder \(ladder, .id) was climbed; not met then: \(words)"
        : "whether ladder \(ladder, .id) was climbed when \(grant) came cannot be told: \(words)"
    case .grantee(let handle):
      return finding.kind == .granteeIsMachine
        ? "\(grant) is to \(handle, .person), a service account, whose approvals never count"
        : "\(grant) is to \(handle, .person), whom the roster does not list"
    case .approval(let person, let at, let reason, let landed):
      return approval(by: person, at: at, reason, landed: landed)
    case .path(let path):
      return
        "\(grant) covers paths on which delegates alone never suffice, such as \(Words.path(path), .code)"
    case .everything: return "\(grant) covers everything that may be granted at all"
    case .openEnded: return "\(grant) has no end"
    case .unused(let since): return "\(grant) was not used since \(since.shown.date)"
    case .unusedPaths(let patterns):
      return "\(grant) was never used on \(patterns.joined(separator: " "), .code)"
    case .beside(let other):
      return finding.kind == .duplicate
        ? "\(grant) gives what grant \(other, .id) gives, no more and no less"
        : "\(grant) overlaps with grant \(other, .id)"
    case .expires(let moment): return "\(grant) ends \(Words.moment(moment))"
    case .reviewers(let component, let path, let count):
      return reviewers(component, path, count)
    }
  }

  private static func approval(
    by person: PersonKey, at: Instant?, _ reason: JudgedApproval.Reason, landed: Bool
  ) -> StyledText {
    let when = at.map { " on \($0.shown.date)" } ?? ""
    let why: StyledText =
      switch reason {
      case .grantMissed(let miss): grantMiss(miss)
      case .hostMemberOnly: "was in the host team, but not at that moment"
      case .notInRoster: "is not in the roster"
      default: "holds no right here"
      }
    return "approved by \(person.description, .person)\(when), who held no right to: \(why)"
      + (landed ? "; it landed" : "")
  }

  private static func reviewers(_ component: String?, _ path: [UInt8], _ count: Int) -> StyledText {
    let place: StyledText = component.map { "component \($0, .id)" } ?? "what is in no component"
    let example = Words.path(path)
    switch count {
    case 0: return "\(place) has paths that nobody may approve, such as \(example, .code)"
    default:
      return
        "\(place) has paths that \(counted(count, "person", "people")) may approve, such as \(example, .code)"
    }
  }

  /// What would put it right.
  static func remedy(_ kind: AuditFinding.Kind) -> StyledText {
    switch kind {
    case .broughtByNobodyEntitled, .orphaned, .selfGranted, .circle, .chainTooLong, .tooDeep:
      "revoke it, or let somebody entitled grant it anew under another id"
    case .idReused: "give it an id that no grant had before"
    case .tooLong: "let it end earlier"
    case .noAutomaticRule, .overCap, .notEarned: "revoke it, or let a person grant it"
    case .tooManyGrants: "take ended grants out of the files"
    case .nobodyMayGrant: "state `granting` in delegation.json5"
    case .granteeNotInRoster: "add the person to roster.json5, or revoke it"
    case .granteeIsMachine: "revoke it"
    case .approvalUnderEndedGrant: "have the change approved again, and renew the grant if it is still wanted"
    case .approvalBeyondGrant: "have the change approved again by somebody with a right to it"
    case .approvalUnderVoidGrant, .approvalWithoutRight: "have the change approved by somebody entitled"
    case .widerThanGrantor: "narrow it to what its giver holds"
    case .coversProtected: "take the protected paths out of it"
    case .coversEverything, .unusedPaths: "narrow it to the paths that are worked on"
    case .openEnded: "give it an `until`"
    case .unused: "ask its holder, and revoke it if it is not wanted any more"
    case .duplicate, .overlapping: "keep one of them"
    case .expiring: "renew it under a new id, or let it end"
    case .fewReviewers:
      "grant somebody the right to approve there; `tributary delegate candidates` says who has earned it"
    }
  }

  static func refusal(_ refusal: AuditRefusal) -> StyledText {
    let why: StyledText =
      switch refusal.reason {
      case .reviewsNotInGit: "no source in this clone keeps reviews"
      case .noRoster: "there is no roster"
      case .ownersByFile: "ownership files name approvers as well, path by path"
      case .pathsNotComparable: "the patterns are too involved to be compared"
      }
    return "\(refusal.kind.rawValue, .code): " + why
  }
}
