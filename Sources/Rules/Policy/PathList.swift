/// A list of path patterns in which the last one that matches decides, and `!` takes paths out again.
public struct PathList: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public var pattern: PathPattern
    /// True for a pattern written with a leading `!`.
    public var isExclusion: Bool

    public init(_ pattern: PathPattern, isExclusion: Bool = false) {
      self.pattern = pattern
      self.isExclusion = isExclusion
    }

    /// Reads a pattern with an optional leading `!`; `\!` begins a path that starts with that character.
    public init(_ text: String) throws(PathPattern.Flaw) {
      isExclusion = text.utf8.first == UInt8(ascii: "!")
      pattern = try PathPattern(isExclusion ? String(decoding: text.utf8.dropFirst(), as: UTF8.self) : text)
    }

    /// The entry as written.
    public var text: String { (isExclusion ? "!" : "") + pattern.text }
  }

  public var entries: [Entry]

  public init(_ entries: [Entry]) { self.entries = entries }

  public init(_ texts: [String]) throws(PathPattern.Flaw) {
    var entries: [Entry] = []
    for text in texts { entries.append(try Entry(text)) }
    self.entries = entries
  }

  /// `**`: every path.
  public static let everything = PathList([Entry(.everything)])

  /// No path at all.
  public static let nothing = PathList([] as [Entry])

  /// True when the last matching entry takes the path in.
  public func matches(_ path: [UInt8]) -> Bool {
    entries.last { $0.pattern.matches(path) }.map { !$0.isExclusion } ?? false
  }

  public func matches(_ path: String) -> Bool { matches(Array(path.utf8)) }

  /// Whether an exclusion may take out something strictly below a directory.
  public func mayExclude(below directory: [UInt8]) -> Bool {
    entries.contains { $0.isExclusion && $0.pattern.mayMatch(below: directory) }
  }

  /// True unless the list takes in no path strictly below a directory.
  ///
  /// The directory is written without a slash at its end; the empty one is the root. Exclusions are not asked, so the
  /// answer may be true for a directory of which everything is taken out again, and is never wrongly false.
  public func mayMatch(below directory: [UInt8]) -> Bool {
    entries.contains { !$0.isExclusion && $0.pattern.mayMatch(below: directory) }
  }
}
