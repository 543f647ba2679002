public import Facts

/// What would bring facts that are not in a clone: one command line, and what it brings.
public struct Remedy: Hashable, Sendable {
  /// What is to be done; the command line is made in one place, so that it is always safe to copy.
  public enum Action: Hashable, Sendable {
    /// Fetch refs that a plain clone leaves out.
    case fetch(remote: String?, refspecs: [String])
    /// Let the forge's own program print its data, and import that.
    case importForge(ReviewSystem, host: String?, project: String?)
    /// Clone the mailing list's archive, and name it with `--with`.
    case cloneArchive(list: String?)
    /// Fetch what a shallow clone left out.
    case unshallow(remote: String?)
    /// Write down who belongs to whom.
    case writeRoster
  }

  /// Why the clone seems to lack it.
  public enum Reason: Hashable, Sendable {
    /// So many commits carry the mark of the system, the newest then.
    case marks(ReviewSystem, commits: Int, newest: Instant)
    /// The refs that are here end then, though work goes on.
    case frozen(Namespace, newest: Instant)
    /// A plain clone fetches no notes, and none are here.
    case noNotes
    case shallow
    case noRoster
  }

  public var repository: String
  public var action: Action
  public var reason: Reason
  /// What the command brings, where the server has it, in the order of `FactKind`.
  public var brings: [FactKind]

  public init(_ repository: String, _ action: Action, because reason: Reason, brings: [FactKind]) {
    self.repository = repository
    self.action = action
    self.reason = reason
    self.brings = brings
  }
}

extension Remedy {
  /// The command line, to be run in the clone.
  public var command: String {
    switch action {
    case .fetch(let remote, let refspecs):
      "git fetch \(Self.word(remote ?? "origin")) " + refspecs.map { "'\($0)'" }.joined(separator: " ")
    case .importForge(let system, let host, let project): Self.pipe(system, host: host, project: project)
    case .cloneArchive(let list):
      "git clone --mirror https://lore.kernel.org/\(list.flatMap(Self.plain) ?? "LIST")/0 LIST.git "
        + "&& tributary contributions --with LIST.git"
    case .unshallow(let remote): "git fetch --unshallow \(Self.word(remote ?? "origin"))"
    case .writeRoster: "tributary policy init"
    }
  }

  /// Options and fields as the programs' own manuals have them; what is not known is a word in capitals.
  private static func pipe(_ system: ReviewSystem, host: String?, project: String?) -> String {
    let name = project.flatMap(plain)
    switch system {
    case .gitlab:
      let path = name?.split(separator: "/").joined(separator: "%2F") ?? ":id"
      let server = host.flatMap(plain).map { "--hostname \($0) " } ?? ""
      return
        "glab api \(server)--paginate 'projects/\(path)/merge_requests?state=all' | tributary import gitlab"
    case .gerrit:
      return "ssh -p 29418 \(host.flatMap(plain) ?? "HOST") gerrit query --format=JSON --comments "
        + "--all-approvals 'project:\(name ?? "PROJECT")' | tributary import gerrit"
    default:
      // A server other than github.com stands in front of the name.
      let server = host.flatMap(plain).map { $0 == "github.com" ? "" : $0 + "/" } ?? ""
      return
        "gh pr list --repo \(name.map { server + $0 } ?? "OWNER/REPO") --state all --limit 100000 \(fields) "
        + "| tributary import github"
    }
  }

  /// In short words, so that a terminal need not break one.
  private static let fields =
    "--json number,title,author,state,isDraft,createdAt,closedAt --json mergedAt,mergedBy,mergeCommit "
    + "--json headRefName,headRefOid,baseRefName,reviewRequests,reviews,comments"

  /// A word for a shell: as it is where that is safe, else in single quotes.
  static func word(_ text: String) -> String {
    if let plain = plain(text) { return plain }
    return CommandWord.inQuotes(text)
  }

  /// Text of letters, digits and `-._/` that does not begin with a dash; nil for anything else.
  private static func plain(_ text: String) -> String? {
    let isSafe = text.utf8.allSatisfy { byte in
      (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
        || "-._/".utf8.contains(byte)
    }
    return isSafe && !text.isEmpty && text.utf8.first != UInt8(ascii: "-") ? text : nil
  }
}
