internal import Facts
internal import Git
internal import Harvest

/// `hook post-receive`: records the references that a push has moved.
enum PostReceiveCommand {
  /// How many references of one push are recorded.
  static let limit = 10_000
  /// How long another push's record is waited for, in seconds; nobody who pushes should wait longer.
  private static let patience = 5
  private static let attempts = 20

  /// Never fails: the push has taken place already, and its record is worth less than its peace.
  static func run(_ arguments: Arguments, _ world: World) -> Ending {
    do {
      try record(arguments, world)
    } catch let failure as CommandFailure {
      complain(failure.description, world)
    } catch let error as GitError {
      complain(error.message, world)
    } catch { complain(String(describing: error), world) }
    return .met
  }

  private static func complain(_ reason: String, _ world: World) {
    world.complain("tributary: this push was not recorded: \(reason)")
  }

  private static func record(_ arguments: Arguments, _ world: World) throws {
    // Read to the end first: a program that does not read its input may make its writer fail.
    let input = try world.readInput(64 << 20)
    guard world.environment("GIT_QUARANTINE_PATH") == nil else {
      throw CommandFailure.other("this is for post-receive; before, the objects are not there for good")
    }
    let path = arguments.repositories.first ?? world.environment("GIT_DIR") ?? "."
    let repository = try world.openRepository(path)
    let records = records(in: input, by: Pusher(arguments, world.environment), at: world.now, world)
    guard !records.isEmpty else { return }
    var lines: [ObjectID: [[UInt8]]] = [:]
    for (object, record) in records { lines[object, default: []].append(record.line) }
    try write(lines, into: repository, ident: world.ident(for: path, at: world.now))
  }

  /// The moves of a push by the objects that the notes go on; the log's own reference is not logged.
  private static func records(
    in input: [UInt8], by pusher: Pusher, at moment: Instant, _ world: World
  ) -> [(object: ObjectID, record: PushRecord)] {
    let lines = input.split(separator: 0x0A)
    if lines.count > limit {
      world.complain("tributary: of \(lines.count) references \(limit) are recorded")
    }
    return lines.prefix(limit).compactMap { line in
      let parts = line.split(separator: 0x20, maxSplits: 2)
      guard parts.count == 3, let old = ObjectID(hexBytes: parts[0]), let new = ObjectID(hexBytes: parts[1]),
        old != .zero || new != .zero
      else {
        world.complain("tributary: not understood: \(String(decoding: line.prefix(120), as: UTF8.self))")
        return nil
      }
      let ref = String(decoding: parts[2].prefix(4_096), as: UTF8.self)
      guard ref != PushRecord.reference else { return nil }
      let record = PushRecord(
        at: moment, pusher: pusher.name.cut(to: 320), origin: pusher.origin, ref: ref,
        old: old == .zero ? nil : ObjectName(hex: old.hex), new: new == .zero ? nil : ObjectName(hex: new.hex)
      )
      return (new == .zero ? old : new, record)
    }
  }

  private static func write(
    _ lines: [ObjectID: [[UInt8]]], into repository: Repository, ident: String
  ) throws(GitError) {
    let lock = try WriterLock(repository, waiting: patience)
    let writer = try NotesWriter(repository, lock: lock, waiting: patience)
    var last: GitError?
    for _ in 0..<attempts {
      let tip = try repository.resolve(reference: PushRecord.reference)
      let change = NotesChange(
        reference: PushRecord.reference, expected: tip, lines: lines, message: "Record a push\n")
      do throws(GitError) {
        _ = try writer.write([change], ident: ident)
        return
      } catch {
        guard error.code == .modified else { throw error }
        last = error
      }
    }
    if let last { throw last }
  }
}
