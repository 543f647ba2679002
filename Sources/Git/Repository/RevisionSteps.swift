/// Steps from a commit to its forebears, as gitrevisions(7) writes them after a name: `~3`, `^2`, `^^`.
struct RevisionSteps {
  /// How many generations are gone back at most; more is a slip of the keyboard.
  private static let most = 1_000_000

  private enum Step {
    case generations(Int)
    case parent(Int)
  }

  private let steps: [Step]

  /// Nil when the text is anything else than `~`, `~N`, `^` and `^N` in a row.
  init?(_ text: Substring) {
    var rest = text.utf8
    var steps: [Step] = []
    while let sign = rest.popFirst() {
      let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
      rest = rest[digits.endIndex...]
      guard let number = digits.isEmpty ? 1 : Int(Substring(digits)), number <= Self.most else { return nil }
      switch sign {
      case UInt8(ascii: "~"): steps.append(.generations(number))
      case UInt8(ascii: "^"): steps.append(.parent(number))
      default: return nil
      }
    }
    self.steps = steps
  }

  /// The commit at the end of the steps; only its own object may be missing.
  func walk(from start: ObjectID, in repository: Repository, spelled text: String) throws(GitError)
    -> ObjectID
  {
    var commit = start
    for step in steps {
      switch step {
      case .parent(0): continue
      case .parent(let number): commit = try parent(number, of: commit, repository, text)
      case .generations(let number):
        for _ in 0..<number { commit = try parent(1, of: commit, repository, text) }
      }
    }
    return commit
  }

  private func parent(
    _ number: Int, of commit: ObjectID, _ repository: Repository, _ text: String
  ) throws(GitError) -> ObjectID {
    guard let object = try repository.commit(commit) else {
      throw GitError(
        code: .notFound, function: "revision",
        message: "\(text) leads past \(commit.hex), which is not in this clone")
    }
    guard number <= object.parents.count else {
      throw GitError(
        code: .notFound, function: "revision",
        message: "\(text) leads further back than history: \(commit.hex) has \(object.parents.count) parents")
    }
    return object.parents[number - 1]
  }
}
