internal import Facts
internal import Rules

extension Words {
  /// Which files were read, and by whose rules.
  static func ownership(_ source: OwnershipRecord.Source) -> StyledText {
    let files = source.files.prefix(3).joined(separator: ", ")
    let rest = source.files.count > 3 ? " and \(source.files.count - 3) more" : ""
    return
      "\(files)\(rest) – \(flavour(source.flavour)), \(basis(source.basis)); at \(source.commit.short, .id)"
  }

  private static func flavour(_ flavour: Ownership.Flavour) -> String {
    switch flavour {
    case .gitHub: "as GitHub reads it"
    case .gitLab: "as GitLab reads it"
    case .codeOwners: "as Gerrit's code-owners reads it"
    case .chromium: "as Chromium's tools read it"
    case .prow: "as Prow reads it"
    case .kernel: "as get_maintainer.pl reads it"
    }
  }

  private static func basis(_ basis: Ownership.Basis) -> String {
    switch basis {
    case .policy: "as the policy says"
    case .place: "told by its place"
    case .sections: "told by its sections"
    case .settings: "told by the forge's settings beside it"
    case .contents: "told by its contents"
    case .assumed: "assumed, as nothing tells"
    }
  }

  /// Somebody whom a file names: by name where they are met here, otherwise as the file does.
  static func owner(_ candidate: ChangeOwners.Candidate, _ people: People) -> String {
    if let person = candidate.person { return people[person].shown }
    return candidate.team ?? ownerName(candidate.owner.name)
  }

  /// A name as the file writes it.
  static func ownerName(_ name: Owner.Name) -> String {
    switch name {
    case .address(let name, let email): name.isEmpty ? email : "\(name) <\(email)>"
    case .login(let login): "@\(login)"
    case .team(let team): "@\(team)"
    case .role(let role): "@@\(role)"
    case .everyone: "everybody"
    }
  }

  static func flaw(_ flaw: OwnershipProblem.Flaw) -> StyledText {
    switch flaw {
    case .symbolicLink: "is a symbolic link, which is not followed"
    case .submodule: "is a submodule, whose files are not read"
    case .missingObject: "is not in this clone"
    case .oversized(let bytes, let limit): "has \(bytes) bytes, more than the limit of \(limit)"
    case .tooMany(let limit): "has more than \(limit); the rest is left out"
    case .yaml: "is YAML, which is not read, so it names nobody here; the same written as JSON would be"
    case .notThisFormat: "is not in the format that its name promises"
    case .negation: "begins with !, which CODEOWNERS does not know"
    case .tripleStar: "holds ***, which stands for nothing"
    case .escapedHash: "begins with \\#, which CODEOWNERS does not know"
    case .emptyPattern: "has no pattern"
    case .patternTooLarge: "has a pattern that is too large to be matched"
    case .expression(let what): "is an expression with \(what), which is not evaluated"
    case .owner(let word): "names '\(word)', which is no login, team or address"
    case .sectionHeader: "begins as a section does and is none"
    case .unknownLine: "is no line of this format"
    case .blankInList: "has blanks around the commas of a list"
    case .slashInGlob: "has a slash where only the name of a file may stand"
    case .include(let path):
      "includes '\(path)', which is not there, in another repository, or no OWNERS file"
    case .contentPattern: "is a pattern for contents, which is not evaluated"
    case .roleUnknown(let word): "names '\(word)', which is no role"
    }
  }
}

extension ContributionEntry {
  /// Who may speak for the change by file, each once, as reports name them.
  var ownersByFile: [String] {
    var seen = Set<String>()
    return (assessment.owners?.approvers ?? []).map { Words.owner($0, people) }.filter {
      seen.insert($0).inserted
    }
  }
}
