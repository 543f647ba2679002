internal import Facts
internal import Git

/// A repository that holds mails instead of code, as public-inbox writes it.
///
/// In version 2 every commit has one file: `m`, a mail that came, or `d`, a mail that was removed. In version 1 the tree
/// holds every mail at a path made of the SHA-1 of its Message-ID (public-inbox-v1-format, public-inbox-v2-format).
struct MailArchive {
  enum Layout: Hashable {
    case oneFile
    case fanOut
  }

  let repository: Repository
  let ref: String
  let tip: ObjectID
  let layout: Layout

  /// Nil when the branch holds no mails: the newest commit and the one before are looked at.
  init?(_ repository: Repository, ref: String, tip: ObjectID, limits: MailLimits = MailLimits())
    throws(GitError)
  {
    guard let commit = try repository.commit(tip), let tree = commit.tree,
      let entries = try repository.tree(tree), let (layout, mail) = try Self.sample(entries, repository)
    else { return nil }
    guard let bytes = try repository.mail(mail, limits), Self.isMail(bytes, limits) else { return nil }
    if layout == .oneFile, let parent = commit.parents.first, let tree = try repository.tree(ofCommit: parent)
    {
      guard let older = try repository.tree(tree), older.isEmpty || Self.oneFile(older) != nil else {
        return nil
      }
    }
    self.repository = repository
    self.ref = ref
    self.tip = tip
    self.layout = layout
  }

  /// The archive in the branch of `HEAD`, or in `master`, as public-inbox names it.
  init?(_ repository: Repository, limits: MailLimits = MailLimits()) throws(GitError) {
    switch try repository.head() {
    case .branch(let name, let tip): try self.init(repository, ref: name, tip: tip, limits: limits)
    case .detached(let tip): try self.init(repository, ref: "HEAD", tip: tip, limits: limits)
    case .unborn, .broken:
      guard let tip = try repository.resolve(reference: "refs/heads/master") else { return nil }
      try self.init(repository, ref: "refs/heads/master", tip: tip, limits: limits)
    }
  }

  static func oneFile(_ entries: [TreeEntry]) -> TreeEntry? {
    guard entries.count == 1, let entry = entries.first, entry.mode == .file, entry.name.count == 1,
      entry.name[0] == UInt8(ascii: "m") || entry.name[0] == UInt8(ascii: "d")
    else { return nil }
    return entry
  }

  /// The layout that a tree may have, and a mail in it.
  private static func sample(
    _ entries: [TreeEntry], _ repository: Repository
  ) throws(GitError) -> (Layout, ObjectID)? {
    if let entry = oneFile(entries) { return (.oneFile, entry.id) }
    guard !entries.isEmpty, entries.count <= 256,
      entries.allSatisfy({ $0.mode == .directory && isHex($0.name, 2) }),
      let folder = try repository.tree(entries[0].id), let file = folder.first,
      folder.allSatisfy({ isHex($0.name, 38) })
    else { return nil }
    // Mails of one Message-ID lie in a folder of that name.
    if file.mode == .directory {
      return try repository.tree(file.id)?.first.map { (.fanOut, $0.id) }
    }
    return (.fanOut, file.id)
  }

  private static func isHex(_ name: [UInt8], _ count: Int) -> Bool {
    name.count == count && name.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) }
  }

  private static func isMail(_ bytes: [UInt8], _ limits: MailLimits) -> Bool {
    let header = MailHeader(bytes[...], limits: limits)
    return header.first("message-id") != nil && (header.first("from") != nil || header.first("date") != nil)
  }
}

extension Repository {
  /// The bytes of a mail; nil when it is missing or larger than what is read.
  func mail(_ id: ObjectID, _ limits: MailLimits) throws(GitError) -> [UInt8]? {
    guard let header = try header(of: id), header.kind == .blob, header.size <= limits.mailBytes else {
      return nil
    }
    return try read(id, limit: limits.mailBytes)?.bytes
  }
}
