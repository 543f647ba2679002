extension Program {
  /// The program as it ships.
  public static var tributary: Program {
    Program(bodies: [
      .contributions: ContributionsCommand.run,
      .backlog: BacklogCommand.run,
      .status: StatusCommand.run,
      .explain: ExplainCommand.run,
      .health: HealthCommand.run,
      .sources: SourcesCommand.run,
      .sla: SLACommand.run,
      .slaWhen: SLAWhenCommand.run,
      .slaNotice: NoticeCommand.run,
      .slaReplay: ReplayCommand.run,
      .benchmark: BenchmarkCommand.run,
      .importReviews: ImportCommand.run,
      .hookInstall: HookInstallCommand.run,
      .check: CheckCommand.run,
      .hookPreReceive: PreReceiveCommand.run,
      .hookPostReceive: PostReceiveCommand.run,
      .hookDoctor: HookDoctorCommand.run,
      .demo: DemoCommand.run,
      .policyInit: PolicyInitCommand.run,
      .policyCheck: PolicyCheckCommand.run,
      .policyShow: PolicyShowCommand.run,
      .reviewRequest: ReviewRequestCommand.run,
      .reviewShow: ReviewShowCommand.run,
      .reviewComment: ReviewCommentCommand.run,
      .reviewApprove: ReviewVerdictCommands.approve,
      .reviewReject: ReviewVerdictCommands.reject,
      .reviewWithdraw: ReviewWithdrawCommand.run,
    ])
  }
}
