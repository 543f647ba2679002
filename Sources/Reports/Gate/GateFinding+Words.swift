import Facts
import Rules

extension GateFinding {
  init(_ violation: GateViolation, reference: String) {
    let words = GateWords(of: violation.kind, at: reference)
    self.init(
      rule: words.rule, reference: reference, path: words.path, commit: violation.commit,
      message: words.message, remedy: words.remedy)
  }
}

/// A violation in words.
private struct GateWords {
  var rule: GateRule
  var message: StyledText
  var remedy: StyledText?
  var path: String?

  init(_ rule: GateRule, _ message: StyledText, _ remedy: StyledText? = nil, path: String? = nil) {
    self.rule = rule
    self.message = message
    self.remedy = remedy
    self.path = path
  }

  /// Labelled, so that no case of a rule is ever taken for the kind of the same name.
  init(of kind: GateViolation.Kind, at reference: String) {
    switch kind {
    case .notApproved(let requirement): self = Self.lacking(requirement, .notApproved)
    case .policyNotApproved(let requirement): self = Self.lacking(requirement, .policyNotApproved)
    case .flaw(let flaw): self = Self.flaw(flaw)
    case .obstacle(let obstacle):
      self.init(.incomplete, Words.obstacle(obstacle), Words.remedy(obstacle))
    case .notes(let flaw): self = Self.notes(flaw)
    case .rewind, .moved, .deletion, .tagMoved, .tagOutsideBranches, .ambiguousName:
      self = Self.movement(kind, reference)
    default: self = Self.policy(kind)
    }
  }

  private static func lacking(_ requirement: GateRequirement, _ rule: GateRule) -> GateWords {
    let first = requirement.paths.first ?? ""
    if first.isEmpty { return unchanged(requirement, rule) }
    let others = requirement.pathCount > 1 ? " and \(requirement.pathCount - 1) more" : ""
    let what: StyledText = rule == .policyNotApproved ? "a change of the policy, " : ""
    let has: StyledText =
      requirement.approvedBy.isEmpty
      ? "has none" : "has that of \(requirement.approvedBy.joined(separator: ", "), .person)"
    let people = requirement.needed == 1 ? "1 approval" : "approvals by \(requirement.needed) people"
    let sources = DelegationPolicy.Source.allCases.filter(requirement.from.contains).map(\.rawValue)
    let message: StyledText =
      "\(first, .code)\(others): \(what)needs \(people) from \(sources.joined(separator: " or ")), \(has)"
    let teams = requirement.hostTeams.joined(separator: " or ")
    let who: StyledText =
      requirement.hostTeams.isEmpty
      ? "no team hosts it; say in platform.json5 or roster.json5 who does"
      : "ask \(teams) for a review of exactly these commits; `tributary reviewers` names who may"
    return GateWords(rule, message, who, path: first)
  }

  /// For commits that change nothing.
  private static func unchanged(_ requirement: GateRequirement, _ rule: GateRule) -> GateWords {
    GateWords(
      rule,
      "a commit without changes needs approvals by \(requirement.needed) too, has \(requirement.approvedBy.count)",
      "leave it out, or ask for a review of it")
  }

  private static func flaw(_ flaw: ObjectFlaw) -> GateWords {
    let path = String(decoding: flaw.path, as: UTF8.self)
    let commit: StyledText = "commit \(flaw.commit.short, .id)"
    let anew: StyledText = "make the commit anew with git; it was written by something else"
    switch flaw.kind {
    case .malformedCommit(let detail): return GateWords(.malformedObject, "\(commit) has \(detail)", anew)
    case .nulInMessage:
      return GateWords(
        .malformedObject, "\(commit) has a zero byte in its message; Git hides what follows it", anew)
    case .tooManyParents(let count): return GateWords(.malformedObject, "\(commit) has \(count) parents")
    case .severalSignatures:
      return GateWords(
        .malformedObject, "\(commit) has two signatures; programs disagree on which counts", anew)
    case .malformedTree(let detail):
      return GateWords(.malformedObject, "\(path, .code) in \(commit): \(detail)", anew, path: path)
    case .twin(let other):
      return GateWords(
        .protectedTwin, "\(path, .code) passes for \(String(decoding: other, as: UTF8.self), .code)",
        path: path)
    }
  }

