/// A person among those met in one repository: an index into `People`.
public struct PersonID: Hashable, Comparable, Sendable {
  public let index: Int32

  public init(index: Int32) { self.index = index }

  public static func < (left: PersonID, right: PersonID) -> Bool { left.index < right.index }
}
