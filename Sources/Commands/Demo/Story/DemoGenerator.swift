internal import Facts

/// Turns topics into contributions with people, times and reviews; the same ones each time.
struct DemoGenerator {
  var random = DemoRandom(seed: 20_240_402)

  /// The everyday part of the story.
  mutating func everyday() -> [DemoContribution] {
    var all: [DemoContribution] = []
    for team in DemoTeam.allCases {
      let topics = DemoTopics.topics(of: team)
      for (place, topic) in topics.enumerated() {
        let start = share(place, of: topics.count)
        all.append(proposal(topic, start, by: author(in: team, atPermille: start)))
      }
    }
    for (place, topic) in DemoTopics.proposed.enumerated() {
      let start = 15 + 985 * place / DemoTopics.proposed.count
      all.append(proposal(topic, start, by: host(atPermille: start)))
    }
    for (place, topic) in DemoTopics.pushed.enumerated() {
      // Most of it in the first months, before the team had others to think of.
      let share = place < 6 ? place * 4 : 40 + 1_000 * (place - 6) / (DemoTopics.pushed.count - 6)
      all.append(push(topic, share))
    }
    for (place, dependency) in DemoTopics.dependencies.enumerated() {
      all.append(update(dependency, 60 + 1_000 * place / DemoTopics.dependencies.count))
    }
    return all
  }

  /// When the contribution at a place was begun, in thousandths of the story: few at first, more later.
  private mutating func share(_ place: Int, of count: Int) -> Int {
    let even = (1_000 * place + 500) / count
    let growing = even < 333 ? even * 3 / 2 : 500 + (even - 333) * 3 / 4
    return 40 + growing * 955 / 1_000 + random.number(in: -8...8)
  }

  private mutating func author(in team: DemoTeam, atPermille share: Int) -> DemoPerson {
    let day = DemoCalendar.day(atPermille: share)
    return random.one(of: team.members(at: Instant(startOf: day))) ?? .kofi
  }

  private mutating func host(atPermille share: Int) -> DemoPerson {
    host(at: Instant(startOf: DemoCalendar.day(atPermille: share)), besides: [])
  }

  /// Somebody of the platform team, other than those named.
  private mutating func host(at moment: Instant, besides others: [DemoPerson]) -> DemoPerson {
    random.one(of: DemoPerson.hosts(at: moment).filter { !others.contains($0) }) ?? .amara
  }

  private mutating func push(_ topic: DemoTopics.Topic, _ share: Int) -> DemoContribution {
    let author = host(atPermille: share)
    let minute = random.number(in: 560...1_030)
    let at = DemoCalendar.moment(
      DemoCalendar.day(atPermille: share), minute: minute, in: author.zone, second: random.below(60))
    let commit = DemoCommit(
      subject: topic.title, by: author, at: at, edits: [.extend(path: topic.path, title: topic.title)])
    return DemoContribution(
      title: topic.title, author: author, commits: [commit], isPull: false,
      landing: .init(way: .push, at: at, by: author))
  }

  private mutating func update(_ dependency: (name: String, version: String), _ share: Int)
    -> DemoContribution
  {
    let title = "Update dependency \(dependency.name) to v\(dependency.version)"
    let at = DemoCalendar.moment(
      DemoCalendar.day(atPermille: share), minute: 485, in: .berlin, second: random.below(60))
    let commit = DemoCommit(
      subject: title, by: .renovate, at: at,
      edits: [.replace(path: "tools/dependencies/\(dependency.name).toml", text: Self.pin(dependency))])
    let by = host(at: at, besides: [])
    let landed = DemoCalendar.moment(after: at, workdays: random.below(3), of: by, &random)
    return DemoContribution(
      title: title, author: .renovate, commits: [commit],
      landing: .init(way: .squash, at: landed, by: by))
  }

  private static func pin(_ dependency: (name: String, version: String)) -> String {
    "# Kept current by a service account.\nname = \"\(dependency.name)\"\nversion = \"\(dependency.version)\"\n"
  }
}

extension DemoGenerator {
  /// A pull request, from the first commit to its landing.
  private mutating func proposal(
    _ topic: DemoTopics.Topic, _ share: Int, by author: DemoPerson
  ) -> DemoContribution {
    let commits = branch(topic, on: DemoCalendar.day(atPermille: share), by: author)
    var proposal = DemoContribution(title: topic.title, author: author, commits: commits)
    guard let last = commits.last?.at else { return proposal }
    let opened = last.advanced(by: Int64(random.number(in: 5...25)) * 60)
    guard opened >= DemoCalendar.reviewsBegin, random.happens(88) else {
      let by = host(at: opened, besides: [author])
      let at = DemoCalendar.moment(after: opened, workdays: random.below(5), of: by, &random)
      proposal.landing = landing(at, by, of: author, commits: commits.count)
      return proposal
    }
    review(&proposal, opened: opened)
    return proposal
  }

