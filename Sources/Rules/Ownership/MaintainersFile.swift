internal import Facts

/// The kernel's MAINTAINERS: sections of people with the paths that they look after.
///
/// After `scripts/get_maintainer.pl` of the kernel and of u-boot: the conversion of patterns, the order of sections
/// and the roles are the script's, oddities included. `K:` lines speak of contents and are told, not evaluated.
struct MaintainersFile: Sendable {
  /// A pattern of an `F:`, `X:` or `N:` line.
  struct Pattern: Sendable {
    enum Kind: Sendable {
      case file
      case excluded
      case expression
    }

    var kind: Kind
    /// As written, with a slash at the end where it is a directory.
    var text: [UInt8]
    var automaton: Automaton
    /// The number of slashes that a path must have; nil for everything below a directory, and for expressions.
    var slashes: Int?
    /// How deep the pattern lies, as the script counts it.
    var depth: Int
    var line: Int
  }

  struct Section: Sendable {
    var title: String
    var status = ""
    var owners: [Owner] = []
    var patterns: [Pattern] = []
    var line: Int
    /// Titles for those on `M:` lines, as the script words them.
    var role: String { MaintainersFile.role(of: status) }
  }

  let path: String
  private(set) var sections: [Section] = []
  private(set) var problems: [OwnershipProblem] = []
  /// How many lines are of this format.
  private(set) var tagCount = 0
  private var index = PatternIndex(prefixes: [])
  /// For each pattern of the index its section and place there.
  private var places: [(section: Int, pattern: Int)] = []

  /// Reads the file; `folders` are those of `folderCandidates` that exist as directories.
  init(_ file: OwnershipFile, folders: Set<String> = []) {
    path = file.path
    var title = (text: "", line: 1)
    var isOpen = false
    let lines = OwnershipLines(file.bytes)
    for (number, line) in lines {
      if let (tag, value) = Self.tag(line) {
        tagCount += 1
        guard tagCount <= CodeOwnersFile.ruleLimit else {
          tell(.tooMany(limit: CodeOwnersFile.ruleLimit), number)
          break
        }
        if !isOpen { sections.append(Section(title: title.text, line: title.line)) }
        isOpen = true
        add(tag, value, number, folders)
      } else if !Self.isSkipped(line) {
        title = (line.trimmed.text, number)
        isOpen = false
      }
    }
    if lines.isCut { tell(.tooMany(limit: OwnershipLines.limit), OwnershipLines.limit) }
    nameRoles()
    makeIndex()
  }

  private mutating func tell(_ flaw: OwnershipProblem.Flaw, _ line: Int) {
    problems.append(OwnershipProblem(flaw, at: OwnershipPlace(file: path, line: line)))
  }

  /// A capital letter, a colon, blanks and a value; the blanks at the end belong to it.
  private static func tag(_ line: ArraySlice<UInt8>) -> (UInt8, ArraySlice<UInt8>)? {
    guard line.count > 1, let letter = line.first, (0x41...0x5A).contains(letter) else { return nil }
    guard line[line.startIndex + 1] == UInt8(ascii: ":") else { return nil }
    return (letter, line.dropFirst(2).drop { ByteSet.blanks.contains($0) })
  }

  /// Blank lines and comments, which do not part sections.
  private static func isSkipped(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop { ByteSet.blanks.contains($0) }
    return rest.isEmpty || rest.first == UInt8(ascii: "#")
  }

