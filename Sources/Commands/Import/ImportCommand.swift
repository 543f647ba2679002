internal import Facts
internal import Git
internal import Harvest
internal import Reports

/// `import`: a forge's own answers on standard input, into git-appraise notes.
enum ImportCommand {
  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    guard let forge = arguments[Operands.forge].first.flatMap(Forge.init(rawValue:)) else {
      throw CommandFailure.other("no forge named")
    }
    guard arguments.repositories.count < 2 else {
      throw CommandFailure.other("one import goes into one repository; name one with -C")
    }
    let input = try read(forge, arguments, world)
    let path = arguments.repositories.first ?? "."
    let repository = try world.openRepository(path)
    let place = LedgerPlace(arguments[Options.into], beside: path, world: world)
    let writing = LedgerWriting(
      place: place, repository: repository, forge: forge, world: world,
      moment: arguments[Options.at]?.instant(now: world.now) ?? world.now)
    let outcome =
      arguments[Options.dryRun] ? try writing.rehearse(input) : try writing.write(input)
    let refusals = input.refusals + outcome.refusals
    for refusal in refusals { world.complain(refusal.description) }
    let unlisted = input.refused - input.refusals.count
    if unlisted > 0 { world.complain("and \(unlisted) more of this kind") }
    let report = ImportReport(
      forge: forge, outcome: outcome, isRehearsal: arguments[Options.dryRun], ledger: arguments[Options.into],
      refused: input.refused + outcome.refusals.count)
    if !arguments[Options.quiet] { try arguments.write(report.text(), to: world) }
    return report.refused > 0 ? .incomplete : .met
  }

  private static func read(_ forge: Forge, _ arguments: Arguments, _ world: World) throws -> ForgeInput {
    let documents = try ImportDocuments.read(try world.readInput(ImportDocuments.limit))
    guard !documents.isEmpty else {
      throw CommandFailure.other(
        "standard input is empty; pipe the forge's JSON into it, such as \(ImportReport.example(forge))")
    }
    let input: ForgeInput
    switch forge {
    case .github:
      var reader = GitHubReader()
      reader.read(documents)
      input = reader.input
    case .gitlab:
      var reader = GitLabReader()
      reader.read(documents)
      input = reader.input
    case .gerrit:
      var reader = GerritReader()
      reader.read(documents)
      input = reader.input
    }
    if input.isEmpty, let first = input.refusals.first {
      let more = input.refused > 1 ? " (and \(input.refused - 1) more like this)" : ""
      throw CommandFailure.other("nothing to import: \(first.description)\(more)")
    }
    return input
  }
}

extension World {
  /// Writes foreign text to standard error, made safe.
  func complain(_ text: String) {
    complaint(Painter.text(StyledText(text), palette: .plain))
  }
}

/// The repository that the notes go into.
struct LedgerPlace {
  let path: String
  /// Whether it is a repository of its own, beside the one that the notes are about.
  let isBeside: Bool
  private let world: World

  init(_ into: String?, beside path: String, world: World) {
    self.path = into ?? path
    isBeside = into != nil
    self.world = world
  }

  /// Nil when there is none yet.
  func open() throws -> Repository? {
    if isBeside, try isFree() { return nil }
    let repository = try world.openRepository(path)
    guard isBeside else { return repository }
    // The search for a repository goes up; what is above must not be taken for the ledger.
    let real = Posix.realPath(path) ?? path
    guard [real, real + "/.git"].contains(repository.gitDirectory) else {
      throw CommandFailure.other("\(path): neither a repository nor an empty or missing directory")
    }
    return repository
  }

  /// Makes the ledger; it is there as a whole or not at all.
  func create() throws {
    do {
      try NewRepository.create(bareAt: path)
    } catch { throw CommandFailure.unwritable("\(path): \(error.message)") }
  }

  private func isFree() throws -> Bool {
    do throws(FileFailure) {
      return try world.listDirectory(path).isEmpty
    } catch {
      guard error.isMissing else { throw error }
      return true
    }
  }
}

/// What an import has done.
struct ImportOutcome {
  var tally = ImportTally()
  var refusals: [ImportRefusal] = []
  /// The notes commits that were made, by reference.
  var commits: [(reference: String, commit: ObjectName)] = []
}

/// Writes into a ledger what an input tells and the ledger does not.
struct LedgerWriting {
  let place: LedgerPlace
  /// Where the commits are looked for.
  let repository: Repository
  let forge: Forge
  let world: World
  /// The moment of the import.
  let moment: Instant

