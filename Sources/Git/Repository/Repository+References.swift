extension Repository {
  /// What `HEAD` says, of this work tree when there are several.
  public func head() throws(GitError) -> Head { try head(in: gitDirectory) }

  /// What `HEAD` of the repository itself says, from whichever of its work trees it was opened.
  public func commonHead() throws(GitError) -> Head { try head(in: commonDirectory) }

  private func head(in folder: String) throws(GitError) -> Head {
    switch LooseReferences(folder: folder).read("HEAD") {
    case .missing: return .broken(name: "HEAD is missing")
    case .broken(let detail): return .broken(name: "HEAD \(detail)")
    case .content(.direct(let id)): return .detached(id)
    case .content(.symbolic(let name)):
      guard let id = try resolve(reference: name) else { return .unborn(name: name) }
      return .branch(name: name, id)
    }
  }

  /// All references whose full names start with the prefix, sorted by the bytes of their names.
  ///
  /// References of single work trees (`refs/bisect`, `refs/worktree`) are not listed. For those that cannot be
  /// read see `brokenReferences(under:)`.
  public func references(under prefix: String) throws(GitError) -> [Reference] {
    try scan(prefix).references
  }

  /// The references that `references(under:)` had to leave out, sorted by name.
  public func brokenReferences(under prefix: String) throws(GitError) -> [BrokenReference] {
    try scan(prefix).broken
  }

  /// The object that a full name leads to, through symbolic references if need be; nil when there is none.
  public func resolve(reference fullName: String) throws(GitError) -> ObjectID? {
    var name = fullName
    // Git follows five symbolic references before it gives up.
    for _ in 0...5 {
      guard name == "HEAD" || (name.hasPrefix("refs/") && ReferenceName.isValid(Array(name.utf8))) else {
        return nil
      }
      let folder = name == "HEAD" ? LooseReferences(folder: gitDirectory) : looseReferences
      switch folder.read(name) {
      case .content(.direct(let id)): return id
      case .content(.symbolic(let next)): name = next
      case .missing: return try packed().line(named: Array(name.utf8))?.target
      case .broken(let detail): throw GitError.brokenReference(name, detail)
      }
    }
    throw GitError.brokenReference(fullName, "stands for more than five others in a row")
  }

  /// The name that a push to a reference really moves: where symbolic references lead.
  public func finalName(of fullName: String) throws(GitError) -> String {
    var name = fullName
    for _ in 0...5 {
      guard name.hasPrefix("refs/"), case .content(.symbolic(let next)) = looseReferences.read(name) else {
        return name
      }
      name = next
    }
    throw GitError.brokenReference(fullName, "stands for more than five others in a row")
  }

  /// The symbolic references by the name that each finally stands for, sorted.
  public func aliases() -> [String: [String]] {
    var found: [String: [String]] = [:]
    for (name, reading) in looseReferences.all(under: "refs/") {
      // One that leads round in circles moves nothing.
      guard case .content(.symbolic) = reading, let end = try? finalName(of: name) else { continue }
      found[end, default: []].append(name)
    }
    return found.mapValues { names in names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
  }

  private func scan(_ prefix: String) throws(GitError) -> (references: [Reference], broken: [BrokenReference])
  {
    let packed = try packed()
    var references: [Reference] = []
    var broken = packed.problems
    var loose: Set<String> = []
    for (name, reading) in looseReferences.all(under: prefix) {
      guard reading != .missing else { continue }
      loose.insert(name)
      switch reading {
      case _ where !ReferenceName.isValid(Array(name.utf8)):
        broken.append(BrokenReference(name: name, detail: "is no name for a reference"))
      case .broken(let detail): broken.append(BrokenReference(name: name, detail: detail))
      case .missing: break
      case .content(.direct(let id)): references.append(Reference(name, target: id))
      case .content(.symbolic(let other)):
        do {
          references.append(Reference(name, target: try resolve(reference: other), symbolic: other))
        } catch {
          broken.append(BrokenReference(name: name, detail: error.message))
        }
      }
    }
    for line in packed.lines(under: Array(prefix.utf8)) {
      let reference = Reference(packed.name(of: line), line)
      if loose.isEmpty || !loose.contains(reference.name) { references.append(reference) }
    }
    references.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return (references, broken.sorted { ($0.name, $0.detail) < ($1.name, $1.detail) })
  }

  private func packed() throws(GitError) -> PackedReferences {
    let path = commonDirectory + "/packed-refs"
    let status = FileStatus(path)
    if let known = packedReferences, known.status == status { return known }
    let fresh: PackedReferences
    switch Files.read(path, limit: 1 << 30) {
    case .missing: fresh = PackedReferences([], status: nil)
    case .special: throw GitError.brokenReference(path, "is no regular file")
    case .unreadable(let detail): throw GitError.brokenReference(path, detail)
    case .bytes(let bytes): fresh = PackedReferences(bytes, status: status)
    }
    packedReferences = fresh
    return fresh
  }
}

extension Reference {
  fileprivate init(_ name: String, target: ObjectID?, symbolic: String? = nil) {
    self.init(
      name: name, isNameLossy: name.unicodeScalars.contains("\u{FFFD}"), target: target,
      symbolicTarget: symbolic, peeled: nil)
  }

  fileprivate init(_ name: ArraySlice<UInt8>, _ line: PackedReferences.Line) {
    let text = String(decoding: name, as: UTF8.self)
    self.init(
      name: text, isNameLossy: !text.utf8.elementsEqual(name), target: line.target, symbolicTarget: nil,
      peeled: line.peeled)
  }
}

extension GitError {
  static func brokenReference(_ name: String, _ detail: String) -> GitError {
    GitError(code: .generic, function: "reference", message: "\(name) \(detail)")
  }
}
