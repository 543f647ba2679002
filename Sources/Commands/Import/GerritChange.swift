internal import Facts
internal import Harvest

/// A change of the REST interface (`ChangeInfo`).
struct GerritChange {
  private let field: ImportField

  /// Answers of `/changes/ID/comments` about this change.
  private let comments: [ImportField]

  init(_ field: ImportField, comments: [ImportField] = []) {
    self.field = field
    self.comments = comments
  }

  func read(into input: inout ForgeInput) throws(ImportRefusal) {
    let number = try field.number("_number")
    let opened = try field.requiredTime("created")
    let branch = field.text("branch")
    guard !branch.isEmpty else { throw field.refusal("branch", "the name of the target branch") }
    let status = field.text("status")
    let request = ForgeRequest(
      number: number, opened: opened, requester: GerritWords.account(field["owner"]),
      title: field.text("subject"), reviewRef: GerritBuilding.ref(number, patchSet: 1),
      targetRef: branch.hasPrefix("refs/") ? branch : "refs/heads/\(branch)",
      state: status == "MERGED" ? .merged : status == "ABANDONED" ? .closed : .open)
    var change = GerritBuilding(request)
    change.request.updated = try field.time("updated")
    change.request.isDraft = field.truth("work_in_progress") ?? (status == "DRAFT")
    try readPatchSets(&change)
    for refusal in comments.flatMap({ GerritComments($0).read(into: &change) }) {
      input.comment { (_) throws(ImportRefusal) in throw refusal }
    }
    try readMessages(&change)
    try readVotes(&change)
    try readReviewers(&change)
    try readEnding(&change)
    input.add(change.request)
    for comment in change.comments { input.add(comment, to: number) }
  }

  private func readPatchSets(_ change: inout GerritBuilding) throws(ImportRefusal) {
    if case .object(let members)? = field["revisions"]?.value, let revisions = field["revisions"] {
      for hex in members.keys.sorted() {
        guard let commit = hex.utf8.count == 40 ? ObjectName(hex: hex) : nil, let revision = revisions[hex]
        else {
          continue
        }
        change.addPatchSet(
          try revision.number("_number"), commit, at: try revision.time("created"),
          by: GerritWords.account(revision["uploader"]))
      }
    } else if let current = field.commit("current_revision") {
      change.addPatchSet(1, current, at: nil, by: change.request.requester)
    }
    change.finishPatchSets()
    guard !change.patchSets.isEmpty else {
      throw field.refusal("revisions", "the patch sets by their commits (o=ALL_REVISIONS)")
    }
  }

  private func readMessages(_ change: inout GerritBuilding) throws(ImportRefusal) {
    for message in field.list("messages") {
      change.addMessage(
        message.text("message"), at: try message.requiredTime("date"),
        by: GerritWords.account(message["author"] ?? message["real_author"]), tag: message.text("tag"),
        patchSet: message["_revision_number"]?.value.integer.flatMap { Int(exactly: $0) })
    }
  }

  private func readVotes(_ change: inout GerritBuilding) throws(ImportRefusal) {
    guard case .object(let members)? = field["labels"]?.value, let labels = field["labels"] else { return }
    for label in members.keys.sorted() {
      for vote in labels[label]?.list("all") ?? [] {
        guard let value = vote["value"]?.value.integer, let value = Int(exactly: value), abs(value) < 100,
          let at = try vote.time("date")
        else { continue }
        change.addVote(
          .init(label: label, value: value), at: at, by: GerritWords.account(vote), patchSet: nil,
          tag: vote.text("tag"))
      }
    }
  }

  private func readReviewers(_ change: inout GerritBuilding) throws(ImportRefusal) {
    var told: Set<String> = []
    for update in field.list("reviewer_updates") {
      let state = update.text("state")
      guard state == "REVIEWER" || state == "REMOVED" else { continue }
      let person = GerritWords.account(update["reviewer"])
      told.insert(person)
      var event = ForgeEvent(
        state == "REVIEWER" ? .reviewRequested : .reviewerRemoved, try update.requiredTime("updated"),
        by: GerritWords.account(update["updated_by"]))
      event.subject = person
      // Whoever votes becomes a reviewer without having been asked.
      if event.subject != event.actor { change.request.events.append(event) }
    }
    change.request.awaited = (field["reviewers"]?.list("REVIEWER") ?? []).map { GerritWords.account($0) }
      .filter { person in
        !told.contains(person) && person != change.request.requester
          && !change.comments.contains { $0.author == person }
      }
  }

  private func readEnding(_ change: inout GerritBuilding) throws(ImportRefusal) {
    change.request.closed = try field.time("submitted")
    switch change.request.state {
    case .open: return
    case .merged:
      change.request.landed = field.commit("current_revision") ?? change.request.head
      guard let at = change.request.closed ?? change.request.updated else { return }
      var event = ForgeEvent(.merged, at, by: field["submitter"].map { GerritWords.account($0) } ?? "")
      if change.request.closed == nil { event.notBefore = change.request.opened }
      event.commit = change.request.landed
      change.request.events.append(event)
    case .closed: change.closeIfUntold(at: change.request.updated)
    }
  }
}

extension GerritBuilding {
  /// Abandoned, though no message says when: not after the last change of anything.
  mutating func closeIfUntold(at latest: Instant?) {
    let lastEnd = request.events.filter { $0.event == .closed || $0.event == .reopened }.max { $0.at < $1.at }
    guard lastEnd?.event != .closed, let latest else { return }
    var event = ForgeEvent(.closed, latest)
    event.notBefore = request.opened
    request.events.append(event)
  }
}

/// A change of `ssh gerrit query`, one on each line.
struct GerritQueryChange {
  private let field: ImportField

