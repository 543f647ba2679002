/// One commit of a history.
struct CommitRow: Sendable {
  let tree: ObjectID
  let author: Int32
  let committer: Int32
  let authorSeconds: Int64
  let committerSeconds: Int64
  let authorOffset: Int32
  let committerOffset: Int32
  let message: MessageArena.Place
  /// Where its parents start in `ParentLists`.
  var parentStart: Int32 = 0
  var parentCount: Int32 = 0
  var generation: Int32 = 0
  /// A number of `History.encodings`, or -1.
  let encoding: Int16
  let problems: CommitProblems
  let isSigned: Bool
  var changesKnown = false
}

/// The parents of all commits, one list behind the other.
struct ParentLists: Sendable {
  /// The number of a loaded commit, or `~n` for the n-th absent one.
  var links: [Int32] = []
  var absent: [ObjectID] = []

  mutating func append(absent id: ObjectID) {
    links.append(~Int32(absent.count))
    absent.append(id)
  }
}

/// The messages of all commits in large pieces, so that growing copies little.
struct MessageArena: Sendable {
  struct Place: Sendable {
    let piece: Int32
    let start: Int32
    let count: Int32
  }

  private var pieces: [[UInt8]] = []
  private static let pieceSize = 1 << 20

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) -> Place {
    if pieces.isEmpty || pieces[pieces.count - 1].count + bytes.count > Self.pieceSize {
      pieces.append([])
      pieces[pieces.count - 1].reserveCapacity(max(Self.pieceSize, bytes.count))
    }
    let last = pieces.count - 1
    let start = pieces[last].count
    pieces[last].append(contentsOf: bytes)
    return Place(piece: Int32(last), start: Int32(start), count: Int32(bytes.count))
  }

  subscript(place: Place) -> ArraySlice<UInt8> {
    pieces[Int(place.piece)][Int(place.start)..<Int(place.start) + Int(place.count)]
  }
}
