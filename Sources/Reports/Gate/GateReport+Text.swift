import Facts
import Rules

extension GateReport {
  /// The report for people; refusals first.
  public func text() -> TextDocument {
    var document = TextDocument([.fields(head)])
    for verdict in verdicts { document.append(section(verdict)) }
    if !diagnostics.isEmpty {
      let counted = DiagnosticCount.grouped(diagnostics).map { group -> StyledText in
        Words.diagnostic(group.example) + (group.count > 1 ? " (\(group.count) times)" : "")
      }
      document.append(.section("Not read", [.list(counted)]))
    }
    for remark in remarks { document.append(.note(StyledText(remark))) }
    return document
  }

  /// A line for each approval that was on record and does not count.
  public var notCounted: [StyledText] {
    verdicts.flatMap { lines($0.approvals.filter { !$0.counts }) }
  }

  private var head: [TextDocument.Field] {
    let place: StyledText =
      policy.map { policy in
        policy.commit.map { "\(policy.place, .code), commit \($0.short, .id)" } ?? "\(policy.place, .code)"
      } ?? StyledText("none", .bad)
    return [
      .init("repository", "\(repository, .id)"), .init("as of", "\(asOf.shown.words)"),
      .init("policy", place),
    ]
  }

  private func section(_ verdict: UpdateVerdict) -> TextDocument.Block {
    var blocks: [TextDocument.Block] = []
    let findings = verdict.violations.map { GateFinding($0, reference: verdict.reference) }
    for finding in findings { blocks.append(.group(Self.blocks(finding))) }
    if !verdict.approvals.isEmpty { blocks.append(.section("Approvals", [.list(lines(verdict.approvals))])) }
    if verdict.outcome == .passed { blocks += needs(verdict) }
    if !verdict.unknownContributors.isEmpty {
      let names = verdict.unknownContributors.joined(separator: ", ")
      blocks.append(.note("Contributors whom the roster does not know: \(names)"))
    }
    return .section(Self.heading(verdict), blocks)
  }

  private static func heading(_ verdict: UpdateVerdict) -> StyledText {
    let outcome =
      switch verdict.outcome {
      case .passed: StyledText("may land", .good)
      case .refused: StyledText("may not land", .bad)
      case .incomplete: StyledText("cannot be judged", .bad)
      }
    let size: StyledText =
      "\(Words.counted(verdict.commitCount, "commit")), \(Words.counted(verdict.pathCount, "path"))"
    return "\(verdict.reference, .code): \(outcome) (\(size))"
  }

  /// A finding and what would mend it.
  public static func blocks(_ finding: GateFinding) -> [TextDocument.Block] {
    let at: StyledText = finding.commit.map { " (commit \($0.short, .id))" } ?? ""
    let lead: StyledText = "\(finding.rule.rawValue, .bad): "
    var blocks: [TextDocument.Block] = [.paragraph(lead + finding.message + at)]
    if let remedy = finding.remedy { blocks.append(.note(StyledText("to mend it: ") + remedy)) }
    return blocks
  }

  private func lines(_ approvals: [GateApproval]) -> [StyledText] {
    approvals.map { weighed in
      let approval = weighed.approval
      let who: StyledText = "\(weighed.person ?? approval.person.email, .person)"
      let what: StyledText = approval.revision.map { " of \($0.short, .id)" } ?? ""
      let at: StyledText = approval.time.instant.map { " at \($0.shown.words)" } ?? ""
      return who + what + at + " (\(approval.evidence.short), \(approval.grade.label)): "
        + Words.weighed(weighed)
    }
  }

  private func needs(_ verdict: UpdateVerdict) -> [TextDocument.Block] {
    let lines = verdict.requirements.filter { $0.needed > 0 }.map { requirement -> StyledText in
      let more = requirement.pathCount > 1 ? " and \(requirement.pathCount - 1) more" : ""
      let people = requirement.approvedBy.joined(separator: ", ")
      let first = requirement.paths.first ?? ""
      let what: StyledText = first.isEmpty ? "commits without changes" : "\(first, .code)\(more)"
      return what + ": \(people, .person) (of \(requirement.needed) needed)"
    }
    return lines.isEmpty ? [.note("No path asks for an approval.")] : [.list(lines)]
  }
}
