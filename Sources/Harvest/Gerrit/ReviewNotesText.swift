internal import Facts

/// The text of one note: a block of lines for each change, and the lines that are no part of the format.
struct ReviewNotesText {
  private(set) var blocks: [ReviewNotesBlock] = []
  /// Lines that could not be read, counted from 1.
  private(set) var failures: [(line: Int, detail: String)] = []
  private var current = ReviewNotesBlock()
  /// How many votes of the current block stand behind its last other line.
  private var trailing = 0

  /// The largest note that is read, in bytes; the largest real one seen has less than 3 kB.
  static let byteLimit = 1 << 20
  /// The largest number of changes that one note may tell.
  static let blockLimit = 100

  /// Reads a note.
  ///
  /// A block ends at an empty line. Where the empty line is missing it ends before a line that would repeat one of its
  /// own; votes directly before that line belong to the new block.
  init(_ note: [UInt8]) {
    var number = 0
    for line in note.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      do {
        add(try ReviewNotesLine(line))
      } catch {
        failures.append((number, error.detail))
      }
      guard blocks.count < Self.blockLimit else {
        failures.append((number, "more than \(Self.blockLimit) changes in one note"))
        return
      }
    }
    endBlock()
  }

  private mutating func add(_ line: ReviewNotesLine) {
    if case .ballot(let ballot) = line {
      current.ballots.append(ballot)
      trailing += 1
      return
    }
    if line == .blank {
      endBlock()
      return
    }
    if current.has(line) {
      let own = current.ballots.dropLast(trailing)
      let next = current.ballots.suffix(trailing)
      current.ballots = Array(own)
      endBlock()
      current.ballots = Array(next)
    }
    trailing = 0
    current.take(line)
  }

  private mutating func endBlock() {
    if !current.isEmpty { blocks.append(current) }
    current = ReviewNotesBlock()
    trailing = 0
  }
}

extension ReviewNotesText {
  /// Notes for what could not be read, at most `limit` of them: the last then says how many more there are.
  func diagnostics(ref: String, object: ObjectName, limit: Int = 20) -> [Diagnostic] {
    failures.prefix(limit).enumerated().map { place, failure in
      let isLast = place == limit - 1 && failures.count > limit
      let detail = isLast ? "\(failure.detail); and \(failures.count - limit) more lines" : failure.detail
      return Diagnostic(.unreadableRecord(line: failure.line, detail: detail), ref: ref, object: object)
    }
  }
}

extension ReviewNotesBlock {
  /// Whether the block already holds what the line tells.
  fileprivate func has(_ line: ReviewNotesLine) -> Bool {
    switch line {
    case .submitter: submitter != nil
    case .submitted: submitted != nil
    case .link: link != nil
    case .changeID: changeID != nil
    case .project: project != nil
    case .branch: branch != nil
    case .comments: comments != nil
    case .unresolvedComments: unresolvedComments != nil
    case .ballot, .other, .blank: false
    }
  }

  fileprivate mutating func take(_ line: ReviewNotesLine) {
    switch line {
    case .submitter(let person): submitter = person
    case .submitted(let instant): submitted = instant
    case .link(let change): link = change
    case .changeID(let name): changeID = name
    case .project(let name): project = name
    case .branch(let name): branch = name
    case .comments(let count): comments = count
    case .unresolvedComments(let count): unresolvedComments = count
    case .ballot, .other, .blank: break
    }
  }
}
