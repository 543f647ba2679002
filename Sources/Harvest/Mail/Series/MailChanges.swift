internal import Facts
internal import Git

/// Compares the diff in a mail with the change of a commit, by the rule of `git patch-id --stable`.
///
/// The mail's side is computed here from the text alone (git's builtin/patch-id.c): no parser written in C ever sees
/// what a stranger sent. The commit's side is the patch id that Git computes from the trees.
struct MailChanges {
  private let context: SourceContext
  private let archives: [MailArchive]
  private let limits: MailLimits
  private var left: Int
  /// How many more mails are read once more for their diffs.
  private var reads: Int
  private var mails: [MailMessage.Place: MailPatch?] = [:]
  private var commits: [Int32: ObjectID?] = [:]

  init(_ context: SourceContext, _ archives: [MailArchive], _ limits: MailLimits) {
    self.context = context
    self.archives = archives
    self.limits = limits
    left = limits.comparisons
    reads = limits.comparisons * 25
  }

  /// Whether both make the same change; false when that cannot be told.
  mutating func areSame(_ place: MailMessage.Place, _ commit: Int32) -> Bool {
    guard left > 0, reads > 0, let changed = context.history.changes(commit), let patch = patch(place) else {
      return false
    }
    guard patch.paths == Set(changed.map { context.history.paths.bytes($0.path) }) else { return false }
    left -= 1
    return patch.id == id(commit)
  }

  private mutating func patch(_ place: MailMessage.Place) -> MailPatch? {
    if let known = mails[place] { return known }
    reads -= 1
    // A mail that cannot be read again makes no claim; that it was unreadable is reported where it was read first.
    let bytes = try? archives[place.archive].repository.read(place.blob, limit: limits.mailBytes)?.bytes
    let patch = bytes.flatMap { MailPatch($0, limits: limits) }
    mails[place] = .some(patch)
    return patch
  }

  private mutating func id(_ commit: Int32) -> ObjectID? {
    if let known = commits[commit] { return known }
    var found: ObjectID?
    // What has no patch id (binary files, objects that are not here) leaves the question open: no claim is made.
    if case .known(let id)? = try? context.repository.patchID(ofCommit: context.history.id(commit)) {
      found = id
    }
    commits[commit] = .some(found)
    return found
  }
}

/// The change that a patch mail proposes.
struct MailPatch {
  /// Paths of changed files, as the diff names them.
  let paths: Set<[UInt8]>
  /// As `git patch-id --stable` computes it.
  let id: ObjectID

  /// Nil when the mail holds no whole diff in git's form.
  init?(_ bytes: [UInt8], limits: MailLimits) {
    let parts = MailParts(MailHeader(bytes[...], limits: limits), limits: limits)
    var reader = DiffReader()
    for text in [parts.text] + parts.attachments {
      let start = PatchText.diffStart(text[...])
      guard start < text.endIndex else { continue }
      reader.read(text[start...])
      break
    }
    guard let id = reader.id else { return nil }
    paths = reader.paths
    self.id = id
  }
}

/// Reads a diff line by line and sums up the digests of its files (`git patch-id --stable`).
private struct DiffReader {
  private(set) var paths: Set<[UInt8]> = []
  private var sum = [UInt8](repeating: 0, count: 20)
  private var file: [UInt8] = []
  private var before = 0
  private var after = 0
  private var isBroken = false

  /// The id; nil when there was no file, or a hunk broke off.
  var id: ObjectID? {
    guard !paths.isEmpty, !isBroken, before == 0, after == 0 else { return nil }
    var words: (UInt64, UInt64, UInt32) = (0, 0, 0)
    for byte in sum[0..<8] { words.0 = words.0 << 8 | UInt64(byte) }
    for byte in sum[8..<16] { words.1 = words.1 << 8 | UInt64(byte) }
    for byte in sum[16..<20] { words.2 = words.2 << 8 | UInt32(byte) }
    return ObjectID(high: words.0, middle: words.1, low: words.2)
  }

  mutating func read(_ diff: ArraySlice<UInt8>) {
    var lines = MailLines(diff)
    while let line = lines.next(), !isBroken {
      if before > 0 || after > 0 { hunkLine(line) } else if !header(line) { break }
    }
    flush()
  }

  private mutating func hunkLine(_ line: ArraySlice<UInt8>) {
    switch line.first {
    case UInt8(ascii: "+"): after -= 1
    case UInt8(ascii: "-"): before -= 1
    case UInt8(ascii: "\\"): return
    case 0x20, nil:
      before -= 1
      after -= 1
    default: isBroken = true
    }
    if before < 0 || after < 0 { isBroken = true }
    add(line)
  }

  /// Reads a line between hunks; false at the end of the diff.
  private mutating func header(_ line: ArraySlice<UInt8>) -> Bool {
    if line.starts(with: "diff --git ".utf8) {
      flush()
      add(line)
    } else if line.starts(with: "@@ -".utf8) {
      guard let (old, new) = DiffHunk.counts(line) else {
        isBroken = true
        return false
      }
      (before, after) = (old, new)
    } else if line.starts(with: "--- ".utf8) || line.starts(with: "+++ ".utf8) {
      if let path = Self.path(line.dropFirst(4)) { paths.insert(path) }
      add(line)
    } else if line.starts(with: "GIT binary patch".utf8) || line.starts(with: "Binary files ".utf8) {
      isBroken = true
    } else if line.starts(with: "new file mode ".utf8) || line.starts(with: "deleted file mode ".utf8) {
      add(line)
    } else if Self.uncertain.contains(where: { line.starts(with: $0.utf8) }) {
      isBroken = true
    } else {
      return line.starts(with: "index ".utf8) || line.starts(with: "\\ ".utf8)
    }
    return true
  }

  /// Lines that not every version of git counts alike, so that no id is claimed for them.
  private static let uncertain = [
    "similarity index ", "dissimilarity index ", "rename ", "copy ", "old mode ", "new mode ",
  ]

  private static func path(_ name: ArraySlice<UInt8>) -> [UInt8]? {
    let name = name.trimmedEnd
    guard name.starts(with: "a/".utf8) || name.starts(with: "b/".utf8) else { return nil }
    return Array(name.dropFirst(2))
  }

  /// White space does not count.
  private mutating func add(_ line: ArraySlice<UInt8>) {
    for byte in line where byte != 0x20 && byte != 0x09 && byte != 0x0D { file.append(byte) }
  }

  /// Adds the digest of one file to the sum, byte by byte with carry.
  private mutating func flush() {
    guard !file.isEmpty else { return }
    var carry: UInt16 = 0
    for (place, byte) in SHA1.digest(of: file).bytes.enumerated() {
      carry += UInt16(sum[place]) + UInt16(byte)
      sum[place] = UInt8(truncatingIfNeeded: carry)
      carry >>= 8
    }
    file = []
  }
}

extension ObjectName {
  /// The twenty bytes of the name.
  fileprivate var bytes: [UInt8] {
    let (high, middle, low) = words
    return stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: high >> UInt64($0)) }
      + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: middle >> UInt64($0)) }
      + stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: low >> UInt32($0)) }
  }
}
