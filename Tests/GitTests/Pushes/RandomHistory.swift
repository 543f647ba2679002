import Git
import Support
import Testing

/// Histories from fixed numbers, with merges that git makes itself.
struct RandomHistory {
  let fixture: TemporaryRepository
  private(set) var commits: [ObjectID] = []
  private var numbers: Damage

  /// A history of so many commits, in which one of five dates lies; the same for the same seed.
  init(seed: UInt64, commits count: Int) throws {
    fixture = try TemporaryRepository(bare: true)
    numbers = Damage(seed: seed)
    var stream = ""
    for number in 1...count {
      let lie =
        Int.random(in: 0..<5, using: &numbers) == 0 ? Int.random(in: -500_000..<500_000, using: &numbers) : 0
      stream += "commit refs/heads/c\(number)\nmark :\(number)\n"
      stream += "committer C <c@example.org> \(1_704_067_200 + number * 600 + lie) +0000\ndata 1\nx\n"
      if number > 1, Int.random(in: 0..<12, using: &numbers) > 0 {
        stream += "from :\(Int.random(in: max(1, number - 8)..<number, using: &numbers))\n"
        for _ in 0..<Int.random(in: 0..<3, using: &numbers) {
          stream += "merge :\(Int.random(in: max(1, number - 12)..<number, using: &numbers))\n"
        }
      }
      stream += "M 100644 inline f\(number % 7)\ndata \(String(number).utf8.count)\n\(number)\n"
    }
    try fixture.git(["fast-import", "--quiet"], stdin: Array(stream.utf8))
    let names = try fixture.git("for-each-ref", "--format=%(objectname) %(refname)").split(separator: "\n")
    commits = names.compactMap { ObjectID(hex: String($0.prefix(40))) }
  }

  mutating func any() throws -> ObjectID { try #require(commits.randomElement(using: &numbers)) }
}
