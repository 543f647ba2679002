internal import Facts
internal import Rules

/// The maturity model in words that need no glossary.
extension Words {
  static func levelName(_ level: Int) -> StyledText {
    switch level {
    case 2: "stakeholders contribute, the team reviews"
    case 3: "others can be reviewers"
    default: "the team does it and takes input"
    }
  }

  static func criterion(_ criterion: MaturityCriterion) -> StyledText {
    switch criterion {
    case .externalLanded: "external contributions landed"
    case .reviewedShare: "of these with an authorised review"
    case .attainment: "first reviews in time"
    case .oldestWait: "longest wait for reviewers, of the promise"
    case .delegatedShare: "accepted by delegates alone"
    case .delegatesPerComponent: "active delegates, fewest of any component"
    case .unauthorisedApprovals: "approvals without the right to give them"
    case .attainmentGap: "in time under delegates, less under platform"
    case .openEndedGrants: "grants without an end date"
    }
  }

  /// The same, short enough for a table.
  static func shortCriterion(_ criterion: MaturityCriterion) -> StyledText {
    switch criterion {
    case .externalLanded: "external, landed"
    case .reviewedShare: "with authorised review"
    case .attainment: "first reviews in time"
    case .oldestWait: "longest wait, of promise"
    case .delegatedShare: "accepted by delegates"
    case .delegatesPerComponent: "delegates per component"
    case .unauthorisedApprovals: "approvals without right"
    case .attainmentGap: "delegates' gap in time"
    case .openEndedGrants: "grants without end"
    }
  }

  /// What is in the way, short enough for a table; a question where it is not known.
  static func obstacle(_ result: CriterionResult) -> StyledText {
    let words: StyledText =
      switch result.criterion {
      case .externalLanded: "few contributions"
      case .reviewedShare: "missing reviews"
      case .attainment: "late first reviews"
      case .oldestWait: "long waits"
      case .delegatedShare: "little accepted by delegates"
      case .delegatesPerComponent: "few delegates"
      case .unauthorisedApprovals: "approvals without the right"
      case .attainmentGap: "delegates later than platform"
      case .openEndedGrants: "grants without end"
      }
    return result.verdict == .notEnoughEvidence ? words.withRole(.muted) + "?" : words
  }

  static func verdict(_ verdict: CriterionVerdict) -> StyledText {
    switch verdict {
    case .met: StyledText("met", .good)
    case .notMet: StyledText("not met", .bad)
    case .notEnoughEvidence: StyledText("not enough evidence", .warning)
    }
  }

  /// `94%`, `4.2×`, `-12 points`, `34`; a dash where there is none.
  static func figure(_ value: Double?, _ unit: MaturityCriterion.Unit) -> StyledText {
    guard let value else { return "–" }
    switch unit {
    case .count: return "\(FixedDecimal.text(value, digits: 0) ?? "–")"
    case .share: return "\(FixedDecimal.text(value * 100, digits: 0) ?? "–")%"
    case .multiple: return "\(FixedDecimal.text(value, digits: 1) ?? "–")×"
    case .difference: return "\(FixedDecimal.text(value * 100, digits: 0) ?? "–") points"
    }
  }

  static func interval(_ result: CriterionResult) -> StyledText {
    guard let interval = result.interval else { return "" }
    let scale = result.criterion.unit == .multiple ? 1.0 : 100.0
    let ends = [interval.lowerBound, interval.upperBound].map {
      FixedDecimal.text($0 * scale, digits: result.criterion.unit == .multiple ? 1 : 0) ?? "–"
    }
    return "\(ends[0]) to \(ends[1])"
  }

  /// `at least 90%`.
  static func asked(_ result: CriterionResult) -> StyledText {
    (result.criterion.asksForMore ? "at least " : "at most ")
      + figure(result.threshold, result.criterion.unit)
  }

  /// What is not known, as a sentence without its full stop.
  static func gap(_ gap: EvidenceGap, of sample: Int) -> StyledText {
    switch gap {
    case .belowFloor(let floor):
      "\(floor) are needed to tell, and there \(sample == 1 ? "is" : "are") \(sample)"
    case .nothingToJudge: "nothing in the window to ask it of"
    case .reviewsNotInGit(let count):
      "of \(counted(count, "contribution")) no source in this clone records a review"
    case .unknownOrigin(let count):
      "of \(counted(count, "contribution")) nobody knows whether the author is external"
    case .notIdentifiable(let count):
      "of \(counted(count, "wait")) no source here tells whether the promise was kept"
    case .undetermined(let count):
      "of \(counted(count, "proposal")) Git cannot tell whether \(count == 1 ? "it is" : "they are") open or declined"
    case .noHostKnown(let count):
      "\(counted(count, "approval")) when nobody was known as host"
    case .noObjective(let name): "the policy has no objective '\(name)'"
    case .noReviewRecords: "no source in this clone records what is open and who answered"
    case .noActiveComponent: "no external contribution landed in the window"
    case .noGrants: "no grant is in force"
    case .historyCut(let moment):
      "the clone is shallow: nothing before \(moment.shown.date) is sure to be here"
    case .missingObjects(let count):
      "\(counted(count, "object")) that may matter \(count == 1 ? "is" : "are") missing, damaged or too large"
    }
  }

