internal import Facts
internal import Git
internal import Reports
internal import Rules

/// What judging service levels costs beside reading: the contributions of a repository, over and over until there
/// are a hundred thousand, each held against one objective for every clock.
struct JudgingBenchmark {
  private static let count = 100_000

  let plan: AnalysisPlan
  let world: World

  /// Reads and judges, and says what each took.
  func run() throws -> [TextDocument.Block] {
    let clock = ContinuousClock()
    let start = clock.now
    let analysis = try Analyst(plan: plan, world: world).analyse()
    let reading = (clock.now - start).seconds
    guard let repository = analysis.repositories.first else { return [] }
    let proposals = repository.entries.filter { if case .commit = $0.contribution.id { false } else { true } }
    guard !proposals.isEmpty else {
      return [.note("Judging was not measured: the repository has no proposals.")]
    }
    let policies = PolicyHistory(always: Self.policy)
    let book = ServiceLevelBook(policies, zones: .builtIn)
    let asOf = plan.asOf
    let begin = clock.now
    let items = Workers(plan.jobs).slices(of: Self.count) { range in
      let assessor = repository.assessor(policies, book)
      return range.reduce(0) { sum, number in
        let entry = proposals[number % proposals.count]
        return sum + assessor.serviceLevels(of: entry.assessment, asOf: asOf).count
      }
    }.reduce(0, +)
    let judging = (clock.now - begin).seconds
    let perThousand = reading / Double(repository.entries.count) * 1000
    return [
      .paragraph(
        """
        Reading and assessing \(repository.entries.count) contributions took \(Self.shown(reading)) s \
        (\(Self.shown(perThousand)) s for a thousand); judging \(Self.count) proposals by \
        \(Self.policy.serviceLevels.objectives.count) objectives (\(items) clocks) took \(Self.shown(judging)) s \
        (\(Self.shown(judging / Double(Self.count) * 1000)) s for a thousand).
        """)
    ]
  }

  private static func shown(_ seconds: Double) -> String { FixedDecimal.text(seconds, digits: 4) ?? "–" }

  /// One objective for every clock, on office hours with daylight saving.
  private static let policy: Policy = {
    let days = (1...5).map { ($0, [CalendarPolicy.Hours(from: 540, until: 1020)]) }
    let office = CalendarPolicy(
      name: "office",
      kind: .region(.init(timeZone: "Europe/Berlin", hours: Dictionary(uniqueKeysWithValues: days))))
    let objectives = ServiceLevels.Clock.allCases.map { clock in
      ServiceLevels.Objective(
        name: clock.rawValue, clock: clock, target: .businessDays(2), calendar: office.name)
    }
    return Policy(serviceLevels: ServiceLevels(calendars: [office], objectives: objectives))
  }()
}
