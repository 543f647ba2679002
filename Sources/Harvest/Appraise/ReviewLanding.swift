import Facts
import Git

/// How a submitted review came into its target branch, as far as Git's objects show it.
///
/// git-appraise keeps no record of it. The time is the committer's of the first commit on the branch's own line that
/// contains the review's first commit. Where that commit is the reviewed one itself (a fast-forward leaves no trace
/// of its own) and is older than the request, only an interval is known: from the request to the next merge that was
/// made on the branch itself.
struct ReviewLanding {
  let observation: Observation
  let commit: ObjectName

  init(
    of start: ObjectName?, _ bringer: CommitObject, _ id: ObjectName, next: CommitObject?, opened: KnownTime
  ) {
    let earliest: Instant? =
      switch opened {
      case .at(let instant): instant
      case .between(let from, let until): from ?? until
      case .unknown: nil
      }
    let time: KnownTime
    let grade: Grade
    if let committed = bringer.committed, committed >= earliest ?? committed {
      (time, grade) = (.at(committed), .derived)
    } else {
      let latest = next?.committed.flatMap { $0 >= earliest ?? $0 ? $0 : nil }
      (time, grade) = (.between(earliest, latest), .bounded)
    }
    commit = id
    observation = Observation(
      .landed(commit: id), time, by: ReviewLanding.person(bringer, isReviewed: id == start), grade,
      Evidence(object: id))
  }

  /// Who landed it, where Git can tell.
  ///
  /// The author of a merge that brought the review. When the reviewed commit itself lies on the branch's own line,
  /// its committer, if that is somebody other than the author (a rebase before submitting) and not GitHub's own name
  /// for its web pages.
  private static func person(_ commit: CommitObject, isReviewed: Bool) -> Identity? {
    if !isReviewed { return commit.authorIdentity }
    guard let committer = commit.committerIdentity, committer != commit.authorIdentity,
      committer.email != "noreply@github.com"
    else { return nil }
    return committer
  }
}
