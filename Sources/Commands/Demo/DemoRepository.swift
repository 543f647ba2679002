internal import Facts
internal import Git

/// The sample repository: built anew, always the same.
struct DemoRepository {
  /// The names of the contributions that the demonstration points at, such as `pr/76`.
  private(set) var ids: [DemoMark: String] = [:]

  /// Writes the repository at a path where none is.
  static func build(at path: String) throws -> DemoRepository {
    var generator = DemoGenerator()
    let story = try DemoScenes.all() + generator.everyday()
    var builder = DemoBuilder(try RepositoryWriter(creatingBareAt: path))
    try builder.build(story)
    var repository = DemoRepository()
    for written in builder.written {
      guard let mark = written.contribution.mark, let first = written.commits.first else { continue }
      repository.ids[mark] = written.number.map { "pr/\($0)" } ?? "review/\(first.hex.prefix(12))"
    }
    return repository
  }
}
