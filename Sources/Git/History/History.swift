/// Commits loaded in one go, with the paths they changed: a value that needs the repository no more.
///
/// Commits are numbered from 0: children before parents, and of those that may come next the one with the newest
/// committer date, then the smallest id. The same repository and options give the same value, whatever `jobs` is.
public struct History: Sendable {
  /// What to load.
  public struct Options: Hashable, Sendable {
    /// Which commits get their changed paths, always against the first parent alone.
    public enum ChangedPaths: Hashable, Sendable {
      case none
      case all
      /// Commits whose committer date is not before `since`.
      case sinceCutoff
    }

    /// Commits older than this committer date, in seconds since 1970, end the walk; nil loads all.
    public var since: Int64?
    /// How many commits behind the cutoff each line of history is still followed.
    ///
    /// So a commit that wrongly claims an old date does not hide newer ones behind it.
    public var slop: Int
    public var changedPaths: ChangedPaths
    /// Only commits reachable from these get changed paths; nil means from all roots.
    public var pathRoots: [ObjectID]?
    /// How many threads compare trees, this one included.
    public var jobs: Int

    public init(
      since: Int64? = nil, slop: Int = 5, changedPaths: ChangedPaths = .all, pathRoots: [ObjectID]? = nil,
      jobs: Int = 1
    ) {
      self.since = since
      self.slop = slop
      self.changedPaths = changedPaths
      self.pathRoots = pathRoots
      self.jobs = jobs
    }
  }

  /// What happened to a path.
  public enum Status: UInt8, Hashable, Sendable {
    case added
    case modified
    case deleted
    /// A file became a symbolic link or a submodule, or the other way round.
    case typeChanged
  }

  /// One changed path of one commit.
  public struct Change: Hashable, Sendable {
    private let packed: UInt32

    init(_ path: Int32, _ status: Status) {
      packed = UInt32(bitPattern: path) &<< 2 | UInt32(status.rawValue)
    }

    /// A number of `History.paths`.
    public var path: Int32 { Int32(bitPattern: packed &>> 2) }

    public var status: Status { Status(rawValue: UInt8(truncatingIfNeeded: packed & 3)) ?? .modified }
  }

  let rows: [CommitRow]
  let table: ObjectIDTable
  let parents: ParentLists
  let messages: MessageArena
  let encodings: [[UInt8]]
  let changeStarts: [Int]
  let changeList: [Change]
  /// Distinct names with addresses; authors and committers are numbers of this list.
  public let identities: [RawIdentity]
  public let paths: PathTable
  /// Everything that could not be loaded or looked odd, in the order of the commits.
  public let problems: [HistoryProblem]

  public var count: Int { rows.count }

  public func id(_ commit: Int32) -> ObjectID { table.ids[Int(commit)] }

  public func tree(_ commit: Int32) -> ObjectID { rows[Int(commit)].tree }

  /// The number of a commit; nil when it was not loaded.
  public func index(of id: ObjectID) -> Int32? {
    let found = table.find(id)
    return found < 0 ? nil : found
  }

  /// A number of `identities`.
  public func author(_ commit: Int32) -> Int32 { rows[Int(commit)].author }

  /// A number of `identities`.
  public func committer(_ commit: Int32) -> Int32 { rows[Int(commit)].committer }

  /// Seconds since 1970; 0 when the commit does not say, as in Git.
  public func authorSeconds(_ commit: Int32) -> Int64 { rows[Int(commit)].authorSeconds }

  /// Seconds since 1970; 0 when the commit does not say, as in Git.
  public func committerSeconds(_ commit: Int32) -> Int64 { rows[Int(commit)].committerSeconds }

  /// Minutes east of UTC as Git computes them; some are impossible.
  public func authorOffset(_ commit: Int32) -> Int32 { rows[Int(commit)].authorOffset }

  /// Minutes east of UTC as Git computes them; some are impossible.
  public func committerOffset(_ commit: Int32) -> Int32 { rows[Int(commit)].committerOffset }

  /// Whether the commit carries a signature, which nobody has checked.
  public func isSigned(_ commit: Int32) -> Bool { rows[Int(commit)].isSigned }

  /// What the parser found odd.
  public func commitProblems(_ commit: Int32) -> CommitProblems { rows[Int(commit)].problems }

  /// The message as recorded, in the encoding of the commit.
  public func message(_ commit: Int32) -> ArraySlice<UInt8> { messages[rows[Int(commit)].message] }

  /// The value of the `encoding` header.
  public func encoding(_ commit: Int32) -> [UInt8]? {
    let number = Int(rows[Int(commit)].encoding)
    return number < 0 ? nil : encodings[number]
  }

  /// The message turned into UTF-8 when its header names a known encoding, else as recorded.
  public func utf8Message(_ commit: Int32) -> ArraySlice<UInt8> {
    Text.utf8(message(commit), encoding: encoding(commit))
  }

  /// The message as text; see `Text.decode`.
  public func messageText(_ commit: Int32) -> String {
    Text.decode(message(commit), encoding: encoding(commit)).text
  }

  /// What the commit changed against its first parent, or against nothing when it has no parents, in tree order.
  ///
  /// Nil when it was not asked for, or cannot be told: the parent or a tree is missing or broken.
  public func changes(_ commit: Int32) -> ArraySlice<Change>? {
    guard rows[Int(commit)].changesKnown else { return nil }
    return changeList[changeStarts[Int(commit)]..<changeStarts[Int(commit) + 1]]
  }
}
