internal import Facts

/// GitHub's CODEOWNERS: the last line that matches a path names all its owners.
///
/// After GitHub's documentation and hmarr/codeowners. A line that is not understood is left out as a whole, and the
/// rest of the file holds.
struct CodeOwnersFile: Sendable {
  /// The most rules of one file.
  static let ruleLimit = 50_000

  struct Rule: Sendable {
    var pattern: [UInt8]
    var automaton: Automaton
    var owners: [Owner]
    var line: Int
  }

  let path: String
  private(set) var rules: [Rule] = []
  private(set) var problems: [OwnershipProblem] = []
  private let index: PatternIndex

  init(_ file: OwnershipFile) {
    path = file.path
    var rules: [Rule] = []
    let lines = OwnershipLines(file.bytes)
    for (number, line) in lines {
      let place = OwnershipPlace(file: file.path, line: number)
      let words = Self.words(line)
      guard let first = words.first else { continue }
      guard rules.count < Self.ruleLimit else {
        problems.append(OwnershipProblem(.tooMany(limit: Self.ruleLimit), at: place))
        break
      }
      do throws(Refused) {
        rules.append(try Self.rule(first, words.dropFirst(), at: place))
      } catch {
        problems.append(OwnershipProblem(error.flaw, at: place))
      }
    }
    if lines.isCut {
      let place = OwnershipPlace(file: file.path, line: OwnershipLines.limit)
      problems.append(OwnershipProblem(.tooMany(limit: OwnershipLines.limit), at: place))
    }
    index = PatternIndex(prefixes: rules.map(\.automaton.prefix))
    self.rules = rules
  }

  private struct Refused: Error {
    var flaw: OwnershipProblem.Flaw
  }

  /// The words before a comment.
  private static func words(_ line: ArraySlice<UInt8>) -> [[UInt8]] {
    Array(line.words.prefix { $0.first != UInt8(ascii: "#") })
  }

  private static func rule(
    _ pattern: [UInt8], _ names: ArraySlice<[UInt8]>, at place: OwnershipPlace
  ) throws(Refused) -> Rule {
    if pattern.first == UInt8(ascii: "!") { throw Refused(flaw: .negation) }
    if pattern.starts(with: "\\#".utf8) { throw Refused(flaw: .escapedHash) }
    let automaton = try automaton(pattern)
    var owners: [Owner] = []
    for name in names {
      guard let owner = OwnerName.forge(name) else { throw Refused(flaw: .owner(name[...].text)) }
      owners.append(Owner(owner, at: place))
    }
    return Rule(pattern: pattern, automaton: automaton, owners: owners, line: place.line)
  }

  private static func automaton(_ pattern: [UInt8]) throws(Refused) -> Automaton {
    do throws(GlobReader.Flaw) {
      guard let automaton = Automaton(try GlobReader.gitHub(pattern)) else {
        throw GlobReader.Flaw.tooLarge
      }
      return automaton
    } catch {
      throw Refused(flaw: error.ownershipFlaw)
    }
  }

  func owners(of path: [UInt8]) -> PathOwners {
    guard let last = index.candidates(for: path).last(where: { rules[$0].automaton.matches(path) }) else {
      return PathOwners()
    }
    let rule = rules[last]
    let group = OwnerGroup(
      owners: rule.owners, required: rule.owners.isEmpty ? 0 : 1,
      at: OwnershipPlace(file: self.path, line: rule.line))
    return PathOwners([group])
  }
}

extension GlobReader.Flaw {
  /// The same as a problem of a line.
  var ownershipFlaw: OwnershipProblem.Flaw {
    switch self {
    case .empty: .emptyPattern
    case .tripleStar: .tripleStar
    case .tooLarge: .patternTooLarge
    case .slash: .slashInGlob
    }
  }
}

extension CodeOwnersFile {
  func collect(into collector: inout PartCollector) {
    for rule in rules where !rule.owners.isEmpty {
      collector.add(
        nil, PlatformPattern.codeOwners(rule.pattern), rule.owners,
        at: OwnershipPlace(file: path, line: rule.line))
    }
  }
}
