import PolicyFiles
import Testing

/// Bytes nobody wrote must be refused or read, never crash the program.
struct MutationTests {
  @Test(.timeLimit(.minutes(5)))
  func `survives thousands of damaged starter files`() throws {
    let files = try StarterFiles.all()
    var random = Dice(state: 2026)
    var refused = 0
    for round in 0..<4000 {
      var damaged = files
      let index = round % files.count
      for _ in 0...random.below(3) { damaged[index].bytes = random.damage(damaged[index].bytes) }
      let (policy, problems) = PolicyFiles.load([damaged[index]])
      let hasError = problems.contains { $0.severity == .error }
      #expect((policy == nil) == hasError)
      #expect(problems.allSatisfy { $0.line >= 1 && $0.column >= 1 && !$0.message.isEmpty })
      if hasError { refused += 1 }
    }
    // Most damage shows; some lands in a comment or a name.
    #expect(refused > 1000)
    #expect(refused < 4000)
  }

  @Test func `survives random bytes`() {
    var random = Dice(state: 5)
    let alphabet = Array("{}[]:,'\"\\/*ux0e.+-N \n\tversion1\u{2028}ä".utf8) + [0x00, 0xFF, 0xC3]
    for _ in 0..<3000 {
      let bytes = (0..<random.below(60)).map { _ in alphabet[random.below(alphabet.count)] }
      let (policy, problems) = PolicyFiles.load([("roster.json5", bytes)])
      #expect((policy == nil) == problems.contains { $0.severity == .error })
    }
  }

  @Test func `says the same of the same files in any order`() throws {
    var files = try StarterFiles.all()
    let roster = try #require(files.firstIndex { $0.path == "roster.json5" })
    files[roster].bytes = Array("{ version: 1, teams: {}, oops: 1 }".utf8)
    let first = PolicyFiles.load(files)
    let second = PolicyFiles.load(files.reversed())
    #expect(first.problems == second.problems)
    #expect(first.policy == second.policy)
    #expect(first.problems.count > 3)
  }
}

/// Numbers that look random and are the same in every run (Knuth's linear congruence).
private struct Dice {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return [0x7B] }
    var bytes = bytes
    let at = below(bytes.count)
    let end = min(at + 1 + below(12), bytes.count)
    switch below(6) {
    case 0: bytes[at] = UInt8(below(256))
    case 1: bytes.removeSubrange(at..<end)
    case 2: bytes.insert(contentsOf: bytes[at..<end], at: below(bytes.count))
    case 3: bytes.insert(Array("{}[]:,\"'\\/-9".utf8)[below(12)], at: at)
    case 4: bytes.removeSubrange(at...)
    default: bytes.swapAt(at, below(bytes.count))
    }
    return bytes
  }
}
