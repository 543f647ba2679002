import Facts
import Testing

@testable import Harvest

/// Mutated notes, the same ones in every run: whatever the bytes, reading ends and what it accepts is sound.
@Suite struct AppraiseMutationTests {
  /// SplitMix64.
  private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  private func mutated(_ note: [UInt8], _ random: inout Seeded) -> [UInt8] {
    var note = note
    let odd: [UInt8] = [
      0, 0x0a, 0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a, 0x75, 0xff, 0xed, 0xa0, 0xf4,
    ]
    for _ in 0..<Int.random(in: 1...6, using: &random) where note.count > 2 {
      let place = Int.random(in: 0..<note.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: note[place] = odd[Int.random(in: 0..<odd.count, using: &random)]
      case 1: note.remove(at: place)
      case 2: note.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 3: note.swapAt(place, Int.random(in: 0..<note.count, using: &random))
      default:
        let end = Int.random(in: place..<note.count, using: &random)
        note.insert(contentsOf: Array(note[place..<end]), at: Int.random(in: 0..<note.count, using: &random))
      }
    }
    return note
  }

  @Test(.timeLimit(.minutes(2))) func `survives mutated notes and keeps its own invariants`() throws {
    let requests = try AppraiseFixture.bytes("rebased.reviews") + AppraiseFixture.bytes("abandoned.reviews")
    let comments = try AppraiseFixture.bytes("lifted.discuss") + AppraiseFixture.bytes("edited.discuss")
    var random = Seeded(state: 20_240_101)
    var reviews = 0
    var dropped = 0
    for _ in 0..<3_000 {
      let asked = NoteRecords(mutated(requests, &random), read: AppraiseRequest.init(line:))
      let said = NoteRecords(mutated(comments, &random), read: AppraiseComment.init(line:))
      dropped += asked.failures.count + said.failures.count
      for record in said.records {
        // What was written by our own writer is read back as the same comment, with the same name.
        let again = try AppraiseComment(line: record.record.line[...])
        #expect(again.id == record.record.id)
      }
      guard let notes = ReviewNotes(requests: asked.records, comments: said.records) else { continue }
      reviews += 1
      let name = SHA1.digest(of: [])
      let evidence = Evidence(object: name)
      let observations =
        RequestObservations(notes, annotated: name, arrivals: [:], evidence: evidence).all()
        + CommentObservations(threads: notes.allThreads, arrivals: [:], evidence: evidence, commits: [:])
        .all()
      #expect(observations.first?.kind == .opened)
      #expect(notes.allThreads.orphans.count <= notes.threads.orphans.count)
      #expect(notes.threads.nodes.count <= said.records.count)
    }
    #expect(reviews > 2_500)
    #expect(dropped > 2_500)
  }

  @Test(.timeLimit(.minutes(5))) func `reads a hundred thousand lines, good and bad, without delay`() {
    var note: [UInt8] = []
    for number in 0..<100_000 {
      note +=
        "{\"timestamp\":\"\(1_700_000_000 + number)\",\"targetRef\":\"\"\(number % 2 == 0 ? "}" : "")\n".utf8
    }
    let read = NoteRecords(note, read: AppraiseRequest.init(line:))
    #expect(read.records.count == 50_000)
    #expect(read.failures.count == 50_000)
  }

  @Test func `no nesting, length or NUL upsets the reader`() {
    let deep = [UInt8](repeating: 0x5b, count: 2_000_000)
    let hostile: [[UInt8]] = [
      deep, Array("{\"a\":".utf8) + deep, [UInt8](repeating: 0, count: 100_000),
      Array("{\"description\":\"".utf8) + [UInt8](repeating: 0x5c, count: 1_000_001),
      Array("{\"v\":".utf8) + [UInt8](repeating: 0x39, count: 1_000_000) + [0x7d],
      Array("{\"description\":\"a\u{0}b\"}".utf8),
    ]
    for note in hostile {
      let read = NoteRecords(note, read: AppraiseComment.init(line:))
      #expect(read.records.isEmpty)
      #expect(read.failures.count == 1)
    }
  }
}
