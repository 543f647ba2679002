import Facts
import Rules

extension Words {
  /// Why a right did not hold at a moment, with the grant that came nearest and by how much it missed.
  static func grantMiss(_ miss: GrantMiss, at moment: Instant? = nil) -> StyledText {
    switch miss {
    case .noGrant: "holds no grant"
    case .nobodyMayGrant: "the policy lets nobody grant rights"
    case .tooManyGrants: "the policy has more grants than are looked through (\(GrantChains.grantLimit))"
    case .outOfScope(let id): "grant \(id, .id) does not cover what the change touches"
    case .branchNotGranted(let id): "grant \(id, .id) is meant for other branches"
    case .verbMissing(let id, let verb): "grant \(id, .id) does not let its holder \(verb.rawValue)"
    case .tooManyPaths(let id, let limit):
      "grant \(id, .id) may be used on changes of at most \(counted(limit, "path"))"
    case .kindNotGranted(let id, let kind):
      "grant \(id, .id) may not be used on a change of the kind \(kind.rawValue)"
    case .selfGranted(let id): "grant \(id, .id) was given by its own holder"
    case .circle(let id): "grant \(id, .id) rests on itself"
    case .chainTooLong(let id): "grant \(id, .id) rests on a chain of more than \(GrantChains.chainLimit)"
    case .depthUsedUp(let id): "grant \(id, .id) may not be passed on so often"
    case .noAutomaticRule(let id):
      "grant \(id, .id) is of a ladder by which the policy does not give this right"
    case .overCap(let id): "grant \(id, .id) is one too many of those that its ladder may give at once"
    case .orphaned(let id, let grantor):
      "grant \(id, .id) was given by \(grantor), who had no right to give it"
    case .pathNotGrantable(let id): "grant \(id, .id) covers paths that the policy lets nobody grant"
    case .tooLong(let id): "grant \(id, .id) runs longer than the policy allows"
    case .flawed(let id, .broughtByNobodyEntitled):
      "grant \(id, .id) came to the branch with a commit that nobody entitled wrote or approved"
    case .flawed(let id, .idReused): "grant \(id, .id) has the id of one that was taken away"
    case .notYet(let id, let from):
      "grant \(id, .id) began on \(from.shown.date) only\(distance(from, moment, "later"))"
    case .revoked(let id, let on):
      "grant \(id, .id) was taken back on \(on.shown.date)\(distance(on, moment, "before"))"
    case .expired(let id, let at):
      "grant \(id, .id) had expired on \(at.shown.date)\(distance(at, moment, "before"))"
    }
  }

  /// `, 3d 4h before`: how far a date lies from the moment in question.
  private static func distance(_ date: Instant, _ moment: Instant?, _ side: String) -> String {
    guard let moment, date != moment else { return "" }
    let (seconds, overflow) = date.seconds.subtractingReportingOverflow(moment.seconds)
    return overflow ? "" : ", \(DurationWords.elapsed(Int64(clamping: seconds.magnitude))) \(side)"
  }
}
