internal import Facts
internal import Git

extension LandedTraces {
  /// Author, opening, landing, revisions and trailers of a change that landed with `commit`.
  func fill(_ trace: inout Trace, _ commit: Int32, _ commits: [Int32], _ grade: Grade) {
    trace.target = branch
    if let first = commits.first ?? (isOrdinary(commit) ? commit : nil) {
      trace.author = identities[Int(history.author(first))]
    }
    // Not `map(name)`, which would copy all of this for each trace.
    trace.commits = commits.map { name($0) }
    trace.paths = history.changedPaths(commit)
    let authored = commits.map { history.authorSeconds($0) }.min() ?? history.authorSeconds(commit)
    let landed = history.committerSeconds(commit)
    let earliest = isSquash(commit) ? nil : Instant(seconds: min(authored, landed))
    trace.observations = [
      Observation(
        .opened, .between(earliest, Instant(seconds: landed)), by: trace.author, .bounded,
        evidence(commits.first ?? commit)),
      Observation(
        .landed(commit: name(commit)), .at(Instant(seconds: landed)), by: lander(commit), grade,
        evidence(commit)),
    ]
    if history.parentCount(commit) > 1, let head = history.parentIDs(commit).dropFirst().first {
      trace.observations.append(
        Observation(
          .revision(ObjectName(git: head)), .between(nil, Instant(seconds: landed)), by: nil, .derived,
          evidence(commit)))
    }
    addPeople(to: &trace, from: commits.contains(commit) ? commits : commits + [commit], landing: commit)
  }

  /// A squash by the forge carries the landing time as author time: it says nothing about the opening.
  private func isSquash(_ commit: Int32) -> Bool {
    history.parentCount(commit) < 2 && history.authorSeconds(commit) == history.committerSeconds(commit)
      && Committers.isForge(identities[Int(history.committer(commit))])
  }

  /// Who put the commit on the branch: its committer; the author of a merge made on the forge's web page.
  private func lander(_ commit: Int32) -> Identity? {
    let committer = identities[Int(history.committer(commit))]
    guard Committers.isForge(committer) || Committers.isGerrit(committer) else { return committer }
    return history.parentCount(commit) > 1 ? identities[Int(history.author(commit))] : nil
  }

  func title(of commit: Int32, _ marker: Marker) -> String {
    let parts = MessageParts(history.utf8Message(commit))
    if let title = marker.title, !title.isEmpty { return title.text }
    let line = marker.titleInBody ? parts.firstBodyLine : parts.subject
    return line.isEmpty ? parts.subject.text : line.text
  }

  func name(_ commit: Int32) -> ObjectName { ObjectName(git: history.id(commit)) }

  func instant(_ commit: Int32) -> Instant { Instant(seconds: history.committerSeconds(commit)) }

  func evidence(_ commit: Int32) -> Evidence { Evidence(object: name(commit)) }
}
