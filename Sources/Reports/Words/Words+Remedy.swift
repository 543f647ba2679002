internal import Facts
internal import Rules

extension Words {
  static func system(_ system: ReviewSystem) -> StyledText {
    switch system {
    case .github: "GitHub"
    case .gitlab: "GitLab"
    case .bitbucket: "Bitbucket"
    case .azure: "Azure DevOps"
    case .gerrit: "Gerrit"
    case .phabricator: "Phabricator"
    case .mailingList: "a mailing list"
    }
  }

  static func fact(_ fact: FactKind) -> StyledText {
    switch fact {
    case .opening: "openings"
    case .revision: "revisions"
    case .reviewRequest: "review requests"
    case .response: "comments"
    case .verdict: "verdicts"
    case .approver: "names of approvers"
    case .landing: "landings"
    case .abandonment: "what was declined"
    }
  }

  /// Why a clone seems to lack what a command would bring.
  static func why(_ remedy: Remedy) -> StyledText {
    switch remedy.reason {
    case .marks(let system, let count, let newest):
      """
      \(counted(count, "commit")) of the branch \(count == 1 ? "bears" : "bear") the mark of \(Words.system(system)), the \
      newest of \(newest.shown.date)
      """
    case .frozen(let namespace, let newest):
      "\(Words.namespace(namespace)) end with \(newest.shown.date), though requests have landed since"
    case .noNotes: "a plain clone fetches no notes, and this one has none; the server may have some"
    case .shallow: "the clone is shallow, so older history is not here"
    case .noRoster: "nobody is known to be host or guest"
    }
  }

  /// A command with what it brings and why it is proposed, as an entry of a list.
  static func remedy(_ remedy: Remedy, naming: Bool) -> StyledText {
    var text = StyledText(remedy.command, .code)
    if naming { text = "\(remedy.repository, .id): " + text }
    let facts = StyledText.joined(remedy.brings.map(fact), by: ", ")
    let brings: StyledText
    switch remedy.action {
    case .unshallow: brings = "brings the rest of history"
    case .writeRoster: brings = "writes a roster to correct"
    default: brings = "brings " + facts
    }
    return text + " – " + brings + "; " + why(remedy) + "."
  }

  static func namespace(_ namespace: Namespace) -> StyledText {
    switch namespace {
    case .pullHeads: "heads of pull requests"
    case .pullMerges: "test merges of pull requests"
    case .mergeRequestHeads: "heads of merge requests"
    case .mergeRequestMerges: "test merges of merge requests"
    case .bitbucketRequests: "heads of Bitbucket's pull requests"
    case .patchSets: "Gerrit's patch sets"
    case .changeLogs: "Gerrit's change logs (NoteDb)"
    case .changeChecks: "Gerrit's checks"
    case .appraiseNotes: "git-appraise's notes"
    case .appraiseArchives: "git-appraise's archives"
    case .reviewNotes: "Gerrit's review notes"
    case .commitNotes: "notes on commits"
    case .amlogNotes: "Message-IDs of applied patches"
    case .pushNotes: "pushes that a hook recorded"
    case .otherNotes: "notes of a kind not known here"
    case .gittuf: "gittuf's attestations and log"
    case .gitBug: "git-bug's issues and people"
    case .gitDit: "git-dit's issues"
    case .reviewable: "Reviewable's revisions"
    case .ghstack: "ghstack's stacks"
    case .keepAround: "commits that GitLab keeps"
    case .phabricatorTags: "Phabricator's staging tags"
    case .mailArchive: "a mail archive"
    case .signatures: "signed commits"
    case .ownershipFiles: "ownership files"
    case .mailmap: "the map of addresses"
    case .toolSettings: "settings of a review tool"
    case .policies: "versions of the policy"
    }
  }
}

extension Remedy {
  /// Whether the command would end a refusal, or turn limits into a point.
  func helps(_ measurements: [Measurement]) -> Bool {
    measurements.contains { measurement in
      switch measurement.value {
      case .refused(let reason): helps(reason)
      case .countBetween, .waitBetween: brings.contains(.response) && brings.contains(.opening)
      default: false
      }
    }
  }

  /// Whether the command would end a refusal.
  func helps(_ refusal: Refusal) -> Bool {
    switch (refusal, action) {
    case (.noHosts, .writeRoster), (.noOrganisations, .writeRoster), (.shallowHistory, .unshallow): true
    case (_, .unshallow): false
    default: refusal.lacks.contains(where: brings.contains)
    }
  }
}