  init(_ field: ImportField) { self.field = field }

  func read(into input: inout ForgeInput) throws(ImportRefusal) {
    let number = try number()
    let opened = try field.requiredTime("createdOn")
    let branch = field.text("branch")
    guard !branch.isEmpty else { throw field.refusal("branch", "the name of the target branch") }
    let status = field.text("status")
    let request = ForgeRequest(
      number: number, opened: opened, requester: GerritWords.account(field["owner"]),
      title: field.text("subject"), reviewRef: GerritBuilding.ref(number, patchSet: 1),
      targetRef: branch.hasPrefix("refs/") ? branch : "refs/heads/\(branch)",
      state: status == "MERGED" ? .merged : status == "ABANDONED" ? .closed : .open)
    var change = GerritBuilding(request)
    change.request.updated = try field.time("lastUpdated")
    change.request.isDraft = field.truth("wip")
    try readPatchSets(&change)
    try readMessages(&change)
    var merged: (at: Instant, by: String)?
    try readVotes(&change, &merged)
    try readComments(&change)
    finish(&change, merged)
    input.add(change.request)
    for comment in change.comments { input.add(comment, to: number) }
  }

  /// Older servers write the number as a text.
  private func number() throws(ImportRefusal) -> Int {
    if let number = Int(field.text("number")), number > 0, number <= Int(Int32.max) { return number }
    return try field.number("number")
  }

  private var patchSets: [ImportField] {
    let all = field.list("patchSets")
    return all.isEmpty ? [field["currentPatchSet"]].compactMap { $0 } : all
  }

  private func readPatchSets(_ change: inout GerritBuilding) throws(ImportRefusal) {
    for set in patchSets {
      guard let commit = set.commit("revision") else {
        throw set.refusal("revision", "a commit id of 40 digits")
      }
      change.addPatchSet(
        Self.number(of: set), commit, at: try set.time("createdOn"), by: GerritWords.account(set["uploader"]))
    }
    change.finishPatchSets()
    guard !change.patchSets.isEmpty else {
      throw field.refusal("patchSets", "the patch sets (--patch-sets or --current-patch-set)")
    }
  }

  private static func number(of set: ImportField) -> Int { Int(set.id("number")) ?? 1 }

  private func readMessages(_ change: inout GerritBuilding) throws(ImportRefusal) {
    for message in field.list("comments") {
      let at = try message.requiredTime("timestamp")
      let by = GerritWords.account(message["reviewer"])
      let text = message.text("message")
      switch text.split(separator: "\n").first {
      case "Abandoned": change.request.events.append(ForgeEvent(.closed, at, by: by))
      case "Restored": change.request.events.append(ForgeEvent(.reopened, at, by: by))
      case "Set Ready For Review": change.request.events.append(ForgeEvent(.ready, at, by: by))
      case "Set Work In Progress": change.request.events.append(ForgeEvent(.draft, at, by: by))
      case let line? where line.hasPrefix("Change has been successfully "): continue
      default:
        change.addMessage(
          text, at: at, by: by, tag: "",
          patchSet: Self.patchSet(in: text))
      }
    }
  }

  /// The number in `Patch Set 3: …`.
  private static func patchSet(in text: String) -> Int? {
    guard text.hasPrefix("Patch Set ") else { return nil }
    return Int(text.dropFirst("Patch Set ".count).prefix { $0.isNumber })
  }

  private func readVotes(
    _ change: inout GerritBuilding, _ merged: inout (at: Instant, by: String)?
  ) throws(ImportRefusal) {
    for set in patchSets {
      for vote in set.list("approvals") {
        guard let value = Int(vote.id("value")), abs(value) < 100, let at = try vote.time("grantedOn") else {
          continue
        }
        let by = GerritWords.account(vote["by"])
        if vote.text("type") == "SUBM" {
          merged = (at, by)
        } else {
          change.addVote(
            .init(label: vote.text("type"), value: value), at: at, by: by, patchSet: Self.number(of: set),
            tag: "")
        }
      }
    }
  }

  /// Comments on lines have no time here: not before their patch set, and not after the last change of anything.
  private func readComments(_ change: inout GerritBuilding) throws(ImportRefusal) {
    for set in patchSets {
      let uploaded = try set.time("createdOn") ?? change.request.opened
      for field in set.list("comments") {
        let by = GerritWords.account(field["reviewer"])
        let (path, text) = (field.text("file"), field.text("message"))
        let line = field["line"]?.value.integer ?? 0
        let digest = TextDigest.hex("\(path)\n\(line)\n\(by)\n\(text)")
        var comment = ForgeComment(
          .comment, id: "comment/\(Self.number(of: set))/\(digest)", at: change.request.updated ?? uploaded,
          by: by,
          text)
        comment.notBefore = uploaded
        comment.commit = set.commit("revision")
        (comment.path, comment.line) = (path, UInt32(exactly: line) ?? 0)
        change.add(comment)
      }
    }
  }

  private func finish(_ change: inout GerritBuilding, _ merged: (at: Instant, by: String)?) {
    switch change.request.state {
    case .open: return
    case .closed: change.closeIfUntold(at: change.request.updated)
    case .merged:
      change.request.landed = change.request.head
      guard let at = merged?.at ?? change.request.updated else { return }
      var event = ForgeEvent(.merged, at, by: merged?.by ?? "")
      if merged == nil { event.notBefore = change.request.opened }
      event.commit = change.request.landed
      change.request.events.append(event)
      change.request.closed = at
    }
  }
}

/// A short name for a text that has no id of its own.
enum TextDigest {
  /// Sixteen digits of the 64-bit FNV-1a hash; it need only differ among the comments of one request.
  static func hex(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
