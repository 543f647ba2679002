internal import Facts
internal import Rules

extension Words {
  static func turn(_ turn: Turn?) -> StyledText {
    switch turn {
    case .reviewers: StyledText("reviewers", .warning)
    case .author: "author"
    case .landing: StyledText("landing", .good)
    case nil: ""
    }
  }

  static func basis(_ basis: Contribution.Basis) -> StyledText {
    switch basis {
    case .landed: "a commit on the branch brought the change"
    case .review(let status): appraise(status)
    case .change(let status): change(status)
    case .series(let status): series(status)
    case .head(let found): head(found)
    case .missingObject: "the commit that the records are about is not in this clone"
    }
  }

  static func change(_ status: ChangeStatus) -> StyledText {
    switch status {
    case .new: "Gerrit: under review"
    case .merged: "Gerrit: merged"
    case .abandoned: "Gerrit: abandoned"
    }
  }

  static func series(_ status: SeriesStatus) -> StyledText {
    switch status {
    case .applied: "mailing list: a mail says that it was applied"
    case .posted: "mailing list: posted; no mail tells what became of it"
    }
  }

  static func appraise(_ status: AppraiseStatus) -> StyledText {
    switch status {
    case .submitted: "git-appraise: submitted"
    case .submittedWithoutAcceptance: "git-appraise: submitted without an accepting comment (tbr)"
    case .submittedDespiteRejection: "git-appraise: submitted although rejected (danger)"
    case .accepted: "git-appraise: accepted, not submitted"
    case .pending: "git-appraise: pending"
    case .rejected: "git-appraise: rejected"
    case .abandoned: "git-appraise: abandoned"
    case .unknown: "git-appraise: not known"
    }
  }

  static func head(_ found: HeadClass) -> StyledText {
    switch found {
    case .mergeCommit: "a merge commit on the branch names the request and contains its head"
    case .mergeNested: "a merge commit inside a merged branch names the request and contains its head"
    case .namedMerge: "a merge by a bot, queue or script names the request and contains its head"
    case .squash: "a single commit on the branch names the request"
    case .namedNotVerified: "a landed commit names the request, but does not contain its head"
    case .ancestor: "the head is part of the branch's history"
    case .rebased: "a commit of the branch has the head's author, author time and subject"
    case .samePatch: "a commit of the branch makes the same change"
    case .otherBranch: "the head is part of another branch only"
    case .mentioned: "a commit message of the branch refers to the request"
    case .notFound: "not found in history: open or declined, Git cannot tell"
    }
  }

  static func opening(_ opening: Contribution.Opening) -> StyledText {
    switch opening.time {
    case .at(let instant): return "\(instant.shown.words) (\(opening.grade.label, .muted))"
    case .between(let earliest?, let latest?) where earliest == latest:
      return "\(latest.shown.words) at the latest (\(opening.grade.label, .muted))"
    case .between(let earliest?, let latest?):
      return "between \(earliest.shown.words) and \(latest.shown.words) (\(opening.grade.label, .muted))"
    case .between(let earliest?, nil):
      return "not before \(earliest.shown.words) (\(opening.grade.label, .muted))"
    case .between(nil, let latest?): return "not after \(latest.shown.words) (\(opening.grade.label, .muted))"
    case .between(nil, nil), .unknown: return "not known: no source here records it"
    }
  }

  static func answer(_ answer: Timeline.Answer?, _ people: People) -> StyledText {
    guard let answer else { return "none on record in this clone" }
    let who = answer.event.person.map { people[$0].shown } ?? "somebody"
    switch answer.wait {
    case .exact(let seconds): return "by \(who, .person) after \(DurationWords.elapsed(seconds))"
    case .between(let low, let high):
      return "by \(who, .person) after \(DurationWords.elapsed(low)) to \(DurationWords.elapsed(high))"
    case .unknown: return "by \(who, .person), after a time that is not known"
    }
  }

  /// Who could approve, for somebody who is waiting.
  static func entitled(_ entry: ContributionEntry) -> StyledText {
    let names = entry.ownersByFile
    if !names.isEmpty {
      let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
      return "\(names.prefix(5).joined(separator: ", "))\(rest), by file"
    }
    let teams = entry.assessment.hostTeams
    return teams.isEmpty ? "the host team" : "\(teams.joined(separator: ", "))"
  }

  static func origin(_ origin: JudgedOrigin) -> StyledText {
    switch origin.basis {
    case .membership(let team): "platform: member of the host team \(team) at the opening"
    case .otherTeams(let teams) where teams.isEmpty: "external: in the roster, in no team at the opening"
    case .otherTeams(let teams):
      "external: in \(teams.joined(separator: ", ")), which does not host what the change touches"
    case .botRule: "bot: a service account by the roster's list or the built-in one"
    case .inferredHost(let landings):
      "platform (inferred): landed \(landings) contributions of others in 365 days"
    case .inferredGuest: "external (inferred): not among those who land the work of others"
    case .ownerByFile(let place):
      "platform (inferred): named as owner of a touched path by \(place.description, .code)"
    case .notOwnerByFile: "external (inferred): the ownership files name others for what the change touches"
    case .notInRoster: "unknown: no roster entry for the author's address"
    case .noHostKnown: "unknown: no roster, and history does not name a host team"
    case .noAuthor: "unknown: no commit of the change can be read"
    }
  }

  static func approval(_ approval: JudgedApproval) -> StyledText {
    guard let replacement = approval.replacement else { return reason(of: approval) }
    let words =
      replacement.keepsApproval ? reason(of: approval) : "a later revision replaced the one approved"
    return "\(words)\(Self.replacement(replacement))"
  }

  /// How an approval fares with the revision that came after the one approved.
  private static func replacement(_ replacement: JudgedApproval.Replacement) -> StyledText {
    let later = replacement.question.later.short
    return switch replacement.likeness {
    case .sameChange: "; the later revision \(later, .id) makes the same change of the same contents"
    case .otherChange: ": \(later, .id) does not make the same change of the same contents"
    case .notKnown: ": whether \(later, .id) makes the same change cannot be told from this clone"
    case nil: ": \(later, .id), and the policy lets no approval pass on"
    }
  }

  private static func reason(of approval: JudgedApproval) -> StyledText {
    switch approval.reason {
    case .hostMember(let team): "member of the host team \(team) at that moment"
    case .inferredHost(let landings): "inferred host: landed \(landings) contributions of others in 365 days"
    case .ownerByFile(let place): "owner by file: named by \(place.description, .code)"
    case .wroteTheChange: "wrote part of the change"
    case .notInRoster: "no roster entry"
    case .inOtherTeams(let teams) where teams.isEmpty: "not in the host team"
    case .inOtherTeams(let teams):
      "in \(teams.joined(separator: ", ")), which does not host what the change touches, and without a grant"
    case .hostMemberOnly(let from, let until):
      "in the host team only\(from.map { " from \($0.shown.date)" } ?? "")\(until.map { " until \($0.shown.date)" } ?? "")"
    case .noHostKnown: "no host team is known"
    case .heldGrants(let chain): "held the right by grant \(chain.joined(separator: " → "), .code)"
    case .grantMissed(let miss): grantMiss(miss, at: approval.event.time.instant)
    case .machine: "a service account"
    case .stale: "a later revision replaced the one approved"
    case .superseded: "the same person rejected or withdrew afterwards"
    case .gradeTooLow(let grade): "the evidence is only \(grade.label)"
    }
  }
}
