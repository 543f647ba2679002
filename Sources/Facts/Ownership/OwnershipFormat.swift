/// The file format in which a repository says who owns which path.
public enum OwnershipFormat: String, Hashable, Sendable, CaseIterable {
  /// GitHub's CODEOWNERS.
  case codeOwners = "CODEOWNERS"
  /// GitLab's CODEOWNERS, which has sections and looks in other places.
  case gitLabCodeOwners = "GITLAB-CODEOWNERS"
  /// A file in each directory, as Chromium, Gerrit's code-owners and Prow know it.
  case owners = "OWNERS"
  /// The kernel's list of sections, read as its `get_maintainer.pl` does.
  case maintainers = "MAINTAINERS"

  /// Paths at which a commit may hold the file, the one that counts first; none for a file in each directory.
  public var places: [String] {
    switch self {
    case .codeOwners: [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]
    case .gitLabCodeOwners: ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]
    case .owners: []
    case .maintainers: ["MAINTAINERS"]
    }
  }

  /// The largest file that is read, in bytes; 3 MB is GitHub's own limit.
  public var byteLimit: Int {
    switch self {
    case .codeOwners: 3 * 1_048_576
    case .gitLabCodeOwners, .maintainers: 8 * 1_048_576
    case .owners: 1_048_576
    }
  }
}

/// One ownership file as a commit has it.
public struct OwnershipFile: Hashable, Sendable {
  /// From the root of the repository.
  public var path: String
  public var bytes: [UInt8]
  public var object: ObjectName

  public init(path: String, bytes: [UInt8], object: ObjectName) {
    self.path = path
    self.bytes = bytes
    self.object = object
  }
}

/// The ownership files of one commit, as far as some paths need them, before anybody made sense of them.
public struct OwnershipSnapshot: Sendable {
  public var commit: ObjectName
  /// Each path once, sorted by path.
  public var files: [OwnershipFile] = []
  /// Of the paths that were asked about, those that are directories.
  public var folders: Set<String> = []
  /// Whether the root holds settings of a forge, which tell apart two formats of one name.
  public var forges: Set<OwnershipForge> = []
  /// Files that are there and were not read.
  public var problems: [OwnershipProblem] = []

  public init(commit: ObjectName) { self.commit = commit }
}

/// A forge that leaves its settings in the root of a repository.
public enum OwnershipForge: Hashable, Sendable {
  /// `.github`
  case gitHub
  /// `.gitlab-ci.yml` or `.gitlab`
  case gitLab
}

/// A line of an ownership file.
public struct OwnershipPlace: Hashable, Sendable {
  public var file: String
  /// From 1; 0 for the file as a whole.
  public var line: Int

  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

extension OwnershipPlace: Comparable {
  public static func < (left: OwnershipPlace, right: OwnershipPlace) -> Bool {
    left.file == right.file
      ? left.line < right.line : left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
  }
}

extension OwnershipPlace: CustomStringConvertible {
  /// `FILE:LINE`, or the file alone.
  public var description: String { line > 0 ? "\(file):\(line)" : file }
}

/// Something in an ownership file that was not understood and is left out of every answer.
public struct OwnershipProblem: Hashable, Sendable {
  /// What is wrong; the words live in the renderer.
  public enum Flaw: Hashable, Sendable {
    // The file as a whole.
    case symbolicLink
    case submodule
    case missingObject
    case oversized(bytes: Int, limit: Int)
    /// More files, lines or rules than are read.
    case tooMany(limit: Int)
    /// Written in YAML, for Prow or Gerrit's owners plugin.
    case yaml
    /// No line of it looks like the format that its name promises.
    case notThisFormat

    // One line.
    case negation
    case tripleStar
    case escapedHash
    case emptyPattern
    /// Longer or with more parts than are matched.
    case patternTooLarge
    /// A regular expression with something that is not evaluated here.
    case expression(String)
    case owner(String)
    case sectionHeader
    case unknownLine
    case blankInList
    case slashInGlob
    /// An included file that is not there, or lies in another repository.
    case include(String)
    /// A rule on file contents, which paths cannot decide.
    case contentPattern
    case roleUnknown(String)
  }

  public var place: OwnershipPlace
  public var flaw: Flaw

  public init(_ flaw: Flaw, at place: OwnershipPlace) {
    self.flaw = flaw
    self.place = place
  }
}