  private mutating func add(
    _ tag: UInt8, _ value: ArraySlice<UInt8>, _ line: Int, _ folders: Set<String>
  ) {
    let last = sections.count - 1
    let place = OwnershipPlace(file: path, line: line)
    switch tag {
    case UInt8(ascii: "M"): addPeople(value, .owner, nil, place)
    case UInt8(ascii: "R"): addPeople(value, .reviewer, "reviewer", place)
    case UInt8(ascii: "L"):
      guard let word = value.split(whereSeparator: ByteSet.blanks.contains).first else { return }
      sections[last].owners.append(
        Owner(.address(name: "", email: word.text), .list, title: "list", at: place))
    case UInt8(ascii: "S"): sections[last].status = value.text
    case UInt8(ascii: "F"): addFile(value, .file, line, folders)
    case UInt8(ascii: "X"): addFile(value, .excluded, line, folders)
    case UInt8(ascii: "N"): addPattern(value, .expression, Array(value), line)
    case UInt8(ascii: "K"): tell(.contentPattern, line)
    default: break
    }
  }

  private mutating func addPeople(
    _ value: ArraySlice<UInt8>, _ part: Owner.Part, _ title: String?, _ place: OwnershipPlace
  ) {
    let found = MaintainerAddress.list(value)
    if found.isEmpty { tell(.owner(value.trimmed.text), place.line) }
    sections[sections.count - 1].owners += found.map { Owner($0, part, title: title, at: place) }
  }

  private mutating func addFile(
    _ value: ArraySlice<UInt8>, _ kind: Pattern.Kind, _ line: Int, _ folders: Set<String>
  ) {
    guard !value.isEmpty else { return tell(.emptyPattern, line) }
    var converted = Self.converted(value)
    if folders.contains(converted[...].text), converted.last != GlobReader.slash {
      converted.append(GlobReader.slash)
    }
    addPattern(value, kind, converted, line)
  }

  /// `.` stands for itself, `*` for any run, `?` for one character; nothing else is escaped.
  private static func converted(_ value: ArraySlice<UInt8>) -> [UInt8] {
    value.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "."): [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "*"): [UInt8(ascii: "."), byte]
      case UInt8(ascii: "?"): [UInt8(ascii: ".")]
      default: [byte]
      }
    }
  }

  private mutating func addPattern(
    _ value: ArraySlice<UInt8>, _ kind: Pattern.Kind, _ expression: [UInt8], _ line: Int
  ) {
    let isExpression = kind == .expression
    do throws(ExpressionReader.Refusal) {
      let shape = try ExpressionReader.shape(expression, extended: isExpression)
      guard let automaton = Automaton(shape, anchorsStart: !isExpression, anchorsEnd: false) else {
        return tell(.patternTooLarge, line)
      }
      let isFolder =
        kind != .expression && expression.last == GlobReader.slash && value.last != GlobReader.slash
      let slashes = expression.count { $0 == GlobReader.slash }
      let endsInSlash = expression.last == GlobReader.slash
      var depth = slashes + (endsInSlash ? 0 : 1)
      if expression.starts(with: ".*".utf8) { depth = -1 }
      sections[sections.count - 1].patterns.append(
        Pattern(
          kind: kind, text: Array(value) + (isFolder ? [GlobReader.slash] : []), automaton: automaton,
          slashes: isExpression || endsInSlash ? nil : slashes,
          depth: isExpression ? 0 : depth, line: line))
    } catch {
      tell(.expression(error.what), line)
    }
  }

  private mutating func nameRoles() {
    for place in sections.indices {
      let role = sections[place].role
      for number in sections[place].owners.indices where sections[place].owners[number].part == .owner {
        sections[place].owners[number].title = role
      }
    }
  }

  private mutating func makeIndex() {
    for (section, content) in sections.enumerated() {
      places += content.patterns.indices.map { (section, $0) }
    }
    index = PatternIndex(prefixes: sections.flatMap(\.patterns).map(\.automaton.prefix))
  }

  /// The script's word for those on the `M:` lines of a section with this status.
  static func role(of status: String) -> String {
    switch status.lowercased() {
    case "supported": "supporter"
    case "maintained": "maintainer"
    case "odd fixes": "odd fixer"
    case "orphan": "orphan minder"
    case "obsolete": "obsolete minder"
    case "buried alive in reporters": "chief penguin"
    case "": "unknown"
    case let other: other
    }
  }
}

