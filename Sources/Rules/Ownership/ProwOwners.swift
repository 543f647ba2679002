internal import Facts

/// Prow's OWNERS files, of which only those written as plain JSON are read.
///
/// After Prow's `repoowners`. Names carry no line, because a JSON text has none worth naming; the file stands for them.
struct ProwOwners: Sendable {
  private struct People: Sendable {
    /// Nil for all files.
    var filter: Automaton?
    var approvers: [String]
    var reviewers: [String]
  }

  private struct Folder: Sendable {
    var path: String
    var people: [People] = []
    var stopsParents = false
  }

  private var folders: [String: Folder] = [:]
  private(set) var problems: [OwnershipProblem] = []
  /// Whether no file was read.
  var isEmpty: Bool { folders.isEmpty }

  /// Whether a file is one of Prow's or of Gerrit's owners plugin: both are YAML with known keys at its top.
  static func isYAML(_ file: OwnershipFile) -> Bool {
    let keys = [
      "approvers", "reviewers", "required_reviewers", "labels", "emeritus_approvers", "options", "filters",
      "aliases", "owners", "matchers", "inherited",
    ]
    for (_, line) in OwnershipLines(file.bytes) {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let key = line[..<colon].trimmed
      let rest = line[(colon + 1)...]
      guard rest.isEmpty || rest.first == 0x20 || rest.first == 0x0D else { continue }
      if line.first == key.first, keys.contains(where: key.isText) { return true }
    }
    return false
  }

  /// Whether a file begins as a JSON object does.
  static func isJSON(_ file: OwnershipFile) -> Bool {
    file.bytes.first { !ByteSet.blanks.contains($0) } == UInt8(ascii: "{")
  }

  /// Reads JSON files; any other is told and left out.
  init(_ files: [OwnershipFile], aliases: OwnershipFile?) {
    let names = Self.aliases(aliases)
    if let aliases, names == nil { tell(.yaml, aliases.path) }
    for file in files {
      guard Self.isJSON(file) else {
        tell(Self.isYAML(file) ? .yaml : .notThisFormat, file.path)
        continue
      }
      guard let json = PlainJSON(file.bytes) else {
        tell(.notThisFormat, file.path)
        continue
      }
      folders[FolderPath.parent(of: file.path)] = folder(json, file.path, names ?? [:])
    }
  }

  private mutating func tell(_ flaw: OwnershipProblem.Flaw, _ path: String) {
    problems.append(OwnershipProblem(flaw, at: OwnershipPlace(file: path, line: 0)))
  }

  /// Names by alias; nil when the file is no plain JSON.
  private static func aliases(_ file: OwnershipFile?) -> [String: [String]]? {
    guard let file else { return [:] }
    guard isJSON(file), case .object(let members)? = PlainJSON(file.bytes)?["aliases"] else { return nil }
    var found: [String: [String]] = [:]
    for (name, people) in members { found[normalised(name)] = (people.texts ?? []).map(normalised) }
    return found
  }

  private static func normalised(_ name: String) -> String {
    let name = name.lowercased()
    return name.hasPrefix("@") ? String(name.dropFirst()) : name
  }

  private mutating func folder(_ json: PlainJSON, _ path: String, _ aliases: [String: [String]]) -> Folder {
    var folder = Folder(path: path)
    if case .truth(true)? = json["options"]?["no_parent_owners"] { folder.stopsParents = true }
    let simple = people(json, nil, aliases)
    if !simple.approvers.isEmpty || !simple.reviewers.isEmpty {
      folder.people = [simple]
      return folder
    }
    guard case .object(let filters)? = json["filters"] else { return folder }
    for key in filters.keys.sorted() {
      guard let content = filters[key] else { continue }
      do throws(ExpressionReader.Refusal) {
        let shape = try ExpressionReader.shape(Array(key.utf8))
        guard let filter = Automaton(shape, anchorsStart: false, anchorsEnd: false) else {
          tell(.patternTooLarge, path)
          continue
        }
        folder.people.append(people(content, filter, aliases))
      } catch {
        tell(.expression(error.what), path)
      }
    }
    return folder
  }

  private func people(_ json: PlainJSON, _ filter: Automaton?, _ aliases: [String: [String]]) -> People {
    func names(_ key: String) -> [String] {
      (json[key]?.texts ?? []).map(Self.normalised).flatMap { aliases[$0] ?? [$0] }
    }
    return People(filter: filter, approvers: names("approvers"), reviewers: names("reviewers"))
  }

  /// Approvers of all levels that count, then reviewers, the nearest first.
  func owners(of path: String) -> PathOwners {
    let named =
      climb(path, .owner) { $0.approvers } + climb(path, .reviewer) { $0.reviewers }
    guard let first = named.first else { return PathOwners() }
    var seen = Set<Owner>()
    return PathOwners([
      OwnerGroup(owners: named.filter { seen.insert($0.withoutPlace).inserted }, at: first.place)
    ])
  }

  /// A stop to parents works only once somebody was found.
  private func climb(_ path: String, _ part: Owner.Part, _ names: (People) -> [String]) -> [Owner] {
    let bytes = Array(path.utf8)
    var found: [Owner] = []
    for place in FolderPath.upward(from: path) {
      guard let folder = folders[place] else { continue }
      let relative = place.isEmpty ? bytes : Array(bytes[(place.utf8.count + 1)...])
      for people in folder.people where people.filter?.matches(relative) ?? true {
        found += names(people).map {
          Owner(.login($0), part, at: OwnershipPlace(file: folder.path, line: 0))
        }
      }
      if folder.stopsParents, !found.isEmpty { break }
    }
    return found
  }
}

extension Owner {
  /// The same wherever it is written.
  fileprivate var withoutPlace: Owner { Owner(name, part, at: OwnershipPlace(file: "", line: 0)) }
}

extension ProwOwners {
  /// The approvers of each directory, those of filters left out.
  func collect(into collector: inout PartCollector) {
    for place in folders.keys.sorted() {
      guard let folder = folders[place] else { continue }
      let at = OwnershipPlace(file: folder.path, line: 0)
      let names = folder.people.filter { $0.filter == nil }.flatMap(\.approvers)
      collector.add(
        nil, [PlatformPattern.folder(place)], names.map { Owner(.login($0), at: at) }, at: at)
    }
  }
}
