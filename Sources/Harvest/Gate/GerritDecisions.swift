import Facts

/// What the log of one Gerrit change says for and against its patch sets, as a gate asks for it.
///
/// Only `Code-Review` approves. The log is the server's and in order, so every vote is for the branch and the patch set
/// that the change had then, and a later word of the same account ends an earlier one. A vote that the server carried
/// to a newer patch set is nobody's new word: what was approved is the patch set it was cast on.
struct GerritDecisions {
  private(set) var approvals: [ProposedApproval] = []

  private let change: GerritChange
  private var places: [ObjectName: Int] = [:]

  /// The label on which Gerrit's reviewers give their opinion of the code.
  static let label = "Code-Review"

  init(_ change: GerritChange, labels: ReviewLabels) {
    self.change = change
    for (place, update) in change.updates.enumerated() { places[update.commit] = place }
    var observations = ChangeObservations(change, labels: labels)
    for observation in observations.all() {
      guard let voter = observation.actor else { continue }
      take(observation, voter)
    }
  }

  private mutating func take(_ observation: Observation, _ voter: Identity) {
    let isOpinion = observation.vote?.label == Self.label
    switch observation.kind {
    case .verdict(.approve, let revision) where isOpinion: approve(observation, revision, voter)
    case .verdict(.reject, _): reject(voter)
    case .verdict(.neutral, _) where isOpinion, .verdictWithdrawn where isOpinion:
      for number in approvals.indices where approvals[number].person == voter {
        approvals[number].isWithdrawn = true
      }
    default: break
    }
  }

  /// A rejection ends what the same person approved before, under any account, whatever becomes of it.
  private mutating func reject(_ voter: Identity) {
    for number in approvals.indices where !approvals[number].rejections.contains(voter) {
      approvals[number].rejections.append(voter)
    }
  }

  private mutating func approve(_ observation: Observation, _ revision: ObjectName?, _ voter: Identity) {
    guard let place = places[observation.evidence.object] else { return }
    let update = change.updates[place]
    approvals.removeAll { $0.person == voter && $0.revision == revision }
    // Cast by somebody else in the voter's name, it is that other one's word.
    let isOwn = update.actor == voter && (update.realActor ?? voter) == voter
    var approval = ProposedApproval(
      review: revision ?? update.commit, target: target(at: place), revision: revision, person: voter,
      time: observation.time, grade: isOwn ? observation.grade : min(observation.grade, .claimed),
      evidence: observation.evidence,
      contributors: hands(upTo: place, update.patchSet, in: revision ?? update.commit))
    approval.source = .gerrit
    approval.contribution = .change(String(change.number))
    approvals.append(approval)
  }

  /// The branch that the change asked for when an update was written.
  private func target(at place: Int) -> String? {
    change.targets.last { $0.place <= place }?.branch
  }

  /// Whoever opened the change, or pushed the patch set that was approved or one before it.
  private func hands(
    upTo place: Int, _ patchSet: Int, in revision: ObjectName
  ) -> [ProposedContributor] {
    var hands: [ProposedContributor] = []
    if let owner = change.owner {
      hands.append(ProposedContributor(owner, .requester, of: revision))
    }
    for update in change.updates[...place] where update.patchSet <= patchSet {
      guard update.upload != nil else { continue }
      for person in [update.actor, update.realActor] {
        if let person { hands.append(ProposedContributor(person, .pusher, of: revision)) }
      }
    }
    return hands
  }
}
