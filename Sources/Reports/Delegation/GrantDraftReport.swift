public import Facts
public import Rules

/// Grants that are about to be made or ended: the files, what speaks against them, and how to commit them.
public struct GrantDraftReport: Sendable {
  public static let schema = "tributary/delegate-grant/1"

  /// What is done.
  public enum Action: String, Hashable, Sendable, CaseIterable {
    case grant
    case revoke
  }

  /// A remark on what follows.
  public enum Remark: Hashable, Sendable {
    /// The commit does not count by itself when these people write it; the giver, or somebody who may grant, has to
    /// write, approve or land it.
    case needsEntitled(committer: String?, giver: Grant.Giver)
    /// Grants that rest on one that ends.
    case endsWithIt([String])
    /// A later grant of the automatic rules that there was no room for.
    case overCap(person: String, ladder: String, most: Int)
    /// Nobody has climbed a ladder that would give them something new.
    case nobodyClimbed
    /// The files on disk differ from the policy in force, which is what judges.
    case directoryDiffers
    /// It is not in force at once.
    case begins(Instant)
  }

  public struct File: Sendable {
    public var grant: Grant
    /// As the user can open it.
    public var path: String
    public var text: String
    public var objections: [GrantObjection]
    /// What its giver could give; told where something speaks against the grant.
    public var allowed: [HeldRight]

    public init(
      grant: Grant, path: String, text: String, objections: [GrantObjection] = [], allowed: [HeldRight] = []
    ) {
      self.grant = grant
      self.path = path
      self.text = text
      self.objections = objections
      self.allowed = allowed
    }
  }

  public var action: Action
  public var files: [File]
  /// Commands that commit the files.
  public var commands: [String]
  public var remarks: [Remark]
  /// False for a dry run, and where something speaks against it.
  public var isWritten: Bool

  public init(action: Action, files: [File], commands: [String], remarks: [Remark], isWritten: Bool) {
    self.action = action
    self.files = files
    self.commands = commands
    self.remarks = remarks
    self.isWritten = isWritten
  }

  public var isRefused: Bool { files.contains { !$0.objections.isEmpty } }
}

extension GrantDraftReport {
  public func text() -> TextDocument {
    var document = TextDocument()
    if isRefused {
      for file in files where !file.objections.isEmpty {
        document.append(
          .section(
            "Refused: grant \(file.grant.id, .id) to \(file.grant.granteeName, .person)",
            [.list(file.objections.map { Words.objection($0, by: file.grant.giver) })]))
        guard !file.allowed.isEmpty else { continue }
        document.append(
          .section(
            "What \(Words.giver(file.grant.giver)) may give", [.list(file.allowed.map(Words.right))]))
      }
      document.append(.note("Nothing was written."))
      return document
    }
    for file in files {
      let done: StyledText = isWritten ? "Wrote \(file.path, .code):" : "Would write \(file.path, .code):"
      document.append(.paragraph(done))
      document.append(.copied(file.text.split(separator: "\n").map(String.init), .plain))
    }
    for remark in remarks { document.append(.note(Words.remark(remark))) }
    if !commands.isEmpty {
      document.append(.paragraph(isWritten ? "To propose it:" : "Then, to propose it:"))
      document.append(.copied(commands.map { "  " + $0 }))
    }
    return document
  }

  /// What was written, or why not; the keys are documented in `JSON.md`.
  public func json() -> [UInt8] {
    JSONText.object { json in
      json.string("schema", Self.schema)
      json.string("action", action.rawValue)
      json.boolean("written", isWritten)
      json.objects("items", files) { file, json in
        file.grant.write(into: &json)
        json.string("granteeKind", file.grant.granteeKind)
        json.string("reason", file.grant.reason)
        json.string("path", file.path)
        json.string("text", file.text)
        json.objects("objections", file.objections) { objection, json in
          json.string("kind", objection.label)
          json.string("detail", Words.objection(objection, by: file.grant.giver).plain)
        }
        json.objects("allowed", file.allowed) { right, json in
          json.strings("chain", right.chain)
          json.strings("verbs", Grant.Verb.allCases.filter(right.verbs.contains).map(\.rawValue))
          json.string("paths", Words.region(right.paths))
          json.time("until", right.until)
          json.integer("depth", right.depth)
          json.integer("maxPaths", right.limits.paths)
          json.strings("kinds", right.limits.kindNames)
        }
      }
      json.strings("commands", commands)
      json.strings("notes", remarks.map { Words.remark($0).plain })
    }
  }
}

