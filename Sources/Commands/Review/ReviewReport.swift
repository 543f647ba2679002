internal import Facts
internal import Git
internal import Harvest
internal import Reports

/// What a command has recorded on a review, for people and for programs.
struct ReviewReport {
  static let schema = "tributary/review/1"

  /// What was done, in the word of the command.
  let action: String
  /// The same as the beginning of a sentence.
  let done: String
  let annotated: ObjectID
  let title: String
  /// The commit that the records are about.
  let revision: ObjectID
  let branch: String
  let target: String
  let author: GitSettings.Author
  let signer: RecordSigner?
  let written: WrittenReview
  let isRehearsal: Bool
  /// What is to be pushed besides the records: the branch of a request.
  var alsoPushed: [String] = []
  let remote: String

  private var id: ContributionID { .review(ObjectName(id: annotated)) }

  // MARK: Sharing

  private var references: [String] {
    var references: [String] = []
    for record in written.records where !references.contains(record.reference) {
      references.append(record.reference)
    }
    return references
  }

  /// The command that gives the records to everybody.
  var push: String {
    let archive = written.archives ? [ReviewLedger.archiveRef] : []
    return (["git", "push", remote] + references + archive + alsoPushed).map(\.shellWord)
      .joined(separator: " ")
  }

  /// The commands that bring in what others recorded meanwhile.
  var merge: [String] {
    let folder = "refs/notes/remotes/\(remote)/"
    let fetch = ["git", "fetch", remote, "+refs/notes/devtools/*:\(folder)devtools/*"]
    let merges = references.compactMap { $0.withoutPrefix("refs/notes/") }.map { name in
      // Short names, so that the line fits on a terminal.
      ["git", "notes", "--ref=\(name)", "merge", "-s", "cat_sort_uniq", "notes/remotes/\(remote)/\(name)"]
    }
    return ([fetch] + merges).map { $0.map(\.shellWord).joined(separator: " ") }
  }

  // MARK: Text

  func text() -> TextDocument {
    var fields: [TextDocument.Field] = [.init("revision", StyledText(revision.hex, .id))]
    if !branch.isEmpty { fields.append(.init("branch", StyledText("\(branch) for \(target)"))) }
    fields.append(.init("by", StyledText("\(author.name) <\(author.email)>", .person)))
    for record in written.records {
      let what = record.id.map { "comment \($0.hex)" } ?? "request"
      fields.append(.init("record", StyledText("\(what) in \(record.reference)")))
    }
    fields.append(.init("signed", StyledText(signer.map { "\($0.format.rawValue), \($0.key)" } ?? "no")))
    var blocks: [TextDocument.Block] = [
      .title(StyledText("\(isRehearsal ? "Not written: " : "")\(done) \(id.description): \(title.subject)")),
      .fields(fields),
    ]
    blocks += written.remarks.map { .note(StyledText("Note: \($0).")) }
    guard !isRehearsal else {
      return TextDocument(blocks + [.paragraph("The records, as they would be written:")])
    }
    blocks.append(.section("Share it", [.copied([push])]))
    blocks.append(
      .section(
        "If others were faster, bring in theirs and push again; no line gets lost",
        [.copied(merge)]))
    return TextDocument(blocks)
  }

  /// The records of a rehearsal, whole, each after the place where it would go; safe to show.
  var lines: [UInt8] {
    let lines = written.records.flatMap { record in
      ["\(record.reference) \(record.object.hex)", String(decoding: record.line, as: UTF8.self)]
    }
    return lines.flatMap { line in
      Array((Painter.text(StyledText(EscapedText(escaping: line, limit: .max)), palette: .plain) + "\n").utf8)
    }
  }

  // MARK: JSON

  func json() -> [UInt8] {
    JSONText.object { json in
      json.string("schema", Self.schema)
      json.string("action", action)
      json.boolean("written", !isRehearsal && !written.commits.isEmpty)
      json.string("id", id.description)
      json.string("title", title.subject)
      json.object("annotated", named: ObjectName(id: annotated))
      json.object("revision", named: ObjectName(id: revision))
      json.string("branch", branch.isEmpty ? nil : branch)
      json.string("target", target)
      json.object("by") { json in
        json.string("name", author.name)
        json.string("email", author.email)
      }
      json.string("signed", signer?.format.rawValue)
      json.objects("records", written.records) { record, json in
        json.string("ref", record.reference)
        json.object("id", named: record.id)
        json.string("line", String(decoding: record.line, as: UTF8.self))
      }
      json.objects("commits", written.commits) { commit, json in
        json.string("ref", commit.reference)
        json.object("commit", named: commit.commit)
      }
      json.strings("remarks", written.remarks)
      json.string("push", push)
      json.strings("merge", merge)
    }
  }

  /// Writes the report in the form that was asked for.
  func write(_ arguments: Arguments, _ world: World) throws -> Ending {
    if arguments[Options.format] == .json {
      try world.output(json())
      return .met
    }
    if !arguments[Options.quiet] {
      try arguments.write(text(), to: world)
    } else if action == "request", !isRehearsal {
      // A script that asks for a review goes on with its name.
      try world.output(Array("\(id)\n".utf8))
    }
    if isRehearsal { try world.output(lines) }
    return .met
  }
}

extension String {
  /// The first line.
  fileprivate var subject: String {
    String(split(whereSeparator: \.isNewline).first ?? "").trimmed
  }

  /// The text as one word of a shell: a branch may be called anything, such as `$(date)`.
  var shellWord: String {
    let isPlain = unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "/._-=@".unicodeScalars.contains(scalar))
    }
    guard !isPlain || isEmpty else { return self }
    return shellQuoted
  }
}
