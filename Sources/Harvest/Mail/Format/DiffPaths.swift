internal import Facts

/// The paths that a diff touches, by its own headers; a renamed file counts under both names.
///
/// Read as git's apply.c reads them: `rename from` and `copy to` name paths as they are, `---` and `+++` behind a prefix
/// of one letter unless the diff was made without, and `diff --git` alone tells where no other line does (new modes,
/// empty and binary files). Lines inside hunks are counted, so that text that looks like a header is none.
struct DiffPaths {
  /// Sorted; nil when there is no diff or it lists more than the limit.
  private(set) var paths: [[UInt8]]?

  private var found: Set<[UInt8]> = []
  /// What `diff --git` says of the file at hand, until a line tells more.
  private var header: [[UInt8]] = []
  private var hasPrefix = true
  private var before = 0
  private var after = 0

  init(_ diff: ArraySlice<UInt8>, limit: Int) {
    var lines = MailLines(diff)
    while let line = lines.next(), found.count <= limit {
      if line.starts(with: "diff --git ".utf8) {
        startFile(line.dropFirst(11))
      } else if before > 0 || after > 0 {
        count(line)
      } else {
        read(line)
      }
    }
    found.formUnion(header)
    if !found.isEmpty, found.count <= limit { paths = found.sorted { $0.lexicographicallyPrecedes($1) } }
  }

  private mutating func startFile(_ names: ArraySlice<UInt8>) {
    found.formUnion(header)
    (before, after) = (0, 0)
    (header, hasPrefix) = Self.names(names)
  }

  private mutating func count(_ line: ArraySlice<UInt8>) {
    switch line.first {
    case UInt8(ascii: "+"): after -= 1
    case UInt8(ascii: "-"): before -= 1
    case UInt8(ascii: "\\"): break
    case 0x20, nil:
      before -= 1
      after -= 1
    default: (before, after) = (0, 0)
    }
  }

  private mutating func read(_ line: ArraySlice<UInt8>) {
    if line.starts(with: "@@ -".utf8) {
      (before, after) = DiffHunk.counts(line) ?? (0, 0)
    } else if line.starts(with: "--- ".utf8) || line.starts(with: "+++ ".utf8) {
      guard let name = Self.name(line.dropFirst(4)), name != Array("/dev/null".utf8) else { return }
      let path = hasPrefix ? Self.withoutPrefix(name) : name
      if let path { add(path) }
    } else if let word = Self.namingWords.first(where: { line.starts(with: $0.utf8) }) {
      if let name = Self.name(line.dropFirst(word.utf8.count)) { add(name) }
    } else if line.starts(with: "copy from ".utf8) {
      header = []
    }
  }

  private static let namingWords = ["rename from ", "rename to ", "copy to "]

  private mutating func add(_ path: [UInt8]) {
    header = []
    if !path.isEmpty { found.insert(path) }
  }

  /// The one name that both sides of `diff --git` have, and whether it has a prefix.
  private static func names(_ text: ArraySlice<UInt8>) -> (names: [[UInt8]], hasPrefix: Bool) {
    let text = text.trimmedEnd
    if text.first == UInt8(ascii: "\"") {
      let name = QuotedPath.read(text)
      let path = name.flatMap(withoutPrefix)
      return (path.map { [$0] } ?? [], path != nil || name == nil)
    }
    // Both names have the same length where nothing is renamed, so the blank in the middle divides them.
    let middle = text.startIndex + text.count / 2
    guard text.count % 2 == 1, text[middle] == 0x20 else { return ([], true) }
    let (old, new) = (Array(text[..<middle]), Array(text[(middle + 1)...]))
    if old == new { return ([old], false) }
    guard let path = withoutPrefix(old), path == withoutPrefix(new) else { return ([], true) }
    return ([path], true)
  }

  /// A name from a header line: quoted, or up to the tab that ends one with blanks.
  private static func name(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    if text.first == UInt8(ascii: "\"") { return QuotedPath.read(text) }
    return Array(text.prefix { $0 != 0x09 }.trimmedEnd)
  }

  /// `a/path` without its prefix of one letter; nil for a name of another form.
  private static func withoutPrefix(_ name: [UInt8]) -> [UInt8]? {
    guard name.count > 2, name[1] == UInt8(ascii: "/"), MailLetters.isLetter(name[0]) else { return nil }
    return Array(name[2...])
  }
}

/// Numbers of lines in the head of a hunk.
enum DiffHunk {
  /// Both numbers of `@@ -a,b +c,d @@`; 1 where `,b` is missing.
  static func counts(_ line: ArraySlice<UInt8>) -> (Int, Int)? {
    let words = line.split(separator: 0x20)
    guard words.count >= 4, words[3].elementsEqual("@@".utf8), let old = count(words[1]),
      let new = count(words[2])
    else { return nil }
    return (old, new)
  }

  private static func count(_ word: ArraySlice<UInt8>) -> Int? {
    guard let comma = word.firstIndex(of: UInt8(ascii: ",")) else { return 1 }
    let digits = word[(comma + 1)...]
    guard (1...7).contains(digits.count), digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}

/// Paths as git quotes them (its quote.c): in double quotes, with C escapes and octal bytes.
enum QuotedPath {
  /// The path at the start of a text; nil when the quote does not end or an escape is unknown.
  static func read(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    var path: [UInt8] = []
    var rest = text.dropFirst()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return path }
      guard byte == UInt8(ascii: "\\") else {
        path.append(byte)
        continue
      }
      guard let escaped = escape(&rest) else { return nil }
      path.append(escaped)
    }
    return nil
  }

  private static func escape(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    guard let letter = rest.popFirst() else { return nil }
    switch letter {
    case UInt8(ascii: "a"): return 0x07
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "v"): return 0x0B
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return letter
    case 0x30...0x33:
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ (0x30...0x37).contains($0) }) else { return nil }
      rest = rest.dropFirst(2)
      return digits.reduce(letter - 0x30) { $0 << 3 | ($1 - 0x30) }
    default: return nil
    }
  }
}
