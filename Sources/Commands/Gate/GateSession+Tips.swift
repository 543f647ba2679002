internal import Facts
internal import Git
internal import Harvest
internal import Rules

extension GateSession {
  /// A guarded tag is made once, on what guarded branches hold before the push.
  func tag(_ update: Update, _ guards: GuardedReferences) throws(UpdateObstacle) -> UpdateVerdict {
    guard update.old == nil, let new = update.new else {
      return blank(update, .refused, [GateViolation(.tagMoved)])
    }
    let found: ObjectID?
    do throws(GitError) {
      found = try repository.peelToCommit(new)
    } catch {
      throw .unreadable(ObjectName(git: new), detail: error.message)
    }
    guard let commit = found else { throw .notACommit(ObjectName(git: new)) }
    let reader = ProposalReader(repository, budget: budget, seconds: setting.seconds)
    let isHeld = try reader.isHeld(commit, by: try guardedTips(guards))
    return isHeld ? blank(update, .passed) : blank(update, .refused, [GateViolation(.tagOutsideBranches)])
  }

  /// What a new guarded branch may start from without further ado: what stands on the main branch, and on the policy's.
  ///
  /// What other branches hold was approved for these.
  func mainTips() throws(UpdateObstacle) -> [ObjectID] {
    do throws(GitError) {
      var tips: [ObjectID] = []
      for name in [setting.main, setting.policyBranch] {
        if let name, let tip = try repository.resolve(reference: name) { tips.append(tip) }
      }
      return tips
    } catch {
      throw .unreadable(ObjectName(git: .zero), detail: error.message)
    }
  }

  /// What guarded branches hold before the push.
  private func guardedTips(_ guards: GuardedReferences) throws(UpdateObstacle) -> [ObjectID] {
    do throws(GitError) {
      return try repository.references(under: "refs/heads/").filter { guards.kind(of: $0.name) == .branch }
        .compactMap(\.target)
    } catch {
      throw .unreadable(ObjectName(git: .zero), detail: error.message)
    }
  }
}
