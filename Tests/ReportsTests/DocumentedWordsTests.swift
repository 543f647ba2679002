import Facts
import Foundation
import Testing

@testable import Reports
@testable import Rules

/// The page about the JSON formats lists every word that a key can hold, and no other.
@Suite struct DocumentedWordsTests {
  static let words: [(String, [String])] = [
    ("`state`", Contribution.State.allCases.map(\.rawValue)), ("`turn`", Turn.allCases.map(\.rawValue)),
    ("`origin`", Origin.allCases.map(\.rawValue)), ("`originReason`", OriginReasons.labels),
    ("`authority`", Authority.allCases.map(\.rawValue)), ("`reason` of an approval", ApprovalReasons.labels),
    ("`laterChange`", RevisionLikeness.allCases.map(\.rawValue) + [JudgedApproval.Replacement.notCompared]),
    ("`levelReason`", Level.Reason.allCases.map(\.rawValue)),
    ("`findings`", Finding.allCases.map(\.rawValue)), ("`grade`", Grade.allCases.map(\.label)),
    ("`source`", SourceKind.allCases.map(\.label)),
    ("Status of a head", HeadClass.allCases.map(\.rawValue)),
    ("Status of a git-appraise review", AppraiseStatus.allCases.map(\.rawValue)),
    ("Status of a Gerrit change", ChangeStatus.allCases.map(\.rawValue)),
    ("Status of a mailed series", SeriesStatus.allCases.map(\.rawValue)),
    ("`kind` of an event", EventKinds.labels), ("`kind` of a diagnostic", DiagnosticKinds.labels),
    ("`metric`", Metric.allCases.map(\.rawValue)), ("`refused`", Refusal.allCases.map(\.rawValue)),
    ("`timeliness`", Timeliness.allCases.map(\.rawValue)),
    ("`clock`", ServiceLevels.Clock.allCases.map(\.rawValue)),
    ("`state` of an objective", ServiceLevelItem.State.allCases.map(\.rawValue)),
    ("`reason` of an objective", ServiceLevelItem.Obstacle.allCases.map(\.rawValue)),
    ("`do`", ServiceLevels.Escalation.Action.allCases.map(\.rawValue)),
    ("`kind` of a step", ClockStep.Kind.allCases.map(\.rawValue)),
    ("`refused` of an expectation", ["too-few", "not-reached"]),
    ("`reasons`", Gap.allCases.map(\.rawValue)), ("`namespace`", Namespace.allCases.map(\.rawValue)),
    ("`fact`", FactKind.allCases.map(\.rawValue)), ("`system`", ReviewSystem.allCases.map(\.rawValue)),
    ("`flavour`", Ownership.Flavour.allCases.map(\.rawValue)),
    ("`basis`", Ownership.Basis.allCases.map(\.rawValue)), ("`part`", ["owner", "reviewer", "list"]),
  ]

  @Test(arguments: words)
  func `documents exactly the words`(heading: String, words: [String]) throws {
    let documented = try DocumentedPage("JSON.md").section(heading).cells["word"] ?? []
    #expect(documented.sorted() == words.sorted())
  }

  @Test func `gives as reason of a state a status with a prefix, or one of two words`() throws {
    for status in AppraiseStatus.allCases {
      #expect(Contribution.Basis.review(status).label == "review-" + status.rawValue)
    }
    for status in ChangeStatus.allCases {
      #expect(Contribution.Basis.change(status).label == "change-" + status.rawValue)
    }
    for status in SeriesStatus.allCases {
      #expect(Contribution.Basis.series(status).label == "series-" + status.rawValue)
    }
    for found in HeadClass.allCases { #expect(Contribution.Basis.head(found).label == found.rawValue) }
    let documented = try DocumentedPage("JSON.md").section("`stateReason`").cells["word"] ?? []
    let own = [Contribution.Basis.landed, .missingObject].map(\.label)
    #expect(documented == Set(own + ["review-STATUS", "change-STATUS", "series-STATUS", "HEAD-STATUS"]))
  }

  @Test func `documents who may be said to host`() throws {
    let report = ContributionsReport(header: try DocumentedReports.header(), entries: [])
    var text: [UInt8] = []
    report.json { text += $0 }
    let written = try JSONKeys.texts(of: text, at: "repositories[].hosts.from")
    #expect(try DocumentedPage("JSON.md").section("`from`").cells["word"] == written)
  }

  @Test func `documents by what a standing is told`() throws {
    let standings: [Standing] = [.head(.squash), .appraise(.pending), .change(.new), .series(.posted)]
    let documented = try DocumentedPage("JSON.md").section("`standings`").cells["word"]
    #expect(documented == Set(standings.map(\.sourceLabel)))
  }
}

// Lists of all cases that carry values. Each leads from one case to the next, so that a new case does not compile
// before it stands here.

private enum OriginReasons {
  static let labels = sequence(first: JudgedOrigin.Basis.membership(team: ""), next: next).map(\.label)

