/// A line of a tree object with its mode as written.
struct RawTreeEntry {
  let modeText: [UInt8]
  let name: [UInt8]
  let id: ObjectID

  var bits: UInt32 { modeText.reduce(0) { $0 &<< 3 | UInt32($1 & 7) } }
  var mode: TreeEntry.Mode { TreeEntry.Mode(recorded: bits) }

  /// Nil when the bytes break off, or an entry has no octal mode or no name.
  static func parse(_ bytes: [UInt8]) -> [RawTreeEntry]? {
    bytes.withUnsafeBufferPointer { buffer in
      var cursor = TreeCursor(buffer)
      var entries: [RawTreeEntry] = []
      while true {
        switch cursor.read() {
        case .entry:
          let mode = Array(buffer[cursor.position..<cursor.nameStart - 1])
          entries.append(RawTreeEntry(modeText: mode, name: Array(cursor.name), id: cursor.id))
          cursor.advance()
        case .end: return entries
        case .malformed: return nil
        }
      }
    }
  }

  /// What is wrong with the entry by itself.
  func flaws(pathLength: Int, limit: Int) -> [TreeInspection.Flaw] {
    var flaws: [TreeInspection.Flaw] = []
    if NameFolding.isReserved(name) { flaws.append(.reservedName) }
    if name.contains(UInt8(ascii: "/")) { flaws.append(.slashInName) }
    if pathLength > limit { flaws.append(.nameTooLong) }
    if modeText.first == UInt8(ascii: "0") { flaws.append(.zeroPaddedMode) }
    let known: [UInt32] = [0o040000, 0o100644, 0o100755, 0o120000, 0o160000]
    if !known.contains(bits) { flaws.append(.unknownMode(bits)) }
    if id == .zero { flaws.append(.nullObject) }
    if mode != .file, mode != .executable, NameFolding.isModules(name) { flaws.append(.foreignModules) }
    return flaws
  }

  /// Git's order: a directory counts as if `/` stood behind its name.
  func precedes(_ other: RawTreeEntry) -> Bool {
    func key(_ entry: RawTreeEntry) -> [UInt8] {
      entry.mode == .directory ? entry.name + [UInt8(ascii: "/")] : entry.name
    }
    return key(self).lexicographicallyPrecedes(key(other))
  }
}

/// Which names file systems take for the same.
public enum NameFolding {
  /// Characters that HFS+ ignores in names, as listed in git's utf8.c, `next_hfs_char`, and others that nobody sees.
  private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  /// A name without case, without characters that are not seen, and in one form of its letters.
  ///
  /// Two texts of Swift are equal when they are canonically equivalent, so NFC and NFD are the same.
  public static func fold(_ name: some Collection<UInt8>) -> String {
    if name.allSatisfy({ $0 < 0x80 }) { return String(decoding: name, as: UTF8.self).lowercased() }
    var scalars = String.UnicodeScalarView()
    for scalar in String(decoding: name, as: UTF8.self).unicodeScalars where !isIgnored(scalar) {
      scalars.append(scalar)
    }
    // Twice: the Kelvin sign and its like become letters that have a lower case of their own.
    return String(scalars).lowercased().uppercased().lowercased()
  }

  /// Whether any file system may take a name for `.`, `..` or `.git`.
  ///
  /// As git finds it in path.c, `is_ntfs_dotgit`, and utf8.c, `is_hfs_dotgit`. On Windows a backslash parts names too.
  static func isReserved(_ name: [UInt8]) -> Bool {
    fold(name) == ".git"
      || parts(name).contains { part in
        part.elementsEqual([0x2E]) || part.elementsEqual([0x2E, 0x2E])
          || isNTFSName(part, ".git", short: "git~1")
      }
  }

  /// `.gitmodules` under any of its names.
  static func isModules(_ name: [UInt8]) -> Bool {
    fold(name) == ".gitmodules" || parts(name).contains { isNTFSName($0, ".gitmodules", short: "gitmod~1") }
  }

  private static func parts(_ name: [UInt8]) -> [ArraySlice<UInt8>] {
    name.split(separator: UInt8(ascii: "\\"), omittingEmptySubsequences: false)
  }

  /// On NTFS blanks and dots at the end do not count, nor what follows a colon, and short names exist.
  private static func isNTFSName(_ name: ArraySlice<UInt8>, _ long: String, short: String) -> Bool {
    var rest = name.prefix { $0 != UInt8(ascii: ":") }
    while let last = rest.last, last == 0x20 || last == 0x2E { rest = rest.dropLast() }
    let text = fold(rest)
    return text == long || text == short
  }
}
