/// A set of kinds of source, small enough to stand beside every event.
public struct SourceKinds: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The set of one kind.
  public init(_ kind: SourceKind) { rawValue = 1 << UInt32(kind.rawValue) }

  /// The kinds in the order of `SourceKind`.
  public var sorted: [SourceKind] { SourceKind.allCases.filter { contains(SourceKinds($0)) } }
}
