internal import Facts
internal import Git

/// A branch as it was read: its commits, how each came to it, and who made them.
struct ReadBranch: Sendable {
  let history: History
  let line: BranchLine
  /// Authors and committers by their numbers in the history.
  let identities: [Identity]
  /// For each identity the number of its address; equal addresses have equal numbers.
  let addresses: [Int32]

  init(_ history: History, line: BranchLine, identities: [Identity]) {
    self.history = history
    self.line = line
    self.identities = identities
    addresses = Self.numbersOfAddresses(identities)
  }

  /// The number of the address of a commit's author.
  func author(_ commit: Int32) -> Int32 { addresses[Int(history.author(commit))] }

  private static func numbersOfAddresses(_ identities: [Identity]) -> [Int32] {
    var numbers: [String: Int32] = [:]
    return identities.map { identity in
      if let known = numbers[identity.email] { return known }
      let next = Int32(numbers.count)
      numbers[identity.email] = next
      return next
    }
  }
}

extension BranchLine {
  /// The newest commit of the branch on a head's own line; nil when there is none within a thousand commits.
  func base(of head: Int32, in history: History) -> Int32? {
    var next: Int32? = head
    var steps = 0
    while let commit = next, steps < 1000 {
      if holds(commit) { return commit }
      next = history.firstParent(commit)
      steps += 1
    }
    return nil
  }
}