  /// How often the plan is made anew when Git moves a reference meanwhile.
  private static let attempts = 20
  /// How long another import is waited for, in seconds.
  private static let patience = 120

  /// Plans without writing.
  func rehearse(_ input: ForgeInput) throws -> ImportOutcome {
    guard let ledger = try place.open() else { return try plan(input, ReviewLedger()).outcome }
    return try plan(input, try read(ledger)).outcome
  }

  /// Plans and writes; comments before requests, so that a killed run leaves none visible without its request.
  func write(_ input: ForgeInput) throws -> ImportOutcome {
    if try place.open() == nil { try place.create() }
    guard let ledger = try place.open() else { throw CommandFailure.other("\(place.path): nothing is there") }
    let ident = world.ident(for: place.path, at: moment)
    for _ in 0..<Self.attempts {
      do throws(GitError) {
        let lock = try WriterLock(ledger, waiting: Self.patience)
        let read = try ReviewLedger(ledger)
        let (outcome, changes) = try planned(input, read)
        let commits = try NotesWriter(ledger, lock: lock).write(changes, ident: ident)
        return complete(outcome, changes, commits)
      } catch  where error.code == .modified {
        continue
      } catch { throw CommandFailure.unwritable("\(place.path): \(error.message)") }
    }
    throw CommandFailure.unwritable("\(place.path): somebody else keeps moving the notes; try again")
  }

  private func read(_ ledger: Repository) throws -> ReviewLedger {
    do {
      return try ReviewLedger(ledger)
    } catch { throw CommandFailure.other("\(place.path): \(error.message)") }
  }

  private func planned(
    _ input: ForgeInput, _ ledger: ReviewLedger
  ) throws(GitError) -> (ImportOutcome, [NotesChange]) {
    do {
      return try plan(input, ledger)
    } catch let error as GitError {
      throw error
    } catch { throw GitError(code: .generic, function: "plan", message: String(describing: error)) }
  }

  private func plan(
    _ input: ForgeInput, _ ledger: ReviewLedger
  ) throws -> (outcome: ImportOutcome, changes: [NotesChange]) {
    var planner = LedgerPlanner(ledger, forge: forge, clock: moment)
    try planner.plan(input, heads: try heads(for: input)) { try repository.header(of: $0.objectID) != nil }
    let outcome = ImportOutcome(tally: planner.tally, refusals: planner.refusals)
    let message = "Import reviews from \(forge.title)\n\nWritten by tributary.\n"
    let changes = [
      NotesChange(
        reference: ReviewLedger.discussRef, expected: ledger.discussTip,
        lines: planner.commentLines.byObjectID, message: message),
      NotesChange(
        reference: ReviewLedger.reviewsRef, expected: ledger.reviewsTip,
        lines: planner.requestLines.byObjectID, message: message),
    ]
    return (outcome, changes)
  }

  /// The requests of `refs/merge-requests/N/head` by their commits, where something in the input needs them.
  private func heads(for input: ForgeInput) throws -> [ObjectName: Set<String>] {
    guard !input.unnamedRevisions.isEmpty else { return [:] }
    var heads: [ObjectName: Set<String>] = [:]
    for reference in try repository.references(under: "refs/merge-requests/") {
      let parts = reference.name.split(separator: "/")
      guard parts.count == 4, parts[3] == "head", let number = Int(parts[2]), let target = reference.target
      else {
        continue
      }
      heads[ObjectName(target), default: []].insert(forge.name(number))
    }
    return heads
  }

  private func complete(
    _ outcome: ImportOutcome, _ changes: [NotesChange], _ commits: [ObjectID?]
  ) -> ImportOutcome {
    var outcome = outcome
    for (change, commit) in zip(changes, commits) {
      if let commit { outcome.commits.append((change.reference, ObjectName(commit))) }
    }
    return outcome
  }
}

extension ObjectName {
  fileprivate init(_ id: ObjectID) {
    let words = id.words
    self.init(high: words.high, middle: words.middle, low: words.low)
  }

  fileprivate var objectID: ObjectID { ObjectID(high: words.high, middle: words.middle, low: words.low) }
}

extension [ObjectName: [[UInt8]]] {
  fileprivate var byObjectID: [ObjectID: [[UInt8]]] {
    [ObjectID: [[UInt8]]](uniqueKeysWithValues: map { ($0.key.objectID, $0.value) })
  }
}
