public import Facts

/// Who owns which path at one commit, by its ownership files.
public struct Ownership: Sendable {
  /// Which program's rules were applied.
  public enum Flavour: String, Hashable, Sendable, CaseIterable {
    case gitHub = "github"
    case gitLab = "gitlab"
    /// Gerrit's code-owners plugin.
    case codeOwners = "code-owners"
    case chromium
    case prow
    case kernel
  }

  /// How it is known which format the files have.
  public enum Basis: String, Hashable, Sendable, CaseIterable {
    /// `ownership` of the platform file says so.
    case policy
    /// Only one forge looks in that place.
    case place
    /// The file holds headings of sections.
    case sections
    /// The root holds one forge's settings.
    case settings
    /// The contents of the files fit one format.
    case contents
    /// Nothing tells; this is the more common.
    case assumed
  }

  public let commit: ObjectName
  public let format: OwnershipFormat
  public let flavour: Flavour
  public let basis: Basis
  /// Files that speak, sorted.
  public let files: [String]
  /// What was not understood or not evaluated, in the order of the files.
  public let problems: [OwnershipProblem]
  private let content: Content

  private enum Content: Sendable {
    case gitHub(CodeOwnersFile)
    case gitLab(GitLabOwnersFile)
    case tree(OwnersTree)
    case prow(ProwOwners)
    case kernel(MaintainersFile)
  }

  private init(
    _ snapshot: OwnershipSnapshot, _ format: OwnershipFormat, _ flavour: Flavour, _ basis: Basis,
    files: [String], problems: [OwnershipProblem], _ content: Content
  ) {
    commit = snapshot.commit
    self.format = format
    self.flavour = flavour
    self.basis = basis
    self.files = files
    self.problems = snapshot.problems + problems
    self.content = content
  }

  /// Makes sense of the files of a commit, in the format that a policy names, or else the one that they show.
  ///
  /// Nil when there is no such file.
  public init?(_ snapshot: OwnershipSnapshot, format: OwnershipFormat?) {
    switch format {
    case .codeOwners?: self.init(gitHub: snapshot, .policy)
    case .gitLabCodeOwners?: self.init(gitLab: snapshot, .policy)
    case .owners?: self.init(tree: snapshot)
    case .maintainers?: self.init(kernel: snapshot, .policy)
    case nil: self.init(detecting: snapshot)
    }
  }

  /// Without a policy: CODEOWNERS before OWNERS before MAINTAINERS.
  private init?(detecting snapshot: OwnershipSnapshot) {
    let paths = Set(snapshot.files.map(\.path))
    if paths.contains(".github/CODEOWNERS") {
      self.init(gitHub: snapshot, .place)
    } else if let file = Self.first(OwnershipFormat.gitLabCodeOwners.places, in: snapshot) {
      let hasSections = OwnershipLines(file.bytes).contains { Heading($0.text.trimmed) != nil }
      if file.path == ".gitlab/CODEOWNERS" {
        self.init(gitLab: snapshot, .place)
      } else if hasSections {
        self.init(gitLab: snapshot, .sections)
      } else if snapshot.forges == [.gitLab] {
        self.init(gitLab: snapshot, .settings)
      } else {
        self.init(gitHub: snapshot, snapshot.forges == [.gitHub] ? .settings : .assumed)
      }
    } else if paths.contains(where: { $0 == "OWNERS" || $0.hasSuffix("/OWNERS") }) {
      self.init(tree: snapshot)
    } else {
      self.init(kernel: snapshot, .contents)
    }
  }

  private static func first(_ places: [String], in snapshot: OwnershipSnapshot) -> OwnershipFile? {
    for place in places {
      if let file = snapshot.files.first(where: { $0.path == place }) { return file }
    }
    return nil
  }

  private init?(gitHub snapshot: OwnershipSnapshot, _ basis: Basis) {
    guard let file = Self.first(OwnershipFormat.codeOwners.places, in: snapshot) else { return nil }
    let content = CodeOwnersFile(file)
    self.init(
      snapshot, .codeOwners, .gitHub, basis, files: [file.path], problems: content.problems, .gitHub(content))
  }

