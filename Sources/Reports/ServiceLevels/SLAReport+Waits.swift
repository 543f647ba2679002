internal import Facts
internal import Rules

extension SLAReport {
  func heading(_ account: ServiceLevelAccount) -> StyledText {
    let unit = account.isElapsed ? "elapsed time" : "working time of \(account.objective.calendar)"
    return "Waits on \(account.objective.name), in \(unit), of what began in the window"
  }

  /// How to read the tables of waits.
  var waitNote: TextDocument.Block {
    .note(
      """
      Median, p75, p90 and mean: Kaplan and Meier, open waits counted as longer than their age, withdrawn ones as if they \
      might have been answered later. Answered and withdrawn by the target: as experienced. Answered alone: the plain \
      median without whatever still waits, which flatters; for comparison with other tools only.
      """)
  }

  /// Everything about the waits of one objective's clock, whomever it was promised to.
  func waitBlocks(
    _ waits: ServiceLevelWaits, _ account: ServiceLevelAccount
  ) -> [TextDocument.Block] {
    guard !waits.groups.isEmpty else {
      return [.paragraph("No wait that a curve could be made of.")] + rest(waits)
    }
    var blocks: [TextDocument.Block] = [.table(table(waits, account))]
    if let plot = plot(waits, account) { blocks.append(.plot(plot)) }
    if let comparison = waits.comparison { blocks.append(.paragraph(words(comparison, account))) }
    return blocks + rest(waits)
  }

  private func table(_ waits: ServiceLevelWaits, _ account: ServiceLevelAccount) -> TextTable {
    let target = waits.target.map { words($0, account) } ?? "target"
    let horizon = waits.horizon.map { words($0, account) } ?? "twice the target"
    var table = TextTable([
      .init("of"), .init("n", align: .right), .init("open", align: .right, priority: 2),
      .init("median", align: .right), .init("95%", align: .right, priority: 1),
      .init("p75", align: .right, priority: 3), .init("p90", align: .right),
      .init("mean up to \(EscapedText(escaping: horizon))", align: .right, priority: 5),
      .init("answered alone", align: .right, priority: 2),
      .init("answered by \(EscapedText(escaping: target))", align: .right, priority: 4),
      .init("by \(EscapedText(escaping: horizon))", align: .right, priority: 6),
      .init("withdrawn by \(EscapedText(escaping: horizon))", align: .right, priority: 7),
    ])
    for group in waits.groups where group.name == .all || group.count < waits.observedCount {
      let median = group.survival.sampledQuantile(0.5)
      table.append([
        name(group, waits), "\(group.count)", "\(group.openCount)", words(median, account),
        limits(median, account), words(group.survival.sampledQuantile(0.75), account),
        words(group.survival.sampledQuantile(0.9), account),
        group.mean.map { "\(words(Int64($0.mean), account))" } ?? "",
        group.survival.medianOfEnded.map { StyledText(words($0, account), .muted) } ?? "",
        share(group, waits.target, \.answered), share(group, waits.horizon, \.answered),
        share(group, waits.horizon, \.withdrawn),
      ])
    }
    return table
  }

  /// The name of a group; everybody, where all are of one origin, with that origin.
  private func name(_ group: ServiceLevelWaits.Group, _ waits: ServiceLevelWaits) -> StyledText {
    let origins: [ServiceLevelWaits.GroupName] = [.external, .platform, .unknown]
    let only = origins.first { waits.group($0)?.count == waits.observedCount }
    guard group.name == .all, let only else { return Words.group(group.name) }
    return "all, " + Words.group(only)
  }

  private func words(
    _ quantile: Sampled<Survival.Quantile>, _ account: ServiceLevelAccount
  ) -> StyledText {
    switch quantile {
    case .value(.at(let seconds, _, _)): "\(words(seconds, account))"
    case .value(.notReached): "not reached"
    case .tooFew(let count, let floor): "too few (n = \(count), \(floor) needed)"
    }
  }

  private func limits(_ quantile: Sampled<Survival.Quantile>, _ account: ServiceLevelAccount) -> StyledText {
    switch quantile {
    case .value(.at(_, let low, let high)):
      "\(words(low, account)) to \(high.map { words($0, account) } ?? "beyond what was seen")"
    case .value(.notReached(let followUp, let low)):
      "at least \(words(low ?? followUp, account))"
    case .tooFew: ""
    }
  }