  /// Why a contribution is named.
  static func cause(_ cause: Responsible.Cause, _ people: People, at moment: Instant?) -> StyledText {
    switch cause {
    case .notAuthorised(let reason): return lack(reason)
    case .unknownOrigin(.noHostKnown): return "nobody is known as host, so nobody as external"
    case .unknownOrigin(.noAuthor): return "no author can be read"
    case .unknownOrigin: return "the author is in no roster"
    case .missed(let lateness): return "first review missed by \(DurationWords.working(lateness))"
    case .notIdentifiable(let obstacle): return "not known: \(Words.obstacle(obstacle))"
    case .waits(let multiple, let since):
      let moment = since.map { " since \($0.shown.date)" } ?? ""
      return "waits\(moment), \(figure(multiple, .multiple)) what was promised"
    case .acceptedByPlatform(let isAssisted):
      return isAssisted ? "needed the platform, beside a delegate" : "accepted by the platform"
    case .approvedWithoutRight(let person, let reason):
      return "\(people[person].shown, .person) approved: " + refusal(reason, at: moment)
    case .undetermined: return "open or declined, Git cannot tell"
    }
  }

  private static func lack(_ reason: Level.Reason) -> StyledText {
    switch reason {
    case .unreviewed: "landed without an approval"
    case .unauthorised: "nobody entitled to it approved, or too few did"
    case .selfApproved: "approved only by those who wrote it"
    case .reviewNotInGit: "no source in this clone records a review"
    default: "\(reason.rawValue)"
    }
  }

  /// Why somebody could not approve.
  private static func refusal(_ reason: JudgedApproval.Reason, at moment: Instant?) -> StyledText {
    switch reason {
    case .notInRoster: "in no roster"
    case .inOtherTeams(let teams) where teams.isEmpty: "not in the host team, and holds no grant"
    case .inOtherTeams(let teams):
      "in \(teams.joined(separator: ", ")), not in the host team, and holds no grant"
    case .hostMemberOnly(let from, let until):
      "in the host team only\(from.map { " from \($0.shown.date)" } ?? "")\(until.map { " until \($0.shown.date)" } ?? "")"
    case .grantMissed(let miss): grantMiss(miss, at: moment)
    default: "\(reason.label)"
    }
  }

  /// What to do next about a criterion that does not hold.
  static func advice(_ result: CriterionResult) -> StyledText {
    if let gap = result.gaps.first(where: \.isIncompleteInput) { return cure(gap) }
    if result.verdict == .notEnoughEvidence {
      // What somebody can do stands before what only time brings.
      let gaps = result.gaps.filter { !$0.isSmallSample } + result.gaps.filter(\.isSmallSample)
      for gap in gaps { if let cure = remedy(gap) { return cure } }
    }
    switch result.criterion {
    case .externalLanded: return "win contributors: `tributary backlog` shows what waits, and for whom"
    case .reviewedShare:
      return "have somebody entitled approve before landing; `tributary explain ID` tells why not"
    case .attainment: return "`tributary sla` lists every miss with whose turn it was"
    case .oldestWait: return "answer these first: `tributary backlog --overdue`"
    case .delegatedShare:
      return
        "`tributary delegate candidates` tells who has earned rights, `tributary delegate grant` writes them down"
    case .delegatesPerComponent:
      return
        "grant rights to more people outside the host team (`tributary delegate candidates`), and ask them for reviews"
    case .unauthorisedApprovals:
      return
        "`tributary delegate audit` lists them; grant the right, renew it in time, or have it approved again"
    case .attainmentGap: return "share the delegates' load: `tributary sla` lists what they missed"
    case .openEndedGrants: return "give each of these grants an `until`"
    }
  }

  private static func cure(_ gap: EvidenceGap) -> StyledText {
    if case .historyCut = gap { return "`git fetch --unshallow` brings the whole history" }
    return "`git fsck` names what is missing; fetch it again"
  }

  private static func remedy(_ gap: EvidenceGap) -> StyledText? {
    switch gap {
    case .belowFloor: "wait for more, or judge a longer window with --window"
    case .reviewsNotInGit, .noReviewRecords, .notIdentifiable, .undetermined:
      "`tributary sources` says what would bring the reviews here"
    case .unknownOrigin, .noHostKnown:
      "write a roster, or add who is missing: `tributary policy init` writes one to start from"
    case .noObjective: "name an objective in service-levels.json5, or ask for another one in maturity.json5"
    case .noGrants: "`tributary delegate grant` writes a grant with an end date"
    case .nothingToJudge, .noActiveComponent: "a longer window may hold more: --window"
    case .historyCut, .missingObjects: nil
    }
  }
}

extension EvidenceGap {
  fileprivate var isSmallSample: Bool {
    switch self {
    case .belowFloor, .nothingToJudge: true
    default: false
    }
  }
}
