internal import Facts
internal import Git
internal import Harvest
internal import Reports
internal import Rules

extension Analyst {
  /// What Git says of the revisions on which approvals hang; nothing is read where no policy lets one pass on.
  func likeness(
    _ entries: [[ContributionEntry]], _ repository: Repository, _ harvested: Harvested
  ) -> [RevisionQuestion: RevisionLikeness] {
    let questions = Set(entries.joined().flatMap(\.assessment.openQuestions))
    guard !questions.isEmpty else { return [:] }
    return RevisionComparison(repository, tip: harvested.tip).answers(to: questions, jobs: plan.jobs)
  }

  /// Judges once more what had open questions, now that they are answered.
  func judgedInFull(
    _ entries: [[ContributionEntry]], _ likeness: [RevisionQuestion: RevisionLikeness], _ workers: Workers,
    _ assessor: @Sendable ([RevisionQuestion: RevisionLikeness]) -> Assessor
  ) -> [ContributionEntry] {
    guard !likeness.isEmpty else { return entries.flatMap { $0 } }
    let asOf = plan.asOf
    return workers.run(entries.count) { number in
      let assessor = assessor(likeness)
      return entries[number].map { entry in
        guard !entry.assessment.openQuestions.isEmpty else { return entry }
        let assessment = assessor.assess(entry.contribution, asOf: asOf)
        return ContributionEntry(repository: entry.repository, assessment: assessment, people: entry.people)
      }
    }.flatMap { $0 }
  }
}
