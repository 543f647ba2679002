public import Facts
internal import Git

/// What commit messages show of one review system: how much landed through it, when, and where it is served.
public struct SystemSign: Hashable, Sendable {
  public var system: ReviewSystem
  /// Commits of the branch that carry its mark.
  public var commits: Int
  public var oldest: Instant
  public var newest: Instant
  /// Host and path as most messages write them, such as `gitlab.gnome.org/GNOME/glib`; nil where none does.
  public var address: String?
}

/// Counts the marks of review systems in the messages of a branch.
struct SystemSigns {
  private struct Tally {
    var commits = 0
    var oldest = Int64.max
    var newest = Int64.min
    var addresses: [String: Int] = [:]

    mutating func add(_ other: Tally) {
      commits += other.commits
      (oldest, newest) = (min(oldest, other.oldest), max(newest, other.newest))
      addresses.merge(other.addresses, uniquingKeysWith: +)
    }
  }

  /// Fewer marks than this may come from anywhere: a copied message, a merge of another project.
  private static let least = 3
  /// The same of one mark for so many of another system.
  private static let share = 50

  private var tallies: [ReviewSystem: Tally] = [:]

  /// Looks at so many of the branch's newest commits, or at all of them.
  init(_ history: History, line: BranchLine, markers: MarkerIndex, newest: Int?, workers: Workers) {
    let held = Array(newest.map { Array(line.held.prefix($0)) } ?? Array(line.held))
    let parts = workers.slices(of: held.count) { slice in
      var part: [ReviewSystem: Tally] = [:]
      for commit in held[slice] {
        let seconds = history.committerSeconds(commit)
        for (system, address) in Self.marks(of: commit, history, markers) {
          part[system, default: Tally()].add(
            Tally(
              commits: 1, oldest: seconds, newest: seconds, addresses: address.map { [$0: 1] } ?? [:]))
        }
      }
      return part
    }
    for part in parts { for (system, tally) in part { tallies[system, default: Tally()].add(tally) } }
  }

  /// The systems that left marks, in their order; those with few beside another are left out.
  var list: [SystemSign] {
    let most = tallies.values.map(\.commits).max() ?? 0
    return ReviewSystem.allCases.compactMap { system in
      guard let tally = tallies[system], tally.commits >= max(Self.least, most / Self.share) else {
        return nil
      }
      let address = tally.addresses.max { ($0.value, $1.key) < ($1.value, $0.key) }
      return SystemSign(
        system: system, commits: tally.commits, oldest: Instant(seconds: tally.oldest),
        newest: Instant(seconds: tally.newest), address: address?.key)
    }
  }

  private static func marks(
    of commit: Int32, _ history: History, _ markers: MarkerIndex
  ) -> [ReviewSystem: String?] {
    var marks: [ReviewSystem: String?] = [:]
    if let marker = markers.markers[commit] {
      switch marker.forge {
      case .github where marker.shape == .squash && !markers.trustsBareNumbers: break
      case .github: marks[.github] = .some(nil)
      case .gitlab: marks[.gitlab] = .some(SystemAddress.checked(marker.project))
      case .bitbucket: marks[.bitbucket] = .some(nil)
      case .azure: marks[.azure] = .some(nil)
      }
    }
    for line in MessageParts(history.message(commit)).body.split(separator: 0x0A) {
      guard let (system, address) = SystemAddress.mark(in: line) else { continue }
      if marks[system] == nil || address != nil { marks[system] = .some(address) }
    }
    return marks
  }
}

/// Lines of messages that name a review system, and the address in them.
enum SystemAddress {
  /// The system that a line belongs to, and where it is served.
  ///
  /// Gerrit's Change-Id hook and its `Reviewed-on`, Arcanist's `Differential Revision`, links to archives of lists.
  static func mark(in line: ArraySlice<UInt8>) -> (ReviewSystem, String?)? {
    guard let first = line.first else { return nil }
    var scanner = ByteScanner(line)
    switch first {
    case UInt8(ascii: "C"):
      guard scanner.take("Change-Id: I"), scanner.token().count == 40 else { return nil }
      return (.gerrit, nil)
    case UInt8(ascii: "R"):
      guard scanner.take("Reviewed-on: http") else { return nil }
      let url = scanner.token()
      // Gitea and Forgejo write the same key.
      if url.firstRange(of: "/pulls/") != nil { return (.github, nil) }
      return (.gerrit, host(of: url))
    case UInt8(ascii: "D"):
      if scanner.take("Differential Revision: ") { return (.phabricator, nil) }
      guard scanner.take("Discussion: https://"),
        scanner.token().firstRange(of: "/message-id/") != nil || isShort(line)
      else { return nil }
      return (.mailingList, nil)
    case UInt8(ascii: "L"):
      guard scanner.take("Link: https://lore.kernel.org/") || scanner.take("Link: https://lkml.kernel.org/r/")
      else { return nil }
      let list = scanner.token().split(separator: UInt8(ascii: "/")).first ?? []
      return (.mailingList, list.text == "r" || list.contains(UInt8(ascii: "@")) ? nil : checked(list))
    case UInt8(ascii: "M"):
      guard scanner.take("Message-Id: <") || scanner.take("Message-ID: <") else { return nil }
      return (.mailingList, nil)
    default: return nil
    }
  }

  /// Words that may stand in a command line: letters, digits and `-._/`; nil for anything else.
  static func checked(_ text: ArraySlice<UInt8>) -> String? {
    guard !text.isEmpty, text.count <= 200, text.first != UInt8(ascii: "-"), text.allSatisfy(isPlain) else {
      return nil
    }
    return text.text
  }

  private static func isShort(_ line: ArraySlice<UInt8>) -> Bool {
    line.firstRange(of: "//postgr.es/m/") != nil
  }

  /// The host of the rest of a URL after `http`.
  private static func host(of url: ArraySlice<UInt8>) -> String? {
    guard let start = url.firstRange(of: "://") else { return nil }
    let rest = url[start.upperBound...]
    return checked(
      rest[..<(rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") } ?? rest.endIndex)])
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || "-._/".utf8.contains(byte)
  }
}
