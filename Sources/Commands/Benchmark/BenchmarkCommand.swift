internal import Facts
internal import Git
internal import Reports

/// `benchmark`: what reading costs beside `git log --raw` on the same work, in one run.
///
/// The yardstick reads the same commits and trees: every commit with all its fields, merges too, each against its
/// first parent, without renames and without content. Jobs and yardstick take turns, and medians of the pairwise
/// ratios are given, so that a machine that slows down does not favour either.
enum BenchmarkCommand {
  /// One thing that is measured.
  private struct Job {
    var name: EscapedText
    var command: [String]
  }

  static func run(_ arguments: Arguments, _ world: World) throws -> Ending {
    let plan = AnalysisPlan(arguments, world: world, defaultWindow: .all)
    guard let path = plan.repositories.first else { return .failed }
    let repository = try world.openRepository(path)
    if arguments[Options.stage] == .facts {
      try loadFacts(repository, jobs: plan.jobs, world)
      return .met
    }
    let rounds = arguments[Options.rounds] ?? 3
    let measured = try measure(jobs(repository, path, plan), rounds: rounds, world)
    var document = document(measured, rounds: rounds, path, plan)
    document.blocks += try JudgingBenchmark(plan: plan, world: world).run()
    try arguments.write(document, to: world)
    return .met
  }

  /// Full-history facts of the branch: commits, messages, people and changed paths in memory, and nothing else.
  private static func loadFacts(_ repository: Repository, jobs: Int, _ world: World) throws {
    let tip: ObjectID
    switch try repository.head() {
    case .branch(_, let target), .detached(let target): tip = target
    case .unborn, .broken: throw CommandFailure.other("the repository has no commit to measure with")
    }
    let history = try History.load(repository, roots: [tip], options: .init(jobs: jobs))
    try world.output(Array("\(history.count) commits, \(history.paths.count) paths\n".utf8))
  }

  private static func jobs(_ repository: Repository, _ path: String, _ plan: AnalysisPlan) -> [Job] {
    let own = "/proc/self/exe"
    let common = ["--jobs", "\(plan.jobs)", "--as-of", plan.asOf.rfc3339, path]
    return [
      Job(
        name: "git log --raw",
        command: [
          "git", "--git-dir", repository.gitDirectory, "log", "--raw", "--no-renames",
          "--diff-merges=first-parent", "--format=%H %P%n%an <%ae> %at%n%cn <%ce> %ct%n%B", "HEAD",
        ]),
      Job(name: "facts of all history", command: [own, "benchmark", "--stage", "facts"] + common),
      Job(
        name: "contributions, all history, JSON",
        command: [own, "contributions", "--format", "json"] + common),
      Job(name: "backlog", command: [own, "backlog"] + common),
      Job(name: "health, 180 days", command: [own, "health"] + common),
    ]
  }

  /// Each job's runs, round by round; the first round only warms caches.
  private static func measure(
    _ jobs: [Job], rounds: Int, _ world: World
  ) throws -> [(job: Job, runs: [MeasuredProcess])] {
    let environment = ["PATH", "HOME"].compactMap { name in world.environment(name).map { "\(name)=\($0)" } }
    var measured = jobs.map { ($0, [] as [MeasuredProcess]) }
    for round in 0...rounds {
      for place in jobs.indices {
        do {
          let run = try MeasuredProcess(resolved(jobs[place].command), environment: environment)
          guard run.status == 0 else {
            throw CommandFailure.other("\(jobs[place].name) failed in the benchmark")
          }
          if round > 0 { measured[place].1.append(run) }
        } catch let failure as Posix.Failure {
          throw CommandFailure.other("\(jobs[place].command[0]) cannot be started (error \(failure.code))")
        }
      }
    }
    return measured.map { ($0.0, $0.1) }
  }

  /// The own program by its real path: `/proc/self/exe` would be another one in the child.
  private static func resolved(_ command: [String]) -> [String] {
    guard command.first == "/proc/self/exe" else { return command }
    return [Posix.linkTarget("/proc/self/exe") ?? "tributary"] + command.dropFirst()
  }

  private static func document(
    _ measured: [(job: Job, runs: [MeasuredProcess])], rounds: Int, _ path: String, _ plan: AnalysisPlan
  ) -> TextDocument {
    var table = TextTable([
      .init("job"), .init("wall s", align: .right), .init("CPU s", align: .right),
      .init("peak MiB", align: .right),
      .init("wall / git", align: .right), .init("CPU / git", align: .right),
    ])
    let yardstick = measured.first?.runs ?? []
    for (job, runs) in measured {
      let walls = zip(runs, yardstick).map { $0.wall / $1.wall }
      let cpus = zip(runs, yardstick).map { $0.cpu / $1.cpu }
      table.append([
        StyledText(job.name), number(runs.map(\.wall)), number(runs.map(\.cpu)),
        "\((runs.map(\.peak).max() ?? 0) / (1 << 20))", number(walls), number(cpus),
      ])
    }
    return TextDocument([
      .title("Benchmark"),
      .paragraph("\(rounds) rounds, \(plan.jobs) threads; medians, memory is the largest of all rounds."),
      .table(table),
    ])
  }

  private static func number(_ values: [Double]) -> StyledText {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return "–" }
    let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    return "\(FixedDecimal.text(median, digits: 2) ?? "–")"
  }
}
