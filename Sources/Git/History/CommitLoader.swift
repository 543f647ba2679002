internal import Clibgit2

/// Reads commits one by one into rows, sharing what repeats.
struct CommitLoader {
  private let store: ObjectStore
  private let checksSize: Bool
  private(set) var rows: [CommitRow] = []
  /// The parents of each row as recorded.
  private(set) var parentIDs: [ObjectID] = []
  private(set) var messages = MessageArena()
  private(set) var encodings: [[UInt8]] = []
  private(set) var problems: [HistoryProblem] = []
  private var identityNames = ByteInterner()
  private var table = ObjectIDTable()
  /// Ids that were asked for in vain, and why.
  private var absent: [ObjectID: HistoryProblem.Kind] = [:]

  private static let longMessage = 256 << 10

  init(_ store: ObjectStore, checksSize: Bool) {
    self.store = store
    self.checksSize = checksSize
  }

  var identities: [RawIdentity] {
    (0..<identityNames.count).map { number in
      RawIdentity(joined: identityNames.bytes(number), nameLength: Int(identityNames.prefix(number)))
    }
  }

  /// The commits in the order of the rows.
  var ids: [ObjectID] { table.ids }

  /// The row of a commit already loaded, or -1.
  func find(_ id: ObjectID) -> Int32 { table.find(id) }

  /// The row of a commit, read if need be; nil when it cannot be, which is then a problem of `child`.
  mutating func load(_ id: ObjectID, child: ObjectID) -> Int32? {
    let known = find(id)
    if known >= 0 { return known }
    if let reason = absent[id] { return refuse(id, child, reason) }
    // An error of the header is dropped: it comes again from the reading below, where it is reported.
    if checksSize, let header = try? store.header(of: id), header.size > Limits.commit {
      return refuse(id, child, .unreadableCommit(detail: "has \(header.size) bytes"))
    }
    let object: OpaquePointer
    do {
      guard let found = try store.object(id) else { return refuse(id, child, .missingCommit) }
      object = found
    } catch {
      return refuse(id, child, .unreadableCommit(detail: error.message))
    }
    defer { git_odb_object_free(object) }
    guard git_odb_object_type(object) == GIT_OBJECT_COMMIT else {
      return refuse(id, child, .unreadableCommit(detail: "is no commit"))
    }
    let start = git_odb_object_data(object)?.assumingMemoryBound(to: UInt8.self)
    return add(id, child, UnsafeBufferPointer(start: start, count: git_odb_object_size(object)))
  }

  private mutating func refuse(
    _ id: ObjectID, _ child: ObjectID, _ kind: HistoryProblem.Kind
  ) -> Int32? {
    absent[id] = kind
    problems.append(HistoryProblem(child, kind, object: id == child ? nil : id))
    return nil
  }

  private mutating func add(
    _ id: ObjectID, _ child: ObjectID, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int32? {
    let layout = CommitLayout(bytes, keepingExtra: false)
    guard let tree = layout.tree, bytes.count < Int32.max else {
      return refuse(id, child, .unreadableCommit(detail: "does not start with a tree"))
    }
    if !layout.problems.isEmpty { problems.append(HistoryProblem(id, .malformedCommit(layout.problems))) }
    if layout.message.count > Self.longMessage {
      problems.append(HistoryProblem(id, .longMessage(bytes: layout.message.count)))
    }
    let header = layout.encoding.map { Array(bytes[$0]) }
    let encoding = header.flatMap { number(ofEncoding: $0) } ?? -1
    let row = Int32(rows.count)
    var made = CommitRow(
      tree: tree,
      author: identityNames.intern(identity: layout.author, in: bytes, encoding: header),
      committer: identityNames.intern(identity: layout.committer, in: bytes, encoding: header),
      authorSeconds: layout.author?.seconds ?? 0, committerSeconds: layout.committer?.seconds ?? 0,
      authorOffset: layout.author?.offset ?? 0, committerOffset: layout.committer?.offset ?? 0,
      message: messages.append(UnsafeBufferPointer(rebasing: bytes[layout.message])), encoding: encoding,
      problems: layout.problems, isSigned: layout.isSigned)
    made.parentStart = Int32(parentIDs.count)
    made.parentCount = Int32(layout.parentCount)
    for index in 0..<layout.parentCount { parentIDs.append(layout.parent(index, in: bytes)) }
    rows.append(made)
    table.append(id)
    return row
  }

  private mutating func number(ofEncoding name: [UInt8]) -> Int16? {
    if let known = encodings.firstIndex(of: name) { return Int16(known) }
    guard encodings.count < Int(Int16.max) else { return nil }
    encodings.append(name)
    return Int16(encodings.count - 1)
  }
}
