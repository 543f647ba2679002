import Facts

/// The approvals in the notes of one review.
struct ReviewApprovals {
  private(set) var list: [ProposedApproval] = []

  init(_ review: ObjectName, _ notes: ReviewNotes, ref: String) {
    let threads = notes.allThreads
    let evidence = Evidence(ref: ref, object: review)
    let decisions = ForgeDecisions(notes.comments.map(\.record))
    let rejections = Self.lastRejections(threads)
    let requesters = Set(notes.requests.map(\.record.requester)).sorted { $0.precedesInBytes($1) }
    let hands = requesters.compactMap { requester in
      Identity(appraise: requester).map { ProposedContributor($0, .requester, of: review) }
    }
    for root in Self.lastApprovals(threads) {
      let record = threads.nodes[root].source.record
      guard let person = Identity(appraise: record.author) else { continue }
      let dating = threads.nodes[root].source.dating([:])
      var approval = ProposedApproval(
        review: review, target: notes.current.targetRef.isEmpty ? nil : notes.current.targetRef,
        revision: record.location?.commit.fullObjectName, person: person, time: dating.time,
        grade: dating.grade == .recorded ? .recorded : .bounded, evidence: evidence,
        isEdited: threads.nodes[root].current != root,
        rejections: rejections.filter { !$0.value.precedesInBytes(record.timestamp) }
          .compactMap { Identity(appraise: $0.key) }.sorted { $0.email.precedesInBytes($1.email) },
        otherTargets: Self.otherTargets(notes), contributors: hands)
      if let mark = record.mark {
        approval.source = .forgeImport
        approval.contribution = mark.contribution
        approval.forgeRequest = mark.group
        Self.readVersions(of: threads.nodes[root], in: threads, into: &approval)
        decisions.apply(to: &approval)
      }
      list.append(approval)
    }
  }

  /// A forge's record is edited in place, and each import tells what it says now; a dismissed review gives no opinion.
  private static func readVersions(
    of node: CommentThreads.Node, in threads: CommentThreads, into approval: inout ProposedApproval
  ) {
    let first = node.source.record
    let versions = node.edits.map { threads.nodes[$0].source.record }
    guard versions.allSatisfy({ $0.author == first.author && $0.mark?.group == first.mark?.group }) else {
      return
    }
    approval.isEdited = false
    approval.isWithdrawn = threads.nodes[node.current].source.record.opinion != .approve
  }

  /// When everybody asked for changes last.
  ///
  /// Edited away or answered, a rejection stays one: whoever thinks otherwise now approves again.
  private static func lastRejections(_ threads: CommentThreads) -> [String: String] {
    var last: [String: String] = [:]
    for record in threads.nodes.map(\.source.record) where record.opinion == .reject {
      let known = last[record.author]
      if known.map({ $0.precedesInBytes(record.timestamp) }) != false {
        last[record.author] = record.timestamp
      }
    }
    return last
  }

  /// Of everybody the last approval of each revision, the latest ones of as many revisions as any review has.
  ///
  /// So nobody's records can make the judging of others' changes long.
  private static func lastApprovals(_ threads: CommentThreads) -> [Int] {
    var last: [String: [String: Int]] = [:]
    func isLater(_ one: Int, _ other: Int) -> Bool {
      let (first, second) = (threads.nodes[one].source.record, threads.nodes[other].source.record)
      return second.timestamp.precedesInBytes(first.timestamp)
    }
    for root in threads.roots {
      let record = threads.nodes[root].source.record
      guard record.opinion == .approve, record.mark?.isOpinion != false else { continue }
      let revision = record.location?.commit ?? ""
      if let known = last[record.author]?[revision], isLater(known, root) { continue }
      last[record.author, default: [:]][revision] = root
    }
    return last.values.flatMap { $0.values.sorted(by: isLater).prefix(revisionLimit) }.sorted()
  }

  /// The most revisions of one review of which one person's approvals are looked at.
  private static let revisionLimit = 64

  /// Branches that the review asked for at any time, apart from the one it asks for now.
  ///
  /// Records state their own times, so nobody can tell which of them an approval was given for.
  private static func otherTargets(_ notes: ReviewNotes) -> [String] {
    let targets = notes.requests.map(\.record.targetRef).filter { !$0.isEmpty }
    let others = targets.filter { !$0.utf8.elementsEqual(notes.current.targetRef.utf8) }
    return Set(others).sorted { $0.precedesInBytes($1) }
  }
}
