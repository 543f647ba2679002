internal import Facts

/// GitLab's CODEOWNERS: in every section the last line that matches names the owners, and each section counts.
///
/// After GitLab's documentation and its `Gitlab::CodeOwners::File`.
struct GitLabOwnersFile: Sendable {
  struct Entry: Sendable {
    var pattern: [UInt8]
    var automaton: Automaton
    /// Nil for an entry that takes paths out of the section.
    var owners: [Owner]?
    var line: Int
  }

  struct Section: Sendable {
    /// Nil for what stands before the first heading.
    var name: String?
    var isOptional: Bool
    var required: Int
    var defaults: [Owner]
    var entries: [Entry] = []
    fileprivate var index = PatternIndex(prefixes: [])
  }

  let path: String
  private(set) var sections: [Section] = []
  private(set) var problems: [OwnershipProblem] = []
  private var places: [String: Int] = [:]
  private var current = 0
  private var count = 0

  init(_ file: OwnershipFile) {
    path = file.path
    open(Section(name: nil, isOptional: false, required: 1, defaults: []), key: "")
    let lines = OwnershipLines(file.bytes)
    for (number, line) in lines {
      let text = line.trimmed
      guard let first = text.first, first != UInt8(ascii: "#") else { continue }
      guard count < CodeOwnersFile.ruleLimit else {
        tell(.tooMany(limit: CodeOwnersFile.ruleLimit), number)
        break
      }
      if let heading = Heading(text) {
        begin(heading, at: number)
      } else {
        if Heading.looksLike(text) { tell(.sectionHeader, number) }
        add(text, at: number)
      }
    }
    if lines.isCut { tell(.tooMany(limit: OwnershipLines.limit), OwnershipLines.limit) }
    for place in sections.indices {
      sections[place].index = PatternIndex(prefixes: sections[place].entries.map(\.automaton.prefix))
    }
  }

  private mutating func tell(_ flaw: OwnershipProblem.Flaw, _ line: Int) {
    problems.append(OwnershipProblem(flaw, at: OwnershipPlace(file: path, line: line)))
  }

  private mutating func open(_ section: Section, key: String) {
    places[key] = sections.count
    current = sections.count
    sections.append(section)
  }

  /// A name that was there before goes on; any heading that is not optional makes the section required.
  private mutating func begin(_ heading: Heading, at line: Int) {
    let defaults = owners(heading.owners, at: line)
    let key = heading.name.lowercased()
    guard let known = places[key] else {
      open(
        Section(
          name: heading.name, isOptional: heading.isOptional, required: heading.required,
          defaults: defaults), key: key)
      return
    }
    current = known
    sections[known].isOptional = sections[known].isOptional && heading.isOptional
    sections[known].required = max(sections[known].required, heading.required)
    if !defaults.isEmpty { sections[known].defaults = defaults }
  }

  private mutating func add(_ text: ArraySlice<UInt8>, at line: Int) {
    guard var pattern = text.words.first else { return }
    let isExclusion = pattern.first == UInt8(ascii: "!")
    if isExclusion { pattern.removeFirst() }
    guard let automaton = automaton(pattern, line) else { return }
    let named = owners(text.words.dropFirst(), at: line)
    let found = named.isEmpty ? sections[current].defaults : named
    count += 1
    sections[current].entries.append(
      Entry(pattern: pattern, automaton: automaton, owners: isExclusion ? nil : found, line: line))
  }

  private mutating func automaton(_ pattern: [UInt8], _ line: Int) -> Automaton? {
    do throws(GlobReader.Flaw) {
      guard let automaton = Automaton(try GlobReader.gitLab(pattern)) else {
        throw GlobReader.Flaw.tooLarge
      }
      return automaton
    } catch {
      tell(error.ownershipFlaw, line)
      return nil
    }
  }

  /// There are no comments after a pattern: every word that names somebody does; the first other is told.
  private mutating func owners(_ words: ArraySlice<[UInt8]>, at line: Int) -> [Owner] {
    let place = OwnershipPlace(file: path, line: line)
    var owners: [Owner] = []
    var stranger: OwnershipProblem.Flaw?
    for word in words {
      if word.starts(with: "@@".utf8) {
        let role = word.dropFirst(2).text.lowercased()
        let isKnown = ["developer", "developers", "maintainer", "maintainers", "owner", "owners"].contains(
          role)
        if isKnown {
          owners.append(Owner(.role(role.hasSuffix("s") ? String(role.dropLast()) : role), at: place))
        } else {
          stranger = stranger ?? .roleUnknown(word[...].text)
        }
      } else if let name = OwnerName.forge(word) {
        owners.append(Owner(name, at: place))
      } else {
        stranger = stranger ?? .owner(word[...].text)
      }
    }
    if let stranger { tell(stranger, line) }
    return owners
  }

  func owners(of path: [UInt8]) -> PathOwners {
    let rooted = [GlobReader.slash] + path
    return PathOwners(sections.compactMap { group($0, rooted) }, .every)
  }

  private func group(_ section: Section, _ path: [UInt8]) -> OwnerGroup? {
    var last: Entry?
    for number in section.index.candidates(for: path) where section.entries[number].automaton.matches(path) {
      guard section.entries[number].owners != nil else { return nil }
      last = section.entries[number]
    }
    guard let last, let owners = last.owners else { return nil }
    return OwnerGroup(
      section: section.name, owners: owners, required: owners.isEmpty ? 0 : section.required,
      isOptional: section.isOptional, at: OwnershipPlace(file: self.path, line: last.line))
  }
}

/// The first line of a section: `^[Name][2] @owner`.
struct Heading {
  var name: String
  var isOptional: Bool
  var required: Int
  var owners: ArraySlice<[UInt8]>

  /// Whether a line begins as a heading does.
  static func looksLike(_ text: ArraySlice<UInt8>) -> Bool {
    text.first == UInt8(ascii: "[") || text.starts(with: "^[".utf8)
  }

  /// Nil for any other line, and for a heading that is not well formed.
  init?(_ text: ArraySlice<UInt8>) {
    var rest = text
    isOptional = rest.first == UInt8(ascii: "^")
    if isOptional { rest.removeFirst() }
    guard let inner = Self.bracket(&rest) else { return nil }
    let name = inner.trimmed
    guard !name.isEmpty else { return nil }
    self.name = name.text
    required = 1
    if let count = Self.bracket(&rest) {
      guard !count.isEmpty, count.allSatisfy(ByteSet.digits.contains) else { return nil }
      required = max(1, count.reduce(0) { min($0 * 10 + Int($1 - 0x30), 1_000) })
    }
    guard rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
    owners = rest.words[...]
  }

  private static func bracket(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
      return nil
    }
    let inner = rest[rest.index(after: rest.startIndex)..<end]
    rest = rest[rest.index(after: end)...]
    return inner
  }
}

extension GitLabOwnersFile {
  func collect(into collector: inout PartCollector) {
    for section in sections {
      for entry in section.entries {
        guard let owners = entry.owners, !owners.isEmpty else { continue }
        collector.add(
          section.name, PlatformPattern.codeOwners(entry.pattern, isGitLab: true), owners,
          at: OwnershipPlace(file: path, line: entry.line))
      }
    }
  }
}
