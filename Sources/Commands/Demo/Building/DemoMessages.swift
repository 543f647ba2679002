internal import Facts
internal import Git

/// The words of commits, as people, forges and git-appraise write them.
enum DemoMessages {
  /// The identity with which GitHub commits for people.
  static func forge(at moment: Instant, _ zone: DemoZone) -> String {
    "GitHub <noreply@github.com> \(zone.stamp(moment))"
  }

  static func plain(_ commit: DemoCommit) -> String {
    commit.subject + "\n" + block(commit.trailers)
  }

  /// The message of the commit that brings a contribution to the branch.
  static func landing(_ written: DemoBuilder.Written) -> String {
    let contribution = written.contribution
    let trailers = contribution.landing?.trailers ?? []
    let number = written.number ?? 0
    switch contribution.landing?.way {
    case .merge, .releaseMerge:
      return "Merge pull request #\(number) from \(contribution.author.login)/\(branch(of: contribution))\n\n"
        + "\(contribution.title)\n" + block(trailers)
    case .submit:
      return "Submitting review \(written.commits.first?.hex.prefix(12) ?? "")\n\n\(contribution.title)\n"
        + block(trailers)
    case .squash:
      let credits = contribution.commits.flatMap(\.trailers) + trailers
      return "\(contribution.title) (#\(number))\n" + squashed(contribution)
        + (credits.isEmpty ? "" : "\n---------\n" + block(credits))
    default: return "\(contribution.title) (#\(number))\n" + block(trailers)
    }
  }

  /// What a squash keeps of the messages of several commits, or of a revert.
  private static func squashed(_ contribution: DemoContribution) -> String {
    if contribution.reverts != nil, let message = contribution.commits.first?.subject,
      let body = message.firstRange(of: "\n\n")
    {
      return "\n\(message[body.upperBound...])\n"
    }
    guard contribution.commits.count > 1 else { return "" }
    return "\n" + contribution.commits.map { "* \($0.subject)\n" }.joined(separator: "\n")
  }

  private static func block(_ trailers: [String]) -> String {
    trailers.isEmpty ? "" : "\n" + trailers.map { $0 + "\n" }.joined()
  }

  /// The branch of a contribution: its title in lower case with hyphens.
  static func branch(of contribution: DemoContribution) -> String {
    let words = contribution.title.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.prefix(5).joined(separator: "-")
  }
}
