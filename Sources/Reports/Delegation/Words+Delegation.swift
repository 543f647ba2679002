internal import Facts
internal import Rules

extension Words {
  /// Why a grant may not be made as it is, with what would be allowed.
  static func objection(_ objection: GrantObjection, by giver: Grant.Giver) -> StyledText {
    let who = self.giver(giver)
    return switch objection {
    case .nobodyMayGrant:
      "the policy lets nobody grant rights; `granting` in delegation.json5 says who may"
    case .toOneself: "nobody grants a right to themselves"
    case .idUsedBefore(let id):
      "the id \(id, .id) was used before, and ids are never used again; choose another with --id"
    case .nothingToGive: "\(who) holds nothing that may be passed on"
    case .verbNotHeld(let verb, let held):
      "\(who) may not give \(verb.rawValue, .bad); allowed: \(held.map(\.rawValue).joined(separator: ", "))"
    case .pathNotHeld(let verbs, let example):
      """
      \(who) may not give \(verbs.map(\.rawValue).joined(separator: ", ")) on all of these paths, such as \
      \(path(example), .bad)
      """
    case .pathsNotComparable:
      "the patterns hold so many wildcards that they cannot be compared with what \(who) holds"
    case .branchNotHeld(let example):
      "\(who) may not give this on all of these branches, such as \(path(example), .bad)"
    case .changesTooLarge(let most):
      "\(who) may give this for changes of at most \(counted(most, "path")): --limit-paths \(most)"
    case .kindsNotHeld(let allowed):
      "\(who) may give this for some kinds of change only: \(allowed.map(\.rawValue).joined(separator: ", "))"
    case .endsTooLate(let latest): "it would outlive the right of \(who), which ends \(moment(latest))"
    case .noEnd(let latest): "it needs an end, \(moment(latest)) at the latest"
    case .tooLong(let most):
      "it runs longer than the policy allows, which is \(DurationWords.elapsed(most))"
    case .noBeginning: "the policy limits how long grants run, so it needs a beginning"
    case .alreadyOver(let end): "it would be over since \(moment(end))"
    case .tooDeep(let most): "it may be passed on \(counted(most, "time")) at most: --depth \(most)"
    case .noSingleRight: "no single right of \(who) gives all of this together"
    case .noAutomaticRule(let ladder): "the policy has no rule by which ladder \(ladder, .id) gives this much"
    case .overCap(let ladder, let most):
      "\(counted(most, "grant")) of ladder \(ladder, .id) may be in force at once, and there are as many"
    case .notEarned(let ladder): "ladder \(ladder, .id) is not climbed"
    case .doesNotHold(let miss): "as it stands it would not hold: \(grantMiss(miss))"
    }
  }

  /// A day where the moment is the start of one in UTC, else day and time.
  static func moment(_ instant: Instant) -> String {
    Instant(startOf: instant.utcDate) == instant ? instant.shown.date : instant.shown.words
  }

  static func path(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  static func grantState(_ state: GrantStatus.State) -> StyledText {
    switch state {
    case .inForce: StyledText("in force", .good)
    case .notYet: StyledText("not yet", .muted)
    case .expired: StyledText("expired", .muted)
    case .revoked: StyledText("revoked", .muted)
    case .removed: StyledText("removed", .muted)
    case .doesNotHold: StyledText("does not hold", .bad)
    }
  }

  static func outcome(_ outcome: Readiness.Outcome) -> StyledText {
    switch outcome {
    case .met: StyledText("met", .good)
    case .notMet: StyledText("not met", .bad)
    case .notEnoughEvidence: StyledText("not enough evidence", .warning)
    case .notAsked: StyledText("not asked for", .muted)
    }
  }

  static func standing(_ standing: Readiness.Standing) -> StyledText {
    switch standing {
    case .ready: StyledText("ready", .good)
    case .notYet: "not yet"
    case .notEnoughEvidence: StyledText("not enough evidence", .warning)
    case .holdsAlready: StyledText("holds the right already", .muted)
    }
  }

  static func criterion(_ criterion: Readiness.Criterion) -> StyledText {
    switch criterion {
    case .landed: "contributions landed"
    case .reviews: "changes of others reviewed"
    case .firstReviews: "of them with the first verdict"
    case .agreement: "verdicts that later decisions agreed with"
    case .activeWithin: "last act"
    case .reverted: "approved and reverted later"
    case .months: "since the first act"
    case .holds: "holds already"
    }
  }

  static func shortage(_ shortage: Readiness.Shortage) -> StyledText {
    switch shortage {
    case .reviewsNotInGit: "no source in this clone keeps reviews"
    case .reviewsPartlyInGit: "reviews of some proposals are not on record and could make the difference"
    case .tooFewDecisions: "fewer than \(SampleFloor.perPerson.count) verdicts were followed by a decision"
    case .pathsNotComparable: "the patterns are too involved to be compared"
    }
  }

  static func value(_ value: Readiness.Value, of criterion: Readiness.Criterion) -> StyledText {
    switch value {
    case .count(let count): "\(count)"
    case .share(let share):
      share.count == 0
        ? "none to compare" : "\(share.hits) of \(share.count) (\(percent(share.value ?? 0)))"
    case .seconds(nil): "never"
    case .seconds(let seconds?):
      criterion == .activeWithin
        ? "\(DurationWords.elapsed(seconds)) ago" : "\(DurationWords.elapsed(seconds))"
    case .held(let verb, let isHeld): isHeld ? "\(verb.rawValue)" : "not all: \(verb.rawValue)"
    }
  }

  static func threshold(_ value: Readiness.Value?, of criterion: Readiness.Criterion) -> StyledText {
    switch value {
    case nil: ""
    case .count(let count): criterion == .reverted ? "at most \(count)" : "at least \(count)"
    case .share(let share): "at least \(percent(share.value ?? 0))"
    case .seconds(let seconds):
      criterion == .activeWithin
        ? "within \(DurationWords.elapsed(seconds ?? 0))" : "at least \(DurationWords.elapsed(seconds ?? 0))"
    case .held(let verb, _): "\(verb.rawValue)"
    }
  }
}
