internal import Facts
internal import Harvest

/// What a ledger holds of the requests of one forge, to find again what was imported before.
struct LedgerIndex {
  /// One request.
  struct Entry {
    /// The object that its notes are on.
    var annotated: ObjectName
    /// Imported records.
    var requests: [AppraiseRequest] = []
    var comments: [AppraiseComment] = []
    /// The sizes of the two notes in bytes; they grow with what is planned.
    var requestBytes = 0
    var commentBytes = 0

    init(annotated: ObjectName) { self.annotated = annotated }
  }

  private(set) var entries: [String: Entry] = [:]
  /// Requests by the commits that are known to be theirs.
  private(set) var names: [ObjectName: Set<String>] = [:]
  /// Objects on which a request lies already.
  private(set) var taken: Set<ObjectName> = []
  /// Objects of requests that others have written, by the ref under review.
  private var mirrored: [String: ObjectName] = [:]

  init(_ ledger: ReviewLedger, forge: Forge) {
    for (object, note) in ledger.notes.sorted(by: { $0.key < $1.key }) {
      if !note.requests.isEmpty { taken.insert(object) }
      for request in note.requests {
        if let mark = request.mark {
          guard mark.forge == forge.rawValue else { continue }
          add(mark.request, object, note) { $0.requests.append(request) }
          if let commit = ObjectName(hex: mark.commit) { names[commit, default: []].insert(mark.request) }
        } else if !request.reviewRef.isEmpty, mirrored[request.reviewRef] == nil {
          mirrored[request.reviewRef] = object
        }
      }
      for comment in note.comments {
        guard let mark = comment.mark, mark.forge == forge.rawValue else { continue }
        add(mark.request, object, note) { $0.comments.append(comment) }
      }
    }
  }

  private mutating func add(
    _ request: String, _ object: ObjectName, _ note: ReviewLedger.Note, _ change: (inout Entry) -> Void
  ) {
    var entry = entries[request] ?? Entry(annotated: object)
    if entry.annotated == object {
      (entry.requestBytes, entry.commentBytes) = (note.requestBytes, note.commentBytes)
    }
    change(&entry)
    entries[request] = entry
  }

  /// The entry of a request: as it was imported before, or a new one on the best object that is free.
  ///
  /// git-appraise annotates the first commit of a review. A clone may lack it; then a later one is taken, else the
  /// commit that landed. When the clone has none of them, the first is annotated all the same: notes may be on objects
  /// that are not there. One commit should not have two requests, as git-appraise would take them for one.
  mutating func entry(
    _ name: String, _ request: ForgeRequest, exists: (ObjectName) throws -> Bool
  ) throws -> Entry? {
    if let known = entries[name] { return known }
    if let object = mirrored[request.reviewRef] { return Entry(annotated: object) }
    let free = request.candidates.filter { !taken.contains($0) }
    let best = try free.first(where: exists) ?? free.first ?? request.candidates.first
    guard let best else { return nil }
    taken.insert(best)
    return Entry(annotated: best)
  }
}
