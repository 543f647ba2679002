/// One reference as it stands, not peeled.
public struct Reference: Hashable, Sendable {
  /// The full name; bytes that are not UTF-8 are replaced.
  public let name: String
  /// Whether `name` had to be changed to become text.
  public let isNameLossy: Bool
  /// The object it points to, through other references if need be; nil when those lead nowhere.
  ///
  /// Any kind of object: a tag object, a tree or a blob as well as a commit, or one that is missing.
  public let target: ObjectID?
  /// The full name of the reference it stands for, when it is symbolic.
  public let symbolicTarget: String?
  /// What a tag object finally points to, when `packed-refs` says so; nil says nothing.
  public let peeled: ObjectID?
}

/// A reference that could not be read, or whose name Git would refuse.
public struct BrokenReference: Hashable, Sendable {
  public let name: String
  public let detail: String
}

/// What `HEAD` says.
public enum Head: Hashable, Sendable {
  /// On a branch, given by its full name.
  case branch(name: String, ObjectID)
  case detached(ObjectID)
  /// On a branch that has no commit yet.
  case unborn(name: String)
  /// The contents of `HEAD`, which are neither.
  case broken(name: String)
}

/// Rules for the names of references, as in git's refs.c.
enum ReferenceName {
  /// Follows `check_refname_format` without flags, for names that have at least two parts.
  static func isValid(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count >= 2 && parts.allSatisfy { isValid(part: Array($0)) } && name.last != UInt8(ascii: ".")
  }

  private static func isValid(part: [UInt8]) -> Bool {
    guard let first = part.first, first != UInt8(ascii: "."), !part.hasSuffix(".lock") else { return false }
    var before: UInt8 = 0
    for byte in part {
      if byte < 0x20 || byte == 0x7F || forbidden.contains(byte) { return false }
      if byte == UInt8(ascii: ".") && before == byte { return false }
      if byte == UInt8(ascii: "{") && before == UInt8(ascii: "@") { return false }
      before = byte
    }
    return true
  }

  private static let forbidden = Set(" ~^:?*[\\".utf8)
}

extension [UInt8] {
  fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