  private static func next(_ basis: JudgedOrigin.Basis) -> JudgedOrigin.Basis? {
    switch basis {
    case .membership: .otherTeams([])
    case .otherTeams: .botRule
    case .botRule: .inferredHost(landings: 5)
    case .inferredHost: .inferredGuest
    case .inferredGuest: .ownerByFile(OwnershipPlace(file: "", line: 1))
    case .ownerByFile: .notOwnerByFile
    case .notOwnerByFile: .notInRoster
    case .notInRoster: .noHostKnown
    case .noHostKnown: .noAuthor
    case .noAuthor: nil
    }
  }
}

private enum ApprovalReasons {
  static let labels = sequence(first: JudgedApproval.Reason.hostMember(team: ""), next: next).map(\.label)

  private static func next(_ reason: JudgedApproval.Reason) -> JudgedApproval.Reason? {
    switch reason {
    case .hostMember: .inferredHost(landings: 5)
    case .inferredHost: .ownerByFile(OwnershipPlace(file: "", line: 1))
    case .ownerByFile: .wroteTheChange
    case .wroteTheChange: .notInRoster
    case .notInRoster: .inOtherTeams([])
    case .inOtherTeams: .hostMemberOnly(from: nil, until: nil)
    case .hostMemberOnly: .noHostKnown
    case .noHostKnown: .heldGrants([])
    case .heldGrants: .grantMissed(.noGrant)
    case .grantMissed: .machine
    case .machine: .stale
    case .stale: .superseded
    case .superseded: .gradeTooLow(.claimed)
    case .gradeTooLow: nil
    }
  }
}

private enum EventKinds {
  static let labels = sequence(first: Observation.Kind.opened, next: next).map(\.label)
  private static let object = ObjectName(high: 0, middle: 0, low: 0)

  private static func next(_ kind: Observation.Kind) -> Observation.Kind? {
    switch kind {
    case .opened: .ready
    case .ready: .draft
    case .draft: .revision(object)
    case .revision: .reviewRequested(of: Identity(name: "", email: ""))
    case .reviewRequested: .comment(onCode: false, asks: false)
    case .comment: .verdict(.approve, revision: nil)
    case .verdict(let opinion, _): after(opinion)
    case .verdictWithdrawn: .verdictCarried(.approve, revision: nil)
    case .verdictCarried: .labelled(Vote(label: "", value: 1), revision: nil)
    case .labelled: .reviewerRemoved(Identity(name: "", email: ""))
    case .reviewerRemoved: .attention(of: Identity(name: "", email: ""), isNeeded: true)
    case .attention(_, true): .attention(of: Identity(name: "", email: ""), isNeeded: false)
    case .attention: .automatic(tag: "")
    case .automatic: .related(.revertOf, to: .pullRequest(1))
    case .related(.revertOf, _): .related(.cherryPickOf, to: .pullRequest(1))
    case .related: .approvedByTrailer(key: "")
    case .approvedByTrailer: .inputBy(key: "")
    case .inputBy: .landed(commit: object)
    case .landed: .abandoned
    case .abandoned: .restored
    case .restored: .reverted(by: object)
    case .reverted: nil
    }
  }

  private static func after(_ opinion: Opinion) -> Observation.Kind {
    switch opinion {
    case .approve: .verdict(.reject, revision: nil)
    case .reject: .verdict(.neutral, revision: nil)
    case .neutral: .verdictWithdrawn
    }
  }
}

private enum DiagnosticKinds {
  static let labels = sequence(first: Diagnostic.Kind.missingObject, next: next).map(\.label)

  private static func next(_ kind: Diagnostic.Kind) -> Diagnostic.Kind? {
    switch kind {
    case .missingObject: .corruptObject(detail: "")
    case .corruptObject: .notACommit
    case .notACommit: .unreadableRecord(line: 1, detail: "")
    case .unreadableRecord: .danglingReference(to: "")
    case .danglingReference: .oversized(bytes: 2, limit: 1)
    case .oversized: .undecodableText
    case .undecodableText: .malformedIdentity(detail: "")
    case .malformedIdentity: .shallowBoundary
    case .shallowBoundary: .dateOutOfOrder
    case .dateOutOfOrder: .migratedTimes
    case .migratedTimes: .unverifiedSignature(detail: "")
    case .unverifiedSignature: .symbolicLink(path: "")
    case .symbolicLink: .submodule(path: "")
    case .submodule: .ownership(OwnershipProblem(.yaml, at: OwnershipPlace(file: "", line: 0)))
    case .ownership: nil
    }
  }
}