extension Words {
  /// What somebody may give, in a line.
  static func right(_ right: HeldRight) -> StyledText {
    var text: StyledText =
      """
      \(Grant.Verb.allCases.filter(right.verbs.contains).map(\.rawValue).joined(separator: ", ")) on \
      \(region(right.paths), .code)
      """
    if let until = right.until { text = text + ", until \(moment(until))" }
    if let paths = right.limits.paths { text = text + ", for changes of at most \(counted(paths, "path"))" }
    if right.limits.kinds != nil {
      text = text + ", for changes of kind \(right.limits.kindNames.joined(separator: ", "))"
    }
    text = text + ", depth \(right.depth)"
    return right.chain.isEmpty ? text : text + ", by grant \(right.chain.joined(separator: " › "), .id)"
  }

  /// A region in patterns and words.
  static func region(_ region: PathRegion) -> String {
    switch region {
    case .list(let list): return list.texts.joined(separator: " ")
    case .except(let part): return "not (\(self.region(part)))"
    case .all(let parts):
      let words = parts.filter { $0 != .everything }.map(self.region)
      return words.isEmpty ? "**" : words.joined(separator: " within ")
    case .any(let parts):
      return parts.isEmpty ? "nothing" : parts.map(self.region).joined(separator: " or ")
    }
  }

  static func remark(_ remark: GrantDraftReport.Remark) -> StyledText {
    switch remark {
    case .needsEntitled(let committer, let giver):
      let who: StyledText = committer.map { "\($0, .person)" } ?? "nobody whom the roster knows"
      return """
        The commit counts when \(Words.giver(giver)) or somebody else who may grant it writes, approves or lands it; git \
        commits here as \(who).
        """
    case .endsWithIt(let ids):
      return "These grants rest on it and end with it: \(ids.joined(separator: ", "), .id)."
    case .overCap(let person, let ladder, let most):
      return "\(person, .person) has climbed ladder \(ladder, .id), but its \(most) places are taken."
    case .nobodyClimbed: return "Nobody has climbed a ladder that would give them something new."
    case .directoryDiffers:
      return "The files here differ from the policy in force on the branch, which is what judges."
    case .begins(let moment): return "It begins \(Words.moment(moment))."
    }
  }
}

extension GrantObjection {
  /// The word for what speaks against a grant, in JSON.
  var label: String {
    switch self {
    case .nobodyMayGrant: "nobody-may-grant"
    case .toOneself: "to-oneself"
    case .idUsedBefore: "id-used-before"
    case .nothingToGive: "nothing-to-give"
    case .verbNotHeld: "verb-not-held"
    case .pathNotHeld: "path-not-held"
    case .pathsNotComparable: "paths-not-comparable"
    case .branchNotHeld: "branch-not-held"
    case .changesTooLarge: "changes-too-large"
    case .kindsNotHeld: "kinds-not-held"
    case .endsTooLate: "ends-too-late"
    case .noEnd: "no-end"
    case .tooLong: "too-long"
    case .noBeginning: "no-beginning"
    case .alreadyOver: "already-over"
    case .tooDeep: "too-deep"
    case .noSingleRight: "no-single-right"
    case .noAutomaticRule: "no-automatic-rule"
    case .overCap: "over-cap"
    case .notEarned: "not-earned"
    case .doesNotHold: "does-not-hold"
    }
  }
}
