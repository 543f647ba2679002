import Facts
import Rules

extension Words {
  static func obstacle(_ obstacle: UpdateObstacle) -> StyledText {
    switch obstacle {
    case .missingObject(let name): "object \(name.short, .id) is not here, so nothing can be said"
    case .shallow(let name):
      "the history was cut off behind commit \(name.short, .id), so nothing can be said"
    // What is wrong lies in a reference, not in an object.
    case .unreadable(let name, let detail) where name.hex.allSatisfy { $0 == "0" }: "\(detail)"
    case .unreadable(let name, let detail): "object \(name.short, .id) cannot be read: \(detail)"
    case .notACommit(let name): "object \(name.short, .id) is no commit"
    case .tooManyCommits(let limit): "more than \(limit) commits at once are not judged"
    case .tooManyPaths(let limit): "more than \(limit) paths at once are not judged"
    case .outOfTime(let seconds):
      seconds > 0 ? "judging took longer than \(seconds) s" : "judging took longer than it may"
    }
  }

  static func remedy(_ obstacle: UpdateObstacle) -> StyledText? {
    switch obstacle {
    case .shallow:
      "fetch the whole history: \("git fetch --unshallow", .code); in GitHub Actions `fetch-depth: 0`"
    case .missingObject: "fetch the whole history, without a filter"
    case .tooManyCommits, .tooManyPaths, .outOfTime: "push in smaller parts"
    case .unreadable, .notACommit: nil
    }
  }

  /// What a gate made of one approval.
  static func weighed(_ approval: GateApproval) -> StyledText {
    guard let objection = approval.objection else {
      let right =
        approval.authority.contains(.platform)
        ? StyledText("as a member of the host team")
        : approval.grants.isEmpty
          ? "by the right to grant" : "by grant \(approval.grants.joined(separator: ", "), .id)"
      return StyledText("counts", .good) + ", " + right
    }
    return StyledText("does not count", .warning) + ": " + Words.objection(objection)
  }

  static func objection(_ objection: GateApproval.Objection) -> StyledText {
    switch objection {
    case .systemNotNamed(let system):
      "the policy does not name \(system.rawValue, .code) in gate.approvalsFrom"
    case .namesNoRevision: "it does not say which commit was approved"
    case .otherRevision: "what was approved is not what would land"
    case .otherBranch(let branch?): "it was given for \(branch, .code)"
    case .otherBranch(nil): "it does not say for which branch"
    case .severalBranches(let branch): "the review asked for \(branch, .code) as well"
    case .edited: "the record was changed afterwards"
    case .withdrawn: "it was taken back"
    case .superseded: "the same person rejected the change afterwards"
    case .gradeTooLow(let grade, let needed):
      "known as \(grade.label) only, the gate asks for \(needed.label)"
    case .rebased: "the change was rebased since, and the policy lets no approval outlive that"
    case .unknownPerson: "the address is none of the roster's"
    case .machine: "it is a machine's"
    case .contributor(let role, let commit): "\(role.words) of commit \(commit.short, .id) of the same change"
    case .broughtByNobodyElse(let commit):
      "they push it themselves, and the server has no record that somebody else brought commit \(commit.short, .id)"
    case .noAuthority(let miss): "neither in a host team nor entitled by a grant; \(grantMiss(miss))"
    case .noAuthorityNow(let miss): "entitled then, not any more; \(grantMiss(miss))"
    case .notYetGiven: "it is dated in the future"
    case .undated: "it has no date"
    }
  }
}

extension ApprovalSource {
  /// The system's records, for people.
  var words: String {
    switch self {
    case .appraise: "git-appraise's notes"
    case .forgeImport: "imported records of a forge"
    case .gerrit: "Gerrit's votes"
    case .gittuf: "gittuf's signed attestations"
    }
  }
}

extension ProposedContributor.Role {
  fileprivate var words: String {
    switch self {
    case .author: "author"
    case .committer: "committer"
    case .coauthor: "co-author"
    case .pusher: "pusher"
    case .requester: "requester"
    }
  }
}
