internal import Facts
internal import Harvest

/// Reads Gerrit's answers: `/changes/?q=…` of the REST interface, and the lines of `ssh gerrit query --format=JSON`.
struct GerritReader {
  private(set) var input = ForgeInput()
  /// Changes of the REST interface, each with the comments that the input has for it.
  private var changes: [(field: ImportField, comments: [ImportField])] = []
  /// Changes by the commits of their patch sets.
  private var changeOf: [ObjectName: Int] = [:]
  private var comments: [(field: ImportField, after: Int?)] = []

  mutating func read(_ documents: [ImportField]) {
    for document in documents { visit(document) }
    for (field, after) in comments { place(field, after) }
    for (field, comments) in changes {
      input.request { (input) throws(ImportRefusal) in
        try GerritChange(field, comments: comments).read(into: &input)
      }
    }
  }

  /// Comments belong to the change of the patch set that they name, else to the change that stands before them.
  private mutating func place(_ field: ImportField, _ after: Int?) {
    let named = GerritComments(field).commit
    guard let place = named == nil ? after : named.flatMap({ changeOf[$0] }) else {
      return input.comment { (_) throws(ImportRefusal) in
        throw ImportRefusal(
          place: field.place.words,
          what: "are comments without their change; put the change, with its patch sets, before them")
      }
    }
    changes[place].comments.append(field)
  }

  private mutating func addChange(_ field: ImportField) {
    if case .object(let members)? = field["revisions"]?.value {
      for hex in members.keys {
        if let commit = ObjectName(hex: hex) { changeOf[commit] = changes.count }
      }
    } else if let current = field.commit("current_revision") {
      changeOf[current] = changes.count
    }
    changes.append((field, [field["comments"]].compactMap { $0 }.filter(GerritComments.isOne)))
  }

  private mutating func visit(_ field: ImportField) {
    if field.isArray {
      for element in field.elements { visit(element) }
    } else if field["_number"] != nil {
      addChange(field)
    } else if GerritComments.isOne(field) {
      comments.append((field, changes.indices.last))
    } else if field["number"] != nil, field["project"] != nil {
      input.request { (input) throws(ImportRefusal) in try GerritQueryChange(field).read(into: &input) }
    } else if field.text("type") == "stats" {
      return
    } else {
      let message = field.text("type") == "error" ? field.text("message") : ""
      let what =
        message.isEmpty
        ? "is no change of Gerrit; a change has `_number` (REST) or `number` and `project` (ssh)"
        : "Gerrit says: \(message)"
      input.request { (_) throws(ImportRefusal) in throw ImportRefusal(place: field.place.words, what: what) }
    }
  }
}

/// People and votes as Gerrit writes them.
enum GerritWords {
  /// The address, else the login, else the name, else the account's number.
  static func account(_ field: ImportField?) -> String {
    guard let field else { return "unknown" }
    let text = field.text("email", "username", "name")
    if !text.isEmpty { return text }
    let number = field.id("_account_id")
    return number.isEmpty ? "unknown" : "account-\(number)"
  }

  /// A vote, before it is known as a comment.
  struct Vote: Hashable {
    var label: String
    var value: Int

    /// The strength with its sign, as Gerrit shows it.
    var text: String { value > 0 ? "+\(value)" : "\(value)" }

    /// +2 accepts and -2 rejects; what lies between is an opinion that decides nothing.
    var opinion: Bool? { label == "Code-Review" && abs(value) > 1 ? value > 0 : nil }
  }

  /// The votes in the first line of a message: `Patch Set 3: Code-Review+2 -Verified`.
  ///
  /// A vote that was taken back has value 0.
  static func votes(in message: String) -> [Vote] {
    let line = message.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    guard line.hasPrefix("Patch Set "), let colon = line.firstIndex(of: ":") else { return [] }
    return line[line.index(after: colon)...].split(separator: " ").compactMap { word in
      if word.first == "-", word.dropFirst().first?.isUppercase == true, word.allSatisfy(isLabel) {
        return Vote(label: String(word.dropFirst()), value: 0)
      }
      guard let sign = word.lastIndex(where: { $0 == "+" || $0 == "-" }), sign > word.startIndex,
        let value = Int(word[word.index(after: sign)...]), (0...99).contains(value),
        word[..<sign].allSatisfy(isLabel), word.first?.isUppercase == true
      else { return nil }
      return Vote(label: String(word[..<sign]), value: word[sign] == "-" ? -value : value)
    }
  }

  private static func isLabel(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "-" || character == "_"
  }

  /// What the reviewer wrote, without the line of votes and the count of comments.
  static func text(of message: String) -> String {
    guard message.hasPrefix("Patch Set ") else { return message }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
    let own = lines.drop { line in line.isEmpty || isCount(line) }
    return own.joined(separator: "\n")
  }

  /// Whether the line is the count of comments, `(3 comments)`.
  private static func isCount(_ line: Substring) -> Bool {
    line.hasPrefix("(") && (line.hasSuffix(" comments)") || line.hasSuffix(" comment)"))
  }
}

/// A change while it is being read, from either interface.
struct GerritBuilding {
  var request: ForgeRequest
  private(set) var comments: [ForgeComment] = []
  /// The commits of the patch sets by number.
  private(set) var patchSets: [Int: ObjectName] = [:]
  private var voted: Set<[String]> = []
  /// Who wrote comments on lines, and when: what a message counts is told by them.
  private var inline: Set<[String]> = []