  /// One to three commits of one day.
  private mutating func branch(_ topic: DemoTopics.Topic, on day: CivilDate, by author: DemoPerson)
    -> [DemoCommit]
  {
    let count = [1, 1, 1, 2, 2, 3][random.below(6)]
    var at = DemoCalendar.moment(
      day, minute: random.number(in: 550...830), in: author.zone, second: random.below(60))
    var commits: [DemoCommit] = []
    for number in 0..<count {
      let subject = number == 0 ? topic.title : random.one(of: DemoWords.followUps) ?? "Add tests"
      let piece = number == 0 ? topic.title : "\(subject) for \(topic.title.lowercased())"
      commits.append(
        DemoCommit(subject: subject, by: author, at: at, edits: [.extend(path: topic.path, title: piece)]))
      at = at.advanced(by: Int64(random.number(in: 900...3_600)))
    }
    return commits
  }

  /// A landing by a forge; before reviews were recorded, some say in a trailer who had looked at them.
  private mutating func landing(_ at: Instant, _ by: DemoPerson, of author: DemoPerson, commits: Int)
    -> DemoContribution.Landing
  {
    var landing = DemoContribution.Landing(way: way(commits: commits), at: at, by: by)
    guard at < DemoCalendar.reviewsBegin, landing.way != .rebase, random.happens(45) else { return landing }
    let reviewer = host(at: at, besides: [author])
    landing.trailers.append("Reviewed-by: \(reviewer.signature(at: at))")
    return landing
  }

  private mutating func way(commits: Int) -> DemoContribution.Way {
    switch random.below(100) {
    case 0..<45: .merge
    case 45..<82: .squash
    case 82..<92: .queue
    default: commits == 1 ? .rebase : .merge
    }
  }
}

extension DemoGenerator {
  /// A review in the repository, and the landing after it.
  private mutating func review(_ proposal: inout DemoContribution, opened: Instant) {
    let author = proposal.author
    let reviewer = host(at: opened, besides: [author])
    var review = DemoReview(opened: opened, reviewers: [reviewer])
    var at = DemoCalendar.moment(after: opened, workdays: patience(at: opened), of: reviewer, &random)
    if random.happens(35) {
      review.remarks.append(remark(.note, reviewer, at, DemoWords.notes))
      at = DemoCalendar.moment(after: at, workdays: random.below(2), of: author, &random)
      review.remarks.append(
        DemoRemark(kind: .reply, by: author, at: at, text: "Good point, see the next commit."))
      at = answer(&proposal, at: at)
      at = DemoCalendar.moment(after: at, workdays: random.below(2), of: reviewer, &random)
    } else if random.happens(20) {
      review.remarks.append(remark(.reject, reviewer, at, DemoWords.rejections))
      at = DemoCalendar.moment(after: at, workdays: random.number(in: 1...3), of: author, &random)
      at = answer(&proposal, at: at)
      review.remarks.append(remark(.settle, author, at, DemoWords.settlements, onCode: false))
      at = DemoCalendar.moment(after: at, workdays: random.below(3), of: reviewer, &random)
    }
    let isAccepted = random.happens(94)
    if isAccepted {
      review.remarks.append(remark(.accept, reviewer, at, DemoWords.acceptances, onCode: false))
    }
    if isAccepted, isTLS(proposal) {
      let second = host(at: at, besides: [author, reviewer])
      at = DemoCalendar.moment(after: at, workdays: 1, of: second, &random)
      review.remarks.append(remark(.accept, second, at, DemoWords.acceptances, onCode: false))
    }
    let by = random.happens(70) ? reviewer : host(at: at, besides: [author])
    let landed = DemoCalendar.moment(after: at, workdays: random.below(2), of: by, &random)
    proposal.review = review
    proposal.landing = landing(landed, by, of: author, commits: proposal.commits.count)
    if random.happens(12) {
      proposal.isPull = false
      proposal.landing?.way = .submit
    }
  }

  /// Working days until somebody answers: better in the last half year than before, at times far too long.
  private mutating func patience(at opened: Instant) -> Int {
    let isLate = opened >= DemoPerson.luciaLeaves
    if random.happens(isLate ? 10 : 22) { return random.number(in: isLate ? 4...7 : 6...14) }
    return random.below(isLate ? 2 : 4)
  }

  /// Pushes a commit that does what the review asked for, and gives the time after it.
  private mutating func answer(_ proposal: inout DemoContribution, at: Instant) -> Instant {
    guard let first = proposal.commits.first, case .extend(let path, let title)? = first.edits.first else {
      return at
    }
    let subject = random.one(of: DemoWords.answers) ?? "Answer the review"
    let piece = "\(subject): \(title.lowercased())"
    proposal.commits.append(
      DemoCommit(subject: subject, by: proposal.author, at: at, edits: [.extend(path: path, title: piece)]))
    return at.advanced(by: Int64(random.number(in: 120...900)))
  }

  private mutating func remark(
    _ kind: DemoRemark.Kind, _ by: DemoPerson, _ at: Instant, _ texts: [String], onCode: Bool = true
  ) -> DemoRemark {
    DemoRemark(
      kind: kind, by: by, at: at, text: random.one(of: texts) ?? "",
      line: onCode ? UInt32(random.number(in: 2...14)) : 0)
  }

  private func isTLS(_ proposal: DemoContribution) -> Bool {
    proposal.commits.contains { commit in
      commit.edits.contains { edit in
        if case .extend(let path, _) = edit { path.hasPrefix("net/tls/") } else { false }
      }
    }
  }
}
