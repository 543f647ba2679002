internal import Facts
internal import Git

/// The commits with which a series came to the branch.
struct SeriesLanding {
  let branch: String
  /// Oldest first.
  let commits: [ObjectName]
  /// Of the last of them.
  let observation: Observation
  /// Every patch of a version is among them.
  let isComplete: Bool

  /// Nil when none of the patches is on the branch.
  init?(_ series: MailSeries, _ reading: MailReadings, _ landings: MailLandings, _ context: SourceContext) {
    let postings = series.postings.map { reading.postings.postings[$0] }
    var found = Set<Int32>()
    var isCertain = true
    for mail in postings.flatMap(\.mails) {
      for landing in landings.landings[mail] ?? [] {
        found.insert(landing.commit)
        isCertain = isCertain && landing.isCertain
      }
    }
    // Higher numbers are older commits.
    let ordered = found.sorted(by: >)
    guard let last = ordered.min(by: { Self.isLater($0, $1, context) }) else { return nil }
    isComplete = postings.contains { posting in
      posting.mails.allSatisfy { reading.messages[$0].subject.isCover || landings.landings[$0] != nil }
        && posting.mails.contains { !reading.messages[$0].subject.isCover }
    }
    let history = context.history
    let bringer = context.line.landing[Int(last)]
    branch = context.branch
    commits = ordered.map { ObjectName(git: history.id($0)) }
    let committer = history.identities[Int(history.committer(last))]
    observation = Observation(
      .landed(commit: ObjectName(git: history.id(bringer))),
      .at(Instant(seconds: history.committerSeconds(bringer))),
      by: Identity(name: committer.name, email: committer.email),
      isCertain && isComplete ? .derived : .claimed,
      Evidence(object: ObjectName(git: history.id(last))))
  }

  /// Whether a commit came to the branch after another one.
  private static func isLater(_ one: Int32, _ other: Int32, _ context: SourceContext) -> Bool {
    let (left, right) = (context.line.landing[Int(one)], context.line.landing[Int(other)])
    return left != right ? left < right : one < other
  }
}