  init(_ request: ForgeRequest) { self.request = request }

  /// Takes a patch set in; its commit is a new head of the change.
  mutating func addPatchSet(_ number: Int, _ commit: ObjectName, at moment: Instant?, by uploader: String) {
    patchSets[number] = commit
    var event = ForgeEvent(.revision, moment ?? request.opened, by: uploader)
    event.commit = commit
    request.events.append(event)
  }

  /// Puts the patch sets in order once all are there.
  mutating func finishPatchSets() {
    let order = patchSets.keys.sorted()
    request.commits = order.compactMap { patchSets[$0] }
    request.head = order.last.flatMap { patchSets[$0] }
    if let last = order.last { request.reviewRef = GerritBuilding.ref(request.number, patchSet: last) }
  }

  /// The ref of a patch set, `refs/changes/45/12345/3`.
  static func ref(_ number: Int, patchSet: Int) -> String {
    let folder = number % 100
    return "refs/changes/\(folder < 10 ? "0" : "")\(folder)/\(number)/\(patchSet)"
  }

  /// A message: what a person wrote, the votes in its first line, or what Gerrit wrote down by itself.
  mutating func addMessage(
    _ text: String, at moment: Instant, by author: String, tag: String, patchSet: Int?
  ) {
    // The two interfaces give different ids, or none.
    let id = "message/\(moment.seconds)/\(TextDigest.hex(text))"
    let votes = GerritWords.votes(in: text)
    let own = GerritWords.text(of: text)
    if tag.hasPrefix("autogenerated:") || text.hasPrefix("Uploaded patch set ") {
      if votes.isEmpty { return addAutomatic(text, id, moment, author, tag) }
    }
    for vote in votes {
      add(vote, id: "\(id)/\(vote.label)", at: moment, by: author, patchSet: patchSet, own, tag: tag)
    }
    guard votes.isEmpty, !tag.hasPrefix("autogenerated:") else { return }
    guard !own.isEmpty || text.contains(" comment") else { return }
    if own.isEmpty, inline.contains([author, "\(moment.seconds)"]) { return }
    var comment = ForgeComment(.comment, id: id, at: moment, by: author, own.isEmpty ? text : own)
    comment.commit = patchSet.flatMap { patchSets[$0] }
    comments.append(comment)
  }

  /// A vote with its own time, unless a message has told it.
  mutating func addVote(
    _ vote: GerritWords.Vote, at moment: Instant, by author: String, patchSet: Int?, tag: String
  ) {
    guard vote.value != 0, !voted.contains([author, vote.label, vote.text]) else { return }
    add(
      vote, id: "vote/\(vote.label)/\(author)/\(moment.seconds)", at: moment, by: author, patchSet: patchSet,
      "", tag: tag)
  }

  mutating func add(_ comment: ForgeComment) { comments.append(comment) }

  /// Adds a comment on a file or line; to be called before the messages are read.
  mutating func addInline(_ comment: ForgeComment) {
    inline.insert([comment.author, "\(comment.at.seconds)"])
    comments.append(comment)
  }

  private mutating func add(
    _ vote: GerritWords.Vote, id: String, at moment: Instant, by author: String, patchSet: Int?,
    _ text: String,
    tag: String
  ) {
    voted.insert([author, vote.label, vote.text])
    if vote.value == 0 { return withdraw(vote.label, id: id, at: moment, by: author) }
    var comment = ForgeComment(.vote, id: id, at: moment, by: author, text)
    comment.commit = patchSet.flatMap { patchSets[$0] }
    (comment.label, comment.value, comment.tag) = (vote.label, vote.text, tag)
    // A tool's vote is no person's opinion.
    if !tag.hasPrefix("autogenerated:") {
      comment.resolved = vote.opinion
      comment.isThreadOpen = vote.label == "Code-Review" && vote.value == -1
    }
    comments.append(comment)
  }

  /// Takes back the last opinion that the person gave on the label.
  private mutating func withdraw(_ label: String, id: String, at moment: Instant, by author: String) {
    let last = comments.lastIndex { $0.label == label && $0.author == author && $0.withdrawal == nil }
    if let last, comments[last].resolved != nil {
      comments[last].withdrawal = (author, moment)
    } else if label == "Code-Review" {
      comments.append(ForgeComment(.withdrawn, id: id, at: moment, by: author, ""))
    }
  }

  private mutating func addAutomatic(
    _ text: String, _ id: String, _ moment: Instant, _ author: String, _ tag: String
  ) {
    let own = tag.hasPrefix("autogenerated:gerrit:") ? tag.dropFirst("autogenerated:gerrit:".count) : ""
    switch own {
    case "abandon": request.events.append(ForgeEvent(.closed, moment, by: author))
    case "restore": request.events.append(ForgeEvent(.reopened, moment, by: author))
    case "setWorkInProgress": request.events.append(ForgeEvent(.draft, moment, by: author))
    case "setReadyForReview": request.events.append(ForgeEvent(.ready, moment, by: author))
    case "newPatchSet", "newWipPatchSet", "merged": return
    default:
      guard !tag.isEmpty else { return }
      var comment = ForgeComment(.automatic, id: id, at: moment, by: author, text)
      comment.tag = tag
      comments.append(comment)
    }
  }
}