  private func share(
    _ group: ServiceLevelWaits.Group, _ seconds: Int64?,
    _ ending: KeyPath<CumulativeIncidence.Step, CumulativeIncidence.Estimate>
  ) -> StyledText {
    guard let seconds, group.count >= SampleFloor.share.count else { return "" }
    let share = group.incidence.step(at: seconds)?[keyPath: ending].share ?? 0
    return "\(FixedDecimal.text(share * 100, digits: 0) ?? "")%"
  }

  /// External beside host waits, where both make a curve; else all of them.
  private func plot(_ waits: ServiceLevelWaits, _ account: ServiceLevelAccount) -> SurvivalPlot? {
    let unit: SurvivalPlot.Unit = account.isElapsed ? .elapsed : .working
    func curve(_ group: ServiceLevelWaits.Group) -> Survival { group.survival.cut(waits.plotEnd(group)) }
    let (external, host) = (waits.group(.external), waits.group(.platform))
    let floor = SurvivalPlot.floor.count
    if let external, let host, external.count >= floor, host.count >= floor {
      return SurvivalPlot(
        .init("external", curve(external)), .init("platform", curve(host)), target: waits.target, unit: unit)
    }
    guard let all = waits.group(.all), all.count >= floor else { return nil }
    return SurvivalPlot(.init("all", curve(all)), target: waits.target, unit: unit)
  }

  private func words(
    _ comparison: ServiceLevelWaits.Comparison, _ account: ServiceLevelAccount
  ) -> StyledText {
    switch comparison.test {
    case .tooFew(let count, let floor):
      return
        "External beside host contributions: too few to compare (\(count) answered in the smaller group, \(floor) needed)."
    case .value(let test):
      let p = FixedDecimal.text(comparison.adjusted ?? test.p, digits: 4) ?? "not known"
      guard let difference = comparison.difference else {
        return
          "External beside host contributions: log-rank p = \(p) after Holm; means were not watched long enough."
      }
      func hours(_ seconds: Double) -> String { words(Int64(seconds), account) }
      return
        """
        External contributions wait \(hours(abs(difference.difference))) \(difference.difference < 0 ? "less" : "longer") than \
        the host team's in the mean up to \(words(difference.horizon, account)) (95%: \(hours(difference.low)) to \
        \(hours(difference.high))); log-rank p = \(p) after Holm. A difference is no cause.
        """
    }
  }

  /// What is in no curve.
  private func rest(_ waits: ServiceLevelWaits) -> [TextDocument.Block] {
    var parts = waits.leftOut.ordered.map { "\($0.count) (\(Words.obstacle($0.reason)))" as StyledText }
    if waits.machineCount > 0 { parts.append("\(waits.machineCount) by service accounts") }
    return parts.isEmpty ? [] : [.note("Left out: " + StyledText.joined(parts, by: ", ") + ".")]
  }

  // MARK: Turns

  var turnBlock: TextDocument.Block {
    var table = TextTable([
      .init("of"), .init("n", align: .right), .init("reviewers", align: .right),
      .init("author", align: .right), .init("landing", align: .right),
      .init("time", align: .right, priority: 1),
    ])
    for turns in turns {
      let shares = [Turn.reviewers, .author, .landing].map { turn -> StyledText in
        turns.share(of: turn).flatMap { FixedDecimal.text($0 * 100, digits: 0) }.map { "\($0)%" } ?? "–"
      }
      let total: StyledText = "\(DurationWords.elapsed(turns.split.total))"
      table.append([Words.group(turns.group), "\(turns.count)"] + shares + [total])
    }
    let note: StyledText =
      """
      Elapsed time from the opening to the end, or to now, of what was opened in the window and whose turns are on record: \
      whose move it was, not whether anybody was at work.
      """
    return .section("Whose turn it was", [.table(table), .note(note)])
  }
}

extension ServiceLevelWaits {
  /// Waits that are in the curve of everybody.
  fileprivate var observedCount: Int { group(.all)?.count ?? 0 }

  /// Where a plot ends, so that waits of years do not press everything else to the left: at four times the target, or
  /// at twice the median where that is later.
  fileprivate func plotEnd(_ group: Group) -> Int64? {
    guard let target else { return nil }
    let median = group.survival.quantile(0.5).seconds ?? 0
    return max(target.multipliedReportingOverflow(by: 4).partialValue, median &+ median, 0)
  }
}

extension Survival {
  /// The same curve as if nobody had watched any longer.
  fileprivate func cut(_ end: Int64?) -> Survival {
    guard let end else { return self }
    return Survival(
      waits.map { $0.seconds > end ? Wait(seconds: end, ended: false) : $0 }, confidence: confidence)
  }
}