  private static func movement(_ kind: GateViolation.Kind, _ reference: String) -> GateWords {
    switch kind {
    case .rewind:
      GateWords(
        .rewind, "\(reference, .code) would lose commits that it holds",
        "merge or rebase onto what is there; to undo a change, revert it")
    case .moved:
      GateWords(
        .moved, "\(reference, .code) does not stand where this push takes it to stand",
        "fetch, and push again")
    case .deletion: GateWords(.deletion, "\(reference, .code) is guarded and cannot be deleted")
    case .tagMoved:
      GateWords(.tagMoved, "\(reference, .code) is there already; a guarded tag is never moved or deleted")
    case .tagOutsideBranches:
      GateWords(
        .tagOutsideBranches, "\(reference, .code) would name a commit that no guarded branch holds",
        "land the change first")
    default:
      reference.hasPrefix("refs/replace/")
        ? GateWords(
          .ambiguousName, "\(reference, .code) would make Git show one object in the place of another")
        : GateWords(
          .ambiguousName, "\(reference, .code) can be taken for another name", "choose another name")
    }
  }

  private static func policy(_ kind: GateViolation.Kind) -> GateWords {
    switch kind {
    case .policyBroken(let problems):
      let more = problems.count > 1 ? "; \(problems.count) problems in all" : ""
      return GateWords(
        .policyBroken, "the policy could not be read afterwards: \(problems.first ?? "")\(more)",
        "mend it; `tributary policy check` lists everything")
    case .policyUnreadable(let problems):
      let more = problems.count > 1 ? "; \(problems.count) problems in all" : ""
      return GateWords(
        .policyBroken, "the policy cannot be read, so nothing may land: \(problems.first ?? "")\(more)",
        "whoever runs the server has to mend it there")
    case .policyRemoved:
      return GateWords(.policyRemoved, "the policy would be gone, and with it everybody's rights")
    case .grantFlawed(let id, .broughtByNobodyEntitled):
      return GateWords(
        .grantFlawed, "grant \(id, .id) is pushed and approved by nobody who may give it",
        "let whoever gives it push or approve it")
    case .grantFlawed(let id, .idReused):
      return GateWords(
        .grantFlawed, "grant \(id, .id) has the id of one that was taken away", "give it an id of its own")
    case .protectedTwin(let path, let other):
      return GateWords(
        .protectedTwin, "\(path, .code) passes for \(other, .code) on some file systems", "rename it",
        path: path)
    case .unknownContributor(let address):
      return GateWords(
        .unknownContributor, "\(address, .person) had a hand in the change and is not in the roster",
        "add the person to roster.json5")
    case .noRoster:
      return GateWords(
        .noRoster, "the policy has no roster, so nobody can be known to have approved anything",
        "`tributary policy init` writes one from history")
    default:
      return GateWords(
        .noPolicy, "there is no policy to judge by, so nothing may land",
        "let whoever runs the server name the first one: git config tributary.firstPolicy COMMIT")
    }
  }

  private static func notes(_ flaw: NotesFlaw) -> GateWords {
    switch flaw {
    case .rewritten:
      GateWords(
        .notes, "the notes would lose their history", "fetch them and merge: git notes merge -s cat_sort_uniq"
      )
    case .lineRemoved(let object):
      GateWords(
        .notes, "a record on \(object.short, .id) would be gone; records are only added",
        "fetch the notes and merge: git notes merge -s cat_sort_uniq")
    case .notTheirOwn(let object, let author):
      GateWords(
        .notes,
        "a record on \(object.short, .id) speaks for \(author, .person), who neither pushes nor signed it",
        "everybody pushes their own records, or signs them; see `tributary hook doctor` if nobody is known to push"
      )
    case .unreadable(let object, let detail):
      GateWords(.notes, "a record on \(object.short, .id) cannot be read: \(detail)")
    case .serverOwn:
      GateWords(.notes, "these notes are the server's own record", "nobody pushes them")
    case .systemOwn(let system):
      GateWords(
        .notes, "\(system.words) count as approvals, so nobody but their service pushes them",
        "give the service a key that vouches in roster.json5, and let it push")
    case .takenBack(let author):
      GateWords(
        .notes, "an approval by \(author, .person) would be taken back, who does not push it",
        "everybody takes back their own approvals")
    }
  }
}
