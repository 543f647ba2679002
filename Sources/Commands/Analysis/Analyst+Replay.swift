internal import Facts
internal import Reports
internal import Rules

extension Analyst {
  /// Judges what was read once more, by other policies; nothing is read again but the ownership files that they name.
  func judgeAgain(_ analysis: Analysis, by policies: PolicyHistory) throws -> [RepositoryAnalysis] {
    try zip(plan.repositories, analysis.repositories).map { path, read in
      try judge(
        read.harvested, policies, try world.openRepository(path), path, name: read.name, remote: nil)
    }
  }
}
