/// How much of a hostile archive is read; what lies beyond is reported, never silently left out.
public struct MailLimits: Hashable, Sendable {
  /// The largest mail that is read, in bytes; the largest real one seen has 0.9 MB.
  public var mailBytes = 8 << 20
  /// The largest number of mails of all archives together.
  public var mails = 1_000_000
  /// Header fields of one mail or part.
  public var fields = 1_000
  /// The longest header field that is decoded, in bytes.
  public var fieldBytes = 64 << 10
  /// Parts of one mail, and how deep they may lie inside one another.
  public var parts = 100
  public var depth = 8
  /// Earlier mails that one mail may name in its header.
  public var references = 100
  /// People to whom one posting may be addressed.
  public var recipients = 100
  /// Trailers read from one mail.
  public var trailers = 200
  /// Paths that the diff of one mail may list; of one with more no paths are known.
  public var paths = 2_000
  /// Abbreviated commit names from mails that are looked up in the code repository.
  public var lookups = 10_000
  /// Pairs of a patch and a commit whose changes are compared.
  public var comparisons = 2_000

  public init() {}
}
