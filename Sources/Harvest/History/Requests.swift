internal import Facts
internal import Git

/// Which commit landed each request that commit messages name, checked against the request's own head where Git
/// still has it.
///
/// A number in a message may belong to another repository (imported history, forks), so wherever a head ref exists
/// the merge must contain the head. Without refs the number is taken as written, with a lower grade off the
/// branch's own line.
struct Requests {
  struct Landing {
    let commit: Int32
    let marker: Marker
    let found: HeadClass
    let grade: Grade
  }

  /// The landing of each request.
  private(set) var landings: [RequestKey: Landing] = [:]
  /// Requests by the commit that landed them; several for a batch.
  private(set) var byCommit: [Int32: [RequestKey]] = [:]
  /// Commits of a request that landed as several commits of the branch, each with the request's line, oldest first.
  private(set) var series: [RequestKey: [Int32]] = [:]
  /// Marked commits whose number stands for no request of this repository, or that landed one a second time.
  private(set) var unplaced: [Int32] = []

  private let history: History
  private let line: BranchLine
  let refs: RequestRefs
  private var inSeries: Set<Int32> = []
  private let trustsBareNumbers: Bool

  init(_ history: History, line: BranchLine, markers: MarkerIndex, refs: RequestRefs) {
    self.history = history
    self.line = line
    self.refs = refs
    trustsBareNumbers = markers.trustsBareNumbers
    var candidates: [RequestKey: [(commit: Int32, marker: Marker)]] = [:]
    for (commit, marker) in markers.markers {
      for number in marker.numbers {
        candidates[RequestKey(forge: marker.forge, number: number), default: []].append((commit, marker))
      }
    }
    for (key, entries) in candidates {
      guard var landing = landing(of: key, entries) else { continue }
      if landing.marker.shape == .line, history.parentCount(landing.commit) < 2, entries.count > 1 {
        landing = takeSeries(key, entries.map(\.commit), landing)
      }
      landings[key] = landing
      byCommit[landing.commit, default: []].append(key)
    }
    for commit in byCommit.keys { byCommit[commit]?.sort() }
    unplaced = markers.markers.keys.filter { byCommit[$0] == nil && !inSeries.contains($0) }.sorted()
  }

  /// Whether the commit is part of a request that another commit completed.
  func isInSeries(_ commit: Int32) -> Bool { inSeries.contains(commit) }

  /// Takes all commits of a request that landed without a merge: Marge writes `Part-of` into each of them.
  ///
  /// The request landed with the last commit of the first run of them.
  private mutating func takeSeries(_ key: RequestKey, _ commits: [Int32], _ first: Landing) -> Landing {
    let members = commits.filter { commit in
      let owner = line.owner[Int(commit)]
      return history.parentCount(commit) < 2 && line.holds(commit) && (owner < 0 || owner == commit)
    }.sorted(by: >)
    guard members.count > 1 else { return first }
    let last = line.endOfRun(members, history)
    series[key] = members
    inSeries.formUnion(members)
    inSeries.remove(last)
    return Landing(commit: last, marker: first.marker, found: first.found, grade: first.grade)
  }

  /// The classes of `HeadClass` in their order; of several commits of one class the one with the better grade, then the earliest.
  private func landing(of key: RequestKey, _ entries: [(commit: Int32, marker: Marker)]) -> Landing? {
    var best: Landing?
    for (commit, marker) in entries {
      guard let candidate = judge(key, commit, marker) else { continue }
      guard let known = best else {
        best = candidate
        continue
      }
      if precedes(candidate, known) { best = candidate }
    }
    return best
  }

  private func precedes(_ left: Landing, _ right: Landing) -> Bool {
    if left.found != right.found { return rank(left.found) < rank(right.found) }
    if left.grade != right.grade { return left.grade > right.grade }
    let (one, other) = (history.committerSeconds(left.commit), history.committerSeconds(right.commit))
    if one != other { return one < other }
    return history.id(left.commit) < history.id(right.commit)
  }

  private func rank(_ found: HeadClass) -> Int { HeadClass.allCases.firstIndex(of: found) ?? .max }

  private func judge(_ key: RequestKey, _ commit: Int32, _ marker: Marker) -> Landing? {
    let onLine = line.isOnLine(commit)
    let isMerge = history.parentCount(commit) > 1
    let verified = refs.heads[key].map { contains($0.target, commit) }
    func placed(_ found: HeadClass, _ grade: Grade) -> Landing {
      Landing(commit: commit, marker: marker, found: found, grade: grade)
    }
    switch marker.shape {
    case .mergeButton where isMerge, .namedMerge:
      if verified == false {
        return carriesWork(of: key, commit) ? placed(.namedNotVerified, .claimed) : nil
      }
      if verified == nil, refs.has(key.forge), key.number <= refs.newest[key.forge] ?? 0, !onLine {
        return nil
      }
      let found: HeadClass =
        marker.shape == .namedMerge ? .namedMerge : onLine ? .mergeCommit : .mergeNested
      return placed(found, verified == true || onLine ? .derived : .claimed)
    case .line:
      if verified == true { return placed(onLine ? .mergeCommit : .mergeNested, .derived) }
      return placed(.namedNotVerified, isMerge && onLine ? .derived : .claimed)
    case .mergeButton, .squash:
      return squash(key, commit, onLine).map { placed($0.0, $0.1) }
    }
  }