  private init?(gitLab snapshot: OwnershipSnapshot, _ basis: Basis) {
    guard let file = Self.first(OwnershipFormat.gitLabCodeOwners.places, in: snapshot) else { return nil }
    let content = GitLabOwnersFile(file)
    self.init(
      snapshot, .gitLabCodeOwners, .gitLab, basis, files: [file.path], problems: content.problems,
      .gitLab(content))
  }

  private init?(kernel snapshot: OwnershipSnapshot, _ basis: Basis) {
    guard let file = Self.first(OwnershipFormat.maintainers.places, in: snapshot) else { return nil }
    let content = MaintainersFile(file, folders: snapshot.folders)
    let isKernel = content.sections.contains { !$0.patterns.isEmpty }
    if basis == .contents, !isKernel { return nil }
    let own = isKernel ? [] : [OwnershipProblem(.notThisFormat, at: OwnershipPlace(file: file.path, line: 0))]
    self.init(
      snapshot, .maintainers, .kernel, basis, files: [file.path], problems: own + content.problems,
      .kernel(content))
  }

  private init?(tree snapshot: OwnershipSnapshot) {
    let files = snapshot.files.filter { $0.path.hasSuffix("OWNERS") && !$0.path.hasSuffix("CODEOWNERS") }
    let named = files.filter { $0.path == "OWNERS" || $0.path.hasSuffix("/OWNERS") }
    guard !named.isEmpty else { return nil }
    if named.contains(where: { ProwOwners.isJSON($0) || ProwOwners.isYAML($0) }) {
      let prow = ProwOwners(named, aliases: snapshot.files.first { $0.path == "OWNERS_ALIASES" })
      self.init(
        snapshot, .owners, .prow, .contents, files: named.map(\.path), problems: prow.problems, .prow(prow))
      return
    }
    let parsed = files.map(OwnersFile.init)
    let isChromium = parsed.contains(where: \.isChromium)
    let tree = OwnersTree(parsed, reader: isChromium ? .chromium : .codeOwners)
    self.init(
      snapshot, .owners, isChromium ? .chromium : .codeOwners, isChromium ? .contents : .assumed,
      files: files.map(\.path), problems: tree.problems, .tree(tree))
  }

  /// Whether no file could be made sense of, so that nobody owns anything and nothing can be concluded from it.
  public var isUnreadable: Bool { if case .prow(let owners) = content { owners.isEmpty } else { false } }

  /// Who owns a path.
  public func owners(of path: String) -> PathOwners {
    switch content {
    case .gitHub(let file): file.owners(of: Array(path.utf8))
    case .gitLab(let file): file.owners(of: Array(path.utf8))
    case .tree(let tree): tree.owners(of: path)
    case .prow(let owners): owners.owners(of: path)
    case .kernel(let file): file.owners(of: Array(path.utf8))
    }
  }

  /// Gives every rule with owners to a collector.
  func collect(into collector: inout PartCollector) {
    switch content {
    case .gitHub(let file): file.collect(into: &collector)
    case .gitLab(let file): file.collect(into: &collector)
    case .tree(let tree): tree.collect(into: &collector)
    case .prow(let owners): owners.collect(into: &collector)
    case .kernel(let file): file.collect(into: &collector)
    }
  }

  /// Paths that the files of a snapshot ask to be read as well, sorted.
  ///
  /// Included OWNERS files are to be added to it; of the others it needs to know which are directories.
  public static func missing(
    in snapshot: OwnershipSnapshot
  ) -> (files: [String], folders: [String]) {
    let owners = snapshot.files.filter {
      $0.path.utf8.suffix(6).elementsEqual("OWNERS".utf8) && !$0.path.hasSuffix("CODEOWNERS")
        && !ProwOwners.isYAML($0) && !ProwOwners.isJSON($0)
    }
    let maintainers = snapshot.files.first { $0.path == "MAINTAINERS" }
    return (
      OwnersTree.missingImports(owners.map(OwnersFile.init)),
      maintainers.map(MaintainersFile.folderCandidates) ?? []
    )
  }
}
