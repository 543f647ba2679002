extension Program {
  /// The program as it ships.
  public static var tributary: Program {
    Program(bodies: [
      .contributions: ContributionsCommand.run,
      .backlog: BacklogCommand.run,
      .status: StatusCommand.run,
      .explain: ExplainCommand.run,
      .health: HealthCommand.run,
      .maturity: MaturityCommand.run,
      .sources: SourcesCommand.run,
      .sla: SLACommand.run,
      .slaWhen: SLAWhenCommand.run,
      .slaNotice: NoticeCommand.run,
      .slaReplay: ReplayCommand.run,
      .benchmark: BenchmarkCommand.run,
      .importReviews: ImportCommand.run,
      .hookInstall: HookInstallCommand.run,
      .hookPostReceive: PostReceiveCommand.run,
      .demo: DemoCommand.run,
      .policyInit: PolicyInitCommand.run,
      .policyCheck: PolicyCheckCommand.run,
      .policyShow: PolicyShowCommand.run,
    ])
  }
}
