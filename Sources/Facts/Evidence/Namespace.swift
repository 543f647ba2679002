/// The kinds of place in a repository where data about reviews, people and rights is kept.
public enum Namespace: String, Hashable, Sendable, CaseIterable {
  /// `refs/pull/N/head`: what was last pushed to a request of GitHub, Gitea or Forgejo.
  case pullHeads = "pull-heads"
  /// `refs/pull/N/merge`: a test merge; it says nothing of open or closed.
  case pullMerges = "pull-merges"
  /// `refs/merge-requests/N/head` of GitLab.
  case mergeRequestHeads = "merge-request-heads"
  /// `refs/merge-requests/N/merge` and `…/train`.
  case mergeRequestMerges = "merge-request-merges"
  /// `refs/pull-requests/N/from` and `…/merge` of Bitbucket Server.
  case bitbucketRequests = "bitbucket-requests"
  /// `refs/changes/NN/N/P`: Gerrit's patch sets.
  case patchSets = "patch-sets"
  /// `refs/changes/NN/N/meta`: Gerrit's NoteDb.
  case changeLogs = "change-logs"
  /// `refs/changes/NN/N/checks` and `…/robot-comments`.
  case changeChecks = "change-checks"
  /// Notes of git-appraise below `refs/notes/devtools/`.
  case appraiseNotes = "appraise-notes"
  /// `refs/devtools/*`: git-appraise's archive of rewritten heads, and its forks.
  case appraiseArchives = "appraise-archives"
  /// `refs/notes/review` of Gerrit's reviewnotes plugin.
  case reviewNotes = "review-notes"
  /// `refs/notes/commits`, git's default: any text.
  case commitNotes = "commit-notes"
  /// `refs/notes/amlog`: Message-IDs of applied patches.
  case amlogNotes = "amlog-notes"
  /// `refs/notes/tributary/pushes`: what this program's hook recorded.
  case pushNotes = "push-notes"
  case otherNotes = "other-notes"
  /// `refs/gittuf/*`: attestations, policy and the reference state log.
  case gittuf
  /// `refs/bugs/*` and `refs/identities/*` of git-bug.
  case gitBug = "git-bug"
  /// `refs/dit/*` of git-dit.
  case gitDit = "git-dit"
  /// `refs/reviewable/prN/rM` of Reviewable.
  case reviewable
  /// `refs/heads/gh/USER/N/{base,head,orig}` of ghstack.
  case ghstack
  /// `refs/keep-around/*` of GitLab.
  case keepAround = "keep-around"
  /// `refs/tags/phabricator/{base,diff}/N`.
  case phabricatorTags = "phabricator-tags"
  /// A branch that holds a mail archive (public-inbox).
  case mailArchive = "mail-archive"
  /// Signatures in the commits of the branch.
  case signatures
  /// CODEOWNERS, OWNERS, MAINTAINERS and their like in the newest commit.
  case ownershipFiles = "ownership-files"
  case mailmap
  /// Settings of a review tool in the newest commit: `.gitreview`, `.arcconfig`.
  case toolSettings = "tool-settings"
  /// Versions of the policy files on the branch.
  case policies
}

extension Namespace {
  /// The source that reads the place; nil where nothing reads it yet.
  public var source: SourceKind? {
    switch self {
    case .pullHeads: .pullRefs
    case .mergeRequestHeads: .mergeRequestRefs
    case .patchSets: .changeRefs
    case .changeLogs: .gerrit
    case .appraiseNotes: .appraise
    case .reviewNotes: .reviewNotes
    case .commitNotes, .amlogNotes: .commitNotes
    case .pushNotes: .pushLog
    case .gittuf: .gittuf
    case .mailArchive: .mail
    default: nil
    }
  }
}
