/// What the key of a line in a commit message says about the people behind it.
///
/// The keys are those of the Linux kernel's process documents, of the forges' own message templates, and of projects
/// with a style of their own (PostgreSQL, FreeBSD, Apache Kafka). Letters are compared without case, a blank
/// counts as `-`.
enum TrailerMeaning: Hashable {
  case approval
  case coauthor
  /// The person had the idea, the report or the request.
  case input
  /// The person wrote the change, which somebody else committed.
  case author
  /// `Reviewers:`: who reviewed it (Kafka), or who was asked to (Phabricator).
  case reviewers
  /// The person asked a machine to land the change, or pressed the button.
  case lander

  /// Nil for keys that say nothing about review, `Signed-off-by` among them.
  ///
  /// One wrong, missing, additional or swapped letter is forgiven where nothing else can be meant.
  init?(key: ArraySlice<UInt8>) {
    guard let last = key.last.map(lowered), last == 0x79 || last == 0x73 || last == 0x72 else { return nil }
    switch key.count {
    case 6: if key.equalsIgnoringCase("author") { self = .author } else { return nil }
    case 8 where last == 0x72: if key.equalsIgnoringCase("reviewer") { self = .reviewers } else { return nil }
    case 9 where last == 0x73:
      if key.equalsIgnoringCase("reviewers") { self = .reviewers } else { return nil }
    default:
      guard last == 0x79, let known = Self.known(key) else { return nil }
      self = known
    }
  }

  private static let keys: [(key: [UInt8], meaning: TrailerMeaning?)] = [
    ("reviewed-by", .approval), ("acked-by", .approval), ("approved-by", .approval),
    ("co-authored-by", .coauthor), ("co-developed-by", .coauthor), ("suggested-by", .input),
    ("requested-by", .input), ("reported-by", .input), ("merged-by", .lander),
    ("merge-requested-by", .lander), ("submitted-by", .author), ("tested-by", nil), ("signed-off-by", nil),
    ("reviewed-and-tested-by", .approval), ("tested-and-reviewed-by", .approval),
    ("acked-and-tested-by", .approval), ("reported-and-tested-by", .input),
  ].map { (Array($0.0.utf8), $0.1) }

  private static func known(_ key: ArraySlice<UInt8>) -> TrailerMeaning? {
    guard key.count >= 7, key.count <= 23 else { return nil }
    let text = key.map { $0 == 0x20 ? 0x2D : lowered($0) }
    for (known, meaning) in keys where text == known { return meaning }
    // A word of its own, one letter from "reported".
    guard !text.elementsEqual("reposted-by".utf8) else { return nil }
    for (known, meaning) in keys where known.first == text.first && isNear(text, known) { return meaning }
    return nil
  }

  /// Whether one letter changed, left out, put in, or swapped with its neighbour makes the two equal.
  static func isNear(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard abs(one.count - other.count) <= 1 else { return false }
    let common = zip(one, other).prefix { $0 == $1 }.count
    let (left, right) = (one[common...], other[common...])
    if one.count > other.count { return left.dropFirst() == right }
    if one.count < other.count { return left == right.dropFirst() }
    if left.dropFirst() == right.dropFirst() { return true }
    return left.count > 1 && left.first == right.dropFirst().first && left.dropFirst().first == right.first
      && left.dropFirst(2) == right.dropFirst(2)
  }
}
