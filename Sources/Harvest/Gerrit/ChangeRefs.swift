import Facts
import Git

/// The refs of a Gerrit server's changes, `refs/changes/NN/N/…`, with NN the last two digits of N.
struct ChangeRefs {
  /// A change with a log.
  struct Log: Sendable {
    let number: Int
    let ref: String
    let tip: ObjectID
  }

  /// A change that is known by its patch sets alone.
  struct Unlogged: Sendable {
    let number: Int
    /// The newest patch set.
    let patchSet: Int
    let ref: String
    let head: ObjectID
    /// How many patch sets have a ref.
    let patchSets: Int
  }

  /// By number.
  private(set) var logs: [Log] = []
  /// By number.
  private(set) var unlogged: [Unlogged] = []
  /// Notes that robots wrote, by the number of the change.
  private(set) var robots: [Int: Log] = [:]
  /// The patch sets of changes with a log that have a ref, by change and patch set.
  private(set) var patchSets = 0
  /// Names that look alike but have the wrong last two digits.
  private(set) var misplaced: [Reference] = []

  init(_ references: [Reference]) {
    var heads: [Int: (patchSet: Int, ref: String, head: ObjectID, count: Int)] = [:]
    for reference in references where reference.name.utf8.starts(with: "refs/changes/".utf8) {
      guard let name = ChangeRefName(reference.name), let target = reference.target else { continue }
      guard name.isInPlace else {
        misplaced.append(reference)
        continue
      }
      switch name.kind {
      case .log: logs.append(Log(number: name.number, ref: reference.name, tip: target))
      case .robotComments:
        robots[name.number] = Log(number: name.number, ref: reference.name, tip: target)
      case .patchSet(let patchSet):
        patchSets += 1
        let known = heads[name.number]
        let count = (known?.count ?? 0) + 1
        if let known, known.patchSet > patchSet {
          heads[name.number]?.count = count
        } else {
          heads[name.number] = (patchSet, reference.name, target, count)
        }
      case .other: break
      }
    }
    logs.sort { $0.number < $1.number }
    for log in logs { heads[log.number] = nil }
    unlogged = heads.keys.sorted().compactMap { number in
      heads[number].map {
        Unlogged(number: number, patchSet: $0.patchSet, ref: $0.ref, head: $0.head, patchSets: $0.count)
      }
    }
  }
}

/// The parts of `refs/changes/NN/N/REST`.
struct ChangeRefName {
  enum Kind {
    case log
    case robotComments
    case patchSet(Int)
    case other
  }

  let number: Int
  let kind: Kind
  /// Whether the folder is that of the number's last two digits.
  let isInPlace: Bool

  /// Nil for a name of another form; anybody can push refs that look alike.
  init?(_ name: String) {
    var scanner = ByteScanner(Array(name.utf8)[...])
    guard scanner.take("refs/changes/") else { return nil }
    let shard = scanner.rest.prefix(2)
    guard shard.count == 2, shard.allSatisfy({ isDigit($0) }), scanner.take(shard.text + "/"),
      let number = scanner.number(), scanner.take("/")
    else { return nil }
    self.number = number
    isInPlace = shard.reduce(0) { $0 * 10 + Int($1 - 0x30) } == number % 100
    if scanner.rest.elementsEqual("meta".utf8) {
      kind = .log
    } else if scanner.rest.elementsEqual("robot-comments".utf8) {
      kind = .robotComments
    } else if let patchSet = scanner.number(), scanner.isAtEnd {
      kind = .patchSet(patchSet)
    } else {
      kind = .other
    }
  }
}
