public import Facts

/// Somebody whom a line of an ownership file names.
public struct Owner: Hashable, Sendable {
  /// How the line names them.
  public enum Name: Hashable, Sendable {
    /// The display name is empty where the file gives none.
    case address(name: String, email: String)
    /// A forge account, without the `@`.
    case login(String)
    /// A group on the forge, `organisation/team`, without the `@`.
    case team(String)
    /// Everybody who has this role in the project on the forge.
    case role(String)
    /// Whoever may write at all.
    case everyone
  }

  /// What the file asks of them.
  public enum Part: Hashable, Sendable {
    /// May approve.
    case owner
    /// Is to be asked, without a right to decide.
    case reviewer
    /// A mailing list.
    case list
  }

  public var name: Name
  public var part: Part
  /// The file's own word for what they are, such as `maintainer` or `odd fixer`; nil where it has none.
  public var title: String?
  public var place: OwnershipPlace

  public init(_ name: Name, _ part: Part = .owner, title: String? = nil, at place: OwnershipPlace) {
    self.name = name
    self.part = part
    self.title = title
    self.place = place
  }
}

/// Owners of whom so many have to agree.
public struct OwnerGroup: Hashable, Sendable {
  /// The heading of the file's section; nil outside of sections.
  public var section: String?
  /// In the order of the file; empty where the rule takes the path away from everybody.
  public var owners: [Owner]
  /// How many of them have to approve, 0 where nobody has to.
  public var required: Int
  /// The file asks for their opinion only.
  public var isOptional: Bool
  /// The rule that matched.
  public var place: OwnershipPlace

  public init(
    section: String? = nil, owners: [Owner], required: Int = 1, isOptional: Bool = false,
    at place: OwnershipPlace
  ) {
    self.section = section
    self.owners = owners
    self.required = required
    self.isOptional = isOptional
    self.place = place
  }
}

/// Who owns one path at one commit.
public struct PathOwners: Hashable, Sendable {
  /// How several groups go together.
  public enum Combination: Hashable, Sendable {
    /// An owner of any group may speak for the path.
    case any
    /// Each group that is not optional has to agree.
    case every
  }

  /// In the order of the format: by section, or the nearest first.
  public var groups: [OwnerGroup]
  public var combination: Combination

  public init(_ groups: [OwnerGroup] = [], _ combination: Combination = .any) {
    self.groups = groups
    self.combination = combination
  }

  /// Everybody who may approve, in order; nobody twice.
  public var owners: [Owner] {
    var seen = Set<Owner.Name>()
    return groups.flatMap(\.owners).filter { $0.part == .owner && seen.insert($0.name).inserted }
  }
}