  /// A single commit with the number at the end of its subject.
  ///
  /// The forge's own squash has the forge as committer and equal dates. Anything else may have been written by
  /// hand, or picked from elsewhere with its number.
  private func squash(_ key: RequestKey, _ commit: Int32, _ onLine: Bool) -> (HeadClass, Grade)? {
    if refs.has(key.forge), refs.heads[key] == nil, key.number <= refs.newest[key.forge] ?? 0 { return nil }
    let byForge =
      Committers.isForge(history.identities[Int(history.committer(commit))].email)
      && history.authorSeconds(commit) == history.committerSeconds(commit)
    guard byForge || trustsBareNumbers || key.forge != .github else { return nil }
    if onLine {
      return (.squash, byForge || refs.heads[key] != nil || key.forge != .github ? .derived : .claimed)
    }
    let owner = line.owner[Int(commit)]
    guard owner < 0 || owner == commit, byForge, resemblesHead(of: key, commit) else { return nil }
    return (.namedNotVerified, .claimed)
  }

  /// Whether a merge that lacks the head brought a commit of it in another form: same author's address and author time.
  ///
  /// Somebody rebased the request by hand before merging it. A number of another repository has no such commit.
  private func carriesWork(of key: RequestKey, _ merge: Int32) -> Bool {
    guard let head = refs.heads[key].flatMap({ history.index(of: $0.target) }) else { return false }
    let wanted = (0..<20).reduce(into: (commits: [Int32](), next: Optional(head))) { walk, _ in
      guard let commit = walk.next, !line.holds(commit) else { return }
      walk.commits.append(commit)
      walk.next = history.firstParent(commit)
    }.commits
    let sides = history.parents(merge).dropFirst().filter { $0 >= 0 }
    return sides.contains { side in
      var next: Int32? = side
      for _ in 0..<50 {
        guard let commit = next, line.landing[Int(commit)] == line.landing[Int(merge)] else { return false }
        if wanted.contains(where: { isSameWork($0, commit) }) { return true }
        next = history.firstParent(commit)
      }
      return false
    }
  }

  private func isSameWork(_ one: Int32, _ other: Int32) -> Bool {
    history.authorSeconds(one) == history.authorSeconds(other)
      && history.identities[Int(history.author(one))].emailBytes
        == history.identities[Int(history.author(other))].emailBytes
  }

  /// Whether a commit that names a request by number has the author of its head.
  private func resemblesHead(of key: RequestKey, _ commit: Int32) -> Bool {
    guard let head = refs.heads[key].flatMap({ history.index(of: $0.target) }) else { return false }
    return history.identities[Int(history.author(head))].emailBytes
      == history.identities[Int(history.author(commit))].emailBytes
      || MessageParts(history.utf8Message(head)).subject
        == MessageParts(history.utf8Message(commit)).subject.dropLast("(#\(key.number))".utf8.count).trimmed
  }

  /// The parent through which a merge of several requests brought this one: the request's head itself, else the only
  /// parent that descends from it.
  func parent(with key: RequestKey, _ merge: Int32) -> Int32? {
    guard let head = refs.heads[key].flatMap({ history.index(of: $0.target) }),
      line.landing[Int(head)] == line.landing[Int(merge)]
    else { return nil }
    let sides = history.parents(merge).dropFirst().filter { $0 >= 0 }
    if sides.contains(head) { return head }
    let descendants = sides.filter { history.isAncestor(head, of: $0) }
    return descendants.count == 1 ? descendants.first : nil
  }

  /// Whether a merge brought the head: it is, or descends into, one of the merge's other parents.
  private func contains(_ head: ObjectID, _ commit: Int32) -> Bool {
    let sides = history.parents(commit).dropFirst()
    guard let index = history.index(of: head) else {
      return history.parentIDs(commit).dropFirst().contains(head)
    }
    return sides.contains { $0 == index || ($0 >= 0 && history.isAncestor(index, of: $0)) }
  }
}

/// Committers that stand for a forge rather than for a person.
enum Committers {
  /// GitHub's web server commits as this address; the person who pressed the button is the author or not known.
  static func isForge(_ identity: Identity) -> Bool { isForge(identity.email) }

  static func isForge(_ email: String) -> Bool { email == "noreply@github.com" }
}
