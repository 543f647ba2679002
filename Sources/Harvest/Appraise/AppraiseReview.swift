import Facts
import Git

/// One review as collected from a repository, before it is turned into a trace.
struct AppraiseReview {
  let annotated: ObjectName
  let notes: ReviewNotes
  /// The annotated commit; nil when it is not in this repository.
  let commit: CommitObject?
  /// The imported request that this is, where the commit has several reviews.
  var group: String?

  /// What tells reviews apart.
  struct Key: Hashable {
    let annotated: ObjectName
    let group: String?
  }

  var key: Key { Key(annotated: annotated, group: group) }

  /// The commit that decides whether the review is submitted: the alias after a rebase, else the annotated one.
  ///
  /// Nil when the alias is no full object name: git-appraise then finds nothing.
  var start: ObjectName? {
    notes.current.alias.isEmpty ? annotated : notes.current.alias.fullObjectName
  }

  /// The full name of the branch under review, if the review is of a branch.
  var reviewRef: String? { notes.current.reviewRef.isEmpty ? nil : notes.current.reviewRef }

  /// The branch that the change is meant for, also after it was abandoned.
  var target: String? {
    notes.requests.last { !$0.record.targetRef.isEmpty }?.record.targetRef
  }

  /// First line of the latest description, else the subject of the commit.
  var title: String {
    let descriptions = [notes.current.description, notes.opening.record.description].map(\.firstLine)
    return descriptions.first { !$0.isEmpty } ?? commit?.subject ?? ""
  }

  /// Numbers of a forge under which a mirror knows the same review, from `refs/pull/N/head` and its like.
  var forgeNumbers: [ContributionID] {
    var found = Set(notes.requests.compactMap { $0.record.mark?.contribution })
    for request in notes.requests {
      let parts = request.record.reviewRef.utf8.split(separator: 0x2f, omittingEmptySubsequences: false)
      guard parts.count == 4, parts[0].elementsEqual("refs".utf8),
        parts[3].elementsEqual("head".utf8) || parts[3].elementsEqual("merge".utf8),
        let number = Int(Substring(parts[2])), number > 0
      else { continue }
      if parts[1].elementsEqual("pull".utf8) { found.insert(.pullRequest(number)) }
      if parts[1].elementsEqual("merge-requests".utf8) { found.insert(.mergeRequest(number)) }
    }
    return found.sorted()
  }

  /// The name among contributions: the commit's, unless it has several reviews.
  var id: ContributionID {
    guard group != nil, let number = forgeNumbers.first else { return .review(annotated) }
    return number
  }

  /// Whether everything is known from the forge, so that the commit need not be here.
  var isImported: Bool { notes.requests.contains { $0.record.mark != nil } }

  /// The commits that imported comments name; a plain clone need not hold them.
  var commitsOfImport: Set<String> {
    Set(notes.comments.compactMap { $0.record.mark == nil ? nil : $0.record.location?.commit })
  }

  /// The texts by which comments name commits, each with the earliest time at which one does.
  func namedCommits(_ arrivals: LineArrivals) -> [String: Instant] {
    var named: [String: Instant] = [:]
    for node in notes.allThreads.nodes {
      guard let text = node.source.record.location?.commit, !text.isEmpty else { continue }
      let at: Instant? =
        switch node.source.dating(arrivals).time {
        case .at(let instant): instant
        case .between(_, let latest): latest
        case .unknown: nil
        }
      guard let at else { continue }
      named[text] = min(at, named[text] ?? at)
    }
    return named
  }
}
