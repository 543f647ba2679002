internal import Facts
internal import Git

/// Who approved which move of a branch, and who took an approval back, in the order of the attestations' history.
///
/// An envelope is overwritten when another reviewer approves. So an approval begins with the first commit that
/// names the person, and ends with the first one that no longer does.
struct ApprovalLedger {
  struct Entry {
    let move: AttestationPath.Move
    let isApproval: Bool
    let voice: Voice
    /// The commit of the attestations ref that shows it.
    let commit: ObjectName
    let at: Instant
    /// False when it may be older than the oldest commit that is here.
    let isArrival: Bool
    /// The envelope that first says so; nil when it was taken away.
    let blob: ObjectID?
  }

  /// Somebody who approves: as an app saw it, or by a signature of one's own.
  struct Voice: Hashable {
    let person: Identity
    /// The name of the person's own key in the envelope; nil for what an app signed.
    let keyID: String?
  }

  private(set) var entries: [Entry] = []
  /// Paths with approvals on a forge, whoever is left in them.
  private(set) var reviewed = 0
  /// Of these, those in which nobody is left.
  private(set) var empty = 0
  /// Approvals that stand as taken back on the forge.
  private(set) var dismissed = 0
  private(set) var authorizations = 0
  /// Moves of something other than a branch, and files that are no attestation.
  private(set) var others = 0

  private let ref: String
  private let reader: GittufReader
  private var standing: [String: Content] = [:]

  private struct Content {
    var voices: [Voice] = []
    var dismissed = 0
    var isAuthorization = false
  }

  init(_ history: AttestationHistory, ref: String, _ reader: GittufReader) {
    self.ref = ref
    self.reader = reader
    for step in history.steps { for change in step.changes { read(change, step) } }
    for content in standing.values {
      if content.isAuthorization { authorizations += 1 } else { reviewed += 1 }
      if content.voices.isEmpty { empty += 1 }
      dismissed += content.dismissed
    }
  }

  private mutating func read(_ change: AttestationHistory.Change, _ step: AttestationHistory.Step) {
    switch AttestationPath(change.path) {
    case .approvals(let move):
      read(change, move, step) { envelope, _ in
        envelope.isOfKind("github-pull-request-approval/") ? Self.approvals(envelope) : nil
      }
    case .authorization(let move):
      read(change, move, step) { envelope, before in
        guard envelope.isOfKind("reference-authorization/") else { return nil }
        return Self.authorization(envelope, before, broughtBy: step.author)
      }
    case .pullRequest, .index: break
    case .notABranch, nil: if change.blob != nil { others += 1 }
    }
  }

  private mutating func read(
    _ change: AttestationHistory.Change, _ move: AttestationPath.Move, _ step: AttestationHistory.Step,
    _ content: (Envelope, Content) -> Content?
  ) {
    let before = standing[change.path] ?? Content()
    var after: Content?
    if let blob = change.blob {
      guard let envelope = reader.envelope(blob, ref: ref) else { return }
      after = envelope.isAbout(move) ? content(envelope, before) : nil
      guard after != nil else {
        return reader.report(
          .unreadableRecord(line: 1, detail: "the statement is not what its path says"), ref: ref,
          object: ObjectName(git: blob))
      }
    }
    standing[change.path] = after
    let (earlier, later) = (Set(before.voices), Set(after?.voices ?? []))
    for voice in before.voices where !later.contains(voice) { add(voice, false, change, move, step) }
    for voice in after?.voices ?? [] where !earlier.contains(voice) { add(voice, true, change, move, step) }
  }

  private mutating func add(
    _ voice: Voice, _ isApproval: Bool, _ change: AttestationHistory.Change, _ move: AttestationPath.Move,
    _ step: AttestationHistory.Step
  ) {
    guard entries.count < reader.limits.approvals else {
      return reader.report(.oversized(bytes: entries.count, limit: reader.limits.approvals), ref: ref)
    }
    entries.append(
      Entry(
        move: move, isApproval: isApproval, voice: voice, commit: step.commit, at: step.at,
        isArrival: step.showsArrivals, blob: change.blob))
  }

  /// The approvers that an app saw on a forge, each as `LOGIN+NUMBER`.
  private static func approvals(_ envelope: Envelope) -> Content {
    var voices: [Voice] = []
    var known: Set<Voice> = []
    for name in (envelope.predicate["approvers"]?.elements ?? []).prefix(voiceLimit).compactMap(\.text) {
      guard let person = Identity(numberedLogin: name) else { continue }
      let voice = Voice(person: person, keyID: nil)
      if known.insert(voice).inserted { voices.append(voice) }
    }
    return Content(voices: voices, dismissed: envelope.predicate["dismissedApprovers"]?.elements.count ?? 0)
  }

  /// The signers of an authorization: by the identity in the key's name, else the author of the commit that brought
  /// the signature.
  private static func authorization(
    _ envelope: Envelope, _ before: Content, broughtBy author: Identity?
  ) -> Content {
    var voices: [Voice] = []
    for signature in envelope.signatures where !voices.contains(where: { $0.keyID == signature.keyID }) {
      if let known = before.voices.first(where: { $0.keyID == signature.keyID }) {
        voices.append(known)
      } else if let person = Identity(sigstoreKey: signature.keyID) ?? author {
        voices.append(Voice(person: person, keyID: signature.keyID))
      }
    }
    return Content(voices: voices, isAuthorization: true)
  }

  /// More approvers in one envelope than this are not looked at.
  private static let voiceLimit = 1_000
}

extension Envelope {
  func isOfKind(_ kind: String) -> Bool { predicateType.hasPrefix("https://gittuf.dev/\(kind)") }

  /// Whether path, predicate and subject name the same move, as gittuf's own `Validate` asks.
  func isAbout(_ move: AttestationPath.Move) -> Bool {
    let from = (predicate["fromRevisionID"] ?? predicate["fromID"])?.text.flatMap { ObjectName(hex: $0) }
    let tree = (predicate["targetTreeID"] ?? predicate["targetID"])?.text.flatMap { ObjectName(hex: $0) }
    return from == move.from && tree == move.tree && predicate["targetRef"]?.text == move.ref
      && subjectDigest("gitTree") == move.tree
  }
}

extension Identity {
  /// A forge account as gittuf's app writes it, `LOGIN+NUMBER`; the number never changes, the login may.
  init?(numberedLogin text: String) {
    var login = Substring(text)
    if let plus = text.utf8.lastIndex(of: UInt8(ascii: "+")) {
      let digits = text.utf8[text.utf8.index(after: plus)...]
      if !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) { login = text[..<plus] }
    }
    guard !login.isEmpty else { return nil }
    self.init(name: "", email: String(login))
  }

  /// The person in the name of a sigstore key, `IDENTITY::ISSUER`; nil for other keys.
  init?(sigstoreKey text: String) {
    guard let end = text.firstRange(of: "::"), end.lowerBound > text.startIndex else { return nil }
    self.init(name: "", email: String(text[..<end.lowerBound]))
  }
}