extension MaintainersFile {
  /// Patterns that could be the name of a directory, sorted: the script asks the disk about each.
  static func folderCandidates(_ file: OwnershipFile) -> [String] {
    var found = Set<String>()
    for (_, line) in OwnershipLines(file.bytes) {
      guard let (tag, value) = tag(line), tag == UInt8(ascii: "F") || tag == UInt8(ascii: "X") else {
        continue
      }
      let isPlain = !value.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "*") }
      guard isPlain, !value.isEmpty, value.last != GlobReader.slash else { continue }
      guard found.count < CodeOwnersFile.ruleLimit else { break }
      found.insert(converted(value)[...].text)
    }
    return found.sorted()
  }

  /// The sections that are for a path, the deepest first; of equals the first in the file.
  func owners(of path: [UInt8]) -> PathOwners {
    var found: [Int: Pattern] = [:]
    var excluded = Set<Int>()
    let slashes = path.count { $0 == GlobReader.slash }
    for number in index.candidates(for: path) {
      let (section, place) = places[number]
      let pattern = sections[section].patterns[place]
      guard pattern.slashes.map({ $0 == slashes }) ?? true, pattern.automaton.matches(path) else { continue }
      if pattern.kind == .excluded { excluded.insert(section) } else { found[section] = pattern }
    }
    let ordered = found.filter { !excluded.contains($0.key) }
      .sorted { ($1.value.depth, $0.key) < ($0.value.depth, $1.key) }
    return PathOwners(
      ordered.map { section, pattern in
        OwnerGroup(
          section: sections[section].title, owners: sections[section].owners, required: 1,
          at: OwnershipPlace(file: self.path, line: pattern.line))
      })
  }
}

/// People on `M:` and `R:` lines.
enum MaintainerAddress {
  /// `Name <address>`, an address alone, or several of either with commas; remarks behind are left out.
  static func list(_ value: ArraySlice<UInt8>) -> [Owner.Name] {
    parts(of: value).compactMap(one)
  }

  /// The text between commas that are in no quotes and no angle brackets.
  private static func parts(of value: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = value.startIndex
    var isQuoted = false
    var depth = 0
    for place in value.indices {
      switch value[place] {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: "<"), UInt8(ascii: "("): depth += isQuoted ? 0 : 1
      case UInt8(ascii: ">"), UInt8(ascii: ")"): depth = max(0, depth - (isQuoted ? 0 : 1))
      // A comma inside a name without quotes belongs to the name: only one behind an address parts two people.
      case UInt8(ascii: ",")
      where !isQuoted && depth == 0 && value[start..<place].contains(UInt8(ascii: "@")):
        parts.append(value[start..<place])
        start = place + 1
      default: break
      }
    }
    parts.append(value[start...])
    return parts
  }

  private static func one(_ part: ArraySlice<UInt8>) -> Owner.Name? {
    let text = part.trimmed
    guard let open = text.lastIndex(of: UInt8(ascii: "<")) else {
      let word = text.split(whereSeparator: ByteSet.blanks.contains).first ?? []
      return OwnerName.address(word).map { .address(name: "", email: $0) }
    }
    let rest = text[(open + 1)...]
    let address = rest[..<(rest.firstIndex(of: UInt8(ascii: ">")) ?? rest.endIndex)].trimmed
    guard let email = OwnerName.address(address) else { return nil }
    var name = text[..<open].trimmed
    if name.count > 1, name.first == UInt8(ascii: "\""), name.last == UInt8(ascii: "\"") {
      name = name.dropFirst().dropLast()
    }
    return .address(name: name.text, email: email)
  }
}

extension MaintainersFile {
  func collect(into collector: inout PartCollector) {
    for section in sections {
      let files = section.patterns.filter { $0.kind == .file }
      guard let first = files.first else { continue }
      collector.add(
        section.title, files.flatMap { PlatformPattern.maintainers($0.text) }, section.owners,
        at: OwnershipPlace(file: path, line: first.line))
    }
  }
}
