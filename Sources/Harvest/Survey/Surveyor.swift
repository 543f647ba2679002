internal import Facts
internal import Git

/// Looks through all refs, notes and the newest commit for places that hold review data.
///
/// A ref may point at anything, at nothing, and have any name: what cannot be read is counted with its place.
struct Surveyor {
  private let context: SourceContext
  /// The newest commit that was read.
  private let tip: ObjectID
  /// Commits of the branch by the year of their committer date.
  private let commits: [Int: Int]
  private let policies: Int

  init(_ context: SourceContext, tip: ObjectID, policies: Int) {
    self.context = context
    self.tip = tip
    self.policies = policies
    var commits: [Int: Int] = [:]
    for commit in context.line.held { commits[Self.year(commit, context.history), default: 0] += 1 }
    self.commits = commits
  }

  func survey() throws -> Survey {
    var survey = Survey()
    var groups: [String: (namespace: Namespace, refs: [Reference])] = [:]
    var unknown: [String: Int] = [:]
    for reference in context.references {
      switch RefNames.kind(of: reference.name) {
      case .ordinary: survey.ordinaryRefs += 1
      case .unknown(let pattern): unknown[pattern, default: 0] += 1
      case .notes(let namespace): survey.places.append(notes(reference, namespace))
      case .known(let namespace, let pattern):
        groups[pattern, default: (namespace, [])].refs.append(reference)
      }
    }
    survey.unknown = unknown.sorted { $0.key < $1.key }.map { .init(pattern: $0.key, refs: $0.value) }
    for (pattern, group) in groups { survey.places.append(place(group.namespace, pattern, group.refs)) }
    survey.places += [signatures(), mailArchive(), policyFiles()].compactMap { $0 }
    survey.places += TipFiles(context.repository, tip: tip).places()
    let order = Dictionary(uniqueKeysWithValues: Namespace.allCases.enumerated().map { ($1, $0) })
    survey.places.sort { left, right in
      (order[left.namespace] ?? 0, left.name) < (order[right.namespace] ?? 0, right.name)
    }
    return survey
  }

  // MARK: Refs

  private func place(_ namespace: Namespace, _ pattern: String, _ refs: [Reference]) -> Survey.Place {
    var place = Survey.Place(namespace, pattern, records: refs.count)
    for reference in refs {
      guard let target = reference.target, let seconds = seconds(of: reference.peeled ?? target) else {
        place.unreadable += 1
        continue
      }
      let moment = Instant(seconds: seconds)
      if context.asOf.map({ moment <= $0 }) ?? true { place.see(moment) }
    }
    if namespace == .patchSets {
      let changes = refs.map { $0.name[..<($0.name.lastIndex(of: "/") ?? $0.name.endIndex)] }
      place.counts = [.init("changes", Set(changes).count)]
    }
    return place
  }

  /// When the commit was committed that a ref leads to; nil for anything else, or when it cannot be read.
  private func seconds(of target: ObjectID) -> Int64? {
    if let commit = context.history.index(of: target) { return context.history.committerSeconds(commit) }
    // What cannot be read is counted by the caller, with the place it was met in.
    guard let peeled = try? context.repository.peelToCommit(target) else { return nil }
    return (try? context.repository.commit(peeled))?.committer?.seconds
  }

  // MARK: Notes

  private func notes(_ reference: Reference, _ namespace: Namespace) -> Survey.Place {
    var place = Survey.Place(namespace, reference.name, records: 0)
    // A notes ref that leads nowhere, or to no commit, is told as one unreadable record.
    guard let target = reference.target, let commit = try? context.repository.peelToCommit(target),
      let notes = try? context.repository.notes(inCommit: commit)
    else {
      place.unreadable = 1
      return place
    }
    place.records = notes.entries.count
    var years: [Int: Int] = [:]
    var held = 0
    for entry in notes.entries {
      guard let commit = context.history.index(of: entry.annotated), context.line.holds(commit) else {
        continue
      }
      held += 1
      place.see(Instant(seconds: context.history.committerSeconds(commit)))
      years[Self.year(commit, context.history), default: 0] += 1
    }
    if held > 0 { place.coverage = shares(years) }
    place.counts = [
      .init("on-branch", held), .init("elsewhere", notes.entries.count - held),
      .init("other-entries", notes.otherEntries),
    ]
    return place
  }

  // MARK: The branch

  private func signatures() -> Survey.Place? {
    var years: [Int: Int] = [:]
    var place = Survey.Place(.signatures, "commit signatures", records: 0)
    for commit in context.line.held where context.history.isSigned(commit) {
      place.records += 1
      place.see(Instant(seconds: context.history.committerSeconds(commit)))
      years[Self.year(commit, context.history), default: 0] += 1
    }
    place.coverage = shares(years)
    return place.records > 0 ? place : nil
  }

  /// A branch whose newest commit holds one mail and nothing else is a mail archive (public-inbox, version 2).
  private func mailArchive() -> Survey.Place? {
    // A tree that cannot be read is told by the reading of history.
    guard let tree = try? context.repository.tree(ofCommit: tip),
      let entries = try? context.repository.tree(tree), entries.count == 1,
      entries[0].name == Array("m".utf8) || entries[0].name == Array("d".utf8)
    else { return nil }
    var place = Survey.Place(.mailArchive, context.branch, records: context.line.line.count)
    for commit in context.line.line { place.see(Instant(seconds: context.history.committerSeconds(commit))) }
    return place
  }

  private func policyFiles() -> Survey.Place? {
    policies > 0 ? Survey.Place(.policies, "policies/", records: policies) : nil
  }

  private func shares(_ years: [Int: Int]) -> [YearShare] {
    commits.sorted { $0.key < $1.key }.map { YearShare(year: $0.key, have: years[$0.key] ?? 0, of: $0.value) }
  }

  private static func year(_ commit: Int32, _ history: History) -> Int {
    Instant(seconds: history.committerSeconds(commit)).year
  }
}
