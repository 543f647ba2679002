internal import Facts
internal import PolicyFiles
internal import Reports
internal import Rules

/// A platform to start from: the repositories read, and a component for each top folder in which work landed.
struct PlatformInference {
  /// The most components of one repository; the folders with most contributions win.
  static let componentLimit = 24

  let evidence: PolicyEvidence
  let ownership: OwnershipInference

  /// The text of `platform.json5`.
  var text: String {
    var remarks: [String: [String]] = [:]
    var components: [Platform.Component] = []
    for component in ownership.components {
      let id = Self.id(component.name, avoiding: Set(components.map(\.id)))
      remarks[id] = component.remarks
      components.append(
        Platform.Component(
          id: id, name: component.title, paths: component.paths, host: component.host,
          repositories: isSingle
            ? [] : evidence.sources.filter { $0.repository == component.repository }.map(Self.name)))
    }
    for source in evidence.sources where !ownership.repositories.contains(source.repository) {
      let folders = evidence.folders.filter { $0.repository == source.repository }
      for folder in folders.prefix(Self.componentLimit).sorted(by: { $0.name < $1.name }) {
        guard let paths = Self.paths(of: folder.name) else { continue }
        let id = id(of: folder, avoiding: Set(components.map(\.id)))
        let count = folder.contributions
        remarks[id] = [
          "\(count == 1 ? "1 contribution" : "\(count) contributions") in \(HostInference.days) days"
        ]
        components.append(
          Platform.Component(
            id: id, paths: paths, host: RosterInference.hostTeam,
            repositories: isSingle ? [] : [Self.name(of: source)]))
      }
    }
    return PolicyWriter.platform(
      Platform(
        repositories: evidence.sources.map(Self.repository), components: components,
        ownership: ownership.format), header: header + ownership.header, evidence: remarks)
  }

  private var isSingle: Bool { evidence.sources.count == 1 }

  private var header: [String] {
    [
      "What is looked after, where it lies, and who takes contributions to it.",
      "Inferred from the folders in which work landed in \(HostInference.days) days before "
        + "\(evidence.asOf.shown.date): a guess to be corrected.",
      "The last path that matches decides, `!` takes paths out again; `**` stands for whole folders.",
      "A path in no component belongs to the host teams of the roster.",
    ]
  }

  private static func repository(_ source: PolicyEvidence.Source) -> Platform.Repository {
    let prefix = "refs/heads/"
    let branch = source.branch.hasPrefix(prefix) ? String(source.branch.dropFirst(prefix.count)) : nil
    return Platform.Repository(name: name(of: source), branches: [branch].compactMap { $0 })
  }

  /// The repository's name where a policy file can hold it, else what is left of it.
  private static func name(of source: PolicyEvidence.Source) -> String {
    let isPlain = source.repository.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "._-".utf8.contains(byte)
    }
    guard !isPlain else { return source.repository }
    return PolicyWriter.handle(for: Identity(name: source.repository, email: ""), avoiding: [])
  }

  /// Everything in the folder; nil for a name that no pattern can stand for.
  private static func paths(of folder: String) -> PathList? {
    var pattern = ""
    for (place, scalar) in folder.unicodeScalars.enumerated() {
      if "*?[]\\".unicodeScalars.contains(scalar) || (place == 0 && scalar == "!") { pattern += "\\" }
      pattern.unicodeScalars.append(scalar)
    }
    // Names of broken encoding were repaired when they were read, so a pattern would not match them.
    guard !folder.unicodeScalars.contains("\u{FFFD}") else { return nil }
    do {
      return try PathList([pattern + "/**"])
    } catch {
      return nil
    }
  }

  /// The folder's name in the letters that an id may have.
  private func id(of folder: PolicyEvidence.Folder, avoiding taken: Set<String>) -> String {
    let name = isSingle ? folder.name : "\(folder.repository)-\(folder.name)"
    return Self.id(name, avoiding: taken)
  }

  private static func id(_ name: String, avoiding taken: Set<String>) -> String {
    let word = PolicyWriter.handle(for: Identity(name: name, email: ""), avoiding: [])
    guard taken.contains(word) else { return word }
    return (2...).lazy.map { "\(word)-\($0)" }.first { !taken.contains($0) } ?? word
  }
}
